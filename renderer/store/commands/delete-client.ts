import type { AppError } from '../../../shared/app-error.ts'
import { type ClientId, type EditId, recordIdOfClient } from '../../../shared/ids.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { foldChanges, foldEdit } from '../../../shared/sync/fold-edits.ts'
import type { StoreContext } from '../store-context.ts'
import { newEdit } from './queue-edit.ts'
import { undoStep } from './undo-step.ts'

/**
 * At a source that takes deletes: queued, and struck until it is done. Elsewhere: put out of sight on this device,
 * while the source keeps what it has. A client that no source has ceases to be.
 */
export function deleteClient(
  context: StoreContext,
  input: { readonly clientId: ClientId },
): Promise<Result<{ editId: EditId | null }, AppError>> {
  const { book, clock } = context
  const recordId = recordIdOfClient(input.clientId)
  return context.writer.write({ durability: 'strict', epoch: null }, (draft) => {
    const head = draft.head(recordId)
    if (head === undefined) return err({ code: 'missing', what: 'client' })
    const at = clock.now()
    const local = draft.local(recordId)
    const overlay = draft.overlay(recordId)
    const source = head.sourceId === null ? undefined : book.sources.get(head.sourceId)
    const waiting = draft.editsOf(recordId)
    // Asked for already: what it made needless, and what the user saw then, stay with the first.
    const asked = waiting.find((edit) => edit.operation === 'delete')
    if (asked !== undefined) return ok({ editId: asked.editId })
    const folded = foldEdit(waiting, { operation: 'delete', changes: [] })
    const left = waiting.length - folded.drop.length
    const atSource = source?.deletes === true && local?.deviceOnly !== true

    let editId: EditId | null = null
    if (local !== undefined && left === 0) {
      for (const edit of folded.drop) draft.dropEdit(edit)
      draft.dropRecord(recordId)
      draft.overlays.set(recordId, null)
    } else if (atSource && head.sourceId !== null) {
      for (const edit of folded.drop) draft.dropEdit(edit)
      if (folded.append !== null) {
        const edit = newEdit(context, draft, {
          recordId,
          sourceId: head.sourceId,
          operation: 'delete',
          changes: [],
          restores: folded.drop.reduce((all, dropped) => foldChanges(all, dropped.changes), folded.append.changes),
        })
        draft.putEdit(edit)
        editId = edit.editId
      }
    } else {
      // Its own edits still travel; only the line goes.
      draft.putOverlay({ ...overlay, hiddenAt: at })
    }
    draft.touched.add(recordId)
    draft.log({ at, recordId, kind: 'you-deleted', sourceId: head.sourceId, onDevice: editId === null, fields: [] })
    draft.undo.push(
      undoStep({
        at,
        clientId: input.clientId,
        recordId,
        what: 'delete',
        local: local ?? null,
        overlay,
        edits: [...folded.drop],
        editId,
      }),
    )
    return ok({ editId })
  })
}
