import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBook, headOfLocal } from '../../renderer/store/book.ts'
import { createClientView } from '../../renderer/store/projection/view.ts'
import type { SourceRow } from '../../renderer/store/rows.ts'
import { createSearchEngine } from '../../renderer/store/search/engine/search-engine.ts'
import { type ClientRow, SORT_KEYS, type SortKey } from '../../renderer/store/store-contract.ts'
import type { Clock } from '../../shared/clock.ts'
import { recordIdSchema, sourceIdSchema } from '../../shared/ids.ts'
import type { Fields } from '../../shared/model/field.ts'

const CLOCK: Clock = { now: () => 0, schedule: () => () => undefined }
const SOURCE = sourceIdSchema.parse('src_aaaaaaaaaaaaaaaa')
const COLLATOR = new Intl.Collator('en')
const recordId = (n: number) => recordIdSchema.parse(`rec_${((n * 7919) % 1009).toString(36).padStart(16, '0')}`)

const FIRST = [
  'Maria',
  'maria',
  'María',
  'Maximilian',
  'Bo',
  'Łukasz',
  'Zoë',
  'Øystein',
  'Анна',
  '太郎',
  'O’Neil',
  '김',
]
const LAST = ['Schneider-Habermann', 'Schneider-Haberman', 'Ek', 'Ng', 'Núñez', 'Nunez', 'Иванова', '山田', '', '(x)']
const value = <T>(...all: readonly T[]) => fc.constantFrom(...all)
const fields: fc.Arbitrary<Fields> = fc
  .record({
    first: value(...FIRST),
    last: value(...LAST),
    company: value(null, 'Acme', 'acme', 'Ácme AB', 'Fjord & Co.', '株式会社'),
    email: value(null, 'a.b@example.com', 'a.c@example.com', 'A.B@example.com'),
    phone: value(null, '+44 20 7946', '020 7946', '(020) 7946'),
    status: value(null, 'active', 'Paused', 'odd'),
    tags: value<readonly string[]>([], ['vip'], ['VIP', 'north'], ['north']),
  })
  .map(({ first, last, ...rest }) => ({ name: `${first} ${last}`, ...rest }))
const step = fc.record({
  n: fc.nat(40),
  fields: fc.option(fields, { freq: 6 }),
  createdAt: value(0, 86_400_000, 2 * 86_400_000),
  hidden: fc.nat(9).map((chance) => chance === 0),
})
const commits = fc.array(fc.array(step, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 4 })

function sortedBy(row: ClientRow, key: SortKey): string | number | null {
  if (key === 'status') return row.status?.label ?? null
  if (key === 'tags') return row.tags[0] ?? null
  if (key === 'source') return row.sourceIds[0] === undefined ? null : 'Studio'
  if (key === 'updated') return row.updatedAt
  return key === 'created' ? row.createdAt : row[key]
}

/** All lines as the collator alone puts them in order. */
function plainOrder(rows: readonly ClientRow[], key: SortKey, direction: 'asc' | 'desc'): readonly ClientRow[] {
  const tie = (a: ClientRow, b: ClientRow) =>
    COLLATOR.compare(a.name, b.name) || (a.clientId < b.clientId ? -1 : a.clientId > b.clientId ? 1 : 0)
  const filled = rows
    .filter((row) => sortedBy(row, key) !== null)
    .sort((a, b) => {
      const left = sortedBy(a, key)
      const right = sortedBy(b, key)
      const order =
        typeof left === 'number' && typeof right === 'number' ? left - right : COLLATOR.compare(`${left}`, `${right}`)
      return order || tie(a, b)
    })
  const empty = rows.filter((row) => sortedBy(row, key) === null).sort(tie)
  return [...(direction === 'asc' ? filled : filled.reverse()), ...empty]
}

test('every order is the one of a plain sort, after any changes, and again after it was saved and loaded', () => {
  fc.assert(
    fc.property(commits, (all) => {
      const book = createBook()
      // The view asks a source for its name and its statuses only.
      book.sources.set(SOURCE, { sourceId: SOURCE, name: 'Studio', statusOptions: [] } as unknown as SourceRow)
      const view = createClientView({ book, search: createSearchEngine(), locale: 'en', clock: CLOCK })
      const check = (checked: typeof view): void => {
        const rows = [...checked.all()]
        expect(checked.size()).toBe(rows.length)
        for (const key of SORT_KEYS) {
          for (const direction of ['asc', 'desc'] as const) {
            const order = checked.order({ key, direction })
            const names = Array.from(order.all(), (slot) => checked.rowAt(slot)?.clientId)
            expect([key, direction, names]).toEqual([
              key,
              direction,
              plainOrder(rows, key, direction).map((row) => row.clientId),
            ])
            names.forEach((clientId, offset) => {
              if (clientId !== undefined) expect(order.offsetOf(checked.slotOf(clientId))).toBe(offset)
            })
          }
        }
        const tags = checked.words.tags().map((tag) => rows.filter((row) => row.tags.includes(tag)).length)
        expect([...checked.words.linesOfTags()]).toEqual(tags)
        const kinds = checked.words.kinds().map((kind, i) => [kind.status, checked.words.linesOfKind(i)] as const)
        const active = kinds.reduce((sum, [status, count]) => sum + (status === 'active' ? count : 0), 0)
        expect(active).toBe(rows.filter((row) => row.status?.id === 'active').length)
      }
      for (const commit of all) {
        for (const { n, fields: said, createdAt, hidden } of commit) {
          const id = recordId(n)
          if (said === null) book.heads.delete(id)
          else {
            book.heads.set(
              id,
              headOfLocal({
                recordId: id,
                sourceId: n % 3 === 0 ? null : SOURCE,
                deviceOnly: false,
                fields: said,
                fallbackName: null,
                formerRemoteId: null,
                createdAt,
              }),
            )
          }
          if (hidden) book.overlays.set(id, { recordId: id, fields: {}, hiddenAt: 1 })
          else book.overlays.delete(id)
        }
        view.refresh(commit.map(({ n }) => recordId(n)))
        check(view)
      }
      const saved = new Map(view.parts().map((part) => [part.id, part.bytes().slice()]))
      const loaded = createClientView({ book, search: createSearchEngine(), locale: 'en', clock: CLOCK, saved })
      expect(loaded.parts().filter((part) => part.version !== 0)).toEqual([])
      check(loaded)
    }),
    { numRuns: 25 },
  )
})
