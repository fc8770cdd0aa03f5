import type { BrowserWindow, Dialog } from 'electron'
import type { Clock } from '../../../../shared/clock.ts'
import type { Log } from '../../host.ts'
import { routeOf, urlOfRoute } from './app-route.ts'
import { createCrashPolicy } from './crash-policy.ts'

/** Not from inside the event that tells of the end: Chromium is still clearing up after the process then. */
const PAUSE_MS = 100

export interface CrashWatch {
  /** Follows the page of a window: brings it back where it was after a crash, asks about one that hangs. */
  readonly follow: (window: BrowserWindow) => void
  /** Where one is in the app, as far as it is known. */
  readonly route: () => string | null
}

/**
 * A page that ends or hangs costs nobody work: edits are in the journal and the store before they are acknowledged, and
 * the place is in the address. So it is loaded again where it was; when that happens too often, the user is asked.
 */
export function createCrashWatch(deps: {
  readonly dialog: Pick<Dialog, 'showMessageBox'>
  readonly clock: Clock
  readonly log: Log
  readonly firstRoute: string | null
  readonly onRoute: (route: string | null) => void
  readonly quit: () => void
}): CrashWatch {
  const { dialog, clock, log } = deps
  const policy = createCrashPolicy(clock.now)
  let route = deps.firstRoute

  const load = (window: BrowserWindow, to: string | null): void => {
    clock.schedule(PAUSE_MS, () => {
      if (window.isDestroyed()) return
      window.loadURL(urlOfRoute(to)).catch(() => log.error('window.not-loaded'))
    })
  }

  const ask = async (window: BrowserWindow): Promise<void> => {
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: 'The window ended several times.',
      detail: 'Your clients and edits are safe. You can open the window again, or end Clientele and start it later.',
      buttons: ['Open again', 'Quit'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    })
    if (response === 1) {
      deps.quit()
      return
    }
    policy.forget()
    load(window, null)
  }

  const tellBroken = async (window: BrowserWindow, reason: string): Promise<void> => {
    await dialog.showMessageBox(window, {
      type: 'error',
      message: 'Clientele cannot show its window.',
      detail: `The system ended it (${reason}): files of the program may be damaged. Install Clientele again; your clients and edits are kept apart from it and are safe.`,
      buttons: ['Quit'],
      noLink: true,
    })
    deps.quit()
  }

  const follow = (window: BrowserWindow): void => {
    const contents = window.webContents
    /** The user chose to end a page that hangs: that is no crash. */
    let isEndedByUs = false
    let asking: AbortController | null = null

    contents.on('did-navigate-in-page', (_event, url, isMainFrame) => {
      if (!isMainFrame) return
      route = routeOf(url)
      deps.onRoute(route)
    })

    contents.on('render-process-gone', (_event, { reason, exitCode }) => {
      asking?.abort()
      if (window.isDestroyed()) return
      if (isEndedByUs) {
        isEndedByUs = false
        load(window, route)
        return
      }
      const answer = policy.answer(reason)
      log.error('window.gone', { reason, exitCode, answer })
      if (answer === 'ask') void ask(window)
      else if (answer === 'broken') void tellBroken(window, reason)
      else load(window, answer === 'same-place' ? route : null)
    })

    const askAboutHang = async (): Promise<void> => {
      const aborter = new AbortController()
      asking = aborter
      log.warn('window.hangs')
      const { response } = await dialog.showMessageBox(window, {
        type: 'question',
        message: 'Clientele does not answer.',
        detail: 'You can wait, or load the window again where you are. Your clients and saved edits are safe.',
        buttons: ['Wait', 'Reload'],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
        signal: aborter.signal,
      })
      asking = null
      if (response !== 1 || aborter.signal.aborted || window.isDestroyed()) return
      isEndedByUs = true
      contents.forcefullyCrashRenderer()
    }
    window.on('unresponsive', () => {
      if (asking === null) void askAboutHang()
    })
    window.on('responsive', () => asking?.abort())
  }

  return { follow, route: () => route }
}
