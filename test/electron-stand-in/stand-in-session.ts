import { EventEmitter } from 'node:events'
import type { StandInElectron } from './stand-in-electron.ts'
import { SUPPORTED } from './supported.ts'

type Decide = (reply: { cancel?: boolean }) => void

/** The session of the page: what the app set up in it, for Chromium (or a test) to ask. */
export class StandInPageSession extends EventEmitter {
  permissionRequest:
    | null
    | ((contents: unknown, permission: string, decide: (granted: boolean) => void, details: unknown) => void) = null
  permissionCheck: null | ((contents: unknown, permission: string, origin: string, details: unknown) => boolean) = null
  device: null | (() => boolean) = null
  beforeRequest: null | ((details: unknown, decide: Decide) => void) = null
  hasSpellChecker = true
  spellLanguages: readonly string[] = ['en-US']
  dictionaryAddress: string | null = null
  readonly words: string[] = []
  readonly availableSpellCheckerLanguages: readonly string[] = ['cs', 'de', 'en-GB', 'en-US', 'es-ES', 'fr', 'pl']
  readonly cleared: unknown[] = []
  readonly webRequest: object

  constructor(electron: StandInElectron) {
    super()
    const request = {
      onBeforeRequest: (handler: ((details: unknown, decide: Decide) => void) | null) => {
        this.beforeRequest = handler
      },
      onBeforeSendHeaders: () => electron.refusals.refuse('WebRequest.onBeforeSendHeaders'),
      onHeadersReceived: () => electron.refusals.refuse('WebRequest.onHeadersReceived'),
    }
    this.webRequest = electron.guard('WebRequest', request, SUPPORTED.WebRequest)
  }

  setPermissionRequestHandler(handler: typeof this.permissionRequest): void {
    this.permissionRequest = handler
  }
  setPermissionCheckHandler(handler: typeof this.permissionCheck): void {
    this.permissionCheck = handler
  }
  setDevicePermissionHandler(handler: typeof this.device): void {
    this.device = handler
  }
  setUSBProtectedClassesHandler(): void {}
  setDisplayMediaRequestHandler(): void {}

  setSpellCheckerEnabled(isOn: boolean): void {
    this.hasSpellChecker = isOn
  }
  isSpellCheckerEnabled(): boolean {
    return this.hasSpellChecker
  }
  setSpellCheckerLanguages(languages: readonly string[]): void {
    this.spellLanguages = languages
  }
  getSpellCheckerLanguages(): readonly string[] {
    return this.spellLanguages
  }
  setSpellCheckerDictionaryDownloadURL(address: string): void {
    this.dictionaryAddress = address
  }
  addWordToSpellCheckerDictionary(word: string): boolean {
    this.words.push(word)
    return true
  }
  removeWordFromSpellCheckerDictionary(word: string): boolean {
    this.words.splice(0, this.words.length, ...this.words.filter((each) => each !== word))
    return true
  }
  async listWordsInSpellCheckerDictionary(): Promise<string[]> {
    return [...this.words]
  }
  async clearCache(): Promise<void> {}
  async clearStorageData(options?: unknown): Promise<void> {
    this.cleared.push(options ?? {})
  }
  async closeAllConnections(): Promise<void> {}
  flushStorageData(): void {}

  /** A download begins. */
  download(event: { preventDefault(): void }, item: unknown, contents: unknown, frame: unknown): void {
    this.emit('will-download', event, item, contents, frame)
  }

  /** Would a request be cancelled? */
  cancels(details: unknown): Promise<boolean> {
    const { beforeRequest } = this
    if (beforeRequest === null) return Promise.resolve(false)
    return new Promise((resolve) => beforeRequest(details, ({ cancel }) => resolve(cancel === true)))
  }

  /** The app's word on a permission. Electron grants what nobody refuses. */
  grants(contents: unknown, permission: string, origin: string): Promise<boolean> {
    const details = { isMainFrame: true, requestingUrl: `${origin}/`, securityOrigin: origin }
    if (this.permissionCheck?.(contents, permission, origin, details) === false) return Promise.resolve(false)
    const { permissionRequest } = this
    if (permissionRequest === null) return Promise.resolve(true)
    return new Promise((resolve) => permissionRequest(contents, permission, resolve, details))
  }
}
