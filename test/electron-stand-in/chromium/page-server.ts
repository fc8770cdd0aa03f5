import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { AppRequest } from '../../../electron/host/electron/app-protocol.ts'
import { toApp, WEB_HOST, WEB_ORIGIN } from './addresses.ts'

export type AppHandler = (request: AppRequest) => Promise<Response>

/** Between Chromium and the handler of `app://`: requests and responses go through as they are, headers and all. */
export async function startPageServer(handler: () => AppHandler | null): Promise<{ port: number; server: Server }> {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing, handler()).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A listening TCP server has an address with a port.
  return { port: (server.address() as AddressInfo).port, server }
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse, handler: AppHandler | null): Promise<void> {
  if (handler === null || incoming.headers.host !== WEB_HOST) {
    outgoing.destroy()
    return
  }
  const leaving = new AbortController()
  outgoing.on('close', () => leaving.abort())
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (name !== 'host' && name !== 'connection' && value !== undefined) headers.set(name, String(value))
  }
  const request: AppRequest = Object.assign(
    new Request(toApp(`${WEB_ORIGIN}${incoming.url ?? '/'}`), {
      method: incoming.method ?? 'GET',
      headers,
      signal: leaving.signal,
    }),
    initiator(incoming),
  )
  const reply = await handler(request)
  outgoing.writeHead(reply.status, Object.fromEntries(reply.headers))
  if (reply.body === null || incoming.method === 'HEAD') outgoing.end()
  // The two declarations of a web stream, Node's and the DOM's, are one thing.
  else await pipeline(Readable.fromWeb(reply.body as Parameters<typeof Readable.fromWeb>[0]), outgoing)
}

/** Who asks, as Electron says it: nobody for what the browser itself loads. */
function initiator({ headers }: IncomingMessage): { readonly initiatorOrigin?: string } {
  const site = headers['sec-fetch-site']
  if (site === 'none') return {}
  if (site === 'same-origin') return { initiatorOrigin: toApp(WEB_ORIGIN) }
  return { initiatorOrigin: toApp(headers.origin ?? 'null') }
}
