import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createSpottConnector } from '../../../../electron/connectors/spott/connector.ts'
import { remoteRecordSchema } from '../../../../shared/model/record.ts'
import contacts from '../../../fixtures/spott/contacts.json' with { type: 'json' }
import { FROM_THE_BEGINNING, pullAll, TEST_KEY, type TestCallOptions, testCall } from '../../../support/test-call.ts'
import { systemClock } from '../../../support/test-create-clock.ts'
import { json, type TestVendor, testCreateVendor } from '../../../support/test-create-vendor.ts'

let vendor: TestVendor
const connector = createSpottConnector()
const call = (options?: TestCallOptions) => testCall(connector, { baseUrl: vendor.url }, options)
const SERVER_TIME = 'Wed, 06 Nov 2024 12:00:00 GMT'

beforeAll(async () => {
  vendor = await testCreateVendor()
})
beforeEach(() => {
  vendor.asks.length = 0
})
afterAll(() => vendor.close())

function contact(n: number, modifiedAt: string) {
  return { id: `k${n}`, firstName: `Name ${n}`, modifiedAt }
}

test('reads the documented example', async () => {
  vendor.answer = (ask, response) =>
    json(response, 200, ask.query.has('cursor') ? { items: [], pagination: {} } : contacts)
  const { pages, failure, end } = await pullAll(connector.pull(call(), FROM_THE_BEGINNING))
  expect(failure).toBeNull()
  expect(end).toMatchObject({
    proof: expect.not.stringMatching('none'),
    reason: null,
    watermark: '2023-11-07T05:31:56Z',
  })
  expect(vendor.asks.map((ask) => [ask.path, ask.query.toString(), ask.headers['x-api-key']])).toEqual([
    ['/clients/contacts', 'limit=50', TEST_KEY],
    ['/clients/contacts', 'limit=50&cursor=%3Cstring%3E', TEST_KEY],
  ])
  expect(pages[0]?.statusOptions).toEqual([
    { id: '<string>', label: '<string>', color: null, order: 123, type: 'stage' },
  ])
  const record = remoteRecordSchema.parse(pages[0]?.records[0])
  expect(record.fields).toEqual({
    firstName: '<string>',
    lastName: '<string>',
    jobTitle: '<string>',
    company: '<string>',
    status: '<string>',
    location: '<string>',
  })
  expect(record).toMatchObject({ owner: '<string>', createdAt: '2023-11-07T05:31:56Z', raw: contacts.items[0] })
  expect(record.extra).toContainEqual({
    key: 'customAttributes.<string>',
    label: '<string>',
    value: '<string>',
    filledBy: 'person-over-ai',
  })
  expect(record.extra.map((field) => field.label)).toEqual(
    expect.arrayContaining(['Department', 'Active', 'Start date', 'End date', 'Location', 'Company location']),
  )
})

test('tells absent, null and filled in by AI apart', async () => {
  vendor.answer = (_, response) =>
    json(response, 200, {
      items: [
        {
          id: 'a',
          lastName: null,
          client: { company: null },
          stage: null,
          customAttributes: [
            { attributeDefinitionId: 'd1', label: 'E-mail', isFilledByAI: true, value: { text: 'ann@example.com' } },
            { attributeDefinitionId: 'd2', label: 'Phone', isFilledByAI: false, value: null },
          ],
        },
      ],
      pagination: { cursor: null },
    })
  const { pages } = await pullAll(connector.pull(call(), FROM_THE_BEGINNING))
  const record = pages[0]?.records[0]
  expect(record?.fields).toEqual({ lastName: null, company: null, status: null, email: 'ann@example.com' })
  expect(record?.extra.map(({ filledBy, value }) => [filledBy, value])).toEqual([
    ['vendor-ai', 'ann@example.com'],
    [null, null],
  ])
})

test('F109 a change stamped 2099: the watermark stays at the time of the server; what is asked is in UTC', async () => {
  const items = [contact(1, '2024-11-06T11:00:00.000Z'), contact(2, '2099-01-01T00:00:00.000Z')]
  vendor.answer = (_, response) => json(response, 200, { items, pagination: {} }, { date: SERVER_TIME })
  const start = { kind: 'incremental', position: null, since: '2024-11-06T10:00:00+02:00' } as const
  const { end } = await pullAll(connector.pull(call(), start))
  expect(vendor.asks[0]?.query.get('modifiedSince')).toBe('2024-11-06T08:00:00.000Z')
  expect(end?.watermark).toBe('2024-11-06T12:00:00.000Z')
})

test('F088 a full sweep of rows that come newest first looks once more for what changed meanwhile', async () => {
  const pages: Record<string, unknown> = {
    '': {
      items: [contact(3, '2024-11-06T11:00:00Z'), contact(2, '2024-11-05T11:00:00Z')],
      pagination: { cursor: 'x' },
    },
    x: { items: [contact(1, '2024-11-04T11:00:00Z')], pagination: { cursor: '' } },
    since: { items: [contact(4, '2024-11-06T12:00:30Z')], pagination: {} },
  }
  vendor.answer = (ask, response) => {
    const key = ask.query.has('modifiedSince') ? 'since' : (ask.query.get('cursor') ?? '')
    json(response, 200, pages[key], { date: SERVER_TIME })
  }
  const { ids, end } = await pullAll(connector.pull(call(), FROM_THE_BEGINNING))
  expect(ids).toEqual(['k3', 'k2', 'k1', 'k4'])
  expect(vendor.asks.map((ask) => ask.query.get('modifiedSince'))).toEqual([null, null, '2024-11-06T10:50:00.000Z'])
  expect(end).toMatchObject({
    proof: expect.not.stringMatching('none'),
    reason: null,
    watermark: '2024-11-06T12:00:00.000Z',
  })
})

test('F077 F079 a cursor that comes back is a loop, and so are more than 20 empty pages in a row; up to that it goes on', async () => {
  vendor.answer = (_, response) =>
    json(response, 200, { items: [contact(1, SERVER_TIME)], pagination: { cursor: 'x' } })
  const again = await pullAll(connector.pull(call(), FROM_THE_BEGINNING))
  expect(again.failure).toEqual({ code: 'paging-loop', page: 2 })
  expect(again.end).toBeNull()
  let n = 0
  vendor.answer = (_, response) => json(response, 200, { items: [], pagination: { cursor: `c${n++}` } })
  const empty = await pullAll(connector.pull(call(), FROM_THE_BEGINNING))
  expect(empty.failure).toMatchObject({ code: 'paging-loop' })
  expect(empty.pages).toHaveLength(20)
  let left = 20
  vendor.answer = (_, response) =>
    left-- > 0
      ? json(response, 200, { items: [], pagination: { cursor: `d${left}` } })
      : json(response, 200, { items: [contact(1, '2024-11-06T11:00:00Z')], pagination: {} })
  expect(await pullAll(connector.pull(call(), FROM_THE_BEGINNING))).toMatchObject({ failure: null, ids: ['k1'] })
})

test('F078 the cursor expires (400): the pass begins again, without loss', async () => {
  vendor.answer = (ask, response) => {
    const cursor = ask.query.get('cursor')
    if (cursor === 'b') return json(response, 400, { error: 'cursor expired' })
    const items = [contact(cursor === null ? 1 : 2, '2024-11-04T11:00:00Z')]
    return json(response, 200, { items, pagination: { cursor: cursor === null ? 'a' : null } })
  }
  const first = await connector.pull(call(), FROM_THE_BEGINNING)[Symbol.asyncIterator]().next()
  const position = first.value.ok ? first.value.value.position : null
  const rest = await pullAll(connector.pull(call(), { ...FROM_THE_BEGINNING, position }))
  expect(rest.ids).toEqual(['k2'])
  expect(rest.end?.proof).not.toBe('none')
  const expired = await pullAll(
    connector.pull(call(), { ...FROM_THE_BEGINNING, position: { ...position, cursor: 'b' } }),
  )
  expect(expired.ids).toEqual(['k1', 'k2'])
})

test('F078 the cursor expires (410) in the follow-up or in an incremental pass: that pass begins again, not the whole', async () => {
  let expired = 0
  vendor.answer = (ask, response) => {
    const cursor = ask.query.get('cursor')
    const isSince = ask.query.has('modifiedSince')
    if (cursor === 'old' && expired++ === 0) return json(response, 410, { error: 'gone' })
    const items = isSince
      ? [contact(cursor === null ? 8 : 9, '2024-11-06T12:00:30Z')]
      : [contact(2, '2024-11-06T11:00:00Z'), contact(1, '2024-11-05T11:00:00Z')]
    const next = isSince && cursor === null ? 'old' : null
    return json(response, 200, { items, pagination: { cursor: next } }, { date: SERVER_TIME })
  }
  const whole = await pullAll(connector.pull(call(), FROM_THE_BEGINNING))
  expect(whole).toMatchObject({ failure: null, ids: ['k2', 'k1', 'k8', 'k8', 'k9'] })
  expect(whole.end?.proof).toBe('traverse')
  const since = vendor.asks.map((ask) => ask.query.get('modifiedSince'))
  expect(since).toEqual([null, '2024-11-06T10:50:00.000Z', ...Array(3).fill('2024-11-06T10:50:00.000Z')])
  expired = 0
  vendor.asks.length = 0
  const start = { kind: 'incremental', position: null, since: '2024-11-06T08:00:00.000Z' } as const
  const pass = await pullAll(connector.pull(call(), start))
  expect(pass).toMatchObject({ failure: null, ids: ['k8', 'k8', 'k9'] })
  expect(new Set(vendor.asks.map((ask) => ask.query.get('modifiedSince')))).toEqual(new Set([start.since]))
})

test('F108 no Date header: the watermark is the newest stamp seen, but for one that cannot be true', async () => {
  const items = [contact(1, '2024-11-06T11:00:00.000Z'), contact(2, '2099-01-01T00:00:00.000Z')]
  vendor.answer = (_, response) => {
    response.sendDate = false
    json(response, 200, { items, pagination: {} })
  }
  const clock = { ...systemClock, now: () => Date.parse('2024-11-06T12:30:00Z') }
  const { end } = await pullAll(connector.pull(call({ clock }), FROM_THE_BEGINNING))
  expect(end?.watermark).toBe('2024-11-06T11:00:00.000Z')
})

test.each([
  ['10 minutes behind', 'Wed, 06 Nov 2024 11:50:00 GMT', '2024-11-06T11:50:00.000Z'],
  ['10 minutes ahead', 'Wed, 06 Nov 2024 12:10:00 GMT', '2024-11-06T11:59:00.000Z'],
])('F108 the Date header is %s: never later than the newest stamp seen', async (_, date, watermark) => {
  const items = [contact(1, '2024-11-06T11:59:00.000Z')]
  vendor.answer = (_ask, response) => json(response, 200, { items, pagination: {} }, { date })
  const start = { kind: 'incremental', position: null, since: '2024-11-06T10:00:00Z' } as const
  expect((await pullAll(connector.pull(call(), start))).end?.watermark).toBe(watermark)
})

test('F087 a row that is modified while a pass runs: the watermark stays at the beginning of the pass, and the next one has it', async () => {
  vendor.answer = (ask, response) => {
    const isFirst = !ask.query.has('cursor')
    const items = [contact(isFirst ? 1 : 2, isFirst ? '2024-11-06T11:59:00.000Z' : '2024-11-06T12:00:07.000Z')]
    const date = isFirst ? SERVER_TIME : 'Wed, 06 Nov 2024 12:00:09 GMT'
    json(response, 200, { items, pagination: { cursor: isFirst ? 'x' : null } }, { date })
  }
  const start = { kind: 'incremental', position: null, since: '2024-11-06T11:00:00.000Z' } as const
  const { end } = await pullAll(connector.pull(call(), start))
  expect(end?.watermark).toBe('2024-11-06T12:00:00.000Z')
})
