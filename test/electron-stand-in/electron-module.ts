import type * as Electron from 'electron'
import type {
  BrowserWindowConstructorOptions,
  MenuItemConstructorOptions,
  NotificationConstructorOptions,
} from 'electron'
import type { AppRequest } from '../../electron/host/electron/app-protocol.ts'
import { unguarded } from './refusals.ts'
import type { StandInElectron } from './stand-in-electron.ts'
import { StandInMenu, StandInMenuItem } from './stand-in-menu.ts'
import { createStandInSession, StandInNetRequest, type StandInRequestOptions } from './stand-in-net.ts'
import { StandInImage, StandInNotification, StandInTray } from './stand-in-signs.ts'
import { StandInWindow } from './stand-in-window.ts'
import { type EXPORTED, SUPPORTED } from './supported.ts'

/** The module `electron` as the app gets it. */
export type ElectronModule = Pick<typeof Electron, (typeof EXPORTED)[number]>

/** Every object of it is guarded: what `supported.ts` does not name fails. */
export function buildElectronModule(standIn: StandInElectron, safeStorage: object): ElectronModule {
  const { machine } = standIn
  const known = SUPPORTED
  const sessions = new Map<string, unknown>()
  const defaultSession = standIn.guard('Session', standIn.session, known.Session)
  const session = {
    defaultSession,
    fromPartition: (name: string) => {
      const found = sessions.get(name) ?? standIn.guard('Session', createStandInSession(name), known.Session)
      sessions.set(name, found)
      return found
    },
  }
  const modules: Record<(typeof EXPORTED)[number], unknown> = {
    app: standIn.guard('app', standIn.app, known.app),
    BrowserWindow: windowClass(standIn),
    clipboard: standIn.guard('clipboard', machine.clipboard, known.clipboard),
    dialog: standIn.guard('dialog', machine.dialog, known.dialog),
    globalShortcut: standIn.guard('globalShortcut', machine.globalShortcut, known.globalShortcut),
    ipcMain: standIn.guard('ipcMain', standIn.ipcMain, known.ipcMain),
    Menu: menuClass(standIn),
    MenuItem: construct(standIn, StandInMenuItem, 'MenuItem', [], (args) =>
      standIn.seenItem(new StandInMenuItem(first(args))),
    ),
    nativeImage: nativeImage(standIn),
    nativeTheme: standIn.guard('nativeTheme', machine.nativeTheme, known.nativeTheme),
    net: standIn.guard(
      'net',
      {
        request: (options: StandInRequestOptions) =>
          standIn.guard(
            'ClientRequest',
            new StandInNetRequest({ ...options, session: unguarded(options.session) }),
            known.ClientRequest,
          ),
        isOnline: () => machine.isOnline,
      },
      known.net,
    ),
    Notification: notificationClass(standIn),
    powerMonitor: standIn.guard('powerMonitor', machine.powerMonitor, known.powerMonitor),
    protocol: standIn.guard('protocol', protocol(standIn), known.protocol),
    safeStorage: standIn.guard('safeStorage', safeStorage, known.safeStorage),
    screen: standIn.guard('screen', machine.screen, known.screen),
    session: standIn.guard('session', session, { members: known.statics.session, events: [] }),
    shell: standIn.guard('shell', machine.shell, known.shell),
    systemPreferences: standIn.guard('systemPreferences', machine.systemPreferences, known.systemPreferences),
    Tray: construct(standIn, StandInTray, 'Tray', known.statics.Tray, ([image, guid]) =>
      standIn.guard('Tray', new StandInTray(image, typeof guid === 'string' ? guid : undefined, standIn), known.Tray),
    ),
    webContents: standIn.guard(
      'webContents',
      {
        getAllWebContents: () => standIn.openWindows().map((window) => window.webContents.guarded),
        getFocusedWebContents: () =>
          standIn.openWindows().find((window) => window.isFocused())?.webContents.guarded ?? null,
        fromId: (id: number) =>
          standIn.openWindows().find((window) => window.webContents.id === id)?.webContents.guarded,
      },
      { members: known.statics.webContents, events: [] },
    ),
  }
  // Each is typed where it is made, member by member; together they are the part of the module that is there.
  return modules as ElectronModule
}

function protocol(standIn: StandInElectron): object {
  return {
    registerSchemesAsPrivileged: (schemes: readonly unknown[]) => {
      standIn.calls.push('scheme')
      standIn.schemes.push(...schemes)
    },
    handle: (_scheme: string, handler: (request: AppRequest) => Promise<Response>) => {
      standIn.calls.push('handle')
      standIn.handler = handler
    },
    unhandle: () => {
      standIn.handler = null
    },
    isProtocolHandled: () => standIn.handler !== null,
  }
}

function windowClass(standIn: StandInElectron): unknown {
  const statics = {
    getAllWindows: () => standIn.openWindows().map((window) => window.guarded),
    getFocusedWindow: () => standIn.openWindows().find((window) => window.isFocused())?.guarded ?? null,
    fromWebContents: (contents: unknown) =>
      standIn.windows.find((window) => window.webContents.guarded === contents)?.guarded ?? null,
  }
  return construct(
    standIn,
    Object.assign(class extends StandInWindow {}, statics),
    'BrowserWindow',
    SUPPORTED.statics.BrowserWindow,
    (args) => new StandInWindow(first<BrowserWindowConstructorOptions>(args), standIn).guarded,
  )
}

function menuClass(standIn: StandInElectron): unknown {
  const statics = {
    buildFromTemplate: (template: readonly MenuItemConstructorOptions[]) =>
      standIn.seenMenu(StandInMenu.buildFromTemplate(template)),
    setApplicationMenu: (menu: StandInMenu | null) => {
      standIn.calls.push('menu')
      standIn.menu = unguarded(menu)
    },
    getApplicationMenu: () => (standIn.menu === null ? null : standIn.seenMenu(standIn.menu)),
  }
  return construct(standIn, Object.assign(class extends StandInMenu {}, statics), 'Menu', SUPPORTED.statics.Menu, () =>
    standIn.seenMenu(new StandInMenu()),
  )
}

function notificationClass(standIn: StandInElectron): unknown {
  const statics = {
    isSupported: () => standIn.machine.hasNotifications,
    remove: (id: string) => closeNotifications(standIn, (each) => each.id === id),
    removeGroup: (id: string) => closeNotifications(standIn, (each) => each.groupId === id),
    removeAll: () => closeNotifications(standIn, () => true),
  }
  return construct(
    standIn,
    Object.assign(class extends StandInNotification {}, statics),
    'Notification',
    SUPPORTED.statics.Notification,
    (args) =>
      standIn.guard(
        'Notification',
        new StandInNotification(first<NotificationConstructorOptions>(args), standIn),
        SUPPORTED.Notification,
      ),
  )
}

function closeNotifications(standIn: StandInElectron, isMeant: (notification: StandInNotification) => boolean): void {
  for (const notification of standIn.notifications.filter(isMeant)) notification.close()
}

function nativeImage(standIn: StandInElectron): unknown {
  const image = (bytes: Buffer): unknown => standIn.guard('NativeImage', new StandInImage(bytes), SUPPORTED.NativeImage)
  return standIn.guard(
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
function construct(
  standIn: StandInElectron,
  base: object,
  name: string,
  members: readonly string[],
  make: (args: readonly unknown[]) => object,
): unknown {
  const statics: object = standIn.guard(name, base, { members, events: [] })
  return new Proxy(base, {
    construct: (_target, args: readonly unknown[]) => make(args),
    get: (_target, property) => Reflect.get(statics, property),
  })
}

/** The one argument of a constructor of Electron's, as the type checker has seen it at the call. */
function first<T>(args: readonly unknown[]): T {
  return (args[0] ?? {}) as T
}
