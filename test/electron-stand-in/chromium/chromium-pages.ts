import { join } from 'node:path'
import type { Pages } from '../pages.ts'
import type { StandInElectron } from '../stand-in-electron.ts'
import { WEB_HOST } from './addresses.ts'
import { type CdpPipe, unlessGone } from './cdp.ts'
import { type ChromiumPage, openChromiumPage } from './chromium-page.ts'
import { launchChromium, type RunningChromium } from './launch-chromium.ts'
import { startPageServer } from './page-server.ts'

/** How long Chromium has to end in order. */
const END_MS = 5_000
/** How long a window that is refused may wait for its first request. */
const NO_REQUEST_MS = 2_000

export interface ChromiumPages extends Pages {
  /** The page of a window, by the id of its contents. */
  readonly pageOf: (contentsId: number) => Promise<ChromiumPage>
}

/** Windows that are pages of a real Chromium. Tells where that can be reached once it runs. */
export function createChromiumPages(executablePath: string, tell: (address: string) => void): ChromiumPages {
  let running: RunningChromium | null = null
  let electron: StandInElectron | null = null
  let closeServer = (): void => undefined
  const pages = new Map<number, Promise<ChromiumPage>>()
  const sessions = new Map<string, string>()
  const own = new Set<string>()
  let opening = 0

  const started = (): RunningChromium => {
    if (running === null) throw new Error('A window was opened before the app was ready')
    return running
  }

  return {
    pageOf: async (id) => {
      const page = pages.get(id)
      if (page === undefined) throw new Error('There is no such page')
      return page
    },
    start: async (standIn) => {
      electron = standIn
      const { port, server } = await startPageServer(() => standIn.handler)
      closeServer = () => {
        server.closeAllConnections()
        server.close()
      }
      running = await launchChromium(
        executablePath,
        join(standIn.app.getPath('userData'), 'Chromium'),
        `MAP ${WEB_HOST} 127.0.0.1:${port}`,
      )
      running.process.once('exit', () => {
        if (!standIn.app.hasEnded) standIn.refusals.note('Chromium ended by itself')
      })
      tell(running.address)
      const pipe = running.cdp
      const browser = pipe.session()
      browser.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
        sessions.set(targetInfo.targetId, sessionId)
        if (own.has(targetInfo.targetId) || opening > 0) return
        // In Electron nobody else can open one, a test neither: it is a window of the page, that main refuses.
        unlessGone(refuseWindow(pipe, sessionId, targetInfo.targetId))
      })
      await browser.send('Target.setAutoAttach', {
        autoAttach: true,
        waitForDebuggerOnStart: true,
        flatten: true,
        filter: [{ type: 'page' }],
      })
    },
    open: (contents, options) => {
      const standIn = electron
      if (standIn === null) throw new Error('A window was opened before the app was ready')
      const { cdp: pipe } = started()
      opening += 1
      const made = pipe
        .session()
        .send('Target.createTarget', {
          url: 'about:blank',
          width: options.width ?? 800,
          height: options.height ?? 600,
        })
        .then(({ targetId }) => {
          own.add(targetId)
          opening -= 1
          const sessionId = sessions.get(targetId)
          if (sessionId === undefined) throw new Error('Chromium opened a page without saying so')
          return openChromiumPage({
            pipe,
            sessionId,
            targetId,
            electron: standIn,
            contents,
            options,
          })
        })
      made.catch((cause: unknown) => standIn.refusals.note(`a window that did not open: ${String(cause)}`))
      pages.set(contents.id, made)
      const later = (run: (page: ChromiumPage) => unknown): void => {
        made.then(run).catch((cause: unknown) => unlessGone(Promise.reject(cause)))
      }
      return {
        load: async (url) => (await made).load(url),
        reload: () => later((page) => page.reload()),
        close: () => {
          pages.delete(contents.id)
          later((page) => page.close())
        },
        crash: () => later((page) => page.crash()),
        printToPDF: async (wanted) => (await made).printToPDF(wanted),
        setBackground: (colour) => later((page) => page.setBackground(colour)),
        setZoom: (factor) => later((page) => page.setZoom(factor)),
        send: (channel, args) => later((page) => page.send(channel, args)),
      }
    },
    stop: async () => {
      closeServer()
      if (running === null) return
      const { process: chromium, cdp } = running
      if (chromium.exitCode !== null) return
      const ended = new Promise<void>((resolve) => chromium.once('exit', () => resolve()))
      const timer = setTimeout(() => chromium.kill('SIGKILL'), END_MS)
      unlessGone(cdp.session().send('Browser.close'))
      await ended
      clearTimeout(timer)
    },
  }
}

/**
 * Nothing of it may reach the network. Closing it at once would set its first request free for a moment, so that is
 * failed first.
 */
async function refuseWindow(pipe: CdpPipe, sessionId: string, targetId: string): Promise<void> {
  const window = pipe.session(sessionId)
  const failed = new Promise<void>((resolve) => {
    window.on('Fetch.requestPaused', ({ requestId }) => {
      window.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }).then(
        () => resolve(),
        () => resolve(),
      )
    })
  })
  await window.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
  await window.send('Runtime.runIfWaitingForDebugger')
  // A window without an address asks for nothing.
  await Promise.race([failed, new Promise((resolve) => setTimeout(resolve, NO_REQUEST_MS))])
  await pipe.session().send('Target.closeTarget', { targetId })
}
