import { EventEmitter } from 'node:events'
import type { BrowserWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron'
import { StandInContents } from './stand-in-contents.ts'
import type { StandInElectron } from './stand-in-electron.ts'
import { standInEvent } from './stand-in-event.ts'
import { SUPPORTED } from './supported.ts'

type Members = (typeof SUPPORTED.BrowserWindow.members)[number]
type Declared = Omit<Pick<BrowserWindow, Members>, 'webContents'>

let lastId = 0

/** A window: what a window manager does to it is kept as facts, what is in it is a page. */
export class StandInWindow extends EventEmitter implements Declared {
  readonly id = ++lastId
  readonly webContents: StandInContents
  readonly loaded: string[] = []
  readonly options: BrowserWindowConstructorOptions
  /** How often it was shown. */
  shown = 0
  readonly guarded: BrowserWindow
  background: string
  progress = -1
  isProtected = false
  private bounds: Rectangle
  private readonly is = { visible: false, focused: false, minimized: false, maximized: false, fullScreen: false }
  private isGone = false
  private title: string

  constructor(
    options: BrowserWindowConstructorOptions = {},
    private readonly electron: StandInElectron,
  ) {
    super()
    this.options = options
    this.title = options.title ?? 'Electron'
    this.background = options.backgroundColor ?? '#ffffff'
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
    this.guarded = electron.guard('BrowserWindow', this, {
      ...SUPPORTED.BrowserWindow,
      as: { webContents: () => this.webContents.guarded },
    })
    this.webContents = new StandInContents(electron, () => (this.isGone ? null : this))
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'))
    this.webContents.page = electron.pages.open(this.webContents, options)
    electron.windows.push(this)
    electron.app.emit('web-contents-created', standInEvent({}), this.webContents.guarded)
    electron.app.emit('browser-window-created', standInEvent({}), this.guarded)
    if (options.show !== false) this.show()
  }

  async loadURL(url: string): Promise<void> {
    this.loaded.push(url)
    await this.webContents.page?.load(url)
  }

  reload(): void {
    this.webContents.reload()
  }

  show(): void {
    this.shown += 1
    this.is.visible = true
    this.emit('show')
    this.focus()
  }
  showInactive(): void {
    this.is.visible = true
    this.emit('show')
  }
  hide(): void {
    this.is.visible = false
    this.blur()
    this.emit('hide')
  }
  focus(): void {
    if (this.is.focused || !this.is.visible) return
    this.is.focused = true
    this.emit('focus')
    this.electron.app.emit('browser-window-focus', standInEvent({}), this.guarded)
  }
  blur(): void {
    if (!this.is.focused) return
    this.is.focused = false
    this.emit('blur')
    this.electron.app.emit('browser-window-blur', standInEvent({}), this.guarded)
  }
  moveTop(): void {}
  minimize(): void {
    this.is.minimized = true
    this.blur()
    this.emit('minimize')
  }
  restore(): void {
    this.is.minimized = false
    this.emit('restore')
  }
  maximize(): void {
    this.is.maximized = true
    this.emit('maximize')
  }
  unmaximize(): void {
    this.is.maximized = false
    this.emit('unmaximize')
  }
  setFullScreen(isOn: boolean): void {
    this.is.fullScreen = isOn
    this.emit(isOn ? 'enter-full-screen' : 'leave-full-screen')
  }
  isVisible(): boolean {
    return this.is.visible && !this.is.minimized
  }
  isFocused(): boolean {
    return this.is.focused
  }
  isMinimized(): boolean {
    return this.is.minimized
  }
  isMaximized(): boolean {
    return this.is.maximized
  }
  isFullScreen(): boolean {
    return this.is.fullScreen
  }
  isDestroyed(): boolean {
    return this.isGone
  }

  getBounds(): Rectangle {
    return { ...this.bounds }
  }
  getNormalBounds(): Rectangle {
    return { ...this.bounds }
  }
  setBounds(bounds: Partial<Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds }
    this.emit('resize')
    this.emit('resized')
    this.emit('move')
    this.emit('moved')
  }
  getSize(): [number, number] {
    return [this.bounds.width, this.bounds.height]
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }
  getPosition(): [number, number] {
    return [this.bounds.x, this.bounds.y]
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y })
  }
  center(): void {}
  setMinimumSize(): void {}

  getTitle(): string {
    return this.title
  }
  setTitle(title: string): void {
    this.title = title
  }
  getBackgroundColor(): string {
    return this.background
  }
  setBackgroundColor(colour: string): void {
    this.background = colour
    this.webContents.page?.setBackground(colour)
  }
  setProgressBar(progress: number): void {
    this.progress = progress
  }
  setContentProtection(isOn: boolean): void {
    this.isProtected = isOn
  }
  setOverlayIcon(_icon: unknown, description: string): void {
    this.electron.calls.push(`overlay ${description}`)
  }
  flashFrame(): void {}
  setAutoHideMenuBar(): void {}
  setMenuBarVisibility(): void {}
  setRepresentedFilename(): void {}
  setSkipTaskbar(): void {}

  /** As the window's close button. A page that asks to stay is left, as in Electron, unless main says otherwise. */
  close(): void {
    const event = standInEvent({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    if (this.isGone) return
    this.isGone = true
    this.webContents.isGone = true
    this.webContents.page?.close()
    this.webContents.emit('destroyed')
    this.emit('closed')
    this.electron.windowClosed()
  }
}
