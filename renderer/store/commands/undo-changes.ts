import type { RecordId } from '../../../shared/ids.ts'
import { type FieldKey, type FieldValue, sameFieldValue } from '../../../shared/model/field.ts'
import { isOpenToChange } from '../../../shared/sync/edit-machine.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import type { Draft } from '../draft.ts'
import { displayName } from '../projection/client-row.ts'
import type { UndoRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import type { Undone } from '../store-contract.ts'
import { changeFields } from './change-fields.ts'

/** Why a step cannot be taken back; each has its sentence in the interface. */
export type UndoRefusal =
  /** Its answer is on the way. */
  | 'in-flight'
  /** All it wrote has been written over since. */
  | 'changed-meanwhile'
  /** The client is no longer here. */
  | 'client-gone'
  /** The source has the client and takes no delete. */
  | 'sent-create-stays'
  /** The source has deleted it and takes no new one. */
  | 'deleted-at-source'
  /** What it left in the queue has been sent. */
  | 'already-sent'

/** Null: there is nothing of it left to take back. */
export type TakenBack = Undone | { readonly refused: UndoRefusal } | null

export function nameOf(draft: Draft, recordId: RecordId): string {
  const head = draft.head(recordId)
  if (head === undefined) return 'Unnamed'
  return displayName(head, effectiveFields(head.fields, draft.overlay(recordId).fields))
}

/** Each field back to what it was, as far as it still shows what this step wrote. */
export function undoChanges(
  context: StoreContext,
  draft: Draft,
  step: UndoRow,
  what: 'edit' | 'local-values' | 'resolve',
): TakenBack {
  const head = draft.head(step.recordId)
  if (head === undefined) return { refused: 'client-gone' }
  const shown = effectiveFields(head.fields, draft.overlay(step.recordId).fields)
  const back: Partial<Record<FieldKey, FieldValue>> = {}
  let left = 0
  for (const change of step.changes) {
    if (sameFieldValue(shown[change.field], change.from)) continue
    left++
    // Changed again since, here or at the source: that is not what is being undone.
    if (sameFieldValue(shown[change.field], change.to)) back[change.field] = change.from
  }
  if (left === 0) return null
  if (Object.keys(back).length === 0) return { refused: 'changed-meanwhile' }
  const unsent = draft
    .editsOf(step.recordId)
    .some((edit) => edit.editId === step.editId && (isOpenToChange(edit) || edit.state === 'conflict'))
  const changed = changeFields(context, draft, step.recordId, back, {})
  const fields = [...changed.sent, ...changed.local]
  draft.log({
    at: context.clock.now(),
    recordId: step.recordId,
    kind: 'you-changed',
    sourceId: head.sourceId,
    onDevice: changed.sent.length === 0,
    by: 'undo',
    fields,
  })
  return { clientName: displayName(head, shown), what, compensating: changed.sent.length > 0 && !unsent }
}
