import type { RecordId, SourceId } from '../../../shared/ids.ts'
import type { SegmentInfo } from '../book.ts'
import type { RecordHead } from '../segments/codec.ts'
import { readHeadText } from '../segments/head-text.ts'
import type { PackedHeads } from '../segments/packed-heads.ts'
import { HASH_WORDS } from '../segments/packed-id.ts'
import { createDirectory } from './directory.ts'
import { HeadCache } from './head-cache.ts'
import { headTexts, NO_TEXTS, textIn } from './head-texts.ts'
import { HeadsNotRead, type KeyedStore, NO_SLOT, type RecordTable, type Slot } from './record-contract.ts'
import { recordParts, takeRecordParts } from './record-parts.ts'
import { createPlaces } from './record-places.ts'
import { CHUNK_MASK, CHUNK_SLOTS, KEYED, LIVE, OBJECT, PLACED } from './slot-chunk.ts'
import { SlotColumns } from './slot-columns.ts'
import { SourceCodes } from './source-codes.ts'

/** All records of a book. `segments` is the book's own: heads whose segment is not in it are gone. */
export function createRecordTable(segments: Map<number, SegmentInfo>): RecordTable {
  const columns = new SlotColumns()
  const sources = new SourceCodes()
  /** Heads that stand in no segment: of this device only. */
  const objects = new Map<Slot, RecordHead>()
  const cache = new HeadCache()
  const hashWords = new Uint32Array(HASH_WORDS)
  let size = 0

  const sourceOf = (slot: Slot): SourceId | null => {
    if (!columns.has(slot, LIVE)) return null
    if (columns.has(slot, OBJECT)) return objects.get(slot)?.sourceId ?? null
    return sources.at(columns.chunk(slot).source[slot & CHUNK_MASK] ?? 0)
  }

  const unread = (): number[] => {
    const ids: number[] = []
    for (const [segmentId, info] of segments) if (info.texts === null && info.live > 0) ids.push(segmentId)
    return ids
  }

  const decode = (slot: Slot): RecordHead | undefined => {
    const chunk = columns.chunk(slot)
    const at = slot & CHUNK_MASK
    const segmentId = chunk.segment[at] ?? 0
    const info = segments.get(segmentId)
    if (info === undefined) return undefined
    if (info.texts === null) throw new HeadsNotRead([segmentId])
    const text = readHeadText(textIn(info.texts, chunk.index[at] ?? 0))
    if (text === null) return undefined
    const { oddHash: _, ...shown } = text
    const readAt = chunk.readAt[at] ?? Number.NaN
    return {
      recordId: columns.idOf(slot),
      sourceId: info.sourceId,
      remoteId: columns.remoteIdOf(slot),
      ...shown,
      hash: columns.hashOf(slot),
      firstKnownAt: chunk.firstKnownAt[at] ?? 0,
      writeSeq: columns.writeSeqs.get(slot) ?? 0,
      readAt: Number.isNaN(readAt) ? null : readAt,
    }
  }

  const headAt = (slot: Slot): RecordHead | undefined => {
    if (!columns.has(slot, LIVE)) return undefined
    if (columns.has(slot, OBJECT)) return objects.get(slot)
    const known = cache.get(slot)
    if (known !== undefined) return known
    const head = decode(slot)
    if (head !== undefined) cache.set(slot, head)
    return head
  }

  /** The record leaves the segment that it stood in. */
  const leave = (slot: Slot): void => {
    if (!columns.has(slot, PLACED)) return
    const info = segments.get(columns.chunk(slot).segment[slot & CHUNK_MASK] ?? 0)
    if (info !== undefined) info.live--
  }

  const drop = (slot: Slot): boolean => {
    if (!columns.has(slot, LIVE)) return false
    columns.set(slot, 0, LIVE | OBJECT)
    objects.delete(slot)
    cache.delete(slot)
    size--
    return true
  }

  function* live(): Generator<Slot> {
    for (let slot = 0; slot < columns.count; slot++) if (columns.has(slot, LIVE)) yield slot
  }
  const allRead = (): void => {
    const missing = unread()
    if (missing.length > 0) throw new HeadsNotRead(missing)
  }
  function* entries(): Generator<[RecordId, RecordHead]> {
    allRead()
    for (const slot of live()) {
      const head = headAt(slot)
      if (head !== undefined) yield [head.recordId, head]
    }
  }

  function* atSource(sourceId: SourceId): Generator<Slot> {
    const code = sources.known(sourceId)
    for (let slot = 0; slot < columns.count; slot++) {
      const chunk = columns.chunk(slot)
      const at = slot & CHUNK_MASK
      if (chunk.source[at] === code && ((chunk.flags[at] ?? 0) & (LIVE | OBJECT)) === LIVE) yield slot
    }
  }

  function* standingIn(segmentIds: ReadonlySet<number>): Generator<Slot> {
    // By columns, not by record: a million of them are looked through in a few milliseconds.
    let last = 0
    for (const segmentId of segmentIds) last = Math.max(last, segmentId)
    const isWanted = new Uint8Array(last + 1)
    for (const segmentId of segmentIds) isWanted[segmentId] = 1
    for (const [c, { segment, flags }] of columns.chunks.entries()) {
      for (let at = 0; at < flags.length; at++) {
        if (isWanted[segment[at] ?? 0] === 1 && ((flags[at] ?? 0) & PLACED) !== 0) yield c * CHUNK_SLOTS + at
      }
    }
  }

  const heads: KeyedStore<RecordId, RecordHead> = {
    get size() {
      return size
    },
    get: (recordId) => {
      const slot = columns.find(recordId)
      return slot === NO_SLOT ? undefined : headAt(slot)
    },
    has: (recordId) => {
      const slot = columns.find(recordId)
      return slot !== NO_SLOT && columns.has(slot, LIVE)
    },
    set: (recordId, head) => {
      const slot = columns.slotFor(recordId)
      if (!columns.has(slot, LIVE)) size++
      const chunk = columns.chunk(slot)
      const at = slot & CHUNK_MASK
      // A key goes by the source that stands beside it.
      if (!columns.has(slot, KEYED)) chunk.source[at] = sources.codeOf(head.sourceId)
      columns.setHash(slot, head.hash)
      columns.setWriteSeq(slot, head.writeSeq)
      chunk.firstKnownAt[at] = head.firstKnownAt
      chunk.createdAt[at] = head.createdAt === null ? Number.NaN : Date.parse(head.createdAt)
      chunk.readAt[at] = head.readAt ?? Number.NaN
      columns.set(slot, LIVE | OBJECT, 0)
      objects.set(slot, head)
      cache.delete(slot)
    },
    delete: (recordId) => {
      const slot = columns.find(recordId)
      return slot !== NO_SLOT && drop(slot)
    },
    keys: function* () {
      for (const slot of live()) yield columns.idOf(slot)
    },
    values: function* () {
      for (const [, head] of entries()) yield head
    },
    [Symbol.iterator]: entries,
  }

  const putOne = (segmentId: number, source: number, packed: PackedHeads, index: number): Slot => {
    const { bytes } = packed.list
    const [a, b, c] = [packed.idWord(index, 0), packed.idWord(index, 1), packed.idWord(index, 2)]
    const known = columns.findWords(a, b, c)
    const start = packed.remoteStart(index)
    const end = packed.textStart(index)
    const older = columns.findKey(source, bytes, start, end)
    if (older !== NO_SLOT && older !== known) {
      leave(older)
      drop(older)
      columns.set(older, 0, PLACED | KEYED)
    }
    const slot = known === NO_SLOT ? columns.addWords(a, b, c) : known
    leave(slot)
    if (!columns.has(slot, LIVE)) size++
    const chunk = columns.chunk(slot)
    const at = slot & CHUNK_MASK
    chunk.segment[at] = segmentId
    chunk.index[at] = index
    chunk.firstKnownAt[at] = packed.firstKnownAt(index)
    chunk.createdAt[at] = packed.createdAt(index)
    chunk.readAt[at] = packed.readAt(index)
    columns.setWriteSeq(slot, packed.writeSeq(index))
    if (packed.isHashed(index)) {
      for (let i = 0; i < HASH_WORDS; i++) hashWords[i] = packed.hashWord(index, i)
      columns.setHashWords(slot, hashWords, 0)
    } else columns.setHash(slot, packed.oddHash(index))
    columns.setKey(slot, source, bytes, start, end)
    columns.set(slot, LIVE | PLACED, OBJECT)
    objects.delete(slot)
    cache.delete(slot)
    return slot
  }

  return {
    heads,
    places: createPlaces(columns),
    directory: createDirectory(columns, sources),
    slotOf: (recordId) => columns.find(recordId),
    recordAt: (slot) => (slot >= 0 && slot < columns.count ? columns.idOf(slot) : undefined),
    isLive: (slot) => columns.has(slot, LIVE),
    headAt,
    slots: () => columns.count,
    hashOf: (recordId) => {
      const slot = columns.find(recordId)
      return slot !== NO_SLOT && columns.has(slot, LIVE) ? columns.hashOf(slot) : undefined
    },
    isHash: (recordId, hash) => {
      const slot = columns.find(recordId)
      return slot !== NO_SLOT && columns.has(slot, LIVE) && columns.isHash(slot, hash)
    },
    sourceOf,
    remoteIdOf: (slot) => columns.remoteIdOf(slot),
    firstKnownAt: (slot) => columns.chunk(slot).firstKnownAt[slot & CHUNK_MASK] ?? 0,
    createdAt: (slot) => {
      const at = columns.chunk(slot).createdAt[slot & CHUNK_MASK] ?? Number.NaN
      return Number.isNaN(at) ? null : at
    },
    writeSeq: (slot) => columns.writeSeqs.get(slot) ?? 0,
    slotsOf: atSource,
    countOf: (sourceId) => {
      let count = 0
      for (const _ of atSource(sourceId)) count++
      return count
    },
    recordsOf: function* (sourceId) {
      for (const slot of live()) if (sourceOf(slot) === sourceId) yield columns.idOf(slot)
    },
    putSegment: (segmentId, sourceId, packed, isDead) => {
      const info: SegmentInfo = {
        sourceId,
        n: packed.count,
        live: 0,
        damaged: false,
        lost: 0,
        isText: false,
        texts: null,
      }
      segments.set(segmentId, info)
      const source = sources.codeOf(sourceId)
      for (let index = 0; index < packed.count; index++) {
        if (!packed.isWhole(index)) {
          info.lost++
          continue
        }
        if (isDead?.(packed.remoteId(index)) === true) continue
        putOne(segmentId, source, packed, index)
        info.live++
      }
      if (info.lost > 0) info.damaged = true
      if (info.live > 0) info.texts = headTexts(packed)
      return info
    },
    fill: (segmentId, packed) => {
      const info = segments.get(segmentId)
      if (info === undefined || info.texts !== null) return []
      info.texts = packed === null ? NO_TEXTS : headTexts(packed)
      if (packed !== null && isWhole(packed)) return []
      info.damaged = true
      const gone: RecordId[] = []
      for (const slot of standingIn(new Set([segmentId]))) {
        if (packed?.isWhole(columns.chunk(slot).index[slot & CHUNK_MASK] ?? 0) === true) continue
        gone.push(columns.idOf(slot))
        info.lost++
        leave(slot)
        drop(slot)
        columns.set(slot, 0, PLACED | KEYED)
      }
      return gone
    },
    recordsIn: function* (segmentIds) {
      for (const slot of standingIn(segmentIds)) yield columns.idOf(slot)
    },
    remember: (head) => {
      const slot = columns.find(head.recordId)
      if (slot !== NO_SLOT && columns.has(slot, LIVE) && !columns.has(slot, OBJECT)) cache.set(slot, head)
    },
    unread,
    unreadOf: (slots) => {
      const ids = new Set<number>()
      for (const slot of slots) {
        if (!columns.has(slot, LIVE) || columns.has(slot, OBJECT)) continue
        const segmentId = columns.chunk(slot).segment[slot & CHUNK_MASK] ?? 0
        if (segments.get(segmentId)?.texts === null) ids.add(segmentId)
      }
      return [...ids]
    },
    parts: () => recordParts({ columns, sources, segments }),
    load: (parts) => {
      if (!takeRecordParts({ columns, sources, segments }, parts)) return false
      for (const { flags } of columns.chunks) {
        for (let at = 0; at < flags.length; at++) {
          // Clients of this device are put in again from their rows.
          if (((flags[at] ?? 0) & OBJECT) !== 0) flags[at] = (flags[at] ?? 0) & ~(LIVE | OBJECT)
          if (((flags[at] ?? 0) & LIVE) !== 0) size++
        }
      }
      return true
    },
    bytes: () => {
      let sum = columns.bytes()
      for (const { texts } of segments.values()) {
        if (texts !== null) sum += texts.bytes.byteLength + texts.ends.byteLength
      }
      return sum
    },
  }
}

function isWhole(packed: PackedHeads): boolean {
  for (let i = 0; i < packed.count; i++) if (!packed.isWhole(i)) return false
  return true
}
