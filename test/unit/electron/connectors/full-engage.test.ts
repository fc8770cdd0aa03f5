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
  expect(end).toMatchObject({ proven: true })
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
