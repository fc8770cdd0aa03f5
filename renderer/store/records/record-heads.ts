import type { RecordId, SourceId } from '../../../shared/ids.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import type { SegmentInfo } from '../book.ts'
import type { RecordHead } from '../segments/codec.ts'
import { readHeadText } from '../segments/head-text.ts'
import { HeadCache } from './head-cache.ts'
import { fieldIn, textIn } from './head-texts.ts'
import { HeadsNotRead, type KeyedStore, NO_SLOT, type Slot } from './record-contract.ts'
import { CHUNK_MASK, CHUNK_SLOTS, KEYED, LIVE, OBJECT, PLACED } from './slot-chunk.ts'
import type { SlotColumns } from './slot-columns.ts'
import type { SourceCodes } from './source-codes.ts'
import { TextsInTurn } from './texts-in-turn.ts'

/** The heads of all records: taken apart from the texts of their segments when asked for, or objects of this device. */
export class RecordHeads {
  readonly #columns: SlotColumns
  readonly #sources: SourceCodes
  readonly #segments: Map<number, SegmentInfo>
  /** Heads that stand in no segment. */
  readonly #objects = new Map<Slot, RecordHead>()
  readonly #cache = new HeadCache()
  #size = 0

  constructor(columns: SlotColumns, sources: SourceCodes, segments: Map<number, SegmentInfo>) {
    this.#columns = columns
    this.#sources = sources
    this.#segments = segments
  }

  get size(): number {
    return this.#size
  }

  at(slot: Slot): RecordHead | undefined {
    if (!this.#columns.has(slot, LIVE)) return undefined
    if (this.#columns.has(slot, OBJECT)) return this.#objects.get(slot)
    const known = this.#cache.get(slot)
    if (known !== undefined) return known
    const head = this.#decode(slot)
    if (head !== undefined) this.#cache.set(slot, head)
    return head
  }

  textAt(slot: Slot, field: FieldKey): string | null {
    const columns = this.#columns
    if (!columns.has(slot, LIVE)) return null
    if (!columns.has(slot, OBJECT)) {
      const chunk = columns.chunk(slot)
      const segmentId = chunk.segment[slot & CHUNK_MASK] ?? 0
      const info = this.#segments.get(segmentId)
      if (info === undefined) return null
      if (info.texts === null) throw new HeadsNotRead([segmentId])
      const found = fieldIn(info.texts, chunk.index[slot & CHUNK_MASK] ?? 0, field)
      if (found !== undefined) return found
    }
    const value = this.at(slot)?.fields[field]
    return typeof value === 'string' ? value : null
  }

  sourceOf(slot: Slot): SourceId | null {
    if (!this.#columns.has(slot, LIVE)) return null
    if (this.#columns.has(slot, OBJECT)) return this.#objects.get(slot)?.sourceId ?? null
    return this.#sources.at(this.#columns.chunk(slot).source[slot & CHUNK_MASK] ?? 0)
  }

  remember(head: RecordHead): void {
    const slot = this.#columns.find(head.recordId)
    if (slot !== NO_SLOT && this.#columns.has(slot, LIVE) && !this.#columns.has(slot, OBJECT))
      this.#cache.set(slot, head)
  }

  /** The record stands in a segment from now on. */
  place(slot: Slot): void {
    if (!this.#columns.has(slot, LIVE)) this.#size++
    this.#columns.set(slot, LIVE | PLACED, OBJECT)
    this.#objects.delete(slot)
    this.#cache.delete(slot)
  }

  /** The record leaves the segment that it stood in. */
  leave(slot: Slot): void {
    if (!this.#columns.has(slot, PLACED)) return
    const info = this.#segments.get(this.#columns.chunk(slot).segment[slot & CHUNK_MASK] ?? 0)
    if (info !== undefined) info.live--
  }

  /** Nothing of it is known any more but its slot. */
  forget(slot: Slot): void {
    this.leave(slot)
    this.drop(slot)
    this.#columns.set(slot, 0, PLACED | KEYED)
  }

  drop(slot: Slot): boolean {
    if (!this.#columns.has(slot, LIVE)) return false
    this.#columns.set(slot, 0, LIVE | OBJECT)
    this.#objects.delete(slot)
    this.#cache.delete(slot)
    this.#size--
    return true
  }

  /** After the columns were loaded. Clients of this device are put in again from their rows. */
  recount(): void {
    for (const { flags } of this.#columns.chunks) {
      for (let at = 0; at < flags.length; at++) {
        const flag = flags[at] ?? 0
        if ((flag & OBJECT) !== 0) flags[at] = flag & ~(LIVE | OBJECT)
        else if ((flag & LIVE) !== 0) this.#size++
      }
    }
  }

  unread(): number[] {
    const ids: number[] = []
    for (const [segmentId, info] of this.#segments) if (info.texts === null && info.live > 0) ids.push(segmentId)
    return ids
  }

  unreadOf(slots: Iterable<Slot>): number[] {
    const ids = new Set<number>()
    for (const slot of slots) {
      if (!this.#columns.has(slot, LIVE) || this.#columns.has(slot, OBJECT)) continue
      const segmentId = this.#columns.chunk(slot).segment[slot & CHUNK_MASK] ?? 0
      if (this.#segments.get(segmentId)?.texts === null) ids.add(segmentId)
    }
    return [...ids]
  }

  *live(): Generator<Slot> {
    for (let slot = 0; slot < this.#columns.count; slot++) if (this.#columns.has(slot, LIVE)) yield slot
  }

  *atSource(sourceId: SourceId): Generator<Slot> {
    const code = this.#sources.known(sourceId)
    for (let slot = 0; slot < this.#columns.count; slot++) {
      const { source, flags } = this.#columns.chunk(slot)
      const at = slot & CHUNK_MASK
      if (source[at] === code && ((flags[at] ?? 0) & (LIVE | OBJECT)) === LIVE) yield slot
    }
  }

  *standingIn(segmentIds: ReadonlySet<number>): Generator<Slot> {
    // By columns, not by record: a million of them are looked through in a few milliseconds.
    let last = 0
    for (const segmentId of segmentIds) last = Math.max(last, segmentId)
    const isWanted = new Uint8Array(last + 1)
    for (const segmentId of segmentIds) isWanted[segmentId] = 1
    for (const [c, { segment, flags }] of this.#columns.chunks.entries()) {
      for (let at = 0; at < flags.length; at++) {
        if (isWanted[segment[at] ?? 0] === 1 && ((flags[at] ?? 0) & PLACED) !== 0) yield c * CHUNK_SLOTS + at
      }
    }
  }

  *#entries(): Generator<[RecordId, RecordHead]> {
    const missing = this.unread()
    if (missing.length > 0) throw new HeadsNotRead(missing)
    const texts = new TextsInTurn()
    for (const slot of this.live()) {
      if (this.#columns.has(slot, OBJECT)) {
        const head = this.#objects.get(slot)
        if (head !== undefined) yield [head.recordId, head]
        continue
      }
      const chunk = this.#columns.chunk(slot)
      const segmentId = chunk.segment[slot & CHUNK_MASK] ?? 0
      const info = this.#segments.get(segmentId)
      if (info === undefined) continue
      // Whoever walks over it may write meanwhile.
      if (info.texts === null) throw new HeadsNotRead([segmentId])
      const head = this.#takeApart(slot, info.sourceId, texts.at(info.texts, chunk.index[slot & CHUNK_MASK] ?? 0))
      if (head !== undefined) yield [head.recordId, head]
    }
  }

  #set(recordId: RecordId, head: RecordHead): void {
    const columns = this.#columns
    const slot = columns.slotFor(recordId)
    if (!columns.has(slot, LIVE)) this.#size++
    const chunk = columns.chunk(slot)
    const at = slot & CHUNK_MASK
    // A key goes by the source that stands beside it.
    if (!columns.has(slot, KEYED)) chunk.source[at] = this.#sources.codeOf(head.sourceId)
    columns.setHash(slot, head.hash)
    columns.setWriteSeq(slot, head.writeSeq)
    chunk.firstKnownAt[at] = head.firstKnownAt
    chunk.createdAt[at] = head.createdAt === null ? Number.NaN : Date.parse(head.createdAt)
    chunk.readAt[at] = head.readAt ?? Number.NaN
    columns.set(slot, LIVE | OBJECT, 0)
    this.#objects.set(slot, head)
    this.#cache.delete(slot)
  }

  #decode(slot: Slot): RecordHead | undefined {
    const columns = this.#columns
    const chunk = columns.chunk(slot)
    const at = slot & CHUNK_MASK
    const segmentId = chunk.segment[at] ?? 0
    const info = this.#segments.get(segmentId)
    if (info === undefined) return undefined
    if (info.texts === null) throw new HeadsNotRead([segmentId])
    return this.#takeApart(slot, info.sourceId, textIn(info.texts, chunk.index[at] ?? 0))
  }

  #takeApart(slot: Slot, sourceId: SourceId, json: string): RecordHead | undefined {
    const text = readHeadText(json)
    if (text === null) return undefined
    const columns = this.#columns
    const chunk = columns.chunk(slot)
    const at = slot & CHUNK_MASK
    const readAt = chunk.readAt[at] ?? Number.NaN
    return {
      recordId: columns.idOf(slot),
      sourceId,
      remoteId: columns.remoteIdOf(slot),
      fields: text.fields,
      fallbackName: text.fallbackName,
      avatarUrl: text.avatarUrl,
      createdAt: text.createdAt,
      updatedAt: text.updatedAt,
      lastActivityAt: text.lastActivityAt,
      owner: text.owner,
      ai: text.ai,
      hash: columns.hashOf(slot),
      firstKnownAt: chunk.firstKnownAt[at] ?? 0,
      writeSeq: columns.writeSeqs.get(slot) ?? 0,
      readAt: Number.isNaN(readAt) ? null : readAt,
    }
  }

  /** Its face as a map. */
  asMap(): KeyedStore<RecordId, RecordHead> {
    const columns = this.#columns
    const heads = this
    const found = (recordId: RecordId): Slot => {
      const slot = columns.find(recordId)
      return slot !== NO_SLOT && columns.has(slot, LIVE) ? slot : NO_SLOT
    }
    return {
      get size() {
        return heads.size
      },
      get: (recordId) => {
        const slot = found(recordId)
        return slot === NO_SLOT ? undefined : heads.at(slot)
      },
      has: (recordId) => found(recordId) !== NO_SLOT,
      set: (recordId, head) => heads.#set(recordId, head),
      delete: (recordId) => {
        const slot = found(recordId)
        return slot !== NO_SLOT && heads.drop(slot)
      },
      keys: function* () {
        for (const slot of heads.live()) yield columns.idOf(slot)
      },
      values: function* () {
        for (const [, head] of heads.#entries()) yield head
      },
      [Symbol.iterator]: () => heads.#entries(),
    }
  }
}
