import { resolve } from 'node:path'
import type { BrowserWindow, IpcMainEvent, Session } from 'electron'
import type { CoreDoors, Host } from '../host.ts'
import { defaultInstallationFolder } from '../installation.ts'
import { createMedia } from '../media/create-media.ts'
import { outsideLink } from '../outside-link.ts'
import { defaultProfileFolder } from '../profile-folder.ts'
import { lockProfile } from '../profile-lock.ts'
import { ProfileUnusable, readyProfile } from '../ready-profile.ts'
import { createStaticHandler } from '../static-handler.ts'
import { APP_SCHEME, APP_URL } from './app-address.ts'
import { appMenu } from './app-menu.ts'
import { createAppProtocol, registerAppScheme } from './app-protocol.ts'
import { appWindowOptions } from './app-window.ts'
import { createElectronHost, type ElectronHost } from './create-electron-host.ts'
import { guardNavigation } from './navigation.ts'
import { keepPageOffNetwork } from './page-network.ts'
import { profileFlag } from './parse-app-flags.ts'
import { restrictPermissions } from './permissions.ts'
import { createPortEndpoint } from './port-endpoint.ts'
import { refuseCertificates, refuseDownloads } from './refusals.ts'
import { isTrustedSender } from './trusted-sender.ts'

/** All that is used of Electron: handed in by `main.ts`, so that tests can run this with a stand-in. */
export type ElectronPieces = Pick<
  typeof import('electron'),
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'nativeTheme'
  | 'net'
  | 'protocol'
  | 'safeStorage'
  | 'session'
  | 'shell'
>

/** What this host needs to know of a running core. */
export interface RunningCore extends CoreDoors {
  readonly isTrafficAllowed: () => boolean
  readonly stop: () => Promise<void>
}

export interface RunElectronAppOptions {
  readonly electron: ElectronPieces
  /** Command line without the program. */
  readonly args: readonly string[]
  readonly platform: string
  /** Folder of the built page. */
  readonly pageFolder: string
  /** Absolute path of the built preload. */
  readonly preload: string
  readonly startCore: (host: Host) => Promise<RunningCore>
  /** A line of standard error. */
  readonly tell: (line: string) => void
}

/** A window that dies is opened again this often, then the user is told. */
const MAX_REOPENINGS = 3

/**
 * The app in Electron. Must be called before the app is ready: sandbox and scheme cannot be set up later. Resolves when
 * the window is open, or at once where another process has the profile already.
 */
export async function runElectronApp(options: RunElectronAppOptions): Promise<void> {
  const { electron, platform, tell } = options
  const { app, ipcMain } = electron
  registerAppScheme(electron.protocol)
  app.enableSandbox()
  refuseCertificates(app)
  const profileFolder = resolve(profileFlag(options.args) ?? defaultProfileFolder(platform))
  // Chromium's own files (IndexedDB among them) live in the profile too, and the single-instance lock is per profile.
  app.setPath('userData', profileFolder)
  const unusable = await readyProfile(profileFolder).then(
    () => null,
    (cause: unknown) => {
      if (cause instanceof ProfileUnusable) return cause.message
      throw cause
    },
  )
  if (unusable !== null) {
    tell(unusable)
    electron.dialog.showErrorBox('Clientele', unusable)
    app.exit(1)
    return
  }
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }

  await app.whenReady()
  const locking = await lockProfile(profileFolder, async () => true)
  if (locking.kind === 'taken') {
    electron.dialog.showErrorBox('Clientele', 'Clientele is already running in a browser with this profile.')
    app.quit()
    return
  }
  const host = await createElectronHost<Session>({
    request: (how) => electron.net.request(how),
    session: (name) => electron.session.fromPartition(`clientele ${name}`, { cache: false }),
    safeStorage: electron.safeStorage,
    shell: electron.shell,
    isOnline: () => electron.net.isOnline(),
    platform,
    version: app.getVersion(),
    profileFolder,
    installationFolder: defaultInstallationFolder(platform),
    tell,
  })
  const core = await options.startCore(host)
  const pageSession = electron.session.defaultSession
  restrictPermissions(pageSession)
  keepPageOffNetwork(pageSession)
  refuseDownloads(pageSession, () => host.log.warn('download.refused'))
  electron.protocol.handle(
    APP_SCHEME,
    createAppProtocol({
      staticHandler: createStaticHandler(options.pageFolder),
      media: createMedia({ host, isTrafficAllowed: core.isTrafficAllowed }),
    }),
  )
  ipcMain.on('clientele:ports', (event) => attachPorts(event, core, host))
  app.on('web-contents-created', (_event, contents) => {
    guardNavigation(contents, (url) => openOutside(host, url))
  })
  electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(appMenu(platform, app.isPackaged)))

  const windows = createWindows(options, host)
  app.on('second-instance', () => windows.show())
  app.on('activate', () => windows.show())
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit()
  })
  stopBeforeQuit(electron, async () => {
    await core.stop()
    await host.log.flush()
    await locking.lock.release()
  })
  await windows.show()
}

/** The page's two ports. Whoever is not our page in the main frame gets them closed. */
function attachPorts(event: IpcMainEvent, core: CoreDoors, host: Host): void {
  const [page, store] = event.ports
  if (!isTrustedSender(event) || page === undefined || store === undefined) {
    host.log.warn('ports.refused')
    for (const port of event.ports) port.close()
    return
  }
  core.attachPage(createPortEndpoint(page))
  core.attachStore(createPortEndpoint(store))
}

function openOutside(host: Host, url: string): void {
  const link = outsideLink(url)
  if (link !== null) host.shell.openLink(link).catch(() => host.log.warn('link.failed'))
}

function createWindows(options: RunElectronAppOptions, host: ElectronHost): { readonly show: () => Promise<void> } {
  const { electron, preload } = options
  let current: BrowserWindow | null = null
  let reopenings = 0

  const open = async (): Promise<void> => {
    const window = new electron.BrowserWindow(
      appWindowOptions({
        preload,
        isPackaged: electron.app.isPackaged,
        isDark: electron.nativeTheme.shouldUseDarkColors,
      }),
    )
    current = window
    window.once('ready-to-show', () => window.show())
    window.on('closed', () => {
      if (current === window) current = null
    })
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return
      host.log.error('window.gone', { reason })
      reopenings += 1
      if (reopenings <= MAX_REOPENINGS) {
        window.webContents.reload()
        return
      }
      electron.dialog.showErrorBox(
        'Clientele',
        'The window ended several times. Your clients and edits are safe; please start Clientele again.',
      )
      electron.app.quit()
    })
    await window.loadURL(APP_URL)
  }

  return {
    show: async () => {
      if (current === null) {
        await open()
        return
      }
      if (current.isMinimized()) current.restore()
      current.show()
      current.focus()
    },
  }
}

/** Holds the end of the app until everything is on disk. */
function stopBeforeQuit({ app }: ElectronPieces, stop: () => Promise<void>): void {
  let isStopped = false
  app.on('will-quit', (event) => {
    if (isStopped) return
    event.preventDefault()
    const end = (): void => {
      isStopped = true
      app.quit()
    }
    stop().then(end, end)
  })
}
