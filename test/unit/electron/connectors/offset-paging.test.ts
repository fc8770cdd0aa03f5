import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fullEngageClientToRecord } from '../../../../electron/connectors/full-engage/mapper.ts'
import { fullEngageClientSchema } from '../../../../electron/connectors/full-engage/wire.ts'
import { type OffsetReply, pullOffset } from '../../../../electron/connectors/paging/offset.ts'
import { createReadRecord } from '../../../../electron/connectors/reading/read-records.ts'
import type { JsonValue } from '../../../../shared/json.ts'
import { ok } from '../../../../shared/result.ts'
import { pullAll } from '../../../support/test-call.ts'

interface Row {
  readonly [key: string]: JsonValue
  readonly id: string
  readonly createdAt: string
}

const read = createReadRecord(fullEngageClientSchema, fullEngageClientToRecord)
const stamp = (second: number): string => new Date(Date.UTC(2024, 0, 1) + second * 1000).toISOString()
const row = (n: number, second = n): Row => ({ id: `c${n}`, name: `Client ${n}`, createdAt: stamp(second) })
const rows = (count: number): Row[] => Array.from({ length: count }, (_, n) => row(n))

/** A server over a list that may change before each request. */
function server(options: {
  readonly list: Row[]
  readonly limit?: number
  readonly cap?: number
  readonly total?: (list: readonly Row[]) => number | null
  readonly before?: (request: number, list: Row[]) => void
  readonly page?: (list: readonly Row[], offset: number, limit: number) => readonly JsonValue[]
  readonly position?: JsonValue
}) {
  const offsets: number[] = []
  const pages = pullOffset({
    limit: options.limit ?? 10,
    path: 'data',
    read,
    position: options.position ?? null,
    fetchPage: async ({ limit, offset }) => {
      options.before?.(offsets.length, options.list)
      offsets.push(offset)
      const size = Math.min(limit, options.cap ?? limit)
      const items = options.page?.(options.list, offset, size) ?? options.list.slice(offset, offset + size)
      const total = options.total === undefined ? options.list.length : options.total(options.list)
      return ok<OffsetReply>({ items, total })
    },
  })
  return { pages, offsets }
}

test('pages overlap by two, and each row of a quiet list comes once', async () => {
  const { pages, offsets } = server({ list: rows(25) })
  const { ids, end, pages: got } = await pullAll(pages)
  expect(ids).toEqual(rows(25).map(({ id }) => id))
  expect(offsets).toEqual([0, 8, 16])
  expect(end).toMatchObject({ proof: expect.not.stringMatching('none'), reason: null, watermark: null })
  expect(got.map((page) => [page.total, page.pages])).toEqual([
    [25, 3],
    [25, 3],
    [25, 3],
  ])
})

test.each([0, 1, 9, 10, 11, 18, 19, 20, 100])('a quiet list of %i is proven', async (count) => {
  const { ids, end } = await pullAll(server({ list: rows(count) }).pages)
  expect(ids).toHaveLength(count)
  expect(end?.proof).not.toBe('none')
})

test('F069 a row inserted at the head: the overlap is seen, nothing is missed', async () => {
  const list = rows(40)
  const { pages } = server({ list, before: (request) => void (request === 2 && list.unshift(row(99, -5))) })
  const { ids, end } = await pullAll(pages)
  expect(new Set(ids)).toEqual(new Set(rows(40).map(({ id }) => id)))
  expect(end?.proof).not.toBe('none')
})

test('F068 rows removed behind the sweep: the chain breaks, it goes back until pages join again, and misses nothing', async () => {
  const list = rows(40)
  const { pages, offsets } = server({ list, before: (request) => void (request === 1 && list.splice(0, 4)) })
  const { ids, end } = await pullAll(pages)
  expect(offsets.slice(0, 4)).toEqual([0, 8, 6, 2])
  expect(new Set(ids)).toEqual(new Set(rows(40).map(({ id }) => id)))
  expect(end).toMatchObject({ proof: 'chain' })
})

test('F070 one removed for one added: the total is fooled, the chain is not', async () => {
  const list = rows(40)
  const change = () => {
    list.splice(0, 4)
    list.push(...[50, 51, 52, 53].map((n) => row(n)))
  }
  const { pages } = server({ list, before: (request) => void (request === 1 && change()) })
  const { ids, end } = await pullAll(pages)
  expect(end?.proof).not.toBe('none')
  for (const { id } of rows(40)) expect(ids).toContain(id)
})

test('a hole too wide to go back over is no proof', async () => {
  const list = rows(60)
  const { pages } = server({
    list,
    total: () => 60,
    before: (request) => void (request === 1 && list.splice(0, 30)),
  })
  const { end, ids } = await pullAll(pages)
  // Neither a chain nor, counted against the ids that came, clean.
  expect(end?.proof).not.toBe('chain')
  expect(end?.size).not.toBe(new Set(ids).size)
})

test('F071 all stamps equal: no chain after three tries, but as many ids as the list is long', async () => {
  const list = rows(30).map((each) => ({ ...each, createdAt: stamp(0) }))
  const { pages, offsets } = server({ list })
  const { ids, end } = await pullAll(pages)
  expect(new Set(ids).size).toBe(30)
  expect(offsets.slice(0, 5)).toEqual([0, 8, 6, 2, 1])
  expect(end).toMatchObject({ proof: 'clean', size: 30 })
})

test.each([undefined, null, '0000-00-00', '2024-01-01T00:00:00', 1_700_000_000])(
  'F055 no usable stamps (%j): no chain in this run, joined by id at once',
  async (createdAt) => {
    const list = rows(30).map(({ createdAt: _, ...each }) => (createdAt === undefined ? each : { ...each, createdAt }))
    const { pages, offsets } = server({
      list: rows(30),
      page: (_, offset, limit) => list.slice(offset, offset + limit),
    })
    const { ids, end } = await pullAll(pages)
    expect(ids).toHaveLength(30)
    expect(offsets).toEqual([0, 8, 16, 24].slice(0, offsets.length))
    expect(end).toMatchObject({ proof: 'clean', size: 30 })
  },
)

test.each([8, 10, 16, 18, 26, 100])(
  'F075 %i rows, a multiple of the limit: the last page is short and never empty',
  async (count) => {
    const { pages, offsets } = server({ list: rows(count) })
    const { end, ids } = await pullAll(pages)
    expect(end?.proof).toBe('chain')
    expect(ids).toHaveLength(count)
    expect(count - (offsets.at(-1) ?? 0)).toBeGreaterThan(0)
    expect(count - (offsets.at(-1) ?? 0)).toBeLessThan(10)
  },
)

test('F075 an empty page in the middle is drift: it goes back and joins again', async () => {
  const list = rows(15)
  const { pages, offsets } = server({ list, before: (request) => void (request === 1 && list.splice(0, 7)) })
  const { end, ids } = await pullAll(pages)
  expect(offsets.slice(0, 2)).toEqual([0, 8])
  expect(offsets.length).toBeGreaterThan(2)
  for (const { id } of list) expect(ids).toContain(id)
  expect(end?.proof).toBe('chain')
})

test('stamps a microsecond apart are not equal', async () => {
  const list = rows(30).map((each, n) => ({ ...each, createdAt: `2024-01-01T00:00:00.0000${10 + n}Z` }))
  const { pages, offsets } = server({ list })
  expect((await pullAll(pages)).end?.proof).not.toBe('none')
  expect(offsets).toEqual([0, 8, 16, 24].slice(0, offsets.length))
})

test('F073 the server does not sort: the run proves nothing', async () => {
  const { pages } = server({ list: rows(30).reverse() })
  expect((await pullAll(pages)).end).toMatchObject({ proof: 'none', reason: 'not-joined' })
})

test('F072 the stamp of a row changes between two pages: the run proves nothing', async () => {
  const list = rows(30)
  const { pages } = server({
    list,
    before: (request) => void (request === 1 && list.splice(9, 1, { ...row(9), createdAt: stamp(9.5) })),
  })
  expect((await pullAll(pages)).end).toMatchObject({ proof: 'none', reason: 'shifted' })
})

test('F074 the server gives fewer than asked for: the sweep advances by what it received', async () => {
  const { ids, end } = await pullAll(server({ list: rows(25), limit: 10, cap: 5 }).pages).then((pulled) => pulled)
  expect(new Set(ids).size).toBe(25)
  expect(end?.proof).not.toBe('none')
})

test('F076 the offset is ignored: stopped at the second equal page', async () => {
  const { pages, offsets } = server({ list: rows(30), page: (list, _, limit) => list.slice(0, limit) })
  expect((await pullAll(pages)).failure).toEqual({ code: 'paging-loop', page: 2 })
  expect(offsets).toHaveLength(2)
})

test('F082 the total says 0 and rows arrive: all are read, and the sweep proves nothing', async () => {
  const { ids, end } = await pullAll(server({ list: rows(25), total: () => 0 }).pages)
  expect(ids).toHaveLength(25)
  expect(end?.proof).toBe('none')
})

test('a total that claims too much ends all the same, without proof', async () => {
  const { ids, end } = await pullAll(server({ list: rows(25), total: () => 1000 }).pages)
  expect(new Set(ids).size).toBe(25)
  expect(end?.proof).not.toBe('chain')
  expect(end?.size).not.toBe(25)
})

test('F096 stopped at a page: goes on after a restart with all that the proof needs', async () => {
  const list = rows(40)
  const first = await server({ list }).pages.next()
  const position = first.value?.ok ? JSON.parse(JSON.stringify(first.value.value.position)) : null
  const quiet = server({ list, position })
  const rest = await pullAll(quiet.pages)
  expect(quiet.offsets[0]).toBe(8)
  expect(rest.end?.proof).not.toBe('none')
  expect(rest.ids).toContain('c39')
  // What was removed while the app was closed breaks the chain just the same, and it is mended just the same.
  const shifted = server({ list: list.slice(3), position })
  const found = await pullAll(shifted.pages)
  expect(shifted.offsets.slice(0, 2)).toEqual([8, 6])
  expect(found.ids).toContain('c10')
  expect(found.end).toMatchObject({ proof: 'chain' })
})

test('whatever is added and removed meanwhile, a proven sweep has missed nothing that was there throughout', async () => {
  const change = fc.record({
    at: fc.nat(12),
    remove: fc.array(fc.nat(200), { maxLength: 6 }),
    add: fc.nat(3),
    old: fc.nat(2),
  })
  let proven = 0
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 5, max: 80 }),
      fc.array(change, { maxLength: 6 }),
      fc.boolean(),
      async (count, changes, lies) => {
        const list = Array.from({ length: count }, (_, n) => row(n, 1000 + n * 10))
        const stayed = new Set(list.map(({ id }) => id))
        let next = 1000
        const { pages } = server({
          list,
          // A total that never moves takes that evidence away: only the chain is left to tell.
          ...(lies ? { total: () => null } : {}),
          before: (request) => {
            for (const { remove, add, old } of changes.filter((each) => each.at === request)) {
              for (const index of remove) {
                const [gone] = list.splice(index % Math.max(1, list.length), 1)
                if (gone !== undefined) stayed.delete(gone.id)
              }
              for (let n = 0; n < add; n++) list.push(row(next++, 100_000 + next))
              for (let n = 0; n < old; n++) {
                list.push(row(next, 995 + (next++ % 97) * 7 + 0.5))
                list.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1))
              }
            }
          },
        })
        const { ids, end, failure } = await pullAll(pages)
        expect(failure).toBeNull()
        if (end?.proof !== 'chain') return
        proven++
        const seen = new Set(ids)
        for (const id of stayed) expect(seen.has(id)).toBe(true)
      },
    ),
    { numRuns: 150 },
  )
  expect(proven).toBeGreaterThan(30)
})
