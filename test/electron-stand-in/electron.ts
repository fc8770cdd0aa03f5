import { join } from 'node:path'
import { findChromium } from '../e2e/support/find-chromium.ts'
import { createChromiumPages } from './chromium/chromium-pages.ts'
import { openKeyring } from './keyring.ts'
import { NO_PAGES } from './pages.ts'
import { answerProbe, createProbe } from './probe.ts'
import { createSingleInstance } from './single-instance.ts'
import { StandInElectron } from './stand-in-electron.ts'
import { standInEvent } from './stand-in-event.ts'

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

const machine = process.env.STAND_IN_MACHINE
const keyring = openKeyring(machine === undefined ? null : join(machine, 'keyring.json'))
const instance = createSingleInstance(({ argv, folder, data }) => {
  standIn.app.emit('second-instance', standInEvent({}), argv, folder, data)
})
const standIn = new StandInElectron({
  pages: chromium ?? NO_PAGES,
  safeStorage: keyring.safeStorage,
  platform: process.platform,
  instance,
  onEnd: (code) => {
    const end = (): void => {
      instance.release()
      process.exit(standIn.refusals.found.length > 0 ? REFUSED_EXIT_CODE : code)
    }
    Promise.all([standIn.pages.stop(), instance.told()]).then(end, end)
  },
})
standIn.refusals.onRefusal((what) => {
  process.stderr.write(`stand-in: ${what}\n`)
  say({ kind: 'refused', what })
})
answerProbe(createProbe({ electron: standIn, chromium, setKeyring: keyring.set }), say)

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
