import http2 from 'node:http2'
import net, { type AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { createEndorsConnector } from '../../electron/connectors/endors/connector.ts'
import { READ_LIMIT_BYTES } from '../../electron/core/http/read-json-body.ts'
import { createVendorHttp, STREAM_LIMIT_BYTES, type VendorHttpDeps } from '../../electron/core/http/vendor-http.ts'
import { FROM_THE_BEGINNING, pullAll, TEST_KEY, testCall } from '../support/test-call.ts'
import { systemClock } from '../support/test-create-clock.ts'
import { testCreateFetch } from '../support/test-create-fetch.ts'
import { testCreateHttpServer } from '../support/test-create-http-server.ts'
import { json, testCreateVendor, text, type VendorAnswer } from '../support/test-create-vendor.ts'

/** Transport faults by real servers on this machine, over the transport that ships. */
function httpOf(baseUrl: string, options: Partial<VendorHttpDeps> = {}) {
  return createVendorHttp({
    host: { fetch: testCreateFetch(), clock: systemClock, sign: (signed) => signed },
    baseUrl,
    auth: { header: 'x-api-key', scheme: '' },
    key: () => TEST_KEY,
    signal: new AbortController().signal,
    ...options,
  })
}

const GET = { method: 'GET', path: '/clients' } as const
const POST = { method: 'POST', path: '/clients', body: { name: 'Ona' } } as const

async function vendorThat(answer: VendorAnswer) {
  const vendor = await testCreateVendor(answer)
  onTestFinished(() => vendor.close())
  return vendor
}

/** A server of bytes: it reads a request and then does what it is told with the line. */
async function rawServer(act: (socket: net.Socket, request: string) => void) {
  const requests: string[] = []
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    let seen = ''
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1')
      const body = seen.split('\r\n\r\n')[1]
      const length = Number(/content-length: (\d+)/i.exec(seen)?.[1] ?? '0')
      if (body === undefined || body.length < length) return
      requests.push(seen)
      act(socket, seen)
      seen = ''
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, requests }
}

test('F003 the line is reset after the body was sent: it may have arrived, and is sent once', async () => {
  const server = await rawServer((socket) => socket.resetAndDestroy())
  expect(await httpOf(server.url).send(POST)).toMatchObject({
    error: { applied: 'unknown', error: { code: 'unreachable', reason: 'reset', sent: true } },
  })
  expect(server.requests).toHaveLength(1)
})

test('F002 nobody listens: certainly not sent', async () => {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  expect(await httpOf(`http://127.0.0.1:${port}`).send(POST)).toMatchObject({
    error: { applied: 'not-applied', error: { code: 'unreachable', reason: 'refused', sent: false } },
  })
})

test.each([301, 302, 303, 307, 308])(
  'F022 %s to another host: refused, and the key does not go there',
  async (status) => {
    const other = await vendorThat((_, response) => json(response, 200, { data: [] }))
    const vendor = await vendorThat((_, response) => text(response, status, '', { location: `${other.url}/clients` }))
    expect(await httpOf(vendor.url).read(GET)).toMatchObject({ error: { code: 'redirected', status } })
    expect(await httpOf(vendor.url).send(POST)).toMatchObject({ error: { error: { code: 'redirected', status } } })
    expect(other.asks).toEqual([])
  },
)

test('F023 302 on the same host on a POST: not followed, so never a GET that looks like an answer', async () => {
  const vendor = await vendorThat((ask, response) =>
    ask.path === '/clients' ? text(response, 302, '', { location: '/elsewhere' }) : json(response, 200, { data: {} }),
  )
  expect(await httpOf(vendor.url).send(POST)).toMatchObject({ error: { error: { code: 'redirected' } } })
  expect(vendor.asks.map((ask) => `${ask.method} ${ask.path}`)).toEqual(['POST /clients'])
})

const PORTAL = '<!doctype html><title>Welcome to the airport</title>'

test.each([
  [
    'F024 a captive portal answers 200 with a page',
    (_: unknown, r) => text(r, 200, PORTAL),
    { code: 'not-json', got: 'html' },
  ],
  [
    'F025 200 with {ok:false}',
    (_: unknown, r) => json(r, 200, { ok: false, error: { code: 'DB_ERROR' } }),
    { code: 'vendor-error' },
  ],
  ['F026 200 with nothing in it', (_: unknown, r) => text(r, 200, ''), { code: 'not-json', got: 'empty' }],
  ['F026 204 on the list', (_: unknown, r) => text(r, 204, ''), { code: 'not-json', got: 'empty' }],
  ['F019 404 on the list', (_: unknown, r) => json(r, 404, {}), { code: 'not-found', what: 'list' }],
] as const satisfies readonly (readonly [string, VendorAnswer, object])[])(
  '%s: no page, no end of the list, so no verdict',
  async (_, answer, failure) => {
    const vendor = await vendorThat(answer)
    const connector = createEndorsConnector()
    const call = testCall(connector, { baseUrl: vendor.url, spaceId: 's' })
    const pulled = await pullAll(connector.pull(call, FROM_THE_BEGINNING))
    expect(pulled).toMatchObject({ pages: [], end: null, failure })
  },
)

test('F027 Content-Length says more than comes: the read fails and can be asked again, a write is unknown', async () => {
  const server = await rawServer((socket) => {
    socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"data":[]}')
  })
  expect(await httpOf(server.url).read(GET)).toMatchObject({ error: { code: 'unreachable', sent: true } })
  expect(await httpOf(server.url).send(POST)).toMatchObject({ error: { applied: 'unknown' } })
})

test('F028 a body that ends with the line is cut short: the text itself says so, no page is taken', async () => {
  const server = await rawServer((socket) => {
    socket.end(
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{"ok":true,"data":[{"id":"1"},{"i',
    )
  })
  expect(await httpOf(server.url).read(GET)).toMatchObject({ error: { code: 'not-json', got: 'cut-short' } })
  const connector = createEndorsConnector()
  const pulled = await pullAll(
    connector.pull(testCall(connector, { baseUrl: server.url, spaceId: 's' }), FROM_THE_BEGINNING),
  )
  expect(pulled).toMatchObject({ end: null, failure: { code: 'not-json', got: 'cut-short' } })
  expect(await httpOf(server.url).send(POST)).toMatchObject({ error: { applied: 'unknown' } })
})

test('F030 a bomb of gzip: given up at the limit of decoded bytes, for a whole answer and for a stream', async () => {
  const bomb = gzipSync(Buffer.alloc(STREAM_LIMIT_BYTES + 1_000_000, ' '))
  expect(bomb.length).toBeLessThan(200_000)
  const vendor = await vendorThat((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
    response.end(bomb)
  })
  expect(await httpOf(vendor.url).read(GET)).toEqual({
    ok: false,
    error: { code: 'too-large', limitBytes: READ_LIMIT_BYTES },
  })
  const batches: unknown[] = []
  for await (const batch of httpOf(vendor.url).stream(GET, { listKey: null, batchSize: 500 })) batches.push(batch)
  expect(batches).toEqual([{ ok: false, error: { code: 'too-large', limitBytes: STREAM_LIMIT_BYTES } }])
})

test('F031 one byte at a time: the deadline of the whole request ends it, though no pause is too long', async () => {
  let written = 0
  const vendor = await vendorThat((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const drip = setInterval(() => {
      written++
      response.write(' ')
    }, 20)
    response.on('close', () => clearInterval(drip))
  })
  const deadlines = { headersMs: 2_000, idleMs: 1_000, totalMs: 400 }
  const started = performance.now()
  expect(await httpOf(vendor.url, { deadlines }).read(GET)).toMatchObject({
    error: { code: 'unreachable', reason: 'timeout', sent: true },
  })
  expect(performance.now() - started).toBeLessThan(1_500)
  expect(written).toBeGreaterThan(2)
})

test('F031 headers that never come, and a body that stops: each has a deadline of its own', async () => {
  const silent = await rawServer(() => undefined)
  expect(await httpOf(silent.url, { deadlines: { headersMs: 400 } }).send(POST)).toMatchObject({
    error: { applied: 'unknown', error: { code: 'unreachable', reason: 'timeout' } },
  })
  const stopping = await rawServer((socket) =>
    socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{"a"'),
  )
  expect(await httpOf(stopping.url, { deadlines: { idleMs: 400 } }).read(GET)).toMatchObject({
    error: { code: 'unreachable', reason: 'timeout' },
  })
})

test('F032 a server that speaks HTTP/2 only: our transport does not; a read fails and is asked again, a write is unknown', async () => {
  const server = http2.createServer((_, response) => response.end('{}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const { port } = server.address() as AddressInfo
  const http = httpOf(`http://127.0.0.1:${port}`)
  expect(await http.read(GET)).toMatchObject({ error: { code: 'unreachable', sent: true } })
  expect(await http.send(POST)).toMatchObject({
    error: { applied: 'unknown', error: { code: 'unreachable', sent: true } },
  })
})

test('F033 a certificate that nobody vouches for: certainly not sent, and no way around it', async () => {
  const server = await testCreateHttpServer((_, response) => response.end('{}'), 'https')
  expect(await httpOf(server.url).send(POST)).toMatchObject({
    error: { applied: 'not-applied', error: { code: 'unreachable', reason: 'tls', sent: false } },
  })
  expect(server.seen).toEqual([])
})

test('F056 twenty thousand brackets deep: refused before anything of it goes to another process', async () => {
  const deep = `{"data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`
  const vendor = await vendorThat((_, response) => text(response, 200, deep))
  expect(await httpOf(vendor.url).read(GET)).toMatchObject({ error: { code: 'bad-shape', found: 'deeper' } })
})

test('F182 an error that echoes our key: taken out before anybody sees it', async () => {
  const vendor = await vendorThat((_, response) => json(response, 400, { error: `bad key ${TEST_KEY} in x-api-key` }))
  const failed = await httpOf(vendor.url).send(POST)
  expect(failed).toMatchObject({ error: { error: { code: 'refused', vendorText: 'bad key ••• in x-api-key' } } })
  expect(JSON.stringify(failed)).not.toContain(TEST_KEY)
})

test('F180 a cursor with line breaks, dots and question marks is one value of one parameter', async () => {
  const vendor = await vendorThat((_, response) => json(response, 200, {}))
  const cursor = '../x?y=1&key=2#z\r\nX-Evil: 1'
  await httpOf(vendor.url).read({ ...GET, query: { cursor } })
  expect(vendor.asks).toMatchObject([{ path: '/clients' }])
  expect([...(vendor.asks[0]?.query ?? [])]).toEqual([['cursor', cursor]])
  expect(vendor.asks[0]?.headers).not.toHaveProperty('x-evil')
})
