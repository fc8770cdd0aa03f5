import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createClntConnector } from '../../../../electron/connectors/clnt/connector.ts'
import { remoteRecordSchema } from '../../../../shared/model/record.ts'
import clients from '../../../fixtures/clnt/clients.json' with { type: 'json' }
import { FROM_THE_BEGINNING, pullAll, TEST_KEY, testCall } from '../../../support/test-call.ts'
import { json, type TestVendor, testCreateVendor } from '../../../support/test-create-vendor.ts'

let vendor: TestVendor
const connector = createClntConnector()
const call = (settings = {}) => testCall(connector, { baseUrl: `${vendor.url}/v1/`, ...settings })

beforeAll(async () => {
  vendor = await testCreateVendor()
})
beforeEach(() => {
  vendor.asks.length = 0
})
afterAll(() => vendor.close())

function client(n: number) {
  return { id: `clnt_${String(n).padStart(12, '0')}`, object: 'client', locale: 'en-US', reference_id: null }
}

/** Serves `list` by page, never more than `cap` at a time. */
function serve(list: () => readonly unknown[], cap = 100): void {
  vendor.answer = (ask, response) => {
    const page = Number(ask.query.get('page'))
    const size = Math.min(cap, Number(ask.query.get('page_size')))
    const rows = list()
    json(response, 200, {
      data: rows.slice((page - 1) * size, page * size),
      meta: {
        current_page: page,
        page_size: size,
        total_count: rows.length,
        total_pages: Math.ceil(rows.length / size),
      },
    })
  }
}

test('reads the documented example', async () => {
  vendor.answer = (_, response) =>
    json(response, 200, { ...clients, meta: { current_page: 1, page_size: 10, total_count: 1, total_pages: 1 } })
  const { pages, end } = await pullAll(connector.pull(call({ includeSensitive: true }), FROM_THE_BEGINNING))
  expect(end).toMatchObject({ proof: expect.not.stringMatching('none') })
  expect(remoteRecordSchema.parse(pages[0]?.records[0])).toMatchObject({
    remoteId: 'clnt_a1b2c3d4e5f6',
    fields: { firstName: 'Jane', lastName: 'Smith', email: 'jane.smith@example.com', phone: '+15551234567' },
    fallbackName: 'ext_12345',
    createdAt: '2025-01-15T14:30:00Z',
    updatedAt: '2025-03-10T09:45:00Z',
    extra: [
      { key: 'locale', label: 'Locale', value: 'en-US' },
      { key: 'time_zone', label: 'Time zone', value: 'America/Chicago' },
      { key: 'reference_id', label: 'Reference ID', value: 'ext_12345' },
    ],
    raw: clients.data[0],
  })
  expect(vendor.asks[0]).toMatchObject({ path: '/v1/clients', headers: { authorization: `Bearer ${TEST_KEY}` } })
  expect(vendor.asks[0]?.query.toString()).toBe('page=1&page_size=100&include_sensitive=true')
})

test('keeps no sensitive value that was not asked for, in a readable record or in a bad one', async () => {
  const bad = { ...clients.data[0], locale: 7 }
  vendor.answer = (_, response) => json(response, 200, { ...clients, data: [...clients.data, bad] })
  const { value } = await connector.pull(call(), FROM_THE_BEGINNING)[Symbol.asyncIterator]().next()
  expect(value.ok && value.value.records[0]?.fields).toEqual({})
  expect(value.ok && value.value.problems[0]?.path).toBe('data[1].locale')
  expect(JSON.stringify(value)).not.toMatch(/Jane|Smith|jane\.smith|5551234567/)
  expect(vendor.asks[0]?.query.has('include_sensitive')).toBe(false)
  expect(connector.hiddenFields?.({ includeSensitive: false })).toEqual({
    fields: ['firstName', 'lastName', 'email', 'phone'],
    rawKeys: ['first_name', 'last_name', 'email', 'phone'],
  })
})

test('F083 the page size is smaller than asked for: the size in the answer counts', async () => {
  const list = Array.from({ length: 95 }, (_, n) => client(n))
  serve(() => list, 40)
  const { ids, end, pages } = await pullAll(connector.pull(call(), FROM_THE_BEGINNING))
  expect(ids).toEqual(list.map((row) => row.id))
  expect(end).toMatchObject({ proof: expect.not.stringMatching('none') })
  expect(pages.map((page) => [page.total, page.pages])).toEqual([
    [95, 3],
    [95, 3],
    [95, 3],
  ])
})

test.each([
  ['F081 a client removed, so that pages and total shrink', (list: object[]) => list.shift(), 'total-changed'],
  ['a client added', (list: object[]) => list.unshift(client(999)), 'duplicate'],
  ['F070 one removed and one added', (list: object[]) => list.splice(0, 1) && list.push(client(999)), null],
])('%s while pages are read: takes nothing away', async (_, change, reason) => {
  const list = Array.from({ length: 95 }, (_, n) => client(n))
  serve(() => list, 40)
  const pages = connector.pull(call(), FROM_THE_BEGINNING)
  let n = 0
  let end = null
  for await (const page of pages) {
    if (n++ === 0) change(list)
    end = page.ok ? page.value.end : null
  }
  // Totals cannot see a removal and an addition at once: no later sweep will have all of what this one has.
  expect(end).toMatchObject(reason === null ? { watermark: null } : { proof: 'none', reason })
})

test('F084 a page beyond the end (404) is the end; the same page over and over is a loop', async () => {
  vendor.answer = (_, response) =>
    json(response, 200, { data: [client(1)], meta: { current_page: 1, page_size: 1, total_count: 9, total_pages: 9 } })
  expect((await pullAll(connector.pull(call(), FROM_THE_BEGINNING))).failure).toEqual({ code: 'paging-loop', page: 2 })
  vendor.answer = (ask, response) =>
    ask.query.get('page') === '1'
      ? json(response, 200, {
          data: [client(1)],
          meta: { current_page: 1, page_size: 1, total_count: 2, total_pages: 2 },
        })
      : json(response, 404, { error: 'no such page' })
  const beyond = await pullAll(connector.pull(call(), FROM_THE_BEGINNING))
  expect(beyond.failure).toBeNull()
  expect(beyond.end).toMatchObject({ proof: 'none', reason: 'total-changed', watermark: null })
})

test('an id that is not of the documented form is a problem of its record', async () => {
  serve(() => [client(1), { ...client(2), id: 'nope' }])
  const { pages, end } = await pullAll(connector.pull(call(), FROM_THE_BEGINNING))
  expect(pages[0]?.problems).toMatchObject([
    { remoteId: 'nope', path: 'data[1].id', expected: 'clnt_ and 12 characters' },
  ])
  expect(end).toMatchObject({ proof: 'none', reason: 'bad-records' })
})

test.each([
  ['pageSize', 'many', 'not-a-number'],
  ['pageSize', '0', 'out-of-range'],
  ['path', '/a?b=c', 'not-usable'],
  ['path', '/../admin', 'not-usable'],
  ['headerName', 'Cookie', 'bad-header'],
  ['headerName', 'X Key', 'bad-header'],
  ['headerScheme', 'Bearer\r\nX: y', 'bad-header'],
  ['pageParameter', 'include_sensitive', 'not-usable'],
])('refuses %s %j as %s', (field, value, rule) => {
  expect(connector.readSettings({ baseUrl: 'https://api.example.com', [field]: value })).toEqual({
    ok: false,
    error: { field, rule },
  })
})

test('F097 a sweep that goes on after a restart brings the rest; the store counts all ids of the run against the total', async () => {
  const list = Array.from({ length: 95 }, (_, n) => client(n))
  serve(() => list, 40)
  const { value } = await connector.pull(call(), FROM_THE_BEGINNING)[Symbol.asyncIterator]().next()
  const position = value.ok ? value.value.position : null
  const rest = await pullAll(connector.pull(call(), { ...FROM_THE_BEGINNING, position }))
  expect(rest.ids).toEqual(list.slice(40).map((row) => row.id))
  expect(rest.end).toMatchObject({ proof: 'clean', size: 95, watermark: null })
})
