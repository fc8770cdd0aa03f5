import type { RecordId } from '../../../shared/ids.ts'
import type { SegmentInfo } from '../book.ts'
import type { PackedHeads } from '../segments/packed-heads.ts'
import { HASH_WORDS } from '../segments/packed-id.ts'
import { createDirectory } from './directory.ts'
import { headTexts, NO_TEXTS } from './head-texts.ts'
import { NO_SLOT, type RecordTable, type Slot } from './record-contract.ts'
import { RecordHeads } from './record-heads.ts'
import { recordParts, takeRecordParts } from './record-parts.ts'
import { createPlaces } from './record-places.ts'
import { CHUNK_MASK, HASHED, LIVE, OBJECT, PLACED } from './slot-chunk.ts'
import { SlotColumns } from './slot-columns.ts'
import { SourceCodes } from './source-codes.ts'

/** All records of a book. `segments` is the book's own: heads whose segment is not in it are gone. */
export function createRecordTable(segments: Map<number, SegmentInfo>): RecordTable {
  const columns = new SlotColumns()
  const sources = new SourceCodes()
  const heads = new RecordHeads(columns, sources, segments)
  const hashWords = new Uint32Array(HASH_WORDS)

  const putOne = (segmentId: number, source: number, packed: PackedHeads, index: number): void => {
    const { bytes } = packed.list
    const [a, b, c] = [packed.idWord(index, 0), packed.idWord(index, 1), packed.idWord(index, 2)]
    const known = columns.findWords(a, b, c)
    const start = packed.remoteStart(index)
    const end = packed.textStart(index)
    const older = columns.findKey(source, bytes, start, end)
    if (older !== NO_SLOT && older !== known) heads.forget(older)
    const slot = known === NO_SLOT ? columns.addWords(a, b, c) : known
    heads.leave(slot)
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
    heads.place(slot)
  }

  /** Also where nobody stands in it (any more): what is saved must name each segment that it has looked at. */
  const noteSegment = (segmentId: number, info: SegmentInfo): void => {
    segments.set(segmentId, info)
    columns.version++
  }

  /** The slot of an entry, where it is whole and known. */
  const slotIn = (packed: PackedHeads, index: number): Slot =>
    packed.isWhole(index)
      ? columns.findWords(packed.idWord(index, 0), packed.idWord(index, 1), packed.idWord(index, 2))
      : NO_SLOT

  const standsAt = (slot: Slot, segmentId: number, index: number): boolean => {
    if (slot === NO_SLOT || !columns.has(slot, PLACED)) return false
    const chunk = columns.chunk(slot)
    return chunk.segment[slot & CHUNK_MASK] === segmentId && chunk.index[slot & CHUNK_MASK] === index
  }

  return {
    heads: heads.asMap(),
    places: createPlaces(columns),
    directory: createDirectory(columns, sources),
    slotOf: (recordId) => columns.find(recordId),
    recordAt: (slot) => (slot >= 0 && slot < columns.count ? columns.idOf(slot) : undefined),
    isLive: (slot) => columns.has(slot, LIVE),
    headAt: (slot) => heads.at(slot),
    textAt: (slot, field) => heads.textAt(slot, field),
    compareIds: (a, b) => columns.compareIds(a, b),
    slots: () => columns.count,
    hashOf: (recordId) => {
      const slot = columns.find(recordId)
      return slot !== NO_SLOT && columns.has(slot, LIVE) ? columns.hashOf(slot) : undefined
    },
    isHash: (recordId, hash) => {
      const slot = columns.find(recordId)
      return slot !== NO_SLOT && columns.has(slot, LIVE) && columns.isHash(slot, hash)
    },
    isSame: (sourceId, packed, index) => {
      const slot = slotIn(packed, index)
      if (slot === NO_SLOT || !columns.has(slot, LIVE) || columns.has(slot, OBJECT)) return false
      if (!packed.isHashed(index) || !columns.has(slot, HASHED) || heads.sourceOf(slot) !== sourceId) return false
      const { hash } = columns.chunk(slot)
      const from = (slot & CHUNK_MASK) * HASH_WORDS
      for (let i = 0; i < HASH_WORDS; i++) if (hash[from + i] !== packed.hashWord(index, i)) return false
      return true
    },
    sourceOf: (slot) => heads.sourceOf(slot),
    remoteIdOf: (slot) => columns.remoteIdOf(slot),
    firstKnownAt: (slot) => columns.chunk(slot).firstKnownAt[slot & CHUNK_MASK] ?? 0,
    createdAt: (slot) => {
      const at = columns.chunk(slot).createdAt[slot & CHUNK_MASK] ?? Number.NaN
      return Number.isNaN(at) ? null : at
    },
    writeSeq: (slot) => columns.writeSeqs.get(slot) ?? 0,
    slotsOf: (sourceId) => heads.atSource(sourceId),
    countOf: (sourceId) => {
      let count = 0
      for (const _ of heads.atSource(sourceId)) count++
      return count
    },
    recordsOf: function* (sourceId) {
      for (const slot of heads.live()) if (heads.sourceOf(slot) === sourceId) yield columns.idOf(slot)
    },
    recordsIn: function* (segmentIds) {
      for (const slot of heads.standingIn(segmentIds)) yield columns.idOf(slot)
    },
    putSegment: (segmentId, sourceId, packed, isDead) => {
      const n = packed.count
      const info: SegmentInfo = { sourceId, n, live: 0, damaged: false, lost: 0, form: 'plain', texts: null }
      noteSegment(segmentId, info)
      const source = sources.codeOf(sourceId)
      for (let index = 0; index < n; index++) {
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
      let stand = 0
      for (let index = 0; index < (packed?.count ?? 0); index++) {
        if (packed !== null && standsAt(slotIn(packed, index), segmentId, index)) stand++
      }
      if (stand === info.live) return []
      // Something is missing, or is somebody else's: whoever cannot be read from it is not known any more.
      info.damaged = true
      const gone: RecordId[] = []
      for (const slot of heads.standingIn(new Set([segmentId]))) {
        if (packed !== null && slotIn(packed, columns.chunk(slot).index[slot & CHUNK_MASK] ?? 0) === slot) continue
        gone.push(columns.idOf(slot))
        info.lost++
        heads.forget(slot)
      }
      return gone
    },
    noteSegment,
    forgetKeys: () => columns.forgetKeys(),
    remember: (head) => heads.remember(head),
    unread: () => heads.unread(),
    unreadOf: (slots) => heads.unreadOf(slots),
    parts: () => recordParts({ columns, sources, segments }),
    load: (parts) => {
      if (!takeRecordParts({ columns, sources, segments }, parts)) return false
      heads.recount()
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
