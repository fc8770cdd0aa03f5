import http from 'node:http'
import https from 'node:https'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { codeOf } from '../has-code.ts'
import { type HostFetch, HostFetchError, type HostRequest, type HostResponse } from '../host.ts'

const CONNECT_TIMEOUT_MS = 20_000

/**
 * HTTP over Node's own client, not over `fetch`: only this tells whether a failed request may have reached the server.
 * Reads share kept-alive connections. Writes get a connection each, because a kept one that the server is just closing
 * would leave their outcome unknown.
 */
export function createNodeFetch(): HostFetch {
  const agents = {
    http: new http.Agent({ keepAlive: true, maxSockets: 16, timeout: 30_000 }),
    https: new https.Agent({ keepAlive: true, maxSockets: 16, timeout: 30_000 }),
  }
  return async (request) => {
    const url = parse(request.url)
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const agent = isRead ? (url.protocol === 'https:' ? agents.https : agents.http) : false
    try {
      return await send(url, request, agent)
    } catch (cause) {
      // The server closed a kept connection while we sent a read over it: asking again harms nobody.
      if (cause instanceof StaleConnection) return send(url, request, false)
      throw cause
    }
  }
}

class StaleConnection extends Error {
  override readonly name = 'StaleConnection'
}

function parse(text: string): URL {
  try {
    const url = new URL(text)
    if (url.protocol === 'https:' || url.protocol === 'http:') return url
  } catch {
    // Falls through to the same failure.
  }
  throw new HostFetchError('network', false, 'ERR_INVALID_URL')
}

function send(url: URL, request: HostRequest, agent: http.Agent | false): Promise<HostResponse> {
  return new Promise((resolve, reject) => {
    if (request.signal.aborted) {
      reject(new HostFetchError('aborted', false, null))
      return
    }
    // From here on bytes may leave the machine; before it certainly none did.
    let isConnected = false
    let isAborted = false
    let connectTimer: NodeJS.Timeout | undefined

    const body = request.body === null ? null : Buffer.from(request.body, 'utf8')
    const outgoing = (url.protocol === 'https:' ? https : http).request(url, {
      method: request.method,
      agent,
      headers: {
        'accept-encoding': 'gzip, deflate, br',
        ...request.headers,
        ...(body === null ? {} : { 'content-length': String(body.byteLength) }),
      },
    })

    const abort = (): void => {
      isAborted = true
      outgoing.destroy()
    }
    const settled = (): void => {
      clearTimeout(connectTimer)
      request.signal.removeEventListener('abort', abort)
    }
    const failure = (cause: unknown): Error => {
      if (isAborted) return new HostFetchError('aborted', isConnected, null)
      const code = codeOf(cause)
      if (outgoing.reusedSocket && agent !== false && (code === 'ECONNRESET' || code === 'EPIPE')) {
        return new StaleConnection()
      }
      return new HostFetchError(reasonOf(code, isConnected), isConnected, code)
    }
    request.signal.addEventListener('abort', abort)

    outgoing.on('socket', (socket) => {
      const isTls = url.protocol === 'https:'
      if (outgoing.reusedSocket) {
        isConnected = true
        return
      }
      connectTimer = setTimeout(() => {
        outgoing.destroy(Object.assign(new Error('No connection in time'), { code: 'ETIMEDOUT' }))
      }, CONNECT_TIMEOUT_MS)
      // Over TLS nothing of the request is sent until the handshake, certificate included, is done.
      socket.once(isTls ? 'secureConnect' : 'connect', () => {
        isConnected = true
        clearTimeout(connectTimer)
      })
    })
    outgoing.on('error', (cause) => {
      settled()
      reject(failure(cause))
    })
    outgoing.on('response', (incoming) => {
      clearTimeout(connectTimer)
      incoming.once('close', settled)
      resolve({
        status: incoming.statusCode ?? 0,
        header: (name) => {
          const value = incoming.headers[name]
          return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value
        },
        body: bodyOf(incoming, () => isAborted),
      })
    })
    if (body !== null) outgoing.write(body)
    outgoing.end()
  })
}

async function* bodyOf(incoming: http.IncomingMessage, isAborted: () => boolean): AsyncGenerator<Uint8Array> {
  const stream = decoded(incoming)
  let isComplete = false
  try {
    for await (const chunk of stream) {
      // Buffers, because no encoding was set on the stream.
      const bytes: Buffer = chunk
      yield bytes
    }
    isComplete = true
  } catch (cause) {
    if (isAborted()) throw new HostFetchError('aborted', true, null)
    const code = codeOf(cause)
    throw new HostFetchError(reasonOf(code, true), true, code)
  } finally {
    if (!isComplete) incoming.destroy()
  }
}

function decoded(incoming: http.IncomingMessage): Readable {
  switch (incoming.headers['content-encoding']?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return through(incoming, createGunzip())
    case 'deflate':
      return through(incoming, createInflate())
    case 'br':
      return through(incoming, createBrotliDecompress())
    default:
      return incoming
  }
}

function through(
  incoming: http.IncomingMessage,
  decoder: ReturnType<typeof createGunzip | typeof createBrotliDecompress>,
): Readable {
  incoming.on('error', (cause) => decoder.destroy(cause))
  return incoming.pipe(decoder)
}

function reasonOf(code: string | null, isConnected: boolean): HostFetchError['reason'] {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NODATA':
    case 'EAI_NONAME':
      return 'dns'
    case 'ECONNREFUSED':
      return 'refused'
    case 'ETIMEDOUT':
    case 'ESOCKETTIMEDOUT':
      return 'timeout'
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return 'reset'
    default:
      // Certificate codes have no common beginning, but they all come before the connection is there.
      return !isConnected && code !== null && TLS_CODE.test(code) ? 'tls' : 'network'
  }
}

const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|INVALID_CA$|HOSTNAME_MISMATCH$|PATH_LENGTH_EXCEEDED$)/
