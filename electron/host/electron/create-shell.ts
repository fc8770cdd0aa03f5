import { join, resolve } from 'node:path'
import type { Clock } from '../../../shared/clock.ts'
import type { Log } from '../host.ts'
import {
  createElectronDesktop,
  type ElectronDesktop,
  type ElectronDesktopDeps,
} from './desktop/create-electron-desktop.ts'
import { createDesktopEvents } from './desktop/desktop-events.ts'
import type { ElectronPieces } from './electron-pieces.ts'
import { createOpener } from './opening/open-asked.ts'
import type { Asked } from './opening/read-start-arguments.ts'
import { createMainWindow, type MainWindow } from './window/main-window.ts'
import { createCrashWatch } from './window/watch-crashes.ts'
import type { WindowStateKeeper } from './window/window-state.ts'

/** The window and the desktop around it, which know each other: one closes as the other allows, one shows the other. */
export interface Shell {
  readonly window: MainWindow
  readonly desktop: ElectronDesktop
  /** Links and files that the system asks to open. */
  readonly open: (asked: Asked) => Promise<void>
  /** In order: the next start need not look for where one was. */
  readonly stop: () => Promise<void>
}

export function createShell(deps: {
  readonly electron: ElectronPieces
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly args: readonly string[]
  readonly folder: string
  readonly program: string
  readonly preload: string
  readonly assetsFolder: string
  readonly profileFolder: string
  /** The folder of `--profile`, where it was given. */
  readonly givenProfile: string | null
  readonly session: ElectronDesktopDeps['session']
  readonly state: WindowStateKeeper
  readonly clock: Clock
  readonly log: Log
  readonly onSessionEnd: () => void
}): Shell {
  const { electron, platform, state, clock, log } = deps
  const { app } = electron
  const events = createDesktopEvents()
  const last = state.get()
  state.change({ endedWell: false })
  electron.nativeTheme.themeSource = last.theme

  const crashes = createCrashWatch({
    dialog: electron.dialog,
    clock,
    log,
    // After an end that was none, the app opens where one was; after one in order, at its start.
    firstRoute: last.endedWell ? null : last.route,
    onRoute: (route) => state.change({ route }),
    quit: () => app.quit(),
  })
  const window = createMainWindow({
    electron,
    preload: deps.preload,
    platform,
    icon: platform === 'linux' ? join(deps.assetsFolder, 'icon.png') : null,
    state,
    clock,
    crashes,
    closing: () => desktop.closing(),
    onPutAway: (how) => {
      if (state.get().saidTray) return
      state.change({ saidTray: true })
      desktop.sayGoesOn(how)
    },
    onSessionEnd: deps.onSessionEnd,
  })
  const show = (): void => {
    window.show().catch(() => log.error('window.not-loaded'))
  }
  const desktop = createElectronDesktop({
    ...deps,
    events,
    window: window.current,
    show,
    restart: {
      program: deps.program,
      args: [
        // A checkout is started as `electron FOLDER`.
        ...(app.isPackaged ? [] : [resolve(deps.folder, deps.args[0] ?? '.')]),
        ...(deps.givenProfile === null ? [] : [`--profile=${deps.profileFolder}`]),
      ],
    },
    onFollowed: ({ theme }) => state.change({ theme, canHide: desktop.closing() === 'hides' }),
  })
  // From here on the app ends, whoever asked for it: closing the window is closing.
  app.on('before-quit', window.letGo)
  app.on('child-process-gone', (_event, { type, reason, exitCode, serviceName }) => {
    if (reason !== 'clean-exit') log.warn('process.gone', { type, reason, exitCode, service: serviceName ?? null })
  })

  return {
    window,
    desktop,
    open: createOpener({ tell: events.tell, log, onFile: (path) => app.addRecentDocument(path) }),
    stop: async () => {
      state.change({ endedWell: true })
      await Promise.all([desktop.stop(), state.flush()])
    },
  }
}
