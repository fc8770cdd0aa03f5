import { expect, test } from 'vitest'
import { createBook } from '../../../../../renderer/store/book.ts'
import { putSegment } from '../../../../../renderer/store/load-segments.ts'
import { HeadsNotRead } from '../../../../../renderer/store/records/record-contract.ts'
import type { SavedParts } from '../../../../../renderer/store/saved/saved-part.ts'
import { encodeHeads } from '../../../../../renderer/store/segments/codec.ts'
import { packBodies } from '../../../../../renderer/store/segments/packed-bodies.ts'
import { openPackedHeads, packHeads } from '../../../../../renderer/store/segments/packed-heads.ts'
import { bodiesOf, bodyAt } from '../../../../../renderer/store/segments/read-bodies.ts'
import { readHeads } from '../../../../../renderer/store/segments/read-heads.ts'
import { recordIdSchema, remoteIdSchema, sourceIdSchema } from '../../../../../shared/ids.ts'

const SOURCE = sourceIdSchema.parse('src_aaaaaaaaaaaaaaaa')
const recordId = (n: number) => recordIdSchema.parse(`rec_${String(n).padStart(16, 'z')}`)

function head(n: number, over: object = {}) {
  return {
    recordId: recordId(n),
    sourceId: SOURCE,
    remoteId: remoteIdSchema.parse(`${1000 + n}`),
    fields: { tags: ['priority', 'Zoë'], name: `Łukasz 田中 ${n}`, phone: null, notes: 'a\n"b"\\ \u2028 \ud83d\ude00' },
    fallbackName: null,
    avatarUrl: n % 2 === 0 ? `https://example.test/${n}.png` : null,
    createdAt: '2026-01-01T00:00:00.123Z',
    updatedAt: '2026-02-01T00:00:00+02:00',
    lastActivityAt: null,
    owner: null,
    ai: null,
    hash: `1q2w3e4r5t6.${n.toString(36)}`,
    firstKnownAt: 1_790_000_000_123 + n,
    writeSeq: n % 3 === 0 ? n : 0,
    readAt: n % 4 === 0 ? null : 1_790_000_000_456,
    ...over,
  }
}

function rowOf(heads: ReturnType<typeof head>[], segmentId = 1) {
  return { segmentId, sourceId: SOURCE, n: heads.length, heads: packHeads(heads) }
}

test('heads come back from their bytes as they were, in the same words and the same order of fields', () => {
  const all = [
    ...Array.from({ length: 20 }, (_, n) => head(n)),
    head(20, { hash: '' }),
    head(21, { hash: 'of another form' }),
    head(22, { hash: '007.1' }),
    head(23, { hash: 'zzzzzzzzzzzz.1' }),
    head(24, { remoteId: remoteIdSchema.parse('\ud800 alone') }),
    head(25, { remoteId: remoteIdSchema.parse('\0"x') }),
    head(26, { remoteId: remoteIdSchema.parse('é'.repeat(512)) }),
    head(27, { fields: {}, createdAt: 'no date', updatedAt: null }),
    head(28, { firstKnownAt: 0.5, writeSeq: 2 ** 40, ai: 'fit 82', owner: 'Ann', fallbackName: 'x' }),
  ]
  const book = createBook()
  putSegment(book, readHeads(rowOf(all)))
  for (const one of all) {
    expect(book.heads.get(one.recordId)).toEqual(one)
    expect(Object.keys(book.heads.get(one.recordId)?.fields ?? {})).toEqual(Object.keys(one.fields))
    expect(book.directory.get(`${SOURCE}|${one.remoteId}`)).toBe(one.recordId)
    expect(book.records.hashOf(one.recordId)).toBe(one.hash)
    expect(book.records.isHash(one.recordId, one.hash)).toBe(true)
    expect(book.records.isHash(one.recordId, `${one.hash}1`)).toBe(false)
  }
  expect(book.heads.size).toBe(all.length)
  expect(book.records.createdAt(0)).toBe(Date.parse('2026-01-01T00:00:00.123Z'))
  expect(book.records.createdAt(27)).toBeNull()
})

test('a segment of the old form, one text, is read as before', () => {
  const all = [head(1), head(2)]
  const text = JSON.parse(encodeHeads(all))
  text.splice(1, 0, 'broken')
  const book = createBook()
  putSegment(book, readHeads({ segmentId: 3, sourceId: SOURCE, n: 3, heads: JSON.stringify(text) }))
  expect([...book.heads.values()]).toEqual(all)
  // Its place among the bodies stays its own.
  expect(book.places.get(recordId(2))).toEqual({ segmentId: 3, index: 2 })
  expect(book.segments.get(3)).toMatchObject({ n: 3, live: 2, damaged: true, form: 'text' })
  expect(book.unreadable).toBe(1)
})

test('any damaged byte of a segment costs the head that it is in, and is noticed', () => {
  const all = Array.from({ length: 4 }, (_, n) => head(n))
  const whole = packHeads(all)
  for (let at = 0; at < whole.length; at += 3) {
    const bytes = whole.slice()
    bytes[at] = (bytes[at] ?? 0) ^ 0x41
    const book = createBook()
    putSegment(book, readHeads({ ...rowOf(all), heads: bytes }))
    expect(book.segments.get(1)?.damaged, `byte ${at}`).toBe(true)
    // An end that is damaged is the beginning of the next one.
    const inHeader = at < 12
    expect(book.heads.size, `byte ${at}`).toBeGreaterThanOrEqual(inHeader ? 0 : 2)
    for (const found of book.heads.values()) expect(found).toEqual(all.find((one) => one.recordId === found.recordId))
  }
})

test('a segment cut short, or no segment at all, gives what is whole in it', () => {
  const all = Array.from({ length: 4 }, (_, n) => head(n))
  const whole = packHeads(all)
  for (const length of [0, 5, 12, 100, whole.length - 1]) {
    const book = createBook()
    putSegment(book, readHeads({ ...rowOf(all), heads: whole.slice(0, length) }))
    expect(book.segments.get(1)?.damaged).toBe(true)
    expect(book.heads.size).toBe(length === whole.length - 1 ? 3 : 0)
  }
  expect(openPackedHeads(new TextEncoder().encode('[["rec_aaaaaaaaaaaaaaaa"]]'))).toBeNull()
})

test('one body is read without the others, and a damaged one alone is missing', () => {
  const bodies = Array.from({ length: 3 }, (_, n) => ({ extra: [], raw: { id: n, text: 'é'.repeat(900) } }))
  const bytes = packBodies(bodies)
  const read = (i: number) => bodyAt(bodiesOf(bytes, null), i)?.raw
  expect([0, 1, 2, 3].map(read)).toEqual([...bodies.map((body) => body.raw), undefined])
  bytes[bytes.length - 5] = 0
  expect([0, 1, 2].map(read)).toEqual([bodies[0]?.raw, bodies[1]?.raw, undefined])
})

function saved(book: ReturnType<typeof createBook>): SavedParts {
  return new Map(book.records.parts().map((part) => [part.id, part.bytes().slice()]))
}

test('a table is taken back from its pieces; a head is asked for, read, and there', () => {
  const book = createBook()
  const first = [head(1), head(2), head(3, { hash: 'odd' })]
  const second = [head(2, { remoteId: remoteIdSchema.parse('other') }), head(4)]
  putSegment(book, readHeads(rowOf(first, 1)))
  putSegment(book, readHeads(rowOf(second, 7)))
  const rows = new Map([rowOf(first, 1), rowOf(second, 7)].map((row) => [row.segmentId, row]))

  const again = createBook()
  expect(again.records.load(saved(book))).toBe(true)
  expect(again.records.parts().map((part) => part.version)).toEqual(again.records.parts().map(() => 0))
  expect(again.heads.size).toBe(4)
  expect([...again.directory]).toEqual([...book.directory])
  expect([...again.places]).toEqual([...book.places])
  expect(again.records.slotOf(recordId(4))).toBe(book.records.slotOf(recordId(4)))
  expect(again.records.hashOf(recordId(3))).toBe('odd')
  expect(again.records.writeSeq(again.records.slotOf(recordId(3)))).toBe(3)
  expect(() => again.heads.get(recordId(4))).toThrow(HeadsNotRead)
  expect(() => [...again.heads.values()]).toThrow(HeadsNotRead)
  expect(again.records.unreadOf([again.records.slotOf(recordId(4))])).toEqual([7])
  expect(again.records.fill(7, readHeads(rows.get(7) ?? rowOf([])).packed)).toEqual([])
  expect(again.heads.get(recordId(4))).toEqual(head(4))
  expect(again.records.unread()).toEqual([1])
  // Of the other, one head is damaged by now: it alone is gone.
  const bytes = packHeads(first)
  bytes[bytes.length - 2] = 0
  expect(again.records.fill(1, openPackedHeads(bytes))).toEqual([recordId(3)])
  expect([...again.heads.keys()]).toEqual([recordId(1), recordId(2), recordId(4)])
  expect(again.segments.get(1)).toMatchObject({ damaged: true, live: 1 })
  const untouched = again.records.parts().filter((part) => part.version === 0)
  expect(untouched.map((part) => part.id)).toEqual(['records/keys/0'])
})

test('a segment that holds other records than it is known for gives none of them', () => {
  const book = createBook()
  putSegment(book, readHeads(rowOf([head(1), head(2)])))
  const again = createBook()
  again.records.load(saved(book))
  const other = openPackedHeads(packHeads([head(1), head(9)]))
  expect(again.records.fill(1, other)).toEqual([recordId(2)])
  expect([...again.heads.values()]).toEqual([head(1)])
  expect(again.directory.get(`${SOURCE}|1002`)).toBeUndefined()
  expect(again.records.slotOf(recordId(2))).toBe(1)
})

test('pieces that do not belong together are refused, and leave nothing behind', () => {
  const book = createBook()
  putSegment(book, readHeads(rowOf([head(1), head(2)])))
  const parts = saved(book)
  for (const id of parts.keys()) {
    for (const bytes of [null, new Uint8Array(7)]) {
      if (id.startsWith('records/keys') && bytes !== null) continue
      const torn = new Map(parts)
      if (bytes === null) torn.delete(id)
      else torn.set(id, bytes)
      const other = createBook()
      expect(other.records.load(torn), id).toBe(false)
      expect(other.heads.size + other.records.slots() + other.segments.size).toBe(0)
    }
  }
})

test('a remote id comes back as it was, whatever it begins with', () => {
  const ids = ['\ufeff1', '\ufeff', '0', 'é', '\ud83d', `${'x'.repeat(60)}\ufeff`, '"1"', '\u0000']
  const packed = openPackedHeads(packHeads(ids.map((id, n) => head(n, { remoteId: remoteIdSchema.parse(id) }))))
  expect(ids.map((_, n) => packed?.remoteId(n))).toEqual(ids)
  const book = createBook()
  putSegment(book, readHeads(rowOf(ids.map((id, n) => head(n, { remoteId: remoteIdSchema.parse(id) })))))
  expect(ids.map((_, n) => book.records.remoteIdOf(book.records.slotOf(recordId(n))))).toEqual(ids)
})
