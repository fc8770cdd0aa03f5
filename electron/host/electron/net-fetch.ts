import { Readable } from 'node:stream'
import type { ClientRequestConstructorOptions, Session } from 'electron'
import { type HostFetch, HostFetchError, type HostRequest, type HostResponse } from '../host.ts'

/** The part of Electron's request that is used here. */
export interface NetRequest {
  on(event: 'response', listener: (response: NetResponse) => void): unknown
  on(
    event: 'redirect',
    listener: (status: number, method: string, url: string, headers: Record<string, string[]>) => void,
  ): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  setHeader(name: string, value: string): void
  write(chunk: string): unknown
  end(): unknown
  abort(): void
}

export interface NetResponse {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string | string[]>>
}

export type NetSession = Pick<Session, 'closeAllConnections'>

export interface NetFetchDeps<S extends NetSession> {
  readonly request: (options: Omit<ClientRequestConstructorOptions, 'session'> & { session: S }) => NetRequest
  /** A session in memory by its name, the same at each call. */
  readonly session: (name: string) => S
}

/**
 * HTTP over Chromium's network stack: the system's proxies and certificates. It sends a request again by itself when a
 * kept connection turns out to be dead, which would be a second write: so writes to one origin go one after the other,
 * each over a connection of its own.
 */
export function createNetFetch<S extends NetSession>(deps: NetFetchDeps<S>): HostFetch {
  const writes = new Map<string, Promise<unknown>>()
  return async (request) => {
    const origin = originOf(request.url)
    if (request.method === 'GET' || request.method === 'HEAD') return send(deps, deps.session('reads'), request)
    const session = deps.session(`writes ${origin}`)
    const before = writes.get(origin) ?? Promise.resolve()
    const writing = before.then(async () => {
      await session.closeAllConnections()
      return send(deps, session, request)
    })
    // The next write waits for this answer, whatever it is.
    writes.set(
      origin,
      writing.catch(() => undefined),
    )
    return writing
  }
}

function originOf(text: string): string {
  try {
    const url = new URL(text)
    if (url.protocol === 'https:' || url.protocol === 'http:') return url.origin
  } catch {
    // Falls through to the same failure.
  }
  throw new HostFetchError('network', false, 'ERR_INVALID_URL')
}

function send<S extends NetSession>(deps: NetFetchDeps<S>, session: S, request: HostRequest): Promise<HostResponse> {
  return new Promise((resolve, reject) => {
    if (request.signal.aborted) {
      reject(new HostFetchError('aborted', false, null))
      return
    }
    let isAborted = false
    const outgoing = deps.request({
      method: request.method,
      url: request.url,
      session,
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      useSessionCookies: false,
      referrerPolicy: 'no-referrer',
    })
    const abort = (): void => {
      isAborted = true
      outgoing.abort()
      reject(new HostFetchError('aborted', true, null))
    }
    const settled = (): void => request.signal.removeEventListener('abort', abort)
    request.signal.addEventListener('abort', abort)

    outgoing.on('redirect', (status, _method, url, headers) => {
      settled()
      resolve({ status, header: headerOf({ location: url, ...headers }), body: emptyBody() })
      // Not followed: Electron ends the request by itself, with an error that nobody waits for any more.
    })
    outgoing.on('error', (error) => {
      settled()
      reject(failure(error, isAborted))
    })
    outgoing.on('response', (response) => {
      resolve({
        status: response.statusCode,
        header: headerOf(response.headers),
        body: bodyOf(response, outgoing, () => isAborted, settled),
      })
    })
    for (const [name, value] of Object.entries(request.headers)) outgoing.setHeader(name, value)
    if (request.body !== null) outgoing.write(request.body)
    outgoing.end()
  })
}

function headerOf(headers: Readonly<Record<string, string | string[]>>): (name: string) => string | null {
  const byName = new Map(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  )
  return (name) => byName.get(name) ?? null
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

async function* bodyOf(
  response: NetResponse,
  outgoing: NetRequest,
  isAborted: () => boolean,
  settled: () => void,
): AsyncGenerator<Uint8Array> {
  let isComplete = false
  try {
    for await (const chunk of readableOf(response)) {
      const bytes: Uint8Array = chunk
      yield bytes
    }
    isComplete = true
  } catch (cause) {
    throw failure(cause, isAborted(), true)
  } finally {
    settled()
    if (!isComplete) outgoing.abort()
  }
}

/** Electron's response is a Node stream, though its type does not say so; anything older is made one. */
function readableOf(response: NetResponse): Readable {
  if (response instanceof Readable) return response
  // `wrap` needs nothing but the events that Electron documents: data, end and error.
  return new Readable().wrap(response as unknown as NodeJS.ReadableStream)
}

/** Chromium says `net::ERR_…`; the codes that certainly come before the first byte of the request are listed. */
function failure(cause: unknown, isAborted: boolean, hasAnswer = false): HostFetchError {
  if (isAborted) return new HostFetchError('aborted', true, null)
  const code = /ERR_[A-Z0-9_]+/.exec(cause instanceof Error ? cause.message : '')?.[0] ?? null
  if (code === null) return new HostFetchError('network', true, null)
  for (const [pattern, reason] of BEFORE_SENDING) {
    if (pattern.test(code)) return new HostFetchError(reason, hasAnswer, code)
  }
  if (/TIMED_OUT/.test(code)) return new HostFetchError('timeout', true, code)
  if (/CONNECTION_(RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|CONTENT_LENGTH_MISMATCH|INCOMPLETE/.test(code)) {
    return new HostFetchError('reset', true, code)
  }
  return new HostFetchError('network', true, code)
}

const BEFORE_SENDING: readonly (readonly [RegExp, HostFetchError['reason']])[] = [
  [/^ERR_(NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|DNS_)/, 'dns'],
  [/^ERR_CONNECTION_REFUSED$/, 'refused'],
  [/^ERR_CONNECTION_TIMED_OUT$/, 'timeout'],
  [/^ERR_(CERT_|SSL_(PROTOCOL_ERROR|VERSION_OR_CIPHER_MISMATCH|PINNED|CLIENT_AUTH_CERT_NEEDED)|BAD_SSL_)/, 'tls'],
  [
    /^ERR_(INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE|ADDRESS_INVALID|PROXY_CONNECTION_FAILED|TUNNEL_|INVALID_URL)/,
    'network',
  ],
]
