import type { BrowserWindow } from 'electron'
import type { Clock } from '../../../../shared/clock.ts'
import { appWindowOptions } from '../app-window.ts'
import type { ElectronPieces } from '../electron-pieces.ts'
import { urlOfRoute } from './app-route.ts'
import { clampBounds } from './clamp-bounds.ts'
import type { CrashWatch } from './watch-crashes.ts'
import type { WindowState, WindowStateKeeper } from './window-state.ts'

const SHOWN_AFTER_MS = 5_000
const LEAST = { width: 900, height: 600 }

/** What closing the window means now. */
export type Closing = 'ends' | 'hides' | 'minimizes'

/** The one window, made when it is wanted. */
export interface MainWindow {
  /** In front of the user, made if there is none. */
  readonly show: () => Promise<void>
  /** Made, but left out of sight: started with the session, to sync. */
  readonly openHidden: () => Promise<void>
  readonly current: () => BrowserWindow | null
  /** From now on closing is closing: the app ends. */
  readonly letGo: () => void
}

export function createMainWindow(deps: {
  readonly electron: Pick<ElectronPieces, 'app' | 'BrowserWindow' | 'nativeTheme' | 'screen'>
  readonly preload: string
  readonly platform: string
  /** For systems that take the window's icon from the program (Linux); null leaves it to them. */
  readonly icon: string | null
  readonly state: WindowStateKeeper
  readonly clock: Clock
  readonly crashes: CrashWatch
  readonly closing: () => Closing
  /** Closing it did not end the app. */
  readonly onPutAway: (how: 'hides' | 'minimizes') => void
  /** The session ends (Windows): there are seconds left. */
  readonly onSessionEnd: () => void
}): MainWindow {
  const { electron, state } = deps
  let current: BrowserWindow | null = null
  let isGoing = false

  const open = async (isHidden: boolean): Promise<void> => {
    const { screen } = electron
    const main = screen.getPrimaryDisplay()
    const others = screen.getAllDisplays().filter((display) => display.id !== main.id)
    const kept = state.get()
    const bounds = clampBounds(
      kept,
      [main, ...others].map((display) => display.workArea),
      LEAST,
    )
    const window = new electron.BrowserWindow({
      ...appWindowOptions({
        preload: deps.preload,
        isPackaged: electron.app.isPackaged,
        isDark: electron.nativeTheme.shouldUseDarkColors,
      }),
      ...placeOf(bounds),
      minWidth: Math.min(LEAST.width, bounds.width),
      minHeight: Math.min(LEAST.height, bounds.height),
      ...(deps.icon === null ? {} : { icon: deps.icon }),
    })
    current = window
    // Both would show a window that is to stay out of sight, so they wait for its first show.
    const applyMode = (): void => {
      if (kept.mode === 'maximized') window.maximize()
      if (kept.mode === 'full-screen') window.setFullScreen(true)
    }
    if (isHidden) window.once('show', applyMode)
    else {
      const showOnce = (): void => {
        cancel()
        if (window.isDestroyed() || window.isVisible()) return
        applyMode()
        window.show()
      }
      // A page that does not paint must not leave an app without a window.
      const cancel = deps.clock.schedule(SHOWN_AFTER_MS, showOnce)
      window.once('ready-to-show', showOnce)
      window.once('closed', cancel)
    }
    keepState(window, state, deps.platform)
    window.on('close', (event) => {
      const how = deps.closing()
      if (isGoing || how === 'ends') return
      event.preventDefault()
      putAway(window, how, deps.platform)
      deps.onPutAway(how)
    })
    window.on('closed', () => {
      if (current === window) current = null
    })
    window.on('session-end', () => deps.onSessionEnd())
    deps.crashes.follow(window)
    await window.loadURL(urlOfRoute(deps.crashes.route()))
  }

  return {
    current: () => current,
    openHidden: async () => {
      if (current === null) await open(true)
    },
    show: async () => {
      if (current === null) {
        await open(false)
        return
      }
      // Keys that are pressed in another program bring nothing to the front by themselves on macOS.
      if (deps.platform === 'darwin') electron.app.focus({ steal: true })
      if (current.isMinimized()) current.restore()
      current.show()
      current.focus()
    },
    letGo: () => {
      isGoing = true
    },
  }
}

function putAway(window: BrowserWindow, how: 'hides' | 'minimizes', platform: string): void {
  if (how === 'minimizes') {
    window.minimize()
    return
  }
  if (platform !== 'darwin' || !window.isFullScreen()) {
    window.hide()
    return
  }
  // A full screen of macOS is a desktop of its own: hidden at once, it would stay there, black.
  window.once('leave-full-screen', () => window.hide())
  window.setFullScreen(false)
}

function placeOf(bounds: ReturnType<typeof clampBounds>): Partial<Record<'x' | 'y' | 'width' | 'height', number>> {
  const { x, y, width, height } = bounds
  return x === null || y === null ? { width, height } : { x, y, width, height }
}

function keepState(window: BrowserWindow, state: WindowStateKeeper, platform: string): void {
  const note = (): void => {
    if (!window.isDestroyed() && !window.isMinimized() && window.isVisible()) state.change(stateOf(window, platform))
  }
  // By hand: each of these has its own signature in Electron's types.
  window.on('resize', note)
  window.on('move', note)
  window.on('maximize', note)
  window.on('unmaximize', note)
  window.on('enter-full-screen', note)
  window.on('leave-full-screen', note)
  window.on('close', note)
}

function stateOf(window: BrowserWindow, platform: string): Pick<WindowState, 'x' | 'y' | 'width' | 'height' | 'mode'> {
  const { x, y, width, height } = window.getNormalBounds()
  // Wayland tells no place and says 0, 0.
  const isPlaceKnown = platform !== 'linux' || x !== 0 || y !== 0
  return {
    x: isPlaceKnown ? Math.round(x) : null,
    y: isPlaceKnown ? Math.round(y) : null,
    width: Math.max(100, Math.round(width)),
    height: Math.max(100, Math.round(height)),
    mode: window.isFullScreen() ? 'full-screen' : window.isMaximized() ? 'maximized' : 'normal',
  }
}
