import type { RecordId, SourceId } from '../../../shared/ids.ts'
import type { FieldKey, Fields } from '../../../shared/model/field.ts'
import { effectiveFields, type OverlayValue, overlayKeys } from '../../../shared/sync/effective-client.ts'
import type { Book } from '../book.ts'
import type { Draft } from '../draft.ts'
import { statusOptionsOf } from '../projection/client-row.ts'

/**
 * Whether a client of a source that is being removed has work of the user in it that exists nowhere else: a waiting
 * edit, a value of this device, or all of it where it was never sent. One that he has deleted has none.
 */
export function hasOwnWork(book: Book, recordId: RecordId): boolean {
  const overlay = book.overlays.get(recordId)
  if (overlay === undefined || overlay.hiddenAt !== null || overlayKeys(overlay.fields).length === 0) return false
  return !(book.editsOfRecord.get(recordId) ?? []).some((edit) => edit.operation === 'delete')
}

/**
 * Before a source goes, the clients with own work in them become clients of this device, with what the source last said
 * of them underneath: nothing that was written here goes in silence (F169). Sample data is nobody's work.
 */
export function keepOwnWork(draft: Draft, sourceId: SourceId, at: number): ReadonlySet<RecordId> {
  const kept = new Set<RecordId>()
  const { book } = draft
  if (book.sources.get(sourceId)?.sample === true) return kept
  for (const recordId of book.records.recordsOf(sourceId)) {
    if (book.locals.get(recordId)?.deviceOnly === true || !hasOwnWork(book, recordId)) continue
    const head = book.heads.get(recordId)
    if (head === undefined) continue
    kept.add(recordId)
    const waiting = draft.editsOf(recordId).flatMap((edit) => edit.changes)
    draft.putLocal({
      recordId,
      sourceId: null,
      deviceOnly: true,
      fields: withStatusLabel(book, sourceId, head.fields),
      fallbackName: head.fallbackName ?? head.remoteId,
      formerRemoteId: head.remoteId,
      createdAt: head.firstKnownAt,
    })
    const over: Partial<Record<FieldKey, OverlayValue>> = {}
    const overlay = draft.overlay(recordId)
    const values = withStatusLabel(book, sourceId, effectiveFields({}, overlay.fields))
    for (const field of overlayKeys(overlay.fields)) {
      const value = overlay.fields[field]
      if (value !== undefined) over[field] = { ...value, value: values[field] ?? null, mode: 'local' }
    }
    draft.putOverlay({ recordId, fields: over, hiddenAt: null })
    if (waiting.length === 0) continue
    const fields = waiting.map(({ field, from, to }) => ({ field, from, to }))
    draft.log({ at, recordId, kind: 'you-changed', sourceId: null, onDevice: true, by: 'recovery', fields })
  }
  return kept
}

/** The words of a status go with the source; what is left must still be readable. */
function withStatusLabel(book: Book, sourceId: SourceId, fields: Fields): Fields {
  const { status } = fields
  const label = statusOptionsOf(book, sourceId).find((option) => option.id === status)?.label
  return label === undefined ? fields : { ...fields, status: label }
}
