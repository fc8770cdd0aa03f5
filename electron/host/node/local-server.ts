import http from 'node:http'
import { type Duplex, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { WebSocketServer } from 'ws'
import type { Port } from '../../../shared/ipc/port.ts'
import type { CoreDoors, Log } from '../host.ts'
import type { MediaHandler } from '../media/media-handler.ts'
import { plainReply, type Reply } from '../reply.ts'
import { sameSecret } from '../signer.ts'
import type { StaticHandler } from '../static-handler.ts'
import type { ClearTickets } from './clear-tickets.ts'
import { createSocketEndpoint, MAX_MESSAGE_BYTES } from './socket-endpoint.ts'

export interface LocalServerOptions {
  /** 0 takes any free port. */
  readonly port: number
  /** Whoever has it may use the app: it opens the page once and becomes a cookie there. */
  readonly token: string
  /** Tells other processes of this user which profile answers here. Not a secret. */
  readonly profileMark: string
  readonly staticHandler: StaticHandler
  readonly media: MediaHandler
  readonly doors: CoreDoors
  readonly clearTickets: ClearTickets
  readonly log: Log
}

export interface LocalServer {
  readonly port: number
  readonly address: string
  /** Closes all connections. */
  readonly stop: () => Promise<void>
}

/**
 * The page over HTTP and its two ports over WebSockets, for this machine and this user only. Any web page can reach a
 * loopback port, so each request must name this server as its `Host` (no DNS rebinding) and carry the cookie, and each
 * socket must come from the page itself (`Origin`). Rejects with the error of `listen`, such as EADDRINUSE.
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const server = http.createServer({ requestTimeout: 30_000, maxHeaderSize: 16 * 1024 })
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    clientTracking: true,
  })
  const port = await listen(server, options.port)
  const gate = createGate(port, options.token)

  server.on('request', (request, response) => {
    void answer(request, response, gate, options).catch(() => {
      if (response.headersSent) response.destroy()
      else void send(response, plainReply(500, 'Clientele could not answer this.'))
    })
  })

  server.on('upgrade', (request, socket: Duplex, head) => {
    // From here on nobody else listens: without this, any web page could end the program by hanging up early.
    socket.on('error', () => socket.destroy())
    const attach = doorOf(request, options.doors)
    const isOurs = gate.isOurHost(request) && gate.isOurPage(request) && gate.hasCookie(request)
    if (attach === null || !isOurs) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      attach(
        createSocketEndpoint(webSocket, {
          onMalformed: (count) => options.log.warn('socket.malformed', { count }),
        }),
      )
    })
  })

  return {
    port,
    address: `http://127.0.0.1:${port}/?token=${options.token}`,
    stop: () => stop(server, sockets),
  }
}

interface Gate {
  readonly isOurHost: (request: http.IncomingMessage) => boolean
  /** A page of another site, or of another server on this machine, wants to use us as a part of it. */
  readonly isForeign: (request: http.IncomingMessage) => boolean
  readonly isOurPage: (request: http.IncomingMessage) => boolean
  readonly hasCookie: (request: http.IncomingMessage) => boolean
  readonly isToken: (text: string) => boolean
  readonly cookie: string
}

function createGate(port: number, token: string): Gate {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]
  // Cookies know no ports: the name keeps two profiles on one machine apart.
  const cookieName = `clientele-${port}`
  return {
    isOurHost: ({ headers }) => hosts.includes(headers.host?.toLowerCase() ?? ''),
    // Another port of this machine is the same site to a browser: its pages would send our cookie along. Browsers say
    // where a request comes from; programs that say nothing need the cookie, which only a browser of this user has.
    isForeign: ({ headers }) => {
      const site = headers['sec-fetch-site']
      if (site === undefined || site === 'same-origin' || site === 'none') return false
      return headers['sec-fetch-mode'] !== 'navigate' || headers['sec-fetch-dest'] !== 'document'
    },
    isOurPage: ({ headers }) => headers.origin !== undefined && headers.origin === `http://${headers.host}`,
    hasCookie: ({ headers }) =>
      (headers.cookie ?? '').split(';').some((pair) => {
        const [name, value] = pair.trim().split('=')
        return name === cookieName && value !== undefined && sameSecret(value, token)
      }),
    isToken: (text) => sameSecret(text, token),
    cookie: `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000`,
  }
}

async function answer(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  gate: Gate,
  options: LocalServerOptions,
): Promise<void> {
  if (!gate.isOurHost(request)) {
    await send(response, plainReply(403, 'This address does not belong to Clientele.'))
    return
  }
  if (gate.isForeign(request)) {
    await send(response, plainReply(403, 'Only Clientele itself may ask.'))
    return
  }
  const url = urlOf(request)
  if (url === null) {
    await send(response, plainReply(400, 'This is not an address of Clientele.'))
    return
  }
  const method = request.method ?? 'GET'
  if (url.pathname === '/alive') {
    await send(response, plainReply(200, options.profileMark))
    return
  }
  const token = url.pathname === '/' ? url.searchParams.get('token') : null
  if (token !== null && gate.isToken(token)) {
    const page = await options.staticHandler(method, '/')
    await send(response, { ...page, headers: { ...page.headers, 'set-cookie': gate.cookie } })
    return
  }
  if (!gate.hasCookie(request)) {
    await send(
      response,
      plainReply(
        403,
        'Clientele opens with the address it prints when it starts. Copy that whole line into the browser.',
      ),
    )
    return
  }
  const cleared = options.clearTickets.answer(url.pathname, url.searchParams)
  if (cleared !== null) {
    await send(response, cleared)
    return
  }
  if (url.pathname.startsWith('/media/')) {
    const aborting = new AbortController()
    response.once('close', () => aborting.abort())
    const reply = await options.media({
      method,
      path: url.pathname,
      query: url.searchParams,
      range: request.headers.range ?? null,
      signal: aborting.signal,
    })
    await send(response, reply)
    return
  }
  await send(response, await options.staticHandler(method, url.pathname))
}

/** Null for targets that are no path: a proxy's form, or one that `URL` would read as another host. */
function urlOf(request: http.IncomingMessage): URL | null {
  const target = request.url ?? ''
  return target.startsWith('/') && URL.canParse(`http://localhost${target}`)
    ? new URL(`http://localhost${target}`)
    : null
}

function doorOf(request: http.IncomingMessage, doors: CoreDoors): ((port: Port) => void) | null {
  switch (urlOf(request)?.pathname) {
    case '/rpc/page':
      return doors.attachPage
    case '/rpc/store':
      return doors.attachStore
    default:
      return null
  }
}

async function send(response: http.ServerResponse, reply: Reply): Promise<void> {
  response.writeHead(reply.status, reply.headers)
  if (typeof reply.body === 'string' || reply.body instanceof Uint8Array) {
    response.end(reply.body)
    return
  }
  await pipeline(Readable.from(reply.body, { objectMode: false }), response)
}

function listen(server: http.Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

async function stop(server: http.Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.close(1001)
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const impatience = setTimeout(() => {
    for (const client of sockets.clients) client.terminate()
    server.closeAllConnections()
  }, 500)
  await closed
  clearTimeout(impatience)
}
