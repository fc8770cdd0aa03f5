import { EventEmitter } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from 'electron'
import type { StandInElectron } from './stand-in-electron.ts'
import { standInEvent } from './stand-in-event.ts'
import { SUPPORTED } from './supported.ts'

type Members = (typeof SUPPORTED.app.members)[number]
/** Left to the types here: overloads, and objects of Electron's own. */
type Declared = Omit<
  Pick<App, Members>,
  'dock' | 'setPath' | 'getPath' | 'getLoginItemSettings' | 'setUserTasks' | 'setJumpList'
>

export class StandInApp extends EventEmitter implements Declared {
  readonly name = 'Clientele'
  isPackaged = false
  badgeCount = 0
  readonly dock: unknown
  readonly dockBadge = { text: '', menu: null as unknown }
  readonly recent: string[] = []
  readonly protocols: string[] = []
  jumpList: unknown = null
  loginItem: { openAtLogin?: boolean } = {}
  userModelId: string | null = null
  hasEnded = false
  private isReadyNow = false
  private isQuitting = false

  constructor(private readonly electron: StandInElectron) {
    super()
    const { dockBadge } = this
    const dock = {
      setBadge: (text: string) => Object.assign(dockBadge, { text }),
      getBadge: () => dockBadge.text,
      setMenu: (menu: unknown) => Object.assign(dockBadge, { menu }),
      bounce: () => 1,
      cancelBounce: () => undefined,
      hide: () => undefined,
      show: async () => undefined,
      setIcon: () => undefined,
    }
    // Electron has a dock on macOS only.
    this.dock = electron.platform === 'darwin' ? electron.guard('Dock', dock, SUPPORTED.Dock) : undefined
  }

  private note(call: string): void {
    this.electron.calls.push(call)
  }

  enableSandbox(): void {
    this.note('enableSandbox')
  }
  disableHardwareAcceleration(): void {}
  setPath(name: string, path: string): void {
    this.note('setPath')
    this.electron.paths.set(name, path)
  }
  getPath(name: string): string {
    return this.electron.paths.get(name) ?? join(tmpdir(), `clientele-stand-in-${name}`)
  }
  getAppPath(): string {
    return process.cwd()
  }
  getName(): string {
    return this.name
  }
  setName(): void {}
  getVersion(): string {
    return '1.2.3'
  }
  getLocale(): string {
    return 'en-US'
  }
  getLocaleCountryCode(): string {
    return 'US'
  }
  getJumpListSettings(): { minItems: number; removedItems: never[] } {
    return { minItems: 10, removedItems: [] }
  }
  getPreferredSystemLanguages(): string[] {
    return ['en-US']
  }
  isAccessibilitySupportEnabled(): boolean {
    return false
  }
  requestSingleInstanceLock(data?: unknown): boolean {
    this.note('requestSingleInstanceLock')
    return this.electron.instance?.request(this.getPath('userData'), data) ?? this.electron.isFirstInstance
  }
  releaseSingleInstanceLock(): void {
    this.electron.instance?.release()
  }
  async whenReady(): Promise<void> {
    if (!this.isReadyNow) {
      await this.electron.pages.start(this.electron)
      this.note('ready')
      this.isReadyNow = true
      this.emit('ready', standInEvent({}))
    }
  }
  isReady(): boolean {
    return this.isReadyNow
  }
  focus(): void {
    this.note('focus')
  }
  hide(): void {}
  show(): void {}
  relaunch(): void {
    this.note('relaunch')
  }
  setBadgeCount(count = 0): boolean {
    this.badgeCount = count
    return true
  }
  getBadgeCount(): number {
    return this.badgeCount
  }
  addRecentDocument(path: string): void {
    this.recent.unshift(path)
  }
  clearRecentDocuments(): void {
    this.recent.length = 0
  }
  setJumpList(categories: unknown): 'ok' {
    this.jumpList = categories
    return 'ok'
  }
  setUserTasks(): boolean {
    return true
  }
  setAsDefaultProtocolClient(protocol: string): boolean {
    this.protocols.push(protocol)
    return true
  }
  removeAsDefaultProtocolClient(protocol: string): boolean {
    this.protocols.splice(0, this.protocols.length, ...this.protocols.filter((each) => each !== protocol))
    return true
  }
  isDefaultProtocolClient(protocol: string): boolean {
    return this.protocols.includes(protocol)
  }
  setAppUserModelId(id: string): void {
    this.userModelId = id
  }
  setAboutPanelOptions(): void {}
  showAboutPanel(): void {
    this.note('about')
  }
  setLoginItemSettings(settings: { openAtLogin?: boolean }): void {
    this.loginItem = settings
  }
  getLoginItemSettings(): { openAtLogin: boolean; status: string } {
    const openAtLogin = this.loginItem.openAtLogin === true
    return { openAtLogin, status: openAtLogin ? 'enabled' : 'not-registered' }
  }

  /** In Electron's order: asked, windows closed (each may refuse), asked once more, gone. */
  quit(): void {
    this.note('quit')
    if (this.hasEnded) return
    const before = standInEvent({})
    this.emit('before-quit', before)
    if (before.defaultPrevented) return
    this.isQuitting = true
    for (const window of this.electron.openWindows()) window.close()
    if (this.electron.openWindows().length > 0) {
      this.isQuitting = false
      return
    }
    const will = standInEvent({})
    this.emit('will-quit', will)
    if (will.defaultPrevented) return
    this.end(0)
  }

  exit(code = 0): void {
    this.note('exit')
    this.end(code)
  }

  /** The last window was closed by its user. */
  windowsGone(): void {
    if (this.isQuitting || this.hasEnded) return
    // Electron quits by itself where nobody listens.
    if (!this.emit('window-all-closed')) this.quit()
  }

  private end(code: number): void {
    if (this.hasEnded) return
    this.hasEnded = true
    this.note('ended')
    this.emit('quit', standInEvent({}), code)
    this.electron.ended(code)
  }
}
