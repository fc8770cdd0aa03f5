import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createCustomConnector } from '../../../../electron/connectors/custom/connector.ts'
import { addUnmapped, valueAt } from '../../../../electron/connectors/custom/field-path.ts'
import { createExtraFields } from '../../../../electron/connectors/reading/extra-fields.ts'
import type { SourceSettings } from '../../../../shared/model/source.ts'
import { FROM_THE_BEGINNING, pullAll, testCall } from '../../../support/test-call.ts'
import { json, type TestVendor, testCreateVendor, text, type VendorAsk } from '../../../support/test-create-vendor.ts'

describe('paths', () => {
  const record = { a: { b: [10, { c: null }] }, n: null }
  test.each([
    ['a.b.0', 10],
    ['a.b.1.c', null],
    ['n.deeper', null],
    ['a.x', undefined],
    ['a.b.7', undefined],
    ['a.b.length', undefined],
    ['a.constructor', undefined],
    ['__proto__', undefined],
    ['a.b.0.c', undefined],
  ])('%s', (path, value) => {
    expect(valueAt(record, path.split('.'))).toBe(value)
  })

  test('what no path reads is left over, also beside a value that is read', () => {
    const extras = createExtraFields()
    addUnmapped(extras, { id: 1, company: { name: 'Acme', size: 4 }, vip: true }, [['id'], ['company', 'name']])
    expect(extras.list()).toEqual([
      { key: 'company.size', label: 'Company size', value: '4', filledBy: null },
      { key: 'vip', label: 'Vip', value: 'Yes', filledBy: null },
    ])
  })
})

describe('the connector', () => {
  const connector = createCustomConnector()
  let vendor: TestVendor
  beforeAll(async () => {
    vendor = await testCreateVendor()
  })
  beforeEach(() => {
    vendor.asks.length = 0
  })
  afterAll(() => vendor.close())

  const call = (settings: SourceSettings = {}) => testCall(connector, { baseUrl: vendor.url, ...settings })
  const pull = (settings: SourceSettings = {}) => pullAll(connector.pull(call(settings), FROM_THE_BEGINNING))
  const answer = (body: unknown): void => {
    vendor.answer = (_, response) => json(response, 200, body)
  }
  const people = (count: number) => Array.from({ length: count }, (_, n) => ({ id: n, name: `Person ${n}` }))
  /** Serves `rows` in parts of at most `cap`; `from` says where the part begins. */
  const serve = (
    rows: readonly unknown[],
    from: (ask: VendorAsk) => number,
    around: (part: readonly unknown[], at: number) => unknown,
    cap = 10,
  ): void => {
    vendor.answer = (ask, response) => {
      const at = from(ask)
      json(response, 200, around(rows.slice(at, at + cap), at))
    }
  }

  test('maps by paths: absent, null and empty stay three things, numbers become text, the rest is shown', async () => {
    vendor.answer = (_, response) =>
      text(
        response,
        200,
        JSON.stringify({
          result: {
            rows: [
              {
                uid: 'BIG',
                name: '',
                phone: 123456,
                org: { name: 'Acme', size: 9 },
                state: null,
                labels: ['a', 2],
                created_at: '2024-01-01T00:00:00Z',
                updated_at: 1700000000,
              },
            ],
          },
        }).replace('"BIG"', '90071992547409931234'),
      )
    const got = await pull({
      listAt: 'result.rows',
      idAt: 'uid',
      companyAt: 'org.name',
      statusAt: 'state',
      tagsAt: 'labels',
    })
    expect(got).toMatchObject({
      failure: null,
      ids: ['90071992547409931234'],
      end: { proof: expect.not.stringMatching('none') },
    })
    const record = got.pages[0]?.records[0]
    expect(record?.fields).toEqual({ name: '', phone: '123456', company: 'Acme', status: null, tags: ['a', '2'] })
    expect(record?.createdAt).toBe('2024-01-01T00:00:00Z')
    expect(record?.updatedAt).toBeNull()
    expect(record?.extra.map((extra) => [extra.key, extra.value])).toEqual([
      ['updated_at', '1700000000'],
      ['org.size', '9'],
    ])
  })

  test('a record that cannot be read keeps the id of its path', async () => {
    answer([{ uid: 'u1', id: 'other', name: {} }, ...people(9).map((person) => ({ ...person, uid: `p${person.id}` }))])
    const got = await pull({ idAt: 'uid' })
    expect(got.pages[0]?.problems).toMatchObject([
      { remoteId: 'u1', path: '[0].name', expected: 'text', found: 'object' },
    ])
    expect(got.end?.proof).not.toBe('none')
  })

  test('pages with a total: proven; the server may give fewer than asked for', async () => {
    serve(
      people(34),
      (ask) => Number(ask.query.get('p')) * 10,
      (rows) => ({ rows, count: 34 }),
    )
    const settings = { listAt: 'rows', paging: 'page', pageParameter: 'p', firstPage: '0', totalAt: 'count' }
    const got = await pull(settings)
    expect(got.ids).toHaveLength(34)
    expect(got.end).toMatchObject({ proof: expect.not.stringMatching('none') })
    expect(vendor.asks.map((ask) => ask.query.toString())).toEqual([0, 1, 2, 3].map((n) => `p=${n}&limit=100`))
    expect(await connector.test(call(settings))).toMatchObject({ ok: true, value: { clients: 34 } })
  })

  test('pages without a total: up to an empty one, and nothing is proven', async () => {
    serve(
      people(30),
      (ask) => (Number(ask.query.get('page')) - 1) * 10,
      (rows) => rows,
    )
    const got = await pull({ paging: 'page', sizeParameter: '' })
    expect(got.ids).toHaveLength(30)
    expect(got.end).toMatchObject({ proof: 'none', reason: 'no-total' })
    expect(vendor.asks.at(-1)?.query.toString()).toBe('page=4')
  })

  test('a page parameter that the server does not know ends in a failure and not in half a list', async () => {
    answer(people(10))
    expect((await pull({ paging: 'page' })).failure).toEqual({ code: 'paging-loop', page: 2 })
  })

  test.each([
    [10, true],
    [4, false],
  ])('offset without a total, %i at a time: everything comes; proof %s', async (cap, proven) => {
    serve(
      people(35),
      (ask) => Number(ask.query.get('offset')),
      (rows) => rows,
      cap,
    )
    const got = await pull({ paging: 'offset', pageSize: '10' })
    expect(new Set(got.ids).size).toBe(35)
    expect(got.failure).toBeNull()
    expect(got.end?.proof !== 'none').toBe(proven)
  })

  test('a cursor: to its end, with the total that is said, and proof only in the order of changes', async () => {
    const around = (rows: readonly unknown[], at: number) => ({ rows, next: at + 10 < 25 ? at + 10 : null, total: 25 })
    const settings = { listAt: 'rows', paging: 'cursor', cursorAt: 'next', totalAt: 'total' }
    serve(people(25), (ask) => Number(ask.query.get('cursor') ?? 0), around)
    const got = await pull(settings)
    expect(got.ids).toHaveLength(25)
    expect(got.end).toMatchObject({ proof: 'none', watermark: null })
    expect(got.pages.map((page) => page.total)).toEqual([25, 25, 25])
    expect(vendor.asks).toHaveLength(3)

    const stamped = people(25).map((row) => ({ ...row, updated_at: new Date(1.7e12 + row.id * 1000).toISOString() }))
    serve(stamped, (ask) => Number(ask.query.get('cursor') ?? 0), around)
    expect((await pull(settings)).end).toMatchObject({ proof: expect.not.stringMatching('none'), watermark: null })
  })

  test('the key is in the header, and in no address', async () => {
    answer([])
    await connector.test(call({ headerName: 'X-Api-Key', headerScheme: '' }))
    const { asks } = vendor
    expect(asks[0]?.headers['x-api-key']).toMatch(/^sk_live_/)
    expect(asks[0]?.headers.authorization).toBeUndefined()
    expect(JSON.stringify([asks[0]?.path, asks[0]?.query.toString()])).not.toContain('sk_live_')
  })

  test.each([
    [{ clients: [] }, {}, 'listAt', 'not-a-list'],
    [{ clients: [] }, { listAt: 'data' }, 'listAt', 'nothing-there'],
    [{ data: {} }, { listAt: 'data' }, 'listAt', 'not-a-list'],
    [[], { listAt: 'data' }, 'listAt', 'not-a-list'],
    [{ data: {} }, { listAt: 'data.items' }, 'listAt', 'nothing-there'],
    [{ data: [] }, { listAt: 'data', paging: 'page', totalAt: 'total' }, 'totalAt', 'nothing-there'],
    [{ data: [], total: {} }, { listAt: 'data', paging: 'page', totalAt: 'total' }, 'totalAt', 'not-a-number-there'],
    [{ data: [], next_cursor: {} }, { listAt: 'data', paging: 'cursor' }, 'cursorAt', 'not-a-text'],
    [[{ uid: 1 }, { uid: 2 }], {}, 'idAt', 'nothing-there'],
    [[{ id: { v: 1 } }], {}, 'idAt', 'not-a-text'],
    [[{ id: 1, company: { name: 'A' } }], {}, 'companyAt', 'not-a-text'],
  ] as const)(
    'the test of the connection names the setting that does not fit: %j %j',
    async (body, settings, field, rule) => {
      answer(body)
      expect(await connector.test(call(settings))).toEqual({ ok: false, error: { code: 'bad-input', field, rule } })
    },
  )
})
