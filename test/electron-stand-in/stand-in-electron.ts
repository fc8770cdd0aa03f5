import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type * as Electron from 'electron'
import type {
  BrowserWindowConstructorOptions,
  MenuItemConstructorOptions,
  NotificationConstructorOptions,
} from 'electron'
import type { AppRequest } from '../../electron/host/electron/app-protocol.ts'
import { NO_PAGES, type Pages } from './pages.ts'
import { guarded, type Known, Refusals, unguarded } from './refusals.ts'
import type { SingleInstance } from './single-instance.ts'
import { StandInApp } from './stand-in-app.ts'
import { StandInContents } from './stand-in-contents.ts'
import { createStandInMachine, type StandInMachine } from './stand-in-machine.ts'
import { openedContextMenu, StandInMenu, StandInMenuItem } from './stand-in-menu.ts'
import { createStandInSession, StandInNetRequest, type StandInRequestOptions } from './stand-in-net.ts'
import { standInPortMain } from './stand-in-port-main.ts'
import { createStandInSafeStorage } from './stand-in-safe-storage.ts'
import { StandInPageSession } from './stand-in-session.ts'
import { StandInImage, StandInNotification, StandInTray } from './stand-in-signs.ts'
import { StandInWindow } from './stand-in-window.ts'
import { type EXPORTED, SUPPORTED } from './supported.ts'

export { StandInContents, StandInWindow }

/** The module `electron` as the app gets it. */
export type ElectronModule = Pick<typeof Electron, (typeof EXPORTED)[number]>

export interface StandInOptions {
  readonly pages?: Pages
  readonly safeStorage?: ReturnType<typeof createStandInSafeStorage>
  readonly platform?: string
  /** Without, `isFirstInstance` says whether this is the first. */
  readonly instance?: SingleInstance
  /** The app has ended; a process would now. */
  readonly onEnd?: (code: number) => void
}

/**
 * Electron's main process without Electron: everything the app asks of it is kept for the test to see, everything a
 * user or a system does to it can be done from the test. What is not in `supported.ts` fails.
 */
export class StandInElectron {
  readonly refusals = new Refusals()
  readonly calls: string[] = []
  readonly schemes: unknown[] = []
  readonly paths = new Map<string, string>()
  readonly windows: StandInWindow[] = []
  readonly trays: StandInTray[] = []
  readonly notifications: StandInNotification[] = []
  /** Why notifications fail, as on a macOS app that is not signed. */
  notificationsFail: string | null = null
  menu: StandInMenu | null = null
  readonly machine: StandInMachine
  readonly platform: string
  readonly pages: Pages
  readonly session: StandInPageSession
  isFirstInstance = true
  handler: ((request: AppRequest) => Promise<Response>) | null = null
  readonly app: StandInApp
  readonly ipcMain = new EventEmitter()
  /** What is handed to `runElectronApp`. */
  readonly pieces: ElectronModule
  readonly instance: SingleInstance | null
  private readonly onEnd: (code: number) => void

  constructor(options: StandInOptions = {}) {
    this.pages = options.pages ?? NO_PAGES
    this.platform = options.platform ?? 'linux'
    this.instance = options.instance ?? null
    this.onEnd = options.onEnd ?? ((): void => undefined)
    this.app = new StandInApp(this)
    this.session = new StandInPageSession(this)
    this.machine = createStandInMachine()
    this.pieces = this.build(options.safeStorage ?? createStandInSafeStorage())
  }

  /** Links handed to the system. */
  get opened(): string[] {
    return this.machine.opened
  }
  /** Texts of error boxes. */
  get errors(): string[] {
    return this.machine.errors
  }

  /** The object as the app sees it. What the members mean is checked at the classes, by Electron's declarations. */
  guard<T>(name: string, target: object, known: Known): T {
    return guarded(name, target, known, this.refusals) as T
  }

  openWindows(): StandInWindow[] {
    return this.windows.filter((window) => !window.isDestroyed())
  }

  contextMenu(): StandInMenu | null {
    return openedContextMenu()
  }

  /** As the user's click on a line of a menu. What Electron does by itself for a role is done or noted. */
  choose(item: StandInMenuItem): void {
    const window = this.openWindows().find((each) => each.isFocused()) ?? this.openWindows()[0]
    item.choose(window?.guarded)
    const role = item.role?.toLowerCase()
    if (role === undefined) return
    if (role === 'quit') this.app.quit()
    else if (role === 'close') window?.close()
    else if (role === 'minimize') window?.minimize()
    else if (role === 'togglefullscreen') window?.setFullScreen(!window.isFullScreen())
    else if (role === 'reload') window?.reload()
    else window?.webContents.commands.push(role)
  }

  windowClosed(): void {
    if (this.openWindows().length === 0) this.app.windowsGone()
  }

  ended(code: number): void {
    this.onEnd(code)
  }

  /** The rest of Electron's modules: each fails as soon as something of it is used. */
  refusedModules(): Record<string, unknown> {
    return new Proxy(
      {},
      {
        get: (_target, name) => {
          const refuse = (): never => this.refusals.refuse(String(name))
          return new Proxy(class {}, {
            get: (_class, member) => this.refusals.refuse(`${String(name)}.${String(member)}`),
            construct: refuse,
            apply: refuse,
          })
        },
      },
    )
  }

  private build(safeStorage: object): ElectronModule {
    const { machine } = this
    const known = SUPPORTED
    const sessions = new Map<string, unknown>()
    const defaultSession = this.guard('Session', this.session, known.Session)
    const session = {
      defaultSession,
      fromPartition: (name: string) => {
        const found = sessions.get(name) ?? this.guard('Session', createStandInSession(name), known.Session)
        sessions.set(name, found)
        return found
      },
    }
    const modules: Record<(typeof EXPORTED)[number], unknown> = {
      app: this.guard('app', this.app, known.app),
      BrowserWindow: this.windowClass(),
      clipboard: this.guard('clipboard', machine.clipboard, known.clipboard),
      dialog: this.guard('dialog', machine.dialog, known.dialog),
      globalShortcut: this.guard('globalShortcut', machine.globalShortcut, known.globalShortcut),
      ipcMain: this.guard('ipcMain', this.ipcMain, known.ipcMain),
      Menu: this.menuClass(),
      MenuItem: this.construct(StandInMenuItem, 'MenuItem', [], (args) =>
        this.seenItem(new StandInMenuItem(first(args))),
      ),
      nativeImage: this.nativeImage(),
      nativeTheme: this.guard('nativeTheme', machine.nativeTheme, known.nativeTheme),
      net: this.guard(
        'net',
        {
          request: (options: StandInRequestOptions) =>
            this.guard(
              'ClientRequest',
              new StandInNetRequest({ ...options, session: unguarded(options.session) }),
              known.ClientRequest,
            ),
          isOnline: () => machine.isOnline,
        },
        known.net,
      ),
      Notification: this.notificationClass(),
      powerMonitor: this.guard('powerMonitor', machine.powerMonitor, known.powerMonitor),
      protocol: this.guard('protocol', this.protocol(), known.protocol),
      safeStorage: this.guard('safeStorage', safeStorage, known.safeStorage),
      screen: this.guard('screen', machine.screen, known.screen),
      session: this.guard('session', session, { members: known.statics.session, events: [] }),
      shell: this.guard('shell', machine.shell, known.shell),
      systemPreferences: this.guard('systemPreferences', machine.systemPreferences, known.systemPreferences),
      Tray: this.construct(StandInTray, 'Tray', known.statics.Tray, ([image, guid]) =>
        this.guard('Tray', new StandInTray(image, typeof guid === 'string' ? guid : undefined, this), known.Tray),
      ),
      webContents: this.guard(
        'webContents',
        {
          getAllWebContents: () => this.openWindows().map((window) => window.webContents.guarded),
          getFocusedWebContents: () =>
            this.openWindows().find((window) => window.isFocused())?.webContents.guarded ?? null,
          fromId: (id: number) =>
            this.openWindows().find((window) => window.webContents.id === id)?.webContents.guarded,
        },
        { members: known.statics.webContents, events: [] },
      ),
    }
    // Each is typed where it is made, member by member; together they are the part of the module that is there.
    return modules as ElectronModule
  }

  private protocol(): object {
    return {
      registerSchemesAsPrivileged: (schemes: readonly unknown[]) => {
        this.calls.push('scheme')
        this.schemes.push(...schemes)
      },
      handle: (_scheme: string, handler: (request: AppRequest) => Promise<Response>) => {
        this.calls.push('handle')
        this.handler = handler
      },
      unhandle: () => {
        this.handler = null
      },
      isProtocolHandled: () => this.handler !== null,
    }
  }

  private windowClass(): unknown {
    const statics = {
      getAllWindows: () => this.openWindows().map((window) => window.guarded),
      getFocusedWindow: () => this.openWindows().find((window) => window.isFocused())?.guarded ?? null,
      fromWebContents: (contents: unknown) =>
        this.windows.find((window) => window.webContents.guarded === contents)?.guarded ?? null,
    }
    return this.construct(
      Object.assign(class extends StandInWindow {}, statics),
      'BrowserWindow',
      SUPPORTED.statics.BrowserWindow,
      (args) => new StandInWindow(first<BrowserWindowConstructorOptions>(args), this).guarded,
    )
  }

  private menuClass(): unknown {
    const statics = {
      buildFromTemplate: (template: readonly MenuItemConstructorOptions[]) =>
        this.seenMenu(StandInMenu.buildFromTemplate(template)),
      setApplicationMenu: (menu: StandInMenu | null) => {
        this.calls.push('menu')
        this.menu = unguarded(menu)
      },
      getApplicationMenu: () => (this.menu === null ? null : this.seenMenu(this.menu)),
    }
    return this.construct(Object.assign(class extends StandInMenu {}, statics), 'Menu', SUPPORTED.statics.Menu, () =>
      this.seenMenu(new StandInMenu()),
    )
  }

  private seenMenu(menu: StandInMenu): object {
    return this.guard('Menu', menu, {
      ...SUPPORTED.Menu,
      as: { items: () => menu.items.map((item) => this.seenItem(item)) },
    })
  }

  private seenItem(item: StandInMenuItem): object {
    return this.guard('MenuItem', item, SUPPORTED.MenuItem)
  }

  private notificationClass(): unknown {
    const statics = {
      isSupported: () => this.machine.hasNotifications,
      remove: (id: string) => this.closeNotifications((each) => each.id === id),
      removeGroup: (id: string) => this.closeNotifications((each) => each.groupId === id),
      removeAll: () => this.closeNotifications(() => true),
    }
    return this.construct(
      Object.assign(class extends StandInNotification {}, statics),
      'Notification',
      SUPPORTED.statics.Notification,
      (args) =>
        this.guard(
          'Notification',
          new StandInNotification(first<NotificationConstructorOptions>(args), this),
          SUPPORTED.Notification,
        ),
    )
  }

  private closeNotifications(isMeant: (notification: StandInNotification) => boolean): void {
    for (const notification of this.notifications.filter(isMeant)) notification.close()
  }

  private nativeImage(): unknown {
    const image = (bytes: Buffer): unknown => this.guard('NativeImage', new StandInImage(bytes), SUPPORTED.NativeImage)
    return this.guard(
      'nativeImage',
      {
        createEmpty: () => image(Buffer.alloc(0)),
        createFromBuffer: (bytes: Buffer) => image(bytes),
        createFromDataURL: (address: string) => image(Buffer.from(address)),
        createFromPath: (path: string) => image(Buffer.from(path)),
        createFromNamedImage: (name: string) => image(Buffer.from(name)),
      },
      { members: SUPPORTED.statics.nativeImage, events: [] },
    )
  }

  /** A class of the module: its static members by the table, its objects as `make` makes them. */
  private construct(
    base: object,
    name: string,
    members: readonly string[],
    make: (args: readonly unknown[]) => object,
  ): unknown {
    const statics: object = this.guard(name, base, { members, events: [] })
    return new Proxy(base, {
      construct: (_target, args: readonly unknown[]) => make(args),
      get: (_target, property) => Reflect.get(statics, property),
    })
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
}

/** The one argument of a constructor of Electron's, as the type checker has seen it at the call. */
function first<T>(args: readonly unknown[]): T {
  return (args[0] ?? {}) as T
}
