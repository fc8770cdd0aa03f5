import { homedir } from 'node:os'
import { join } from 'node:path'
import type { BrowserWindow, MenuItemConstructorOptions, Session } from 'electron'
import type { Clock } from '../../../../shared/clock.ts'
import type { DesktopState, MenuLine } from '../../../../shared/model/desktop.ts'
import type { Settings } from '../../../../shared/model/settings.ts'
import type { Desktop, Log } from '../../host.ts'
import { APP_ORIGIN } from '../app-address.ts'
import type { ElectronPieces } from '../electron-pieces.ts'
import { createBadge } from './badge.ts'
import { closingWith } from './can-hide.ts'
import type { DesktopEvents } from './desktop-events.ts'
import { createDragOut } from './drag-out.ts'
import { createLoginItem } from './login-item.ts'
import { menuTemplate } from './menu-template.ts'
import { createNotices } from './notices.ts'
import { createPrinting } from './printing.ts'
import { createQuickSearchKeys } from './quick-search-keys.ts'
import { createRecentClients, type RecentClient, type Restart, setJumpList } from './recent-clients.ts'
import { createSpelling, type SpellingSession } from './spelling.ts'
import { createTrayIcon } from './tray.ts'
import { WORDS } from './words.ts'

export interface ElectronDesktop extends Desktop {
  readonly closing: () => DesktopState['closing']
  /** Said when closing the window has not ended the app. */
  readonly sayGoesOn: (how: 'hides' | 'minimizes') => void
  /** Gives keys, icon and files back. */
  readonly stop: () => Promise<void>
}

export interface ElectronDesktopDeps {
  readonly electron: Pick<
    ElectronPieces,
    | 'app'
    | 'BrowserWindow'
    | 'dialog'
    | 'globalShortcut'
    | 'Menu'
    | 'nativeImage'
    | 'nativeTheme'
    | 'Notification'
    | 'Tray'
  >
  readonly session: SpellingSession & Pick<Session, 'clearStorageData'>
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly assetsFolder: string
  readonly profileFolder: string
  /** How the system starts this program again. */
  readonly restart: Restart
  readonly clock: Clock
  readonly log: Log
  readonly events: DesktopEvents
  readonly window: () => BrowserWindow | null
  readonly show: () => void
  /** Preferences were followed: what closing does may have changed. */
  readonly onFollowed: (settings: Settings) => void
}

/** Menus, icon, keys, notifications and the rest of a desktop, by Electron. Call after the app is ready. */
export function createElectronDesktop(deps: ElectronDesktopDeps): ElectronDesktop {
  const { electron, platform, env, clock, log, events, show } = deps
  const { app } = electron
  let lines: readonly MenuLine[] = []
  let noticesState: DesktopState['notifications'] = 'ok'
  let told = ''

  /** The window comes first: whoever chooses something wants to see it. */
  const act = (event: Parameters<DesktopEvents['tell']>[0]): void => {
    show()
    events.tell(event)
  }
  const choices = {
    open: show,
    quickSearch: () => act({ kind: 'quick-search' }),
    quickAdd: () => act({ kind: 'quick-add' }),
    // Needs no window to be seen, only one that is there.
    syncAll: () => (deps.window() === null ? act : events.tell)({ kind: 'action', actionId: 'sync-all' }),
    quit: () => app.quit(),
  }
  const tray = createTrayIcon({ electron, platform, assetsFolder: deps.assetsFolder, log, choices })
  const keys = createQuickSearchKeys({ globalShortcut: electron.globalShortcut, log, onPress: choices.quickSearch })
  const spelling = createSpelling(deps.session, platform, () => app.getLocale())
  const badge = createBadge({ electron, platform, assetsFolder: deps.assetsFolder, window: deps.window })
  const dragOut = createDragOut({ ...deps, nativeImage: electron.nativeImage })
  const print = createPrinting({ electron, window: deps.window, log })
  const loginItem = createLoginItem({
    app,
    platform,
    configFolder: env.XDG_CONFIG_HOME ?? join(homedir(), '.config'),
    program: env.APPIMAGE ?? deps.restart.program,
    log,
    onChange: () => tellState(),
  })
  const notices = createNotices({
    electron,
    log,
    onClick: (route) => {
      if (route === null) show()
      else act({ kind: 'open', route })
    },
    onOutcome: (outcome) => {
      noticesState = outcome
      tellState()
    },
  })
  const recent = createRecentClients({ clock, onChange: (clients) => showRecent(clients) })

  const closing = (): DesktopState['closing'] => closingWith(tray.state(), platform, env.XDG_CURRENT_DESKTOP)
  const state = (): DesktopState => ({
    quickSearchKeys: keys.state(),
    tray: tray.state(),
    closing: closing(),
    notifications: noticesState,
    startAtLogin: loginItem.state(),
    spellcheckLanguages: [...spelling.languages()],
  })
  const tellState = (): void => {
    const now = state()
    if (JSON.stringify(now) === told) return
    told = JSON.stringify(now)
    events.tell({ kind: 'state', state: now })
  }

  const openClient = (clientId: string): void => act({ kind: 'open', route: `#/clients/${clientId}` })
  const clientItems = (clients: readonly RecentClient[]): MenuItemConstructorOptions[] =>
    clients.map(({ clientId, name }) => ({ label: name, click: () => openClient(clientId) }))

  const drawMenu = (): void => {
    const template = menuTemplate({
      platform,
      isPackaged: app.isPackaged,
      lines,
      recent: recent.list(),
      choose: (actionId, byKeys) => {
        // The page with the focus has heard these keys before the menu, and has run the action or knows why not.
        if (byKeys && electron.BrowserWindow.getFocusedWindow() !== null) return
        act({ kind: 'action', actionId })
      },
      openClient,
      clearRecent: () => clearRecent(),
    })
    electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template))
  }
  const showRecent = (clients: readonly RecentClient[]): void => {
    drawMenu()
    if (platform === 'darwin') app.dock?.setMenu(electron.Menu.buildFromTemplate(clientItems(clients)))
    if (platform === 'win32') {
      const outcome = setJumpList(app, clients, deps.restart)
      if (outcome !== 'ok') log.info('jump-list.refused', { outcome })
    }
  }
  const clearRecent = (): void => {
    recent.clear()
    app.clearRecentDocuments()
  }

  drawMenu()
  void dragOut.clear()

  return {
    abilities: {
      menus: true,
      tray: true,
      globalShortcut: true,
      notifications: notices.isSupported(),
      badge: true,
      dragOut: true,
      print: true,
      recents: true,
      spellcheck: platform === 'darwin' ? 'system' : 'download',
      // From a checkout it would be the bare program `electron`.
      loginItem: app.isPackaged,
    },
    follow: (settings) => {
      // Menus, dialogs and the frame of the window follow it, and so does the page's own `system`.
      electron.nativeTheme.themeSource = settings.theme
      tray.follow(settings.tray)
      keys.follow(settings.quickSearchKeys)
      spelling.follow({ isOn: settings.spellcheck, languages: settings.spellcheckLanguages })
      if (app.isPackaged) loginItem.follow(settings.startAtLogin)
      tellState()
      deps.onFollowed(settings)
    },
    state,
    setMenu: (next) => {
      if (JSON.stringify(next) === JSON.stringify(lines)) return
      lines = next
      drawMenu()
    },
    setStatus: (status) => {
      tray.setStatus(status)
      badge.set(status.conflicts)
    },
    notify: (notice) => notices.show(notice),
    hasFocus: () => electron.BrowserWindow.getFocusedWindow() !== null,
    addRecent: recent.add,
    clearRecent,
    startDrag: dragOut.start,
    print,
    clearPageData: async () => {
      log.warn('page-data.cleared')
      await deps.session.clearStorageData({ origin: APP_ORIGIN, storages: ['indexdb'] })
      return null
    },
    listen: events.listen,
    closing,
    sayGoesOn: (how) => {
      const { title } = WORDS.goesOn
      if (notices.isSupported()) notices.show({ tag: 'goes-on', title, body: WORDS.goesOn[how], route: null })
    },
    stop: async () => {
      keys.release()
      tray.remove()
      await dragOut.clear()
    },
  }
}
