import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createVendorHttp, type VendorHttpDeps } from '../../../../electron/core/http/vendor-http.ts'
import { HostFetchError } from '../../../../electron/host/host.ts'
import type { SendFailure } from '../../../../shared/app-error.ts'
import { TEST_KEY } from '../../../support/test-call.ts'
import { systemClock } from '../../../support/test-create-clock.ts'
import { testCreateFetch } from '../../../support/test-create-fetch.ts'
import { json, type TestVendor, testCreateVendor, text } from '../../../support/test-create-vendor.ts'

let vendor: TestVendor

beforeAll(async () => {
  vendor = await testCreateVendor()
})
beforeEach(() => {
  vendor.asks.length = 0
})
afterAll(() => vendor.close())

function http(options: Partial<VendorHttpDeps> & { fetch?: VendorHttpDeps['host']['fetch'] } = {}) {
  return createVendorHttp({
    host: { fetch: options.fetch ?? testCreateFetch(), clock: systemClock, sign: (signed) => `<${signed}>` },
    baseUrl: `${vendor.url}/api/`,
    auth: { header: 'Authorization', scheme: 'Bearer' },
    key: () => TEST_KEY,
    signal: new AbortController().signal,
    ...options,
  })
}

test('joins addresses, encodes values, leaves out what is undefined', async () => {
  vendor.answer = (_, response) => json(response, 200, {})
  await http().read({ method: 'GET', path: '/a%2Fb', query: { q: 'a&b=ü \ud800', none: undefined, empty: '' } })
  const [ask] = vendor.asks
  expect(ask?.path).toBe('/api/a%2Fb')
  expect([...(ask?.query.entries() ?? [])]).toEqual([
    ['q', 'a&b=ü \ufffd'],
    ['empty', ''],
  ])
  expect(ask?.headers['content-type']).toBeUndefined()
})

test('a key that would end the header is refused before anything is sent', async () => {
  const failed = await http({ key: () => `${TEST_KEY}\r\nX-Evil: 1` }).send({ method: 'POST', path: '/x', body: {} })
  expect(failed).toEqual({
    ok: false,
    error: { applied: 'not-applied', error: { code: 'bad-input', field: 'key', rule: 'bad-key' } },
  })
  expect(vendor.asks).toEqual([])
})

test('a pasted line break around the key does no harm', async () => {
  vendor.answer = (_, response) => json(response, 200, {})
  await http({ key: () => ` ${TEST_KEY}\n` }).read({ method: 'GET', path: '/x' })
  expect(vendor.asks[0]?.headers.authorization).toBe(`Bearer ${TEST_KEY}`)
})

test('a redirect is not followed, and the key goes nowhere', async () => {
  const other = await testCreateVendor((_, response) => json(response, 200, {}))
  vendor.answer = (_, response) => text(response, 307, '', { location: `${other.url}/x?token=1` })
  expect(await http().send({ method: 'POST', path: '/x', body: {} })).toMatchObject({
    error: { applied: 'not-applied', error: { code: 'redirected', location: `${other.url}/x` } },
  })
  expect(other.asks).toEqual([])
  await other.close()
})

const outcomes: readonly (readonly [number, string, Record<string, string>, SendFailure['applied'], object])[] = [
  [400, '{"error":"Invalid email"}', {}, 'not-applied', { code: 'refused', vendorText: 'Invalid email' }],
  [401, '', {}, 'not-applied', { code: 'key-rejected' }],
  [403, '', {}, 'not-applied', { code: 'forbidden' }],
  [404, '', {}, 'not-applied', { code: 'not-found', what: 'record' }],
  [405, '', {}, 'not-applied', { code: 'not-supported' }],
  [408, '', {}, 'unknown', { code: 'server-error' }],
  [409, '', {}, 'not-applied', { code: 'refused', status: 409 }],
  [410, '', {}, 'not-applied', { code: 'not-found', what: 'record', status: 410 }],
  [413, '', {}, 'not-applied', { code: 'refused' }],
  [415, '', {}, 'not-applied', { code: 'refused' }],
  [422, '{"message":"Too long"}', {}, 'not-applied', { code: 'refused', vendorText: 'Too long' }],
  [425, '', {}, 'not-applied', { code: 'rate-limited' }],
  [429, '', { 'retry-after': '3' }, 'not-applied', { code: 'rate-limited', retryAfterMs: 3000 }],
  [500, '', {}, 'unknown', { code: 'server-error' }],
  [501, '', {}, 'not-applied', { code: 'not-supported' }],
  [502, '', {}, 'unknown', { code: 'server-error' }],
  [503, '', {}, 'unknown', { code: 'server-error' }],
  [503, '', { 'retry-after': 'soon' }, 'unknown', { code: 'server-error' }],
  [503, '', { 'retry-after': '5' }, 'not-applied', { code: 'rate-limited', retryAfterMs: 5000 }],
  [504, '', {}, 'unknown', { code: 'server-error' }],
  [599, '', {}, 'unknown', { code: 'server-error' }],
  [200, '', {}, 'unknown', { code: 'not-json', got: 'empty' }],
  [200, '<html>', {}, 'unknown', { code: 'not-json', got: 'html' }],
  [201, '{"data":', {}, 'unknown', { code: 'not-json', got: 'cut-short' }],
  [200, '{"ok":false,"error":"no"}', {}, 'unknown', { code: 'vendor-error', vendorText: 'no' }],
]
test.each(outcomes)('a write answered %s %j %j is %s', async (status, body, headers, applied, error) => {
  vendor.answer = (_, response) => text(response, status, body, headers)
  const failed = await http().send({ method: 'PATCH', path: '/x', body: {}, notFound: 'record' })
  expect(failed).toMatchObject({ ok: false, error: { applied, error } })
})

test.each([
  ['dns', false, 'not-applied'],
  ['refused', false, 'not-applied'],
  ['tls', false, 'not-applied'],
  ['timeout', false, 'not-applied'],
  ['reset', true, 'unknown'],
  ['timeout', true, 'unknown'],
  ['network', true, 'unknown'],
] as const)('a write that met %s (sent: %s) is %s', async (reason, sent, applied) => {
  const fetch = () => Promise.reject(new HostFetchError(reason, sent, 'CODE'))
  expect(await http({ fetch }).send({ method: 'POST', path: '/x', body: {} })).toEqual({
    ok: false,
    error: { applied, error: { code: 'unreachable', reason, sent, detail: 'CODE' } },
  })
})

test('a write that was stopped under way is unknown, one stopped before is not applied', async () => {
  const stop = new AbortController()
  vendor.answer = () => stop.abort()
  const request = { method: 'POST', path: '/x', body: {} } as const
  const underWay = await http({ signal: stop.signal }).send(request)
  expect(underWay).toEqual({ ok: false, error: { applied: 'unknown', error: { code: 'cancelled' } } })
  expect(await http({ signal: stop.signal }).send(request)).toEqual({
    ok: false,
    error: { applied: 'not-applied', error: { code: 'cancelled' } },
  })
  expect(vendor.asks).toHaveLength(1)
})

test('the deadline holds even if the transport ignores it', async () => {
  const fetch = () => new Promise<never>(() => undefined)
  const failed = await http({ fetch, deadlines: { headersMs: 20 } }).read({ method: 'GET', path: '/x' })
  expect(failed).toEqual({ ok: false, error: { code: 'unreachable', reason: 'timeout', sent: true, detail: null } })
})

test('a stream is read no further than it is asked for', async () => {
  const record = JSON.stringify({ id: 'x'.repeat(1000) })
  let written = 0
  let closed = false
  vendor.answer = (_, response) => {
    response.on('close', () => {
      closed = true
    })
    response.write('[')
    const more = (): void => {
      if (response.destroyed) return
      written++
      response.write(`${record},`.repeat(100), (failed) => failed ?? setImmediate(more))
    }
    more()
  }
  const stream = http().stream({ method: 'GET', path: '/x' }, { listKey: null, batchSize: 50 })[Symbol.asyncIterator]()
  await stream.next()
  // It fills what lies between the two, and then stands still; on a busy machine that takes its time.
  let before = -1
  const isStill = (): boolean => {
    const is = written === before
    before = written
    return is
  }
  await expect.poll(isStill, { interval: 200, timeout: 10_000 }).toBe(true)
  await stream.return?.()
  await expect.poll(() => closed).toBe(true)
})

test('asks before each request leaves, and not again once it was stopped', async () => {
  const kinds: string[] = []
  vendor.answer = (_, response) => json(response, 200, [])
  const watched = http({ onRequest: (kind) => void kinds.push(kind) })
  await watched.read({ method: 'GET', path: '/x' })
  await watched.send({ method: 'DELETE', path: '/x' })
  for await (const batch of watched.stream({ method: 'GET', path: '/x' }, { listKey: null, batchSize: 1 })) {
    expect(batch).toEqual({ ok: true, value: { items: [], firstIndex: 0, last: true, envelope: {} } })
  }
  expect(kinds).toEqual(['read', 'write', 'read'])
})

test('media references are signed, and made only for what may be fetched', () => {
  const local = http()
  const remote = http({ baseUrl: 'https://api.example.com' })
  expect(remote.media('https://cdn.example/a.png?x=1', 'image')).toBe(
    '/media/image?u=https%3A%2F%2Fcdn.example%2Fa.png%3Fx%3D1&s=<image\nhttps://cdn.example/a.png?x=1>',
  )
  expect(local.media(`${vendor.url}/a.m3u8`, 'hls')).toContain('/media/hls?')
  // Another program of this machine.
  expect(local.media('http://127.0.0.1:9/a.m3u8', 'hls')).toBeNull()
  for (const url of [
    'http://cdn.example/a',
    'http://127.0.0.1/a',
    'https://localhost/a',
    'file:///etc/passwd',
    'a.png',
    'https://u:p@cdn.example/',
  ]) {
    expect(remote.media(url, 'image')).toBeNull()
  }
})
