import type { RecordId } from '../../shared/ids.ts'
import { type Book, headOfLocal, remoteKey, setEdit } from './book.ts'
import type { Draft } from './draft.ts'
import { NO_SLOT } from './records/record-contract.ts'
import type { UndoRow } from './rows.ts'
import { openPackedHeads } from './segments/packed-heads.ts'
import type { Segment } from './store-draft.ts'

/** What a draft changes in memory, after its transaction is complete. */
export function applyDraft(book: Book, draft: Draft, segments: readonly Segment[], ids: readonly number[]): void {
  for (const recordId of draft.droppedRecords) forgetRecord(book, recordId)
  for (const [recordId, row] of draft.locals) {
    if (row === null) {
      if (book.locals.delete(recordId) && !draft.synced.has(recordId)) book.heads.delete(recordId)
    } else {
      forgetRecord(book, recordId)
      book.locals.set(recordId, row)
      book.heads.set(recordId, headOfLocal(row))
    }
  }
  segments.forEach((segment, s) => {
    const segmentId = ids[s]
    if (segmentId === undefined) throw new Error('a stored segment has no id')
    const packed = openPackedHeads(segment.heads)
    if (packed === null) throw new Error('a segment that was just packed cannot be read')
    const info = book.records.putSegment(segmentId, segment.sourceId, packed)
    if (segment.stored !== null) info.form = 'squeezed'
    for (const { head } of segment.writes) book.records.remember(head)
  })
  setAll(book.overlays, draft.overlays)
  for (const [editId, edit] of draft.edits) setEdit(book, editId, edit)
  setAll(book.conflicts, draft.conflicts)
  setAll(book.tombstones, draft.tombstones)
  setAll(book.holds, draft.holds)
  setAll(book.fieldRules, draft.fieldRules)
  setAll(book.notices, draft.notices)
  setAll(book.checkpoints, draft.checkpoints)
  // On the disk with them, or of no use any more.
  for (const sourceId of draft.checkpoints.keys()) book.seenAhead.delete(sourceId)
  for (const work of draft.memoryWork) work(book)
}

function setAll<K, V>(map: Map<K, V>, changes: ReadonlyMap<K, V | null>): void {
  for (const [key, value] of changes) {
    if (value === null) map.delete(key)
    else map.set(key, value)
  }
}

function release(book: Book, recordId: RecordId): void {
  const place = book.places.get(recordId)
  const segment = place === undefined ? undefined : book.segments.get(place.segmentId)
  if (segment !== undefined) segment.live--
}

/** All that the memory has of a record, without asking for its head: this may not fail after a commit. */
export function forgetRecord(book: Book, recordId: RecordId): void {
  const { records } = book
  const slot = records.slotOf(recordId)
  if (slot !== NO_SLOT) {
    const sourceId = records.sourceOf(slot)
    const remoteId = records.remoteIdOf(slot)
    if (sourceId !== null && remoteId !== null) {
      const key = remoteKey(sourceId, remoteId)
      if (book.directory.get(key) === recordId) book.directory.delete(key)
    }
  }
  release(book, recordId)
  book.places.delete(recordId)
  book.heads.delete(recordId)
  book.locals.delete(recordId)
}

export function replaceUndo(book: Book, row: UndoRow): void {
  const at = book.undo.findIndex((other) => other.n === row.n)
  if (at !== -1) book.undo[at] = row
}

export function removeUndo(book: Book, n: number): void {
  const at = book.undo.findIndex((row) => row.n === n)
  if (at !== -1) book.undo.splice(at, 1)
}
