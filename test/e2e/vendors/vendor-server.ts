import http from 'node:http'

/** A request as a vendor sees it. */
export interface VendorRequest {
  readonly method: string
  readonly url: URL
  readonly headers: http.IncomingHttpHeaders
  readonly text: string
  /** The body as JSON, or null where there is none. */
  readonly body: Readonly<Record<string, unknown>> | null
  /** When it came, in milliseconds since the epoch. */
  readonly at: number
}

export interface VendorReply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: unknown
  /** Sent as it is, instead of JSON. */
  readonly raw?: string | Buffer
  /** Written to the line as it is, head and all; then the line is closed. */
  readonly wire?: string
}

/**
 * Bad weather between a vendor and the app. `serve` is the vendor's own answer and does what was asked; a weather may
 * call it or not, and answer something else, or cut the line.
 */
export type Weather = (
  request: VendorRequest,
  serve: () => VendorReply,
) => VendorReply | 'cut' | Promise<VendorReply | 'cut'>

export interface VendorServer {
  readonly origin: string
  /** Every request that arrived, in order. */
  readonly requests: readonly VendorRequest[]
  readonly requestsOf: (method: string, path?: string | RegExp) => readonly VendorRequest[]
  /** Null is fair weather. */
  weather: Weather | null
  readonly close: () => Promise<void>
}

/** A vendor on loopback, in the test's own process. Written from the vendor pages alone. */
export async function startVendorServer(serve: (request: VendorRequest) => VendorReply): Promise<VendorServer> {
  const requests: VendorRequest[] = []
  const server = http.createServer((incoming, response) => {
    void readText(incoming).then(async (text) => {
      const request: VendorRequest = {
        method: incoming.method ?? 'GET',
        url: new URL(incoming.url ?? '/', 'http://vendor.invalid'),
        headers: incoming.headers,
        text,
        body: parseBody(text),
        at: Date.now(),
      }
      requests.push(request)
      const reply = vendor.weather === null ? serve(request) : await vendor.weather(request, () => serve(request))
      if (reply === 'cut') {
        incoming.socket.destroy()
        return
      }
      if (reply.wire !== undefined) {
        incoming.socket.end(reply.wire)
        return
      }
      const body = reply.raw ?? (reply.json === undefined ? '' : JSON.stringify(reply.json))
      response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
      response.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const vendor: VendorServer = {
    origin: `http://127.0.0.1:${address.port}`,
    requests,
    requestsOf: (method, path = /./) =>
      requests.filter(
        (request) =>
          request.method === method &&
          (typeof path === 'string' ? request.url.pathname === path : path.test(request.url.pathname)),
      ),
    weather: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return vendor
}

export function ok(json: unknown, status = 200): VendorReply {
  return { status, json }
}

export function refusal(status: number, error: string): VendorReply {
  return { status, json: { error } }
}

async function readText(incoming: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of incoming) if (Buffer.isBuffer(chunk)) chunks.push(chunk)
  } catch {
    // The app hung up.
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseBody(text: string): Readonly<Record<string, unknown>> | null {
  if (text === '') return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : null
  } catch {
    return null
  }
}
