import { findChromium } from '../e2e/support/find-chromium.ts'
import { createChromiumPages } from './chromium/chromium-pages.ts'
import { NO_PAGES } from './pages.ts'
import { answerProbe } from './probe.ts'
import { StandInElectron } from './stand-in-electron.ts'

/**
 * What the built main process imports as `electron` (`register.mjs`). Its windows are pages of the Chromium that
 * STAND_IN_CHROMIUM names (without: the system's; `none`: no pages). A test talks to it over the process's own channel.
 */
const REFUSED_EXIT_CODE = 70

const say = (message: object): void => {
  process.send?.(message)
}

const named = process.env.STAND_IN_CHROMIUM ?? findChromium()
if (named === undefined) throw new Error('There is no Chromium for the windows of the stand-in')
const chromium = named === 'none' ? null : createChromiumPages(named, (address) => say({ kind: 'chromium', address }))

const standIn = new StandInElectron({
  pages: chromium ?? NO_PAGES,
  onEnd: (code) => {
    const end = (): void => {
      process.exit(standIn.refusals.found.length > 0 ? REFUSED_EXIT_CODE : code)
    }
    standIn.pages.stop().then(end, end)
  },
})
standIn.refusals.onRefusal((what) => {
  process.stderr.write(`stand-in: ${what}\n`)
  say({ kind: 'refused', what })
})
answerProbe(standIn, chromium, say)

// A module's names are fixed: what Electron exports and the stand-in does not is refused when it is used.
export const {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  systemPreferences,
  Tray,
  webContents,
} = standIn.pieces
export const {
  autoUpdater,
  BaseWindow,
  contentTracing,
  crashReporter,
  desktopCapturer,
  inAppPurchase,
  MessageChannelMain,
  netLog,
  powerSaveBlocker,
  pushNotifications,
  ShareMenu,
  TouchBar,
  utilityProcess,
  View,
  WebContentsView,
  webFrameMain,
} = standIn.refusedModules()
