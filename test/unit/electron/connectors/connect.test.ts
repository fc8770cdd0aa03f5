import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createConnectConnector } from '../../../../electron/connectors/connect/connector.ts'
import { remoteRecordSchema } from '../../../../shared/model/record.ts'
import contacts from '../../../fixtures/connect/contacts.json' with { type: 'json' }
import createRequest from '../../../fixtures/connect/create-request.json' with { type: 'json' }
import created from '../../../fixtures/connect/created.json' with { type: 'json' }
import leadStatuses from '../../../fixtures/connect/lead-statuses.json' with { type: 'json' }
import me from '../../../fixtures/connect/me.json' with { type: 'json' }
import { FROM_THE_BEGINNING, pullAll, TEST_KEY, testCall } from '../../../support/test-call.ts'
import { json, type TestVendor, testCreateVendor, type VendorAsk } from '../../../support/test-create-vendor.ts'

let vendor: TestVendor
const connector = createConnectConnector()
const call = (settings = {}) => testCall(connector, { baseUrl: vendor.url, ...settings })

beforeAll(async () => {
  vendor = await testCreateVendor()
})
beforeEach(() => {
  vendor.asks.length = 0
})
afterAll(() => vendor.close())

function serve(list: unknown, post: (ask: VendorAsk) => readonly [number, unknown] = () => [201, created]): void {
  vendor.answer = (ask, response) => {
    if (ask.method === 'POST') return json(response, ...post(ask))
    if (ask.path === '/api/connect/me') return json(response, 200, me)
    if (ask.path === '/api/connect/contacts/lead-statuses') return json(response, 200, leadStatuses)
    if (ask.path === '/api/connect/contacts') return json(response, 200, list)
    return json(response, 404, { error: 'Not found' })
  }
}

test('reads the documented examples', async () => {
  serve(contacts)
  const { pages, end } = await pullAll(connector.pull(call(), FROM_THE_BEGINNING))
  expect(end).toMatchObject({ proof: expect.not.stringMatching('none') })
  expect(pages[0]?.statusOptions).toEqual([
    { id: '1', label: 'New Lead', color: '#3B82F6', order: 1, type: 'lead' },
    { id: '2', label: 'Qualified Lead', color: '#10B981', order: 2, type: 'qualified' },
  ])
  const record = remoteRecordSchema.parse(pages[0]?.records[0])
  expect(record).toMatchObject({ remoteId: '1', createdAt: '2023-01-15T10:00:00Z', raw: contacts[0], extra: [] })
  expect(record.fields).toEqual({
    email: contacts[0]?.email,
    firstName: 'John',
    lastName: 'Doe',
    jobTitle: 'Developer',
    company: 'Acme Corp',
    status: '1',
  })
  expect(vendor.asks.every((ask) => ask.headers.authorization === `Bearer ${TEST_KEY}`)).toBe(true)
  expect(vendor.asks.every((ask) => ask.query.size === 0)).toBe(true)
})

test('the connection test tells whose workspace it is', async () => {
  serve(contacts)
  expect(await connector.test(call())).toEqual({
    ok: true,
    value: { workspace: 'Acme Corporation', person: 'John Admin', clients: 1, statusOptions: 2 },
  })
})

test('sends the key under the header that was set, with or without a scheme', async () => {
  serve(contacts)
  await connector.test(call({ headerName: 'X-Secret-Key', headerScheme: '' }))
  expect(vendor.asks[0]?.headers['x-secret-key']).toBe(TEST_KEY)
  expect(vendor.asks[0]?.headers.authorization).toBeUndefined()
})

test.each([
  ['+1 555', '+1 555', []],
  [15551234, '15551234', []],
  [['+1', '+2'], '+1', ['+2']],
  [[{ number: '+1' }, { value: '+2' }, null], '+1', ['+2']],
  [[], null, []],
  [null, null, []],
])('takes phoneNumbers as %j', async (phoneNumbers, phone, others) => {
  serve([{ id: 1, phoneNumbers }])
  const { pages } = await pullAll(connector.pull(call(), FROM_THE_BEGINNING))
  expect(pages[0]?.problems).toEqual([])
  expect(pages[0]?.records[0]?.fields).toEqual({ phone })
  expect(pages[0]?.records[0]?.extra.map((field) => field.value)).toEqual(others)
})

test('an id beyond 2^53 keeps every digit', async () => {
  vendor.answer = (ask, response) => {
    if (ask.path.endsWith('lead-statuses')) return json(response, 200, [])
    response.writeHead(200)
    return void response.end('[{"id": 9007199254740993, "firstName": "A"}, {"id": 9007199254740992, "firstName": "B"}]')
  }
  const { ids, end } = await pullAll(connector.pull(call(), FROM_THE_BEGINNING))
  expect(ids).toEqual(['9007199254740993', '9007199254740992'])
  expect(end?.proof).not.toBe('none')
})

test('creates as documented', async () => {
  serve(contacts)
  const { email: _, leadStatus, companyName: company, ...rest } = createRequest
  const fields = {
    ...rest,
    company,
    status: String(leadStatus),
    email: 'jane@example.com',
    phone: '+1 555',
    notes: null,
  }
  const result = await connector.create?.(call(), fields)
  expect(result).toMatchObject({ ok: true, value: { remoteId: '2', fields: { firstName: 'Jane', lastName: 'Smith' } } })
  expect(vendor.asks[0]?.body).toEqual({ ...createRequest, email: 'jane@example.com', phoneNumbers: ['+1 555'] })
})

test('refuses before sending what the vendor documents as refused', async () => {
  serve(contacts)
  for (const [fields, field, vendorText] of [
    [{ lastName: 'Smith', email: ' ' }, 'firstName', 'At least email or firstName is required'],
    [{ email: 'jane@' }, 'email', 'Invalid email'],
  ] as const) {
    expect(await connector.create?.(call(), fields)).toEqual({
      ok: false,
      error: { applied: 'not-applied', error: { code: 'refused', status: 400, vendorText, field } },
    })
  }
  expect(vendor.asks).toEqual([])
})

test('quotes the reason of a refusal', async () => {
  serve(contacts, () => [400, { error: 'Invalid lead status' }])
  expect(await connector.create?.(call(), { firstName: 'Jane', status: '99' })).toEqual({
    ok: false,
    error: {
      applied: 'not-applied',
      error: { code: 'refused', status: 400, vendorText: 'Invalid lead status', field: null },
    },
  })
})

test('finds only what equals everything that was sent', async () => {
  const sent = { email: 'jane@example.com', firstName: 'Jane', phone: '+1 (555) 1234', twitterUrl: 'https://x.com/j' }
  serve([
    { id: 1, email: 'jane@example.com', firstName: 'Jane', phoneNumbers: ['+15551234'] },
    { id: 2, email: 'jane@example.com', firstName: 'Janet', phoneNumbers: ['+15551234'] },
    { id: 3, email: 'jane@example.com', firstName: 'Jane' },
  ])
  const found = await connector.find?.(call(), sent)
  expect(found?.ok && found.value.map((record) => record.remoteId)).toEqual(['1'])
  expect(vendor.asks[0]?.query.get('query')).toBe('jane@example.com')
})
