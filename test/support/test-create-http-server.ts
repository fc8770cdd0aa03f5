import http from 'node:http'
import https from 'node:https'
import { onTestFinished } from 'vitest'
import { SELF_SIGNED } from './self-signed-certificate.ts'

export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
}

export interface TestHttpServer {
  readonly url: string
  readonly seen: SeenRequest[]
  /** Connections that are open now. */
  readonly connections: () => number
}

/** A real server on loopback that remembers what it was asked, gone after the test. */
export async function testCreateHttpServer(
  answer: (request: SeenRequest, response: http.ServerResponse) => void,
  scheme: 'http' | 'https' = 'http',
): Promise<TestHttpServer> {
  const seen: SeenRequest[] = []
  const sockets = new Set<unknown>()
  const server = scheme === 'https' ? https.createServer(SELF_SIGNED) : http.createServer()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('request', (incoming: http.IncomingMessage, response: http.ServerResponse) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const request = {
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      }
      seen.push(request)
      answer(request, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  )
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `${scheme}://127.0.0.1:${port}`, seen, connections: () => sockets.size }
}
