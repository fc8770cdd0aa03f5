import { EventEmitter } from 'node:events'
import type { MessagePortMain } from 'electron'

/** One end of a port whose other end is elsewhere. Silent until it is started, as Electron's. */
export class StandInPort extends EventEmitter implements Pick<MessagePortMain, 'close' | 'start'> {
  private readonly early: unknown[] = []
  private isStarted = false
  private isClosed = false

  constructor(
    private readonly send: (message: unknown) => void,
    private readonly closing: () => void,
  ) {
    super()
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new Error('The stand-in of Electron sends no ports over ports')
    if (!this.isClosed) this.send(message)
  }

  start(): void {
    if (this.isStarted) return
    this.isStarted = true
    for (const message of this.early.splice(0)) this.emit('message', { data: message, ports: [] })
  }

  close(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.closing()
    this.emit('close')
  }

  /** From the other end. */
  arrived(message: unknown): void {
    if (this.isClosed) return
    if (this.isStarted) this.emit('message', { data: message, ports: [] })
    else this.early.push(message)
  }

  /** The other end is gone. */
  lost(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.emit('close')
  }
}
