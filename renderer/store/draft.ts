import type { ConflictId, EditId, FieldRuleId, RecordId, RemoteId, SourceId } from '../../shared/ids.ts'
import { noCheckpoint } from '../../shared/model/checkpoint.ts'
import type { FieldKey } from '../../shared/model/field.ts'
import { isOpenEdit } from '../../shared/sync/edit-machine.ts'
import { overlayKeys } from '../../shared/sync/effective-client.ts'
import { type Book, headOfLocal, remoteKey } from './book.ts'
import type {
  CheckpointRow,
  ConflictRow,
  EditRow,
  FieldRuleRow,
  HoldRow,
  LocalRow,
  NoticeRow,
  OverlayRow,
  SweepPageRow,
  TimelineEntry,
  TombstoneRow,
  UndoRow,
} from './rows.ts'
import type { RecordBody, RecordHead } from './segments/codec.ts'
import type { MovedSegment } from './segments/moved-segment.ts'
import type { Topic } from './store-contract.ts'
import type { PageAhead } from './sync/seen-ahead.ts'
import { TableWork } from './tables-of.ts'

export interface SyncedWrite {
  readonly head: RecordHead & { readonly sourceId: SourceId; readonly remoteId: RemoteId }
  /** A text: as `bodyText` makes it. */
  readonly body: RecordBody | string
}

/**
 * One unit of work: what a command is about to change, readable as if it had happened. Nothing of it is seen by anyone
 * until `Writer` has put it into one transaction.
 */
export class Draft {
  readonly synced = new Map<RecordId, SyncedWrite>()
  /** Segments that have been made already, of records that are only moved (segments/compact.ts). */
  readonly moved: MovedSegment[] = []
  readonly locals = new Map<RecordId, LocalRow | null>()
  readonly droppedRecords = new Set<RecordId>()
  readonly overlays = new Map<RecordId, OverlayRow | null>()
  readonly edits = new Map<EditId, EditRow | null>()
  readonly conflicts = new Map<ConflictId, ConflictRow | null>()
  readonly tombstones = new Map<string, TombstoneRow | null>()
  readonly holds = new Map<RecordId, HoldRow | null>()
  readonly fieldRules = new Map<FieldRuleId, FieldRuleRow | null>()
  /** Added by `notice()` (journal/notice.ts). */
  readonly notices = new Map<string, NoticeRow | null>()
  readonly checkpoints = new Map<SourceId, CheckpointRow | null>()
  readonly sweepPages: SweepPageRow[] = []
  readonly timeline: TimelineEntry[] = []
  readonly undo: Omit<UndoRow, 'n'>[] = []
  readonly undone: number[] = []
  /** Steps of before whose values have got another form since, by number. */
  readonly undoChanged = new Map<number, UndoRow>()
  /** Records whose line may look different afterwards. */
  readonly touched = new Set<RecordId>()
  /** Sources with an edit that may now be sent. */
  readonly waiting = new Set<SourceId>()
  /** Nothing looks different afterwards: records were only moved. */
  quiet = false
  /** What the journal holds must be forgotten with what this forgets: it is made anew from the tables. */
  journalAnew = false
  /** Nothing of what goes may stay behind in the saved form: it goes in the same transaction, and is made anew. */
  forgets = false
  /** Further topics that this concerns. */
  readonly topics = new Set<Topic>()
  /** Further table work of the same transaction; awaits nothing but Dexie. */
  readonly tableWork = new TableWork()
  /** Memory to be brought in line after the commit. */
  readonly memoryWork: ((book: Book) => void)[] = []

  /** Set where nothing is to be stored: a page that brought nothing new (sync/seen-ahead.ts). */
  ahead: PageAhead | null = null

  /** Whoever composed it has only looked: there is nothing to store, and nobody to be told. */
  onlyLooked = false

  /** Where `synced` has a remote record. An entry whose record was dropped since is stale. */
  readonly #places = new Map<string, RecordId>()
  /** What the book said of a key; null: nobody. */
  readonly #stood = new Map<string, RecordId | null>()

  readonly book: Book
  constructor(book: Book) {
    this.book = book
  }

  head(recordId: RecordId): RecordHead | undefined {
    if (this.droppedRecords.has(recordId)) return undefined
    const synced = this.synced.get(recordId)
    if (synced !== undefined) return synced.head
    const local = this.locals.get(recordId)
    if (local !== undefined && local !== null) return headOfLocal(local)
    return this.book.heads.get(recordId)
  }

  local(recordId: RecordId): LocalRow | undefined {
    return (this.locals.has(recordId) ? this.locals.get(recordId) : this.book.locals.get(recordId)) ?? undefined
  }

  recordAt(sourceId: SourceId, remoteId: RemoteId): RecordId | undefined {
    const key = remoteKey(sourceId, remoteId)
    const written = this.#places.get(key)
    if (written !== undefined && this.synced.get(written)?.head.remoteId === remoteId) return written
    const recordId = this.#standing(key)
    if (recordId === undefined || this.droppedRecords.has(recordId)) return undefined
    // Of this device only since this draft: the id at the source is somebody else's.
    return (this.locals.get(recordId) ?? null) === null ? recordId : undefined
  }

  /** As the book has it, which nothing changes while this is composed: a page asks twice for each of its records. */
  #standing(key: string): RecordId | undefined {
    const known = this.#stood.get(key)
    if (known !== undefined) return known ?? undefined
    const recordId = this.book.directory.get(key)
    this.#stood.set(key, recordId ?? null)
    return recordId
  }

  overlay(recordId: RecordId): OverlayRow {
    const row = this.overlays.has(recordId) ? this.overlays.get(recordId) : this.book.overlays.get(recordId)
    return row ?? { recordId, fields: {}, hiddenAt: null }
  }

  edit(editId: EditId): EditRow | undefined {
    return (this.edits.has(editId) ? this.edits.get(editId) : this.book.edits.get(editId)) ?? undefined
  }

  /** Open edits of a record, in order. */
  editsOf(recordId: RecordId): readonly EditRow[] {
    const all = new Map((this.book.editsOfRecord.get(recordId) ?? []).map((edit) => [edit.editId, edit]))
    for (const [editId, edit] of this.edits) {
      if (edit === null) all.delete(editId)
      else if (edit.recordId === recordId) {
        if (isOpenEdit(edit)) all.set(editId, edit)
        else all.delete(editId)
      }
    }
    return [...all.values()].sort((a, b) => a.seq - b.seq)
  }

  checkpoint(sourceId: SourceId): CheckpointRow {
    const row = this.checkpoints.has(sourceId) ? this.checkpoints.get(sourceId) : this.book.checkpoints.get(sourceId)
    return row ?? noCheckpoint(sourceId)
  }

  conflict(conflictId: ConflictId): ConflictRow | undefined {
    const row = this.conflicts.has(conflictId) ? this.conflicts.get(conflictId) : this.book.conflicts.get(conflictId)
    return row ?? undefined
  }

  /** Conflicts of a record that wait for a decision, as this draft leaves them. */
  openConflictsOf(recordId: RecordId): readonly ConflictRow[] {
    const open: ConflictRow[] = []
    for (const conflictId of new Set([...this.book.conflicts.keys(), ...this.conflicts.keys()])) {
      const row = this.conflict(conflictId)
      if (row !== undefined && row.recordId === recordId && row.resolvedAt === null) open.push(row)
    }
    return open
  }

  fieldRule(ruleId: FieldRuleId): FieldRuleRow | undefined {
    return (this.fieldRules.has(ruleId) ? this.fieldRules.get(ruleId) : this.book.fieldRules.get(ruleId)) ?? undefined
  }

  /** The rule that decides this field of this source, if the user has made one. */
  ruleFor(sourceId: SourceId, field: FieldKey): FieldRuleRow | undefined {
    for (const ruleId of new Set([...this.book.fieldRules.keys(), ...this.fieldRules.keys()])) {
      const row = this.fieldRule(ruleId)
      if (row !== undefined && row.sourceId === sourceId && row.field === field) return row
    }
    return undefined
  }

  tombstone(key: string): TombstoneRow | undefined {
    return (this.tombstones.has(key) ? this.tombstones.get(key) : this.book.tombstones.get(key)) ?? undefined
  }

  putSynced(write: SyncedWrite): void {
    const { head } = write
    const key = remoteKey(head.sourceId, head.remoteId)
    const other = this.recordAt(head.sourceId, head.remoteId)
    if (other !== undefined && other !== head.recordId) this.dropRecord(other)
    this.droppedRecords.delete(head.recordId)
    this.synced.set(head.recordId, write)
    this.#places.set(key, head.recordId)
    if (this.local(head.recordId) !== undefined) this.locals.set(head.recordId, null)
    if (this.tombstone(key) !== undefined) this.tombstones.set(key, null)
    this.touched.add(head.recordId)
  }

  /** Of a record that no source has; one that a source had must be buried first. */
  putLocal(row: LocalRow): void {
    this.droppedRecords.delete(row.recordId)
    this.synced.delete(row.recordId)
    this.locals.set(row.recordId, row)
    this.touched.add(row.recordId)
  }

  /** Takes a record out of the book. Its segment entry is dead through a tombstone or a newer entry. */
  dropRecord(recordId: RecordId): void {
    this.droppedRecords.add(recordId)
    this.synced.delete(recordId)
    if (this.local(recordId) !== undefined) this.locals.set(recordId, null)
    if (this.book.holds.has(recordId) || this.holds.has(recordId)) this.holds.set(recordId, null)
    this.touched.add(recordId)
  }

  putOverlay(row: OverlayRow): void {
    const remembers = (row.echoes?.length ?? 0) + (row.forms?.length ?? 0) > 0 || row.made !== undefined
    const empty = row.hiddenAt === null && overlayKeys(row.fields).length === 0 && !remembers
    this.overlays.set(row.recordId, empty ? null : row)
    this.touched.add(row.recordId)
  }

  putEdit(row: EditRow): void {
    this.edits.set(row.editId, row)
    this.touched.add(row.recordId)
    if (row.state === 'waiting' || row.state === 'retrying' || row.state === 'unknown-outcome') {
      this.waiting.add(row.sourceId)
    }
  }

  dropEdit(edit: EditRow): void {
    this.edits.set(edit.editId, null)
    this.touched.add(edit.recordId)
    // What stood behind it may go now.
    this.waiting.add(edit.sourceId)
  }

  putConflict(row: ConflictRow): void {
    this.conflicts.set(row.conflictId, row)
    this.touched.add(row.recordId)
  }

  /** Nothing is to be stored, and nothing to be changed in memory. */
  isEmpty(): boolean {
    const { synced, locals, droppedRecords, overlays, edits, conflicts, tombstones, holds } = this
    const { fieldRules, notices, checkpoints, undoChanged, touched } = this
    const keyed = [synced, locals, droppedRecords, overlays, edits, conflicts, tombstones, holds, fieldRules, notices]
    const listed = [this.moved, this.sweepPages, this.timeline, this.undo, this.undone, this.tableWork, this.memoryWork]
    return (
      [...keyed, checkpoints, undoChanged, touched, this.waiting, this.topics].every((one) => one.size === 0) &&
      listed.every((one) => one.length === 0)
    )
  }

  log(entry: TimelineEntry): void {
    this.timeline.push(entry)
  }
}
