import type { ConflictId, EditId, FieldRuleId, RecordId, RemoteId, SourceId } from '../../shared/ids.ts'
import { isOpenEdit } from '../../shared/sync/edit-machine.ts'
import type { HeadTexts } from './records/head-texts.ts'
import type { RecordTable } from './records/record-contract.ts'
import { createRecordTable } from './records/record-table.ts'
import type {
  CheckpointRow,
  ConflictRow,
  EditRow,
  FieldRuleRow,
  HeldRow,
  HoldRow,
  LocalRow,
  NoticeRow,
  OverlayRow,
  RebuiltRow,
  RunRow,
  SourceRow,
  StoredEntry,
  SuspectRow,
  TombstoneRow,
  UndoRow,
  VocabularyRow,
} from './rows.ts'
import type { RecordHead } from './segments/codec.ts'
import type { SeenAhead } from './sync/seen-ahead.ts'

/** Where the newest state of a record stands. */
export interface Place {
  readonly segmentId: number
  readonly index: number
}

/** What is known of a client's testimonials without reading them. */
export interface TestimonialHead {
  readonly recordId: RecordId
  readonly sourceId: SourceId
  readonly readAt: number
  readonly forHash: string
  readonly items: readonly { readonly video: boolean; readonly rating: number | null; readonly at: number }[]
}

/**
 * How a segment lies on the disk: as one text, of versions before 4; packed, as a page is stored; packed and made small, as
 * housekeeping leaves it. The first two are brought into the last when segments are merged.
 */
export type SegmentForm = 'text' | 'plain' | 'squeezed'

export interface SegmentInfo {
  readonly sourceId: SourceId
  /** Entries in all, and those that are still the newest of their record. */
  n: number
  live: number
  /** Something in it could not be read: it is left as it is. `lost`: how many entries of it. */
  damaged: boolean
  lost: number
  form: SegmentForm
  /** Its heads in memory; null where they have not been read yet, or none of them is of use. */
  texts: HeadTexts | null
}

/**
 * The store in memory: everything but bodies, testimonials and history. It is changed only after the transaction that
 * changed the tables is complete, so it never knows more than the disk does.
 */
export interface Book {
  readonly sources: Map<SourceId, SourceRow>
  /** All records, packed; `heads`, `places` and `directory` are its faces as maps. */
  readonly records: RecordTable
  readonly heads: RecordTable['heads']
  readonly places: RecordTable['places']
  readonly locals: Map<RecordId, LocalRow>
  /** `src|remoteId` → record. */
  readonly directory: RecordTable['directory']
  readonly segments: Map<number, SegmentInfo>
  readonly overlays: Map<RecordId, OverlayRow>
  /** Open edits only. */
  readonly edits: Map<EditId, EditRow>
  readonly editsOfRecord: Map<RecordId, readonly EditRow[]>
  readonly conflicts: Map<ConflictId, ConflictRow>
  readonly tombstones: Map<string, TombstoneRow>
  readonly holds: Map<RecordId, HoldRow>
  readonly checkpoints: Map<SourceId, CheckpointRow>
  /** The exception: pages that brought nothing new, and the checkpoint behind them. */
  readonly seenAhead: Map<SourceId, SeenAhead>
  readonly held: Map<SourceId, HeldRow>
  /** `src|remoteId` → what is missing there. */
  readonly suspects: Map<string, SuspectRow>
  readonly vocabulary: Map<SourceId, VocabularyRow>
  readonly testimonials: Map<RecordId, TestimonialHead>
  readonly runs: Map<string, RunRow>
  readonly problemCounts: Map<SourceId, number>
  /** Newest last. Null until first asked for. */
  timeline: StoredEntry[] | null
  readonly undo: UndoRow[]
  /** Newest commit of the history when its length was last looked at. */
  historyCheckedAt: number
  readonly fieldRules: Map<FieldRuleId, FieldRuleRow>
  readonly notices: Map<string, NoticeRow>
  /** Set where the records were lost and are being pulled anew (journal/sweeps-owed.ts). */
  rebuilt: RebuiltRow | null
  /** Newest row of `changes` that this memory knows. */
  newestChange: number
  /** Rows that could not be read, by table: set aside, never deleted. */
  unreadable: number
  /** What the disk would not give, though it is there: rows as `table|key`, and whether there were segments among it. */
  readonly lost: { readonly rows: Set<string>; segments: number }
}

export function createBook(): Book {
  const segments = new Map<number, SegmentInfo>()
  const records = createRecordTable(segments)
  return {
    sources: new Map(),
    records,
    heads: records.heads,
    places: records.places,
    locals: new Map(),
    directory: records.directory,
    segments,
    overlays: new Map(),
    edits: new Map(),
    editsOfRecord: new Map(),
    conflicts: new Map(),
    tombstones: new Map(),
    holds: new Map(),
    checkpoints: new Map(),
    seenAhead: new Map(),
    held: new Map(),
    suspects: new Map(),
    vocabulary: new Map(),
    testimonials: new Map(),
    runs: new Map(),
    problemCounts: new Map(),
    timeline: null,
    undo: [],
    historyCheckedAt: 0,
    fieldRules: new Map(),
    notices: new Map(),
    rebuilt: null,
    newestChange: 0,
    unreadable: 0,
    lost: { rows: new Set(), segments: 0 },
  }
}

export function remoteKey(sourceId: SourceId, remoteId: RemoteId | string): string {
  return `${sourceId}|${remoteId}`
}

export function setEdit(book: Book, editId: EditId, row: EditRow | null): void {
  const before = book.edits.get(editId)
  const recordId = row?.recordId ?? before?.recordId
  if (row === null || !isOpenEdit(row)) book.edits.delete(editId)
  else book.edits.set(editId, row)
  if (recordId === undefined) return
  const others = (book.editsOfRecord.get(recordId) ?? []).filter((edit) => edit.editId !== editId)
  const all = row !== null && isOpenEdit(row) ? [...others, row].sort((a, b) => a.seq - b.seq) : others
  if (all.length === 0) book.editsOfRecord.delete(recordId)
  else book.editsOfRecord.set(recordId, all)
}

/** A record that no source has, seen as the rest of the store sees records. */
export function headOfLocal(row: LocalRow): RecordHead {
  return {
    recordId: row.recordId,
    sourceId: row.sourceId,
    remoteId: null,
    fields: row.fields,
    fallbackName: row.fallbackName,
    avatarUrl: null,
    createdAt: null,
    updatedAt: null,
    lastActivityAt: null,
    owner: null,
    ai: null,
    hash: '',
    firstKnownAt: row.createdAt,
    writeSeq: 0,
    readAt: null,
  }
}
