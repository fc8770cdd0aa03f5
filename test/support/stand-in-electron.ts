import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { AppRequest } from '../../electron/host/electron/app-protocol.ts'
import type { ElectronPieces } from '../../electron/host/electron/run-electron-app.ts'
import { createStandInSession, StandInNetRequest } from './stand-in-net.ts'
import { standInPortMain } from './stand-in-port-main.ts'
import { createStandInSafeStorage } from './stand-in-safe-storage.ts'

interface Navigation {
  readonly url: string
  isPrevented: boolean
  preventDefault(): void
}

/** The pieces of Electron that the app uses, remembering how they were used. Not a model of Electron beyond that. */
export class StandInElectron {
  readonly calls: string[] = []
  readonly schemes: unknown[] = []
  readonly paths = new Map<string, string>()
  readonly windows: StandInWindow[] = []
  readonly opened: string[] = []
  readonly errors: string[] = []
  readonly session = {
    permissionRequest: null as
      | null
      | ((contents: unknown, permission: string, decide: (granted: boolean) => void, details: unknown) => void),
    permissionCheck: null as
      | null
      | ((contents: unknown, permission: string, origin: string, details: unknown) => boolean),
    device: null as null | (() => boolean),
    beforeRequest: null as null | ((details: unknown, decide: (reply: { cancel?: boolean }) => void) => void),
    hasSpellChecker: true,
  }
  isFirstInstance = true
  handler: ((request: AppRequest) => Promise<Response>) | null = null
  readonly app = new EventEmitter()
  readonly ipcMain = new EventEmitter()

  /** What is handed to `runElectronApp`. */
  readonly pieces: ElectronPieces

  constructor() {
    const note = (call: string): void => {
      this.calls.push(call)
    }
    const standIn = this
    Object.assign(this.app, {
      isPackaged: false,
      enableSandbox: () => note('enableSandbox'),
      setPath: (name: string, path: string) => {
        note('setPath')
        this.paths.set(name, path)
      },
      requestSingleInstanceLock: () => {
        note('requestSingleInstanceLock')
        return this.isFirstInstance
      },
      whenReady: async () => note('ready'),
      getVersion: () => '1.2.3',
      quit: () => {
        note('quit')
        const event = { isPrevented: false, preventDefault: () => Object.assign(event, { isPrevented: true }) }
        this.app.emit('will-quit', event)
        if (!event.isPrevented) note('ended')
      },
      exit: () => note('exit'),
    })
    const sessions = new Map<string, ReturnType<typeof createStandInSession>>()
    // Only what the app uses is there: the compiler cannot see that, the tests do.
    this.pieces = {
      app: this.app,
      ipcMain: this.ipcMain,
      BrowserWindow: class extends StandInWindow {
        constructor(options: unknown) {
          super(options, standIn)
        }
      },
      dialog: { showErrorBox: (_title: string, text: string) => this.errors.push(text) },
      Menu: { buildFromTemplate: (template: unknown) => template, setApplicationMenu: () => note('menu') },
      nativeTheme: { shouldUseDarkColors: true },
      net: { request: (options: never) => new StandInNetRequest(options), isOnline: () => true },
      protocol: {
        registerSchemesAsPrivileged: (schemes: readonly unknown[]) => {
          note('scheme')
          this.schemes.push(...schemes)
        },
        handle: (_scheme: string, handler: (request: AppRequest) => Promise<Response>) => {
          note('handle')
          this.handler = handler
        },
      },
      safeStorage: createStandInSafeStorage(),
      session: {
        defaultSession: this.defaultSession(),
        fromPartition: (name: string) => {
          const session = sessions.get(name) ?? createStandInSession(name)
          sessions.set(name, session)
          return session
        },
      },
      shell: {
        openExternal: async (url: string) => {
          this.opened.push(url)
        },
      },
    } as unknown as ElectronPieces
  }

  /** As the preload does: two channels, one end each to the main process. */
  sendPorts(senderFrame: unknown): {
    readonly page: MessagePort
    readonly store: MessagePort
    readonly isClosed: () => number
  } {
    const page = new MessageChannel()
    const store = new MessageChannel()
    let closed = 0
    const main = (port: MessagePort): unknown => {
      const endpoint = standInPortMain(port)
      return {
        ...endpoint,
        close: () => {
          closed += 1
          endpoint.close()
        },
      }
    }
    this.ipcMain.emit('clientele:ports', { senderFrame, ports: [main(page.port1), main(store.port1)] })
    return { page: page.port2, store: store.port2, isClosed: () => closed }
  }

  private defaultSession(): unknown {
    const { session } = this
    return {
      setPermissionRequestHandler: (handler: never) => Object.assign(session, { permissionRequest: handler }),
      setPermissionCheckHandler: (handler: never) => Object.assign(session, { permissionCheck: handler }),
      setDevicePermissionHandler: (handler: never) => Object.assign(session, { device: handler }),
      setUSBProtectedClassesHandler: () => undefined,
      setSpellCheckerEnabled: (isOn: boolean) => Object.assign(session, { hasSpellChecker: isOn }),
      webRequest: { onBeforeRequest: (handler: never) => Object.assign(session, { beforeRequest: handler }) },
    }
  }
}

export class StandInWindow extends EventEmitter {
  readonly webContents = new StandInContents()
  readonly loaded: string[] = []
  shown = 0

  constructor(
    readonly options: unknown,
    electron: StandInElectron,
  ) {
    super()
    electron.windows.push(this)
    electron.app.emit('web-contents-created', {}, this.webContents)
  }

  async loadURL(url: string): Promise<void> {
    this.loaded.push(url)
    this.emit('ready-to-show')
  }

  show(): void {
    this.shown += 1
  }

  focus(): void {}

  isMinimized(): boolean {
    return false
  }
}

export class StandInContents extends EventEmitter {
  reloads = 0
  private windowOpen: ((details: { url: string }) => { action: string }) | null = null

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpen = handler
  }

  reload(): void {
    this.reloads += 1
  }

  open(url: string): string {
    return this.windowOpen?.({ url }).action ?? 'allow'
  }

  /** Was the navigation stopped? */
  isStopped(event: string, url: string): boolean {
    const navigation: Navigation = {
      url,
      isPrevented: false,
      preventDefault: () => {
        navigation.isPrevented = true
      },
    }
    this.emit(event, navigation)
    return navigation.isPrevented
  }
}
