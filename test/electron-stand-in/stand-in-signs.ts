import { EventEmitter } from 'node:events'
import type { NotificationConstructorOptions } from 'electron'
import { unguarded } from './refusals.ts'
import type { StandInElectron } from './stand-in-electron.ts'
import { standInEvent } from './stand-in-event.ts'
import type { StandInMenu } from './stand-in-menu.ts'

/** What the app shows outside of its window. */
export class StandInTray extends EventEmitter {
  toolTip = ''
  title = ''
  menu: StandInMenu | null = null
  isGone = false
  images = 0

  constructor(
    readonly image: unknown,
    readonly guid: string | undefined,
    electron: StandInElectron,
  ) {
    super()
    electron.trays.push(this)
  }

  setToolTip(text: string): void {
    this.toolTip = text
  }
  setTitle(text: string): void {
    this.title = text
  }
  setImage(): void {
    this.images += 1
  }
  setContextMenu(menu: StandInMenu | null): void {
    this.menu = unguarded(menu)
  }
  popUpContextMenu(): void {}
  closeContextMenu(): void {}
  destroy(): void {
    this.isGone = true
  }
  isDestroyed(): boolean {
    return this.isGone
  }
}

export class StandInNotification extends EventEmitter {
  readonly id: string
  readonly groupId: string
  readonly title: string
  readonly body: string
  readonly silent: boolean
  isShown = false
  isClosed = false

  constructor(
    readonly options: NotificationConstructorOptions,
    private readonly electron: StandInElectron,
  ) {
    super()
    this.id = options.id ?? ''
    this.groupId = options.groupId ?? ''
    this.title = options.title ?? ''
    this.body = options.body ?? ''
    this.silent = options.silent ?? false
  }

  show(): void {
    this.electron.notifications.push(this)
    if (this.electron.notificationsFail !== null) {
      this.emit('failed', standInEvent({}), this.electron.notificationsFail)
      return
    }
    this.isShown = true
    this.isClosed = false
    this.emit('show', standInEvent({}))
  }

  close(): void {
    if (!this.isShown || this.isClosed) return
    this.isClosed = true
    this.emit('close', standInEvent({}))
  }

  /** As the user's click on it. */
  click(): void {
    this.emit('click', standInEvent({}))
    this.close()
  }
}

/** A picture, of which only whether there is one matters here. */
export class StandInImage {
  readonly representations: unknown[] = []
  isTemplate = false

  constructor(readonly bytes: Buffer) {}

  isEmpty(): boolean {
    return this.bytes.length === 0 && this.representations.length === 0
  }
  addRepresentation(options: unknown): void {
    this.representations.push(options)
  }
  setTemplateImage(isTemplate: boolean): void {
    this.isTemplate = isTemplate
  }
  getSize(): { width: number; height: number } {
    return this.isEmpty() ? { width: 0, height: 0 } : { width: 16, height: 16 }
  }
  resize(): StandInImage {
    return this
  }
  toPNG(): Buffer {
    return this.bytes
  }
  toDataURL(): string {
    return `data:image/png;base64,${this.bytes.toString('base64')}`
  }
}
