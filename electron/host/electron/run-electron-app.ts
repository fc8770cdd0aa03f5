import { resolve } from 'node:path'
import type { Session } from 'electron'
import { createFileLog, type FileLog } from '../file-log.ts'
import type { CoreDoors, Host } from '../host.ts'
import { defaultInstallationFolder } from '../installation.ts'
import { createMedia } from '../media/create-media.ts'
import type { MediaHandler } from '../media/media-handler.ts'
import { outsideLink } from '../outside-link.ts'
import { createProfileFiles } from '../profile-files.ts'
import { defaultProfileFolder } from '../profile-folder.ts'
import { lockProfile } from '../profile-lock.ts'
import { ProfileUnusable, readyProfile } from '../ready-profile.ts'
import { createStaticHandler } from '../static-handler.ts'
import { createSystemClock } from '../system-clock.ts'
import { APP_SCHEME } from './app-address.ts'
import { createAppProtocol, registerAppScheme } from './app-protocol.ts'
import { createElectronHost } from './create-electron-host.ts'
import { createElectronPower } from './create-electron-power.ts'
import { createShell, type Shell } from './create-shell.ts'
import { attachContextMenu } from './desktop/context-menu.ts'
import type { ElectronPieces } from './electron-pieces.ts'
import { endWithSystem } from './end-with-system.ts'
import { createLateCore } from './late-core.ts'
import { guardNavigation } from './navigation.ts'
import { claimLinks, type HandedOver, hearWhatIsAsked } from './opening/hear-what-is-asked.ts'
import { keepPageOffNetwork } from './page-network.ts'
import { isAtLogin, profileFlag } from './parse-app-flags.ts'
import { restrictPermissions } from './permissions.ts'
import { refuseCertificates, refuseDownloads } from './refusals.ts'
import { stopBeforeQuit } from './stop-before-quit.ts'
import { createElectronUpdates } from './updates/create-electron-updates.ts'
import type { Updates } from './updates/create-updates.ts'
import type { UpdateSource } from './updates/update-support.ts'
import { openWindowState } from './window/window-state.ts'

export type { ElectronPieces }

/** What this host needs to know of a running core. */
export interface RunningCore extends CoreDoors {
  readonly isTrafficAllowed: () => boolean
  readonly stop: () => Promise<void>
}

export interface RunElectronAppOptions {
  readonly electron: ElectronPieces
  /** Command line without the program. */
  readonly args: readonly string[]
  /** Where it was typed. */
  readonly folder: string
  /** Path of the program itself. */
  readonly program: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  /** Folder of the built page. */
  readonly pageFolder: string
  /** Pictures that the system shows: icons of tray, window and drag. */
  readonly assetsFolder: string
  /** Absolute path of the built preload. */
  readonly preload: string
  /** Of the installed app: `app-update.yml` lies there. */
  readonly resourcesFolder: string
  readonly updateSource: UpdateSource
  readonly startCore: (host: Host) => Promise<RunningCore>
  /** A line of standard error. */
  readonly tell: (line: string) => void
}

/** The id of the app for Windows, as in electron-builder.yml: notifications and the task bar go by it. */
const APP_ID = 'app.clientele'

/**
 * The app in Electron. Must be called before the app is ready: sandbox and scheme cannot be set up later. The window
 * opens while the core still starts. Resolves when both are there, or at once where another process has the profile.
 */
export async function runElectronApp(options: RunElectronAppOptions): Promise<void> {
  const { electron, platform, tell } = options
  const { app } = electron
  registerAppScheme(electron.protocol)
  app.enableSandbox()
  refuseCertificates(app)
  if (platform === 'win32') app.setAppUserModelId(app.isPackaged ? APP_ID : options.program)
  const asked = hearWhatIsAsked(app, options)
  const givenProfile = profileFlag(options.args)
  const profileFolder = resolve(options.folder, givenProfile ?? defaultProfileFolder(platform))
  // Chromium's own files (IndexedDB among them) live in the profile too, and the single-instance lock is per profile.
  app.setPath('userData', profileFolder)
  const unusable = await whyUnusable(profileFolder)
  if (unusable !== null) {
    tell(unusable)
    electron.dialog.showErrorBox('Clientele', unusable)
    app.exit(1)
    return
  }
  const handOver: HandedOver = { args: [...options.args], folder: options.folder }
  if (!app.requestSingleInstanceLock(handOver)) {
    app.quit()
    return
  }

  const clock = createSystemClock()
  const log = createFileLog(profileFolder, clock.now, tell)
  const [locking, state] = await Promise.all([
    lockProfile(profileFolder, async () => true),
    openWindowState({ files: createProfileFiles(profileFolder), clock, log }),
    app.whenReady(),
  ])
  if (locking.kind === 'taken') {
    electron.dialog.showErrorBox('Clientele', 'Clientele is already running in a browser with this profile.')
    app.quit()
    return
  }

  const session = electron.session.defaultSession
  const shell = createShell({
    ...options,
    profileFolder,
    givenProfile,
    session,
    state,
    clock,
    log,
    onSessionEnd: () => endNow(),
  })
  const lateCore = createLateCore(log)
  restrictPermissions(session)
  keepPageOffNetwork(session)
  refuseDownloads(session, () => log.warn('download.refused'))
  servePage(options, lateCore.media)
  electron.ipcMain.on('clientele:ports', lateCore.attach)
  app.on('web-contents-created', (_event, contents) => {
    guardNavigation(contents, (url) => openOutside(electron, url, () => log.warn('link.failed')))
    attachContextMenu(contents, electron, platform)
  })

  const isHidden = isAtLogin(options.args) && state.get().canHide
  const notLoaded = (): void => log.error('window.not-loaded')
  const opening = (isHidden ? shell.window.openHidden() : shell.window.show()).catch(notLoaded)
  asked.serve((what) => void shell.open(what))
  claimLinks(app, { platform, program: options.program, folder: resolve(options.folder, options.args[0] ?? '.') })
  const show = (): void => void shell.window.show().catch(notLoaded)
  app.on('second-instance', show)
  app.on('activate', show)
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit()
  })

  endWithSystem(electron.powerMonitor, () => app.quit())

  const starting = startCore(options, profileFolder, shell, log)
  const endNow = stopBeforeQuit(
    app,
    async () => {
      // Whatever of it fails, the rest is still to be done.
      await starting.then(({ core }) => core.stop()).catch(() => log.error('core.not-stopped'))
      await shell.stop().catch(() => log.error('shell.not-stopped'))
      await log.flush()
      await locking.lock.release()
    },
    (quit) => void starting.then(({ updates }) => updates.finish(quit), quit),
  )
  const { core, media } = await starting.catch((cause: unknown) => {
    electron.dialog.showErrorBox(
      'Clientele cannot start',
      `${cause instanceof Error ? cause.message : String(cause)}\n\nYour clients and edits are kept in ${profileFolder}.`,
    )
    throw cause
  })
  lateCore.serve(core, media)
  await opening
  if (isHidden && shell.desktop.closing() !== 'hides') show()
}

async function startCore(
  options: RunElectronAppOptions,
  profileFolder: string,
  shell: Shell,
  log: FileLog,
): Promise<{ readonly core: RunningCore; readonly media: MediaHandler; readonly updates: Updates }> {
  const { electron, platform } = options
  const machine = await createElectronHost<Session>({
    request: (how) => electron.net.request(how),
    session: (name) => electron.session.fromPartition(`clientele ${name}`, { cache: false }),
    safeStorage: electron.safeStorage,
    shell: electron.shell,
    isOnline: () => electron.net.isOnline(),
    platform,
    version: electron.app.getVersion(),
    profileFolder,
    installationFolder: defaultInstallationFolder(platform),
    tell: options.tell,
    log,
    desktop: shell.desktop,
    power: createElectronPower(electron.powerMonitor),
  })
  const updates = await createElectronUpdates(machine, options)
  const host: Host = { ...machine, updater: updates.updater }
  const core = await options.startCore(host)
  return { core, updates, media: createMedia({ host, isTrafficAllowed: core.isTrafficAllowed }) }
}

async function whyUnusable(profileFolder: string): Promise<string | null> {
  try {
    await readyProfile(profileFolder)
    return null
  } catch (cause) {
    if (cause instanceof ProfileUnusable) return cause.message
    throw cause
  }
}

function servePage({ electron, pageFolder }: RunElectronAppOptions, media: MediaHandler): void {
  const staticHandler = createStaticHandler(pageFolder)
  electron.protocol.handle(APP_SCHEME, createAppProtocol({ staticHandler, media }))
}

function openOutside({ shell }: ElectronPieces, url: string, onFailure: () => void): void {
  const link = outsideLink(url)
  if (link !== null) shell.openExternal(link).catch(onFailure)
}
