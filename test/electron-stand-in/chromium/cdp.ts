import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { CDPSession } from '@playwright/test'

/** A target of Chromium over its DevTools protocol, typed as Playwright types it. */
export interface Cdp {
  readonly send: CDPSession['send']
  readonly on: CDPSession['on']
}

interface Incoming {
  readonly id?: number
  readonly sessionId?: string
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

interface Waiting {
  readonly method: string
  readonly resolve: (result: unknown) => void
  readonly reject: (cause: Error) => void
}

/** Chromium's own pipe, JSON between zero bytes: it ends Chromium when this process ends, however that happens. */
export class CdpPipe {
  private lastId = 0
  private rest = ''
  private isClosed = false
  private readonly waiting = new Map<number, Waiting>()
  private readonly sessions = new Map<string, EventEmitter>()

  constructor(
    private readonly output: Writable,
    input: Readable,
  ) {
    input.setEncoding('utf8').on('data', (text: string) => this.take(text))
    input.on('close', () => this.closed())
    output.on('error', () => this.closed())
  }

  /** The browser itself where no session is named. */
  session(sessionId?: string): Cdp {
    const events = this.sessions.get(sessionId ?? '') ?? new EventEmitter()
    this.sessions.set(sessionId ?? '', events)
    const session = {
      send: (method: string, params: unknown = {}) => this.send(method, params, sessionId),
      on: (event: string, listener: (params: unknown) => void) => {
        events.on(event, listener)
        return session
      },
    }
    // The names of the protocol's methods and events are types only: nothing at run time tells them apart.
    return session as unknown as Cdp
  }

  private send(method: string, params: unknown, sessionId: string | undefined): Promise<unknown> {
    if (this.isClosed) return Promise.reject(new Error(`Chromium is gone: ${method}`))
    const id = ++this.lastId
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { method, resolve, reject })
      this.output.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    })
  }

  private take(text: string): void {
    const parts = (this.rest + text).split('\0')
    this.rest = parts.pop() ?? ''
    for (const part of parts) this.arrived(JSON.parse(part))
  }

  private arrived({ id, sessionId, method, params, result, error }: Incoming): void {
    if (id === undefined) {
      if (method !== undefined) this.sessions.get(sessionId ?? '')?.emit(method, params)
      return
    }
    const waiting = this.waiting.get(id)
    this.waiting.delete(id)
    if (error === undefined) waiting?.resolve(result)
    else waiting?.reject(new Error(`${waiting.method}: ${error.message}`))
  }

  private closed(): void {
    this.isClosed = true
    for (const { method, reject } of this.waiting.values()) reject(new Error(`Chromium is gone: ${method}`))
    this.waiting.clear()
  }
}

/** For what may be asked of a page that is going away at that moment. */
export function unlessGone(asked: Promise<unknown>): void {
  asked.catch((cause: unknown) => {
    const text = String(cause)
    if (
      /gone|closed|crashed|No target|Session with given id|Cannot find context|Invalid InterceptionId|Internal error|detached|destroyed/.test(
        text,
      )
    )
      return
    throw cause
  })
}
