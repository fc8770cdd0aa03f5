import type { Random } from '../../../shared/clock.ts'
import { createRecordId, type RecordId } from '../../../shared/ids.ts'
import { isOpenToChange } from '../../../shared/sync/edit-machine.ts'
import { type EditDeps, queueUpdate } from '../commands/queue-edit.ts'
import type { Draft } from '../draft.ts'
import type { TombstoneRow } from '../rows.ts'

/**
 * The record that a client is which its source has again after it was gone. It takes its old place: as it lay in the
 * tray, or as the client of this device that was made of it. Where it has been made anew at the source meanwhile there
 * are two at the source, and two are shown.
 */
export function returnedRecord(
  draft: Draft,
  deps: EditDeps & { readonly random: Random },
  buried: TombstoneRow,
): RecordId {
  const { recordId } = buried
  const head = draft.head(recordId)
  if (head === undefined) return recordId
  const local = draft.local(recordId)
  if (local === undefined) return createRecordId(deps.random)
  if (local.deviceOnly) return recordId
  const create = draft.editsOf(recordId).find((edit) => edit.operation === 'create')
  if (create === undefined) return recordId
  if (!isOpenToChange(create)) return createRecordId(deps.random)
  // Not sent yet, and not needed any more: it exists. What the user wrote meanwhile goes as an update.
  draft.dropEdit(create)
  const last = buried.fields ?? {}
  const own = create.changes
    .map(({ field, to }) => ({ field, from: last[field] ?? null, to }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to))
  const over = { ...draft.overlay(recordId).fields }
  for (const { field } of create.changes) if (!own.some((change) => change.field === field)) delete over[field]
  draft.putOverlay({ ...draft.overlay(recordId), fields: over })
  if (own.length > 0) queueUpdate(deps, draft, recordId, buried.sourceId, own)
  return recordId
}
