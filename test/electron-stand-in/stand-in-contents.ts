import { EventEmitter } from 'node:events'
import type { PrintToPDFOptions, WebContents, WebFrameMain } from 'electron'
import type { Page } from './pages.ts'
import type { StandInElectron } from './stand-in-electron.ts'
import { standInEvent } from './stand-in-event.ts'
import type { StandInWindow } from './stand-in-window.ts'
import { SUPPORTED } from './supported.ts'

/** A frame as main sees it: addresses are those of `app://`, whatever Chromium calls them. */
export interface StandInFrame {
  readonly origin: string
  readonly url: string
  readonly parent: StandInFrame | null
  readonly top: StandInFrame | null
  readonly isDestroyed: () => boolean
}

interface WindowOpening {
  readonly url: string
  readonly frameName: string
  readonly features: string
  readonly disposition: string
}

type Members = (typeof SUPPORTED.WebContents.members)[number]
/** What Electron's declarations make of other whole objects of Electron is left to these classes' own types. */
type Declared = Omit<Pick<WebContents, Members>, 'mainFrame' | 'session' | 'setWindowOpenHandler' | 'close'>

let lastId = 0

export class StandInContents extends EventEmitter implements Declared {
  readonly id = ++lastId
  reloads = 0
  page: Page | null = null
  url = ''
  title = ''
  isGone = false
  hasCrashed = false
  zoomLevel = 0
  /** What was asked of the page's editing, by name. */
  readonly commands: string[] = []
  readonly drags: { readonly file: string; readonly files?: readonly string[] | undefined }[] = []
  readonly prints: unknown[] = []
  readonly pdfs: PrintToPDFOptions[] = []
  mainFrame: StandInFrame | null = null
  /** As main sees it. */
  readonly guarded: WebContents
  private windowOpen: ((details: WindowOpening) => { action: string }) | null = null

  constructor(
    private readonly electron: StandInElectron,
    readonly owner: () => StandInWindow | null,
  ) {
    super()
    this.guarded = electron.guard('WebContents', this, SUPPORTED.WebContents)
  }

  get session(): unknown {
    return this.electron.pieces.session.defaultSession
  }

  setWindowOpenHandler(handler: (details: WindowOpening) => { action: string }): void {
    this.windowOpen = handler
  }

  reload(): void {
    this.reloads += 1
    this.hasCrashed = false
    this.page?.reload()
  }

  reloadIgnoringCache(): void {
    this.reload()
  }

  forcefullyCrashRenderer(): void {
    this.page?.crash()
  }

  close(): void {
    this.owner()?.close()
  }

  stop(): void {}
  focus(): void {}
  isFocused(): boolean {
    return this.owner()?.isFocused() ?? false
  }
  isDestroyed(): boolean {
    return this.isGone
  }
  isCrashed(): boolean {
    return this.hasCrashed
  }
  isLoading(): boolean {
    return false
  }
  getURL(): string {
    return this.url
  }
  getTitle(): string {
    return this.title
  }
  getZoomLevel(): number {
    return this.zoomLevel
  }
  setZoomLevel(level: number): void {
    this.zoomLevel = level
    this.page?.setZoom(1.2 ** level)
  }
  getZoomFactor(): number {
    return 1.2 ** this.zoomLevel
  }
  setZoomFactor(factor: number): void {
    this.setZoomLevel(Math.log(factor) / Math.log(1.2))
  }
  undo(): void {
    this.commands.push('undo')
  }
  redo(): void {
    this.commands.push('redo')
  }
  cut(): void {
    this.commands.push('cut')
  }
  copy(): void {
    this.commands.push('copy')
  }
  paste(): void {
    this.commands.push('paste')
  }
  pasteAndMatchStyle(): void {
    this.commands.push('pasteAndMatchStyle')
  }
  delete(): void {
    this.commands.push('delete')
  }
  selectAll(): void {
    this.commands.push('selectAll')
  }
  replaceMisspelling(text: string): void {
    this.commands.push(`replaceMisspelling ${text}`)
  }
  startDrag(item: { file: string; files?: string[] }): void {
    // Not the icon: a test asks for these from another process.
    this.drags.push({ file: item.file, files: item.files })
  }
  print(options?: unknown, done?: (success: boolean, failureReason: string) => void): void {
    this.prints.push(options ?? {})
    setImmediate(() => done?.(true, ''))
  }
  printToPDF(options: PrintToPDFOptions): Promise<Buffer> {
    this.pdfs.push(options)
    return this.page?.printToPDF(options) ?? Promise.reject(new Error('There is no page to print'))
  }
  send(channel: string, ...args: unknown[]): void {
    this.page?.send(channel, args)
  }
  postMessage(channel: string, message: unknown, transfer: unknown[] = []): void {
    if (transfer.length > 0) this.electron.refusals.refuse('WebContents.postMessage with ports')
    this.page?.send(channel, [message])
  }

  /** What main says to a window that the page wants to open. */
  open(url: string): string {
    return this.windowOpen?.({ url, frameName: '', features: '', disposition: 'new-window' }).action ?? 'allow'
  }

  /** Was the navigation stopped? */
  isStopped(event: string, url: string, isMainFrame = true, frame: StandInFrame | null = this.mainFrame): boolean {
    const navigation = standInEvent({ url, isSameDocument: false, isMainFrame, frame })
    this.emit(event, navigation, url)
    return navigation.defaultPrevented
  }

  /** A document has loaded. */
  loaded(url: string): void {
    this.url = url
    this.emit('dom-ready', standInEvent({}))
    this.emit('did-finish-load', standInEvent({}))
    this.emit('did-stop-loading', standInEvent({}))
    this.electron.app.emit('stand-in-loaded')
  }

  /** The page's process ended. */
  gone(reason: 'crashed' | 'killed' | 'oom'): void {
    this.hasCrashed = true
    const details = { reason, exitCode: reason === 'crashed' ? 139 : 9 }
    this.emit('render-process-gone', standInEvent({}), details)
    this.electron.app.emit('render-process-gone', standInEvent({}), this.guarded, details)
  }
}

/** The frame as Electron's declarations name it. */
export type DeclaredFrame = Pick<WebFrameMain, 'origin' | 'url' | 'isDestroyed'>
