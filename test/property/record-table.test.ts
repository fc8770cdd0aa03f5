import fc from 'fast-check'
import { expect, test } from 'vitest'
import { remoteKey } from '../../renderer/store/book.ts'
import { createRecordTable } from '../../renderer/store/records/record-table.ts'
import type { RecordHead } from '../../renderer/store/segments/codec.ts'
import { type RecordId, recordIdSchema, remoteIdSchema, type SourceId, sourceIdSchema } from '../../shared/ids.ts'

const SOURCES = ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'].map((id) => sourceIdSchema.parse(`src_${id}`))
const recordId = (n: number): RecordId =>
  recordIdSchema.parse(`rec_${((n + 1) * 7919).toString(36).padStart(16, n % 2 ? 'z' : '0')}`)
const sourceAt = (n: number): SourceId => SOURCES[n % SOURCES.length] ?? sourceIdSchema.parse('')

function head(n: number, step: number): RecordHead {
  return {
    recordId: recordId(n),
    sourceId: n % 5 === 0 ? null : sourceAt(n),
    remoteId: n % 5 === 0 ? null : remoteIdSchema.parse(`r${n}-${step % 2}`),
    fields: { name: `Zoë ${n}`, notes: null, tags: ['a', `${step}`] },
    fallbackName: null,
    avatarUrl: null,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: null,
    lastActivityAt: null,
    owner: null,
    ai: null,
    hash: step % 3 === 0 ? '' : `${(step * 1e9).toString(36)}.${n.toString(36)}`,
    firstKnownAt: step,
    writeSeq: step % 4,
    readAt: null,
  }
}

const op = fc.record({
  what: fc.constantFrom('head', 'place', 'key', 'drop-head', 'drop-place', 'drop-key'),
  n: fc.integer({ min: 0, max: 400 }),
  step: fc.nat(50),
})

test('the table of records answers as plain maps would', () => {
  fc.assert(
    fc.property(fc.array(op, { maxLength: 600 }), (ops) => {
      const table = createRecordTable(new Map())
      const heads = new Map<RecordId, RecordHead>()
      const places = new Map<RecordId, { segmentId: number; index: number }>()
      const directory = new Map<string, RecordId>()
      const slots = new Map<RecordId, number>()
      for (const { what, n, step } of ops) {
        const id = recordId(n)
        const key = remoteKey(sourceAt(n), `r${n}`)
        if (what === 'head') {
          table.heads.set(id, head(n, step))
          heads.set(id, head(n, step))
          // A slot is for ever.
          const slot = table.slotOf(id)
          expect(slots.get(id) ?? slot).toBe(slot)
          slots.set(id, slot)
        }
        // Only a record that is in the book stands in a segment or under a key.
        if (what === 'place' && heads.has(id)) {
          table.places.set(id, { segmentId: step + 1, index: n })
          places.set(id, { segmentId: step + 1, index: n })
        }
        if (what === 'key' && heads.has(id)) {
          table.directory.set(key, id)
          directory.set(key, id)
        }
        if (what === 'drop-head') expect(table.heads.delete(id)).toBe(heads.delete(id))
        if (what === 'drop-place') expect(table.places.delete(id)).toBe(places.delete(id))
        if (what === 'drop-key') expect(table.directory.delete(key)).toBe(directory.delete(key))
        expect(table.heads.get(id)).toEqual(heads.get(id))
        expect(table.hashOf(id)).toBe(heads.get(id)?.hash)
        expect(table.places.get(id)).toEqual(places.get(id))
        expect(table.directory.get(key)).toBe(directory.get(key))
      }
      expect([table.heads.size, table.places.size, table.directory.size]).toEqual([
        heads.size,
        places.size,
        directory.size,
      ])
      const sorted = <V>(map: { [Symbol.iterator](): Iterator<[string, V]> }) =>
        [...map].sort(([a], [b]) => (a < b ? -1 : 1))
      expect(sorted(table.heads)).toEqual(sorted(heads))
      expect(sorted(table.places)).toEqual(sorted(places))
      expect(sorted(table.directory)).toEqual(sorted(directory))
      for (const [id, slot] of slots) {
        expect(table.recordAt(slot)).toBe(id)
        expect(table.isLive(slot)).toBe(heads.has(id))
        if (heads.has(id)) expect(table.sourceOf(slot)).toBe(heads.get(id)?.sourceId)
      }
      for (const sourceId of SOURCES) {
        const own = [...heads.values()].filter((one) => one.sourceId === sourceId).map((one) => one.recordId)
        expect([...table.recordsOf(sourceId)].sort()).toEqual(own.sort())
      }
    }),
    { numRuns: 60 },
  )
})
