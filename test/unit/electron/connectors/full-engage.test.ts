import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createFullEngageConnector } from '../../../../electron/connectors/full-engage/connector.ts'
import { remoteIdSchema } from '../../../../shared/ids.ts'
import createRequest from '../../../fixtures/full-engage/create-request.json' with { type: 'json' }
import deleted from '../../../fixtures/full-engage/deleted.json' with { type: 'json' }
import updateRequest from '../../../fixtures/full-engage/update-request.json' with { type: 'json' }
import { FROM_THE_BEGINNING, pullAll, TEST_KEY, testCall } from '../../../support/test-call.ts'
import { json, type TestVendor, testCreateVendor } from '../../../support/test-create-vendor.ts'

let vendor: TestVendor
const connector = createFullEngageConnector()
const call = () => testCall(connector, { baseUrl: `${vendor.url}/api/v1/` })
const id = remoteIdSchema.parse('c1')

beforeAll(async () => {
  vendor = await testCreateVendor()
})
beforeEach(() => {
  vendor.asks.length = 0
})
afterAll(() => vendor.close())

function client(n: number) {
  const stamp = new Date(Date.UTC(2024, 0, 1, 0, 0, n)).toISOString()
  return { id: `c${n}`, name: `Client ${n}`, phone: null, status: 'active', createdAt: stamp, updatedAt: stamp }
}

/** Serves `list` by limit and offset, as documented. */
function serve(list: () => readonly unknown[]): void {
  vendor.answer = (ask, response) => {
    const limit = Number(ask.query.get('limit'))
    const offset = Number(ask.query.get('offset'))
    json(response, 200, { data: list().slice(offset, offset + limit), total: list().length })
  }
}

test.each(['', '/', '/api/v1', '/api/v1/'])('takes the address with and without /api/v1 (%s)', (suffix) => {
  const read = connector.readSettings({ baseUrl: `https://acme.example/crm${suffix}` })
  expect(read.ok && read.value.baseUrl).toBe('https://acme.example/crm/api/v1')
})

test('sweeps in overlapping pages and proves it', async () => {
  const list = Array.from({ length: 250 }, (_, n) => client(n))
  serve(() => list)
  const { ids, end, failure } = await pullAll(connector.pull(call(), FROM_THE_BEGINNING))
  expect(failure).toBeNull()
  expect(ids).toEqual(list.map((row) => row.id))
  expect(end).toMatchObject({ proof: expect.not.stringMatching('none') })
  expect(vendor.asks.map((ask) => ask.query.get('offset'))).toEqual(['0', '98', '196'])
  expect(vendor.asks[0]?.query.toString()).toBe('limit=100&offset=0&sortBy=createdAt&sortOrder=asc')
  expect(vendor.asks[0]?.headers.authorization).toBe(`Bearer ${TEST_KEY}`)
})

test('creates, updates and deletes as documented', async () => {
  vendor.answer = (ask, response) => {
    if (ask.method === 'POST') json(response, 201, { data: { id: 'c1', status: 'active', ...Object(ask.body) } })
    if (ask.method === 'PATCH') json(response, 200, { data: { id: 'c1', name: 'John Doe', ...Object(ask.body) } })
    if (ask.method === 'DELETE') json(response, 200, deleted)
  }
  const created = await connector.create?.(call(), { name: 'John Doe', phone: '+1 555-1234', notes: null })
  expect(created).toMatchObject({ ok: true, value: { remoteId: 'c1', fields: { name: 'John Doe', status: 'active' } } })
  const updated = await connector.update?.(call(), id, updateRequest)
  expect(updated).toMatchObject({ ok: true, value: { fields: { status: 'inactive', notes: 'No longer active' } } })
  await connector.update?.(call(), id, { phone: null })
  expect(await connector.remove?.(call(), id)).toEqual({ ok: true, value: null })
  expect(vendor.asks.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['POST', '/api/v1/clients', createRequest],
    ['PATCH', '/api/v1/clients/c1', updateRequest],
    ['PATCH', '/api/v1/clients/c1', { phone: null }],
    ['DELETE', '/api/v1/clients/c1', undefined],
  ])
})

test('an emptied or missing name is refused before it is sent', async () => {
  const refused = { ok: false, error: { applied: 'not-applied', error: { code: 'refused', field: 'name' } } }
  expect(await connector.create?.(call(), { name: '  ', phone: '1' })).toMatchObject(refused)
  expect(await connector.create?.(call(), { phone: '1' })).toMatchObject(refused)
  expect(await connector.update?.(call(), id, { name: null })).toMatchObject(refused)
  expect(vendor.asks).toEqual([])
})

test.each([
  ['a delete without success', 'DELETE', { ok: true }, 'success'],
  ['a delete that did not succeed', 'DELETE', { success: false }, 'success'],
  ['an update without a record', 'PATCH', { success: true }, 'data'],
  ['an update answered with another record', 'PATCH', { data: { id: 'c2', name: 'B' } }, 'data.id'],
  ['a create without an id (F039)', 'POST', { data: { name: 'A' } }, 'data.id'],
  ['a create answered with a list', 'POST', { data: [] }, 'data'],
])('%s has an unknown outcome', async (_, method, body, path) => {
  vendor.answer = (_, response) => json(response, 200, body)
  const result =
    method === 'DELETE'
      ? await connector.remove?.(call(), id)
      : method === 'PATCH'
        ? await connector.update?.(call(), id, { name: 'A' })
        : await connector.create?.(call(), { name: 'A' })
  expect(result).toMatchObject({ ok: false, error: { applied: 'unknown', error: { code: 'bad-shape', path } } })
})

test('reads one record, and tells when it is gone', async () => {
  vendor.answer = (_, response) => json(response, 200, { data: client(1) })
  expect(await connector.read?.(call(), id)).toMatchObject({ ok: true, value: { remoteId: 'c1', raw: client(1) } })
  expect(await connector.read?.(call(), remoteIdSchema.parse('c9'))).toMatchObject({
    ok: false,
    error: { path: 'data.id' },
  })
  vendor.answer = (_, response) => json(response, 403, { error: 'Not yours' })
  expect(await connector.read?.(call(), id)).toMatchObject({
    ok: false,
    error: { code: 'forbidden', vendorText: 'Not yours' },
  })
  vendor.answer = (_, response) => json(response, 404, {})
  const gone = { code: 'not-found', what: 'record', status: 404 }
  expect(await connector.read?.(call(), id)).toEqual({ ok: false, error: gone })
  expect(await connector.update?.(call(), id, { name: 'A' })).toEqual({
    ok: false,
    error: { applied: 'not-applied', error: gone },
  })
  expect(await connector.remove?.(call(), id)).toEqual({ ok: false, error: { applied: 'not-applied', error: gone } })
})

test('finds what equals everything that was sent, and only that', async () => {
  const list = [
    { ...client(1), name: 'John Doe', phone: '+15551234', notes: null },
    { ...client(2), name: 'John Doe', phone: '+1 555-1234', notes: 'other' },
    { ...client(3), name: 'John Does', phone: '+1 555-1234' },
    { ...client(4), name: 'John Doe', phone: '+1 555-1234', status: 'inactive' },
    { ...client(5), name: ' John Doe ', phone: '+1 (555) 1234', notes: '' },
  ]
  serve(() => list)
  const found = await connector.find?.(call(), { name: 'John Doe', phone: '+1 555-1234', notes: null, status: null })
  expect(found?.ok && found.value.map((record) => record.remoteId)).toEqual(['c1', 'c5'])
  expect(vendor.asks[0]?.query.get('query')).toBe('John Doe')
  const byPhone = await connector.find?.(call(), { phone: '555' })
  expect(byPhone?.ok && byPhone.value).toEqual([])
  expect(vendor.asks[1]?.query.get('query')).toBe('555')
})

test('a status that nobody knows is kept, and what is absent stays absent', async () => {
  serve(() => [{ id: 7, name: '', status: 'on-hold', phone: 15551234 }])
  const { pages } = await pullAll(connector.pull(call(), FROM_THE_BEGINNING))
  expect(pages[0]?.records[0]).toMatchObject({ remoteId: '7', createdAt: null })
  expect(pages[0]?.records[0]?.fields).toEqual({ name: '', status: 'on-hold', phone: '15551234' })
})

test('401 in the middle of a sweep keeps what came before it', async () => {
  const list = Array.from({ length: 250 }, (_, n) => client(n))
  serve(() => list)
  const good = vendor.answer
  vendor.answer = (ask, response) =>
    ask.query.get('offset') === '98' ? json(response, 401, { error: 'revoked' }) : good(ask, response)
  const { ids, end, failure, pages } = await pullAll(connector.pull(call(), FROM_THE_BEGINNING))
  expect(failure).toMatchObject({ code: 'key-rejected' })
  expect(ids).toHaveLength(100)
  expect(end).toBeNull()
  vendor.answer = good
  const rest = await pullAll(connector.pull(call(), { ...FROM_THE_BEGINNING, position: pages[0]?.position ?? null }))
  expect(rest.end?.proof).not.toBe('none')
  expect(new Set([...ids, ...rest.ids]).size).toBe(250)
})
