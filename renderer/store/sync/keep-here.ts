import { clientIdOfRecord } from '../../../shared/ids.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import type { OverlayValue } from '../../../shared/sync/effective-client.ts'
import type { Draft } from '../draft.ts'
import { notice } from '../journal/notice.ts'
import type { EditRow } from '../rows.ts'
import { releaseHolds } from './settle-done.ts'

/**
 * The source turned out not to take this kind of edit (405, 501). Nothing of it is lost: values stay on this device over
 * the source's own, a new client stays here beside it, a deleted one is put out of sight; and the user is told.
 */
export function keepHere(draft: Draft, edit: EditRow, at: number): void {
  const { recordId, sourceId, operation } = edit
  draft.dropEdit(edit)
  const overlay = draft.overlay(recordId)
  if (operation === 'delete') draft.putOverlay({ ...overlay, hiddenAt: at })
  if (operation === 'create') {
    // What was written since travels with nothing any more: it is in the values already.
    for (const later of draft.editsOf(recordId)) draft.dropEdit(later)
    const local = draft.local(recordId)
    if (local !== undefined) draft.putLocal({ ...local, deviceOnly: true })
    releaseHolds(draft, edit.editId)
  }
  if (operation !== 'delete') {
    const queued = new Set(draft.editsOf(recordId).flatMap((later) => later.changes.map((change) => change.field)))
    const fields: Partial<Record<FieldKey, OverlayValue>> = { ...overlay.fields }
    for (const [key, over] of Object.entries(fields)) {
      const field = key as FieldKey // keys of a parsed overlay are field keys
      const isOurs = operation === 'create' || edit.changes.some((change) => change.field === field)
      if (isOurs && !queued.has(field)) fields[field] = { ...over, mode: 'local' }
    }
    draft.putOverlay({ ...overlay, fields })
  }
  if (operation === 'update') rebaseLater(draft, edit)
  draft.touched.add(recordId)
  notice(draft, at, 'edit-kept-here', { operation }, { clientId: clientIdOfRecord(recordId), sourceId })
  draft.log({
    at,
    recordId,
    kind: 'refused',
    sourceId,
    onDevice: true,
    fields: edit.changes.map(({ field, from, to }) => ({ field, from, to })),
  })
}

/** A later change of the same field was made on a value that never gets there: it starts from where this one did. */
function rebaseLater(draft: Draft, edit: EditRow): void {
  for (const later of draft.editsOf(edit.recordId)) {
    if (later.attempts > 0) continue
    const changes = later.changes.map((change) => {
      const before = edit.changes.find((earlier) => earlier.field === change.field)
      return before === undefined ? change : { ...change, from: before.from }
    })
    draft.putEdit({ ...later, changes })
  }
}
