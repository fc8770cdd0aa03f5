import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface VendorAsk {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: http.IncomingHttpHeaders
  readonly body: unknown
}

export type VendorAnswer = (ask: VendorAsk, response: http.ServerResponse) => void | Promise<void>

export interface TestVendor {
  readonly url: string
  readonly asks: VendorAsk[]
  /** From now on requests are answered like this. */
  answer: VendorAnswer
  readonly close: () => Promise<void>
}

/** A real HTTP server on this machine that answers as a test tells it to. */
export async function testCreateVendor(
  answer: VendorAnswer = (_, response) => json(response, 404, {}),
): Promise<TestVendor> {
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://vendor')
      const text = Buffer.concat(parts).toString('utf8')
      const ask: VendorAsk = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: text === '' ? undefined : JSON.parse(text),
      }
      vendor.asks.push(ask)
      Promise.resolve(vendor.answer(ask, response)).catch(() => response.destroy())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as AddressInfo
  const vendor: TestVendor = {
    url: `http://127.0.0.1:${address.port}`,
    asks: [],
    answer,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return vendor
}

export function json(
  response: http.ServerResponse,
  status: number,
  body: unknown,
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

export function text(
  response: http.ServerResponse,
  status: number,
  body: string,
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, headers)
  response.end(body)
}
