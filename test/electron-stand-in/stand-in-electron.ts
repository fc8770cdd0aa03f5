import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { AppRequest } from '../../electron/host/electron/app-protocol.ts'
import { buildElectronModule, type ElectronModule } from './electron-module.ts'
import { NO_PAGES, type Pages } from './pages.ts'
import { guarded, type Known, Refusals } from './refusals.ts'
import type { SingleInstance } from './single-instance.ts'
import { StandInApp } from './stand-in-app.ts'
import { StandInContents } from './stand-in-contents.ts'
import { createStandInMachine, type StandInMachine } from './stand-in-machine.ts'
import { openedContextMenu, type StandInMenu, type StandInMenuItem } from './stand-in-menu.ts'
import { standInPortMain } from './stand-in-port-main.ts'
import { createStandInSafeStorage } from './stand-in-safe-storage.ts'
import { StandInPageSession } from './stand-in-session.ts'
import type { StandInNotification, StandInTray } from './stand-in-signs.ts'
import { StandInWindow } from './stand-in-window.ts'
import { SUPPORTED } from './supported.ts'

export { StandInContents, StandInWindow }

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
  /** What pages are sent, once a test asks for it to be kept. */
  sent: string[] | null = null
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
    this.pieces = buildElectronModule(this, options.safeStorage ?? createStandInSafeStorage())
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

  /** A menu as the app sees it. */
  seenMenu(menu: StandInMenu): object {
    return this.guard('Menu', menu, {
      ...SUPPORTED.Menu,
      as: { items: () => menu.items.map((item) => this.seenItem(item)) },
    })
  }

  seenItem(item: StandInMenuItem): object {
    return this.guard('MenuItem', item, SUPPORTED.MenuItem)
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
