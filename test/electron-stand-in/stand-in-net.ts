import { EventEmitter } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

export interface StandInSession {
  readonly name: string
  readonly agents: { readonly http: http.Agent; readonly https: https.Agent }
  closeAllConnections(): Promise<void>
}

/** A session of Electron's network stack: a pool of connections by its name. */
export function createStandInSession(name: string): StandInSession {
  const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) }
  return {
    name,
    agents,
    closeAllConnections: async () => {
      for (const agent of Object.values(agents)) {
        for (const sockets of [...Object.values(agent.freeSockets), ...Object.values(agent.sockets)]) {
          for (const socket of sockets ?? []) socket.destroy()
        }
      }
    },
  }
}

export interface StandInRequestOptions {
  readonly method?: string
  readonly url?: string
  readonly session: StandInSession
}

/**
 * What `net.request` of Electron does as far as this app can see: Chromium's error names, decoded bodies, redirects as
 * an event, and the request sent again by itself when a kept connection turns out to be dead.
 */
export class StandInNetRequest extends EventEmitter {
  private readonly options: StandInRequestOptions
  private readonly headers = new Map<string, string>()
  private body: string | null = null
  private outgoing: http.ClientRequest | null = null
  private isAborted = false

  constructor(options: StandInRequestOptions) {
    super()
    this.options = options
  }

  setHeader(name: string, value: string): void {
    this.headers.set(name, value)
  }

  write(chunk: string): void {
    this.body = (this.body ?? '') + chunk
  }

  end(): void {
    const url = new URL(this.options.url ?? '')
    const isTls = url.protocol === 'https:'
    const outgoing = (isTls ? https : http).request(url, {
      method: this.options.method ?? 'GET',
      agent: isTls ? this.options.session.agents.https : this.options.session.agents.http,
      headers: { 'accept-encoding': 'gzip, deflate, br', ...Object.fromEntries(this.headers) },
    })
    this.outgoing = outgoing
    outgoing.on('error', (cause: NodeJS.ErrnoException) => {
      if (this.isAborted) return
      if (outgoing.reusedSocket && cause.code === 'ECONNRESET') this.end()
      else this.emit('error', new Error(`net::${chromiumName(cause.code ?? '')}`))
    })
    outgoing.on('response', (incoming) => this.answered(incoming))
    if (this.body !== null) outgoing.write(this.body)
    outgoing.end()
  }

  abort(): void {
    this.isAborted = true
    this.outgoing?.destroy()
  }

  private answered(incoming: http.IncomingMessage): void {
    const status = incoming.statusCode ?? 0
    const location = incoming.headers.location
    if (status >= 300 && status < 400 && location !== undefined) {
      const url = new URL(location, this.options.url).href
      this.emit('redirect', status, 'GET', url, { location: [location] })
      this.abort()
      this.emit('error', new Error('Redirect was cancelled'))
      return
    }
    const decoder = decoderOf(incoming.headers['content-encoding'])
    const stream = decoder === null ? incoming : incoming.pipe(decoder)
    if (decoder !== null) incoming.on('error', (cause) => decoder.destroy(cause))
    Object.assign(stream, { statusCode: status, headers: incoming.headers })
    const { emit } = stream
    // Errors of the body bear Chromium's names too.
    stream.emit = (event: string, ...args: unknown[]): boolean =>
      event === 'error'
        ? emit.call(stream, 'error', new Error('net::ERR_CONTENT_LENGTH_MISMATCH'))
        : emit.call(stream, event, ...args)
    this.emit('response', stream)
  }
}

function chromiumName(code: string): string {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'ERR_NAME_NOT_RESOLVED'
    case 'ECONNREFUSED':
      return 'ERR_CONNECTION_REFUSED'
    case 'ECONNRESET':
      return 'ERR_CONNECTION_RESET'
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return 'ERR_CERT_AUTHORITY_INVALID'
    default:
      return 'ERR_FAILED'
  }
}

function decoderOf(encoding: string | undefined): Transform | null {
  switch (encoding) {
    case 'gzip':
      return createGunzip()
    case 'deflate':
      return createInflate()
    case 'br':
      return createBrotliDecompress()
    default:
      return null
  }
}
