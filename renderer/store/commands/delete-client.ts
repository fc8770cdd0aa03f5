import type { AppError } from '../../../shared/app-error.ts'
import { type ClientId, type EditId, type RecordId, recordIdOfClient } from '../../../shared/ids.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { foldChanges, foldEdit } from '../../../shared/sync/fold-edits.ts'
import type { Book } from '../book.ts'
import type { Draft } from '../draft.ts'
import type { RecordState } from '../record-state.ts'
import type { UndoRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import { DELETE_HOLD_MS, newEdit } from './queue-edit.ts'
import { undoStep } from './undo-step.ts'

/** What a delete has taken away, and the edit that asks the source for it: what undo puts back. */
export type Deleted = Pick<UndoRow, 'local' | 'overlay' | 'edits' | 'editId'>

/** What becomes of a client that is deleted: nothing (`asked` for already), a request, out of sight on this device, or gone. */
export type DeleteFate = 'asked' | 'at-source' | 'hidden' | 'gone'

export function deleteFate(book: Book, { head, local, edits }: Omit<RecordState, 'overlay'>): DeleteFate {
  if (edits.some((edit) => edit.operation === 'delete')) return 'asked'
  const { drop } = foldEdit(edits, { operation: 'delete', changes: [] })
  if (local !== undefined && drop.length === edits.length) return 'gone'
  const source = head.sourceId === null ? undefined : book.sources.get(head.sourceId)
  return source?.deletes === true && local?.deviceOnly !== true ? 'at-source' : 'hidden'
}

/**
 * At a source that takes deletes: queued, and struck until it is done. Elsewhere: put out of sight on this device,
 * while the source keeps what it has. A client that no source has ceases to be.
 */
export function deleteClient(
  context: StoreContext,
  input: { readonly clientId: ClientId },
): Promise<Result<{ editId: EditId | null }, AppError>> {
  const recordId = recordIdOfClient(input.clientId)
  return context.writer.write({ durability: 'strict', epoch: null }, (draft) => {
    const done = deleteInto(context, draft, recordId, DELETE_HOLD_MS)
    if (done === null) return err({ code: 'missing', what: 'client' })
    const { at } = done
    if (done.deleted !== null) {
      draft.undo.push(undoStep({ at, clientId: input.clientId, recordId, what: 'delete', ...done.deleted }))
    }
    return ok({ editId: done.editId })
  })
}

/** The same in a draft. Null where there is no such client; nothing is `deleted` where that was asked for before. */
export function deleteInto(
  context: StoreContext,
  draft: Draft,
  recordId: RecordId,
  holdMs: number,
): { readonly at: number; readonly editId: EditId | null; readonly deleted: Deleted | null } | null {
  const { book, clock } = context
  const head = draft.head(recordId)
  if (head === undefined) return null
  const at = clock.now()
  const local = draft.local(recordId)
  const overlay = draft.overlay(recordId)
  const waiting = draft.editsOf(recordId)
  const fate = deleteFate(book, { head, local, edits: waiting })
  // What it made needless, and what the user saw then, stay with the first.
  if (fate === 'asked') {
    return { at, editId: waiting.find((edit) => edit.operation === 'delete')?.editId ?? null, deleted: null }
  }
  const folded = foldEdit(waiting, { operation: 'delete', changes: [] })
  let editId: EditId | null = null
  if (fate === 'gone') {
    for (const edit of folded.drop) draft.dropEdit(edit)
    draft.dropRecord(recordId)
    draft.overlays.set(recordId, null)
  } else if (fate === 'at-source' && head.sourceId !== null) {
    for (const edit of folded.drop) draft.dropEdit(edit)
    if (folded.append !== null) {
      const edit = newEdit(context, draft, {
        recordId,
        sourceId: head.sourceId,
        operation: 'delete',
        changes: [],
        restores: folded.drop.reduce((all, dropped) => foldChanges(all, dropped.changes), folded.append.changes),
      })
      draft.putEdit({ ...edit, notBefore: at + holdMs })
      editId = edit.editId
    }
  } else {
    // Its own edits still travel; only the line goes.
    draft.putOverlay({ ...overlay, hiddenAt: at })
  }
  draft.touched.add(recordId)
  draft.log({ at, recordId, kind: 'you-deleted', sourceId: head.sourceId, onDevice: editId === null, fields: [] })
  return { at, editId, deleted: { local: local ?? null, overlay, edits: [...folded.drop], editId } }
}
