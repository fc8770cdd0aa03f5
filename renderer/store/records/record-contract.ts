import type { RecordId, RemoteId, SourceId } from '../../../shared/ids.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import type { Place, SegmentInfo } from '../book.ts'
import type { SavedPart, SavedParts } from '../saved/saved-part.ts'
import type { RecordHead } from '../segments/codec.ts'
import type { PackedHeads } from '../segments/packed-heads.ts'

/**
 * A record's number in memory: dense, and never given to another record. Written into saved pieces. A record that goes keeps
 * its slot (`slotOf`, `recordAt`), so that whoever has it in a column can take it out; if it comes back it has it again.
 */
export type Slot = number
export const NO_SLOT = -1

/** The part of a Map that the book's users need. In the order of the slots; may be changed while it is walked. */
export interface KeyedStore<K, V> {
  readonly size: number
  readonly get: (key: K) => V | undefined
  readonly has: (key: K) => boolean
  readonly set: (key: K, value: V) => unknown
  readonly delete: (key: K) => boolean
  readonly keys: () => Iterable<K>
  readonly values: () => Iterable<V>
  readonly [Symbol.iterator]: () => Iterator<[K, V]>
}

/**
 * All records of the book, packed: ids, places and hashes in typed arrays, heads as the bytes of their segments, taken
 * apart when asked for. A head whose segment has not been read yet throws `HeadsNotRead`; whoever answers the page or writes
 * reads these segments and begins again (`whenRead`).
 */
export interface RecordTable {
  readonly heads: KeyedStore<RecordId, RecordHead>
  readonly places: KeyedStore<RecordId, Place>
  /** `src|remoteId` → record. */
  readonly directory: KeyedStore<string, RecordId>
  /** Also of a record that is gone. */
  readonly slotOf: (recordId: RecordId) => Slot
  /** Also of a record that is gone. */
  readonly recordAt: (slot: Slot) => RecordId | undefined
  /** Whether there is a head for it now. */
  readonly isLive: (slot: Slot) => boolean
  /** The head of a slot, without going by its id. */
  readonly headAt: (slot: Slot) => RecordHead | undefined
  /** A text of the head of a slot, without taking the rest of it apart; null where it has none. */
  readonly textAt: (slot: Slot, field: FieldKey) => string | null
  /** Two slots in the order of their records' ids, without making texts of these. */
  readonly compareIds: (a: Slot, b: Slot) => number
  /** One more than the highest slot ever given out. */
  readonly slots: () => number
  /** Without taking the head apart: what a sweep compares. `isHash` makes no text for it. */
  readonly hashOf: (recordId: RecordId) => string | undefined
  readonly isHash: (recordId: RecordId, hash: string) => boolean
  /** Whether an entry of a segment is known to be as it stands there; false also where nobody can say. */
  readonly isSame: (sourceId: SourceId, packed: PackedHeads, index: number) => boolean
  readonly sourceOf: (slot: Slot) => SourceId | null
  /** What else is known of a record at a source without taking its head apart. Times in ms; null: not said. */
  readonly remoteIdOf: (slot: Slot) => RemoteId | null
  readonly firstKnownAt: (slot: Slot) => number
  readonly createdAt: (slot: Slot) => number | null
  readonly writeSeq: (slot: Slot) => number
  /** Slots of the records that stand at a source. */
  readonly slotsOf: (sourceId: SourceId) => Iterable<Slot>
  readonly countOf: (sourceId: SourceId) => number
  /** Records of a source, those of this device that follow its form among them, without taking heads apart. */
  readonly recordsOf: (sourceId: SourceId) => Iterable<RecordId>
  /** Records whose newest state stands in one of these segments. */
  readonly recordsIn: (segmentIds: ReadonlySet<number>) => Iterable<RecordId>
  /**
   * All heads of a segment, newer than whatever is known of their records; but for those that are `isDead`.
   */
  readonly putSegment: (
    segmentId: number,
    sourceId: SourceId,
    packed: PackedHeads,
    isDead?: (remoteId: RemoteId) => boolean,
  ) => SegmentInfo
  /** One of which nothing can be read. */
  readonly noteSegment: (segmentId: number, info: SegmentInfo) => void
  /** Nothing stays of the remote ids of records that are gone. */
  readonly forgetKeys: () => void
  /** The texts of a segment whose heads are known from saved pieces. Records that it does not have any more are dropped. */
  readonly fill: (segmentId: number, packed: PackedHeads | null) => readonly RecordId[]
  /** A head that is at hand anyway: spares taking it apart soon. */
  readonly remember: (head: RecordHead) => void
  /** Segments whose heads are not in memory yet; of some slots, or of all. */
  readonly unreadOf: (slots: Iterable<Slot>) => readonly number[]
  readonly unread: () => readonly number[]
  readonly parts: () => readonly SavedPart[]
  /**
   * Into a table that is empty: all but the texts of heads, which `fill` gives, and clients of this device. False where the
   * pieces do not fit; nothing has changed then.
   */
  readonly load: (parts: SavedParts) => boolean
  readonly bytes: () => number
}

/** A head was asked for whose segment is still on the disk only. */
export class HeadsNotRead extends Error {
  override readonly name = 'HeadsNotRead'
  readonly segmentIds: readonly number[]
  constructor(segmentIds: readonly number[]) {
    super('heads of segments that have not been read yet')
    this.segmentIds = segmentIds
  }
}
