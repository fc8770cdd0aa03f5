import { clientIdOfRecord, type RecordId } from '../../../shared/ids.ts'
import type { FieldChange } from '../../../shared/model/edit.ts'
import { type FieldKey, sameFieldValue } from '../../../shared/model/field.ts'
import type { OverlayValue } from '../../../shared/sync/effective-client.ts'
import type { Draft } from '../draft.ts'
import type { EditRow } from '../rows.ts'
import type { Merge } from './merge-unsent.ts'

/**
 * An edit of the file. It is here already, or the source has it by now, or a newer edit of the same fields waits here:
 * then it is only counted. Else it comes back held, behind what waits for this record; one that may have been sent is
 * looked at before it goes again.
 */
export function mergeEdit({ draft, at, report }: Merge, edit: EditRow, recordId: RecordId): void {
  const head = draft.head(recordId)
  const others = draft.editsOf(recordId)
  if (head === undefined || draft.edit(edit.editId) !== undefined) {
    report.known++
    return
  }
  const wasSent = edit.attempts > 0 || edit.frozenBody !== null || edit.state === 'sending' || edit.uncertain
  const changes = edit.operation === 'delete' ? [] : stillWanted(draft, recordId, edit)
  const isDone =
    edit.operation === 'create'
      ? head.remoteId !== null || others.some((other) => other.operation === 'create')
      : edit.operation === 'delete'
        ? others.some((other) => other.operation === 'delete')
        : changes.length === 0
  if (isDone) {
    report.known++
    return
  }
  // What was sent once goes again unchanged or not at all.
  const kept = wasSent || edit.operation !== 'update' ? edit.changes : changes
  draft.putEdit({
    ...edit,
    recordId,
    clientId: clientIdOfRecord(recordId),
    changes: kept,
    seq: (others.at(-1)?.seq ?? 0) + 1,
    state: wasSent ? 'unknown-outcome' : 'waiting',
    uncertain: wasSent,
    notBefore: null,
    error: null,
    hold: 'recovered',
    // Nobody waits for an answer to it.
    attemptId: null,
    frozenBody: wasSent ? edit.frozenBody : null,
  })
  if (edit.operation !== 'delete') layOver(draft, recordId, kept, edit.createdAt)
  draft.log({
    at,
    recordId,
    kind: edit.operation === 'create' ? 'you-created' : edit.operation === 'delete' ? 'you-deleted' : 'you-changed',
    sourceId: edit.sourceId,
    onDevice: false,
    fields: [...kept],
    by: 'import',
  })
  report.edits++
}

/** Changes that neither the source has by now, nor a later word of the user here has overtaken. */
function stillWanted(draft: Draft, recordId: RecordId, edit: EditRow): readonly FieldChange[] {
  const head = draft.head(recordId)
  const overlay = draft.overlay(recordId).fields
  const waiting = new Set(draft.editsOf(recordId).flatMap((other) => other.changes.map((change) => change.field)))
  return edit.changes.filter(({ field, to }) => {
    if (waiting.has(field)) return false
    const over = overlay[field]
    if (over !== undefined && over.at >= edit.createdAt) return false
    return head?.fields[field] === undefined || !sameFieldValue(head.fields[field], to)
  })
}

function layOver(draft: Draft, recordId: RecordId, changes: readonly FieldChange[], at: number): void {
  const overlay = draft.overlay(recordId)
  const fields: Partial<Record<FieldKey, OverlayValue>> = { ...overlay.fields }
  for (const { field, from, to } of changes) fields[field] = { value: to, from, mode: 'push', at }
  draft.putOverlay({ ...overlay, fields })
}
