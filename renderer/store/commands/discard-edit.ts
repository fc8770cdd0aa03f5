import type { AppError } from '../../../shared/app-error.ts'
import type { EditId } from '../../../shared/ids.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { canDiscardEdit, isOpenToChange } from '../../../shared/sync/edit-machine.ts'
import type { OverlayValue } from '../../../shared/sync/effective-client.ts'
import { foldChanges } from '../../../shared/sync/fold-edits.ts'
import type { Draft } from '../draft.ts'
import type { EditRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import { releaseHolds } from '../sync/settle-done.ts'
import { type EditDeps, queueUpdate } from './queue-edit.ts'
import { withSnapshot } from './snapshot.ts'
import { undoStep } from './undo-step.ts'

/** Takes an edit back: what it changed returns to what it was before. */
export function discardEdit(
  context: StoreContext,
  input: { readonly editId: EditId },
): Promise<Result<null, AppError>> {
  const { clock } = context
  return context.writer.write({ durability: 'strict', epoch: null }, (draft) => {
    const edit = draft.edit(input.editId)
    if (edit === undefined) return err({ code: 'missing', what: 'edit' })
    if (!canDiscardEdit(edit)) return err({ code: 'bad-input', field: 'editId', rule: 'in-flight' })
    const { recordId, clientId } = edit
    const at = clock.now()
    const held = [...draft.book.holds.values()].filter((hold) => hold.editId === edit.editId)
    const about = [...draft.book.conflicts.values()].filter((c) => c.editId === edit.editId && c.resolvedAt === null)
    const snapshot = withSnapshot(
      draft,
      { records: [recordId, ...held.map((hold) => hold.recordId)], conflicts: about.map((c) => c.conflictId) },
      () => {
        dropEditAndValues(context, draft, edit)
        return undefined
      },
    )
    const given = edit.changes.map(({ field, from, to }) => ({ field, from: to, to: from }))
    draft.log({ at, recordId, kind: 'discarded', sourceId: edit.sourceId, onDevice: false, fields: given })
    draft.undo.push(undoStep({ at, clientId, recordId, what: 'discard', changes: given, snapshots: [snapshot] }))
    return ok(null)
  })
}

/** The edit leaves the queue, its values leave the client, and a conflict about it is settled by that. */
export function dropEditAndValues(deps: EditDeps, draft: Draft, edit: EditRow): void {
  draft.dropEdit(edit)
  closeConflictsOf(draft, edit, deps.clock.now())
  if (edit.operation === 'create') {
    for (const later of draft.editsOf(edit.recordId)) draft.dropEdit(later)
    releaseHolds(draft, edit.editId)
    draft.dropRecord(edit.recordId)
    draft.overlays.set(edit.recordId, null)
    return
  }
  if (edit.operation === 'delete') {
    restoreBehindDelete(deps, draft, edit)
    return
  }
  restoreValues(
    draft,
    edit,
    edit.changes.map((change) => change.field),
  )
}

/** What the delete had made needless goes again: before anything that was written behind the delete, as it was made. */
function restoreBehindDelete(deps: EditDeps, draft: Draft, edit: EditRow): void {
  if (edit.restores.length === 0) return
  const later = draft.editsOf(edit.recordId).find((e) => e.seq > edit.seq && e.operation === 'update')
  if (later === undefined || !isOpenToChange(later)) {
    queueUpdate(deps, draft, edit.recordId, edit.sourceId, edit.restores)
    return
  }
  const changes = foldChanges(edit.restores, later.changes)
  if (changes.length === 0) draft.dropEdit(later)
  else draft.putEdit({ ...later, changes })
  const settled = [...edit.restores, ...later.changes].map((change) => change.field)
  restoreValues(
    draft,
    edit,
    settled.filter((field) => !changes.some((change) => change.field === field)),
  )
}

/**
 * Takes waiting values of these fields off, unless another edit of the queue still carries them, or a delete keeps them to
 * be written again should it be taken back.
 */
export function liftValues(draft: Draft, edit: EditRow, keys: readonly FieldKey[]): void {
  const overlay = draft.overlay(edit.recordId)
  const left = draft.editsOf(edit.recordId)
  const fields: Partial<Record<FieldKey, OverlayValue>> = { ...overlay.fields }
  for (const field of keys) {
    const over = fields[field]
    if (over === undefined) continue
    const carried = left.flatMap((e) => [...e.restores, ...e.changes])
    const change = carried.findLast((c) => c.field === field)
    if (change !== undefined) fields[field] = { ...over, value: change.to }
    else if (over.mode === 'push') delete fields[field]
  }
  draft.putOverlay({ ...overlay, fields })
}

/** The same for values that are given up: later edits were made on what is not going to be there. */
export function restoreValues(draft: Draft, edit: EditRow, keys: readonly FieldKey[]): void {
  liftValues(draft, edit, keys)
  const base = draft.head(edit.recordId)?.fields
  for (const later of draft.editsOf(edit.recordId)) {
    if (later.seq < edit.seq || later.attempts > 0) continue
    const changes = later.changes.map((c) =>
      keys.includes(c.field)
        ? { ...c, from: edit.changes.find((e) => e.field === c.field)?.from ?? base?.[c.field] ?? null }
        : c,
    )
    if (changes.some((c, i) => c !== later.changes[i])) draft.putEdit({ ...later, changes })
  }
}

export function closeConflictsOf(draft: Draft, edit: EditRow, at: number): void {
  for (const conflict of draft.book.conflicts.values()) {
    if (conflict.editId === edit.editId && conflict.resolvedAt === null)
      draft.putConflict({ ...conflict, resolvedAt: at })
  }
}
