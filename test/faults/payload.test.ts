import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createClntConnector } from '../../electron/connectors/clnt/connector.ts'
import { createConnectConnector } from '../../electron/connectors/connect/connector.ts'
import { createFullEngageConnector } from '../../electron/connectors/full-engage/connector.ts'
import { hasDuplicateKeys } from '../../electron/core/http/duplicate-keys.ts'
import { createListScanner } from '../../electron/core/http/list-scanner.ts'
import { parseExactJson } from '../../electron/core/http/parse-exact-json.ts'
import { readJsonBody } from '../../electron/core/http/read-json-body.ts'
import { FROM_THE_BEGINNING, pullAll, testCall } from '../support/test-call.ts'
import { testCpuTime } from '../support/test-cpu-time.ts'
import { json, type TestVendor, testCreateVendor, text } from '../support/test-create-vendor.ts'

let vendor: TestVendor
beforeAll(async () => {
  vendor = await testCreateVendor()
})
beforeEach(() => {
  vendor.asks.length = 0
})
afterAll(() => vendor.close())

const fullEngage = createFullEngageConnector()
const pullFullEngage = async (rows: string) => {
  vendor.answer = (_, response) => text(response, 200, `{"data":[${rows}],"total":1}`)
  return pullAll(fullEngage.pull(testCall(fullEngage, { baseUrl: vendor.url }), FROM_THE_BEGINNING))
}

describe('F044 a member that comes twice', () => {
  test('F044 the last one wins, and it is flagged, in a whole body and in a list that is read as it arrives', () => {
    const twice = '{"id":"1","name":"A","tags":[{"a":1,"a":2}]}'
    let flagged = 0
    const flag = (): void => void flagged++
    const body = readJsonBody(twice, 200, flag)
    expect(body.ok && body.value).toEqual({ id: '1', name: 'A', tags: [{ a: 2 }] })
    expect(flagged).toBe(1)
    const scanner = createListScanner(null, 200, flag)
    expect(scanner.write(new TextEncoder().encode(`[${twice},{"b":1}]`))).toHaveLength(2)
    expect(flagged).toBe(2)
  })

  test.each([
    ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}', false],
    ['{"a":"x\\":1,\\"a\\":2","b":"\\"a\\":"}', false],
    ['{"a" : 1, "a"\n:2}', true],
    ['{"a":1,"\\u0061":2}', true],
    ['{"x":{"a":1,"b":"\\":\\"","a":3}}', true],
    ['[]', false],
    ['"a:\\":"', false],
    ['{"__proto__":1,"__proto__":2}', true],
  ])('F044 %s: %s', (body, twice) => {
    expect(hasDuplicateKeys(body, parseExactJson(body))).toBe(twice)
  })
})

test('F045 an id of 9007199254740993 is kept exactly, beside …992', async () => {
  const { ids } = await pullFullEngage(
    '{"id":9007199254740993,"name":"A","createdAt":"2024-01-01T00:00:00Z"},{"id":9007199254740992,"name":"B","createdAt":"2024-01-02T00:00:00Z"}',
  )
  expect(ids).toEqual(['9007199254740993', '9007199254740992'])
})

test('F046 an id that is 7 today and "7" tomorrow is one id', async () => {
  const today = await pullFullEngage('{"id":7,"name":"A"}')
  const tomorrow = await pullFullEngage('{"id":"7","name":"A"}')
  expect(today.ids).toEqual(['7'])
  expect(tomorrow.ids).toEqual(today.ids)
})

test('F048 the same id twice in a page, differently: the sweep proves nothing', async () => {
  const { ids, end } = await pullFullEngage('{"id":"7","name":"A"},{"id":"7","name":"B"}')
  expect(ids).toEqual(['7', '7'])
  expect(end).toMatchObject({ proof: 'none', reason: 'duplicate' })
})

test('F053 a status that nobody has heard of is kept as it is', async () => {
  const { pages } = await pullFullEngage('{"id":"1","name":"A","status":"Hibernating ❄"}')
  expect(pages[0]?.records[0]?.fields.status).toBe('Hibernating ❄')
  expect(pages[0]?.problems).toEqual([])
})

test('F054 a phone that arrives as a number is read as text, and the original stays as it came', async () => {
  const { pages } = await pullFullEngage('{"id":"1","name":"A","phone":15550100}')
  expect(pages[0]?.records[0]).toMatchObject({ fields: { phone: '15550100' }, raw: { phone: 15550100 } })
})

test('F060 1e400 is kept as its text, and -0 is 0: neither becomes Infinity on the way', async () => {
  const { pages } = await pullFullEngage('{"id":"1","name":"A","score":1e400,"debt":-0,"low":-1e999}')
  const raw = pages[0]?.records[0]?.raw
  expect(JSON.parse(JSON.stringify(raw))).toMatchObject({ score: '1e400', debt: 0, low: '-1e999' })
})

test('F066 sensitive values that arrive while they are switched off: kept nowhere, and told', async () => {
  const clnt = createClntConnector()
  const row = { id: 'clnt_0000000000ab', object: 'client', email: 'pii@example.org', first_name: 'Wanda', locale: 'en' }
  const bad = { ...row, id: 'clnt_0000000000ac', locale: 7 }
  const meta = { current_page: 1, page_size: 100, total_count: 2, total_pages: 1 }
  vendor.answer = (_, response) => json(response, 200, { data: [row, bad], meta })
  let told = 0
  const settings = { baseUrl: vendor.url, headerName: 'Authorization', headerScheme: 'Bearer' }
  const onUnasked = (records: number): void => {
    told += records
  }
  const call = { ...testCall(clnt, settings), onUnasked }
  const pulled = await pullAll(clnt.pull(call, FROM_THE_BEGINNING))
  expect(JSON.stringify(pulled)).not.toMatch(/pii@example|Wanda/)
  expect(told).toBe(2)
})

test('F098 the list of Connect is never asked for with a search term', async () => {
  const connect = createConnectConnector()
  vendor.answer = (ask, response) => json(response, 200, ask.path.endsWith('lead-statuses') ? [] : [])
  const call = testCall(connect, { baseUrl: vendor.url, headerName: 'Authorization', headerScheme: 'Bearer' })
  await pullAll(connect.pull(call, FROM_THE_BEGINNING))
  expect(vendor.asks.map((ask) => ask.path)).toEqual(['/api/connect/contacts/lead-statuses', '/api/connect/contacts'])
  expect(vendor.asks.every((ask) => !ask.query.has('query'))).toBe(true)
})

test('F186 100 KB of a in an e-mail: read, compared and kept in time that grows with its length only', async () => {
  const connect = createConnectConnector()
  const call = testCall(connect, { baseUrl: vendor.url, headerName: 'Authorization', headerScheme: 'Bearer' })
  const took = async (length: number): Promise<number> => {
    const email = `${'a'.repeat(length)}@`
    vendor.answer = (ask, response) =>
      json(response, 200, ask.path.endsWith('lead-statuses') ? [] : [{ id: 1, firstName: 'A', email }])
    const used = testCpuTime()
    const { pages } = await pullAll(connect.pull(call, FROM_THE_BEGINNING))
    expect(pages[0]?.records[0]?.fields.email).toBe(email)
    return used()
  }
  await took(1000)
  // A pattern that goes back and forth would need minutes for it.
  expect(await took(100_000)).toBeLessThan(2000)
})
