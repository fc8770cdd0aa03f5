import type { AppError } from '../../../shared/app-error.ts'
import type { EditId, SourceId } from '../../../shared/ids.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { canHoldEdit } from '../../../shared/sync/edit-machine.ts'
import type { EditRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'

/** Not sent until released. What is on its way cannot be held any more. */
export function holdEdit(context: StoreContext, input: { readonly editId: EditId }): Promise<Result<null, AppError>> {
  return context.writer.write({ durability: 'strict', epoch: null }, (draft) => {
    const edit = draft.edit(input.editId)
    if (edit === undefined) return err({ code: 'missing', what: 'edit' })
    if (edit.hold !== null) return ok(null)
    if (!canHoldEdit(edit)) return err({ code: 'bad-input', field: 'editId', rule: 'in-flight' })
    draft.putEdit({ ...edit, hold: 'user' })
    return ok(null)
  })
}

export function releaseEdit(
  context: StoreContext,
  input: { readonly editId: EditId },
): Promise<Result<null, AppError>> {
  return context.writer.write({ durability: 'strict', epoch: null }, (draft) => {
    const edit = draft.edit(input.editId)
    if (edit === undefined) return err({ code: 'missing', what: 'edit' })
    if (edit.hold !== null) draft.putEdit({ ...edit, hold: null })
    return ok(null)
  })
}

/** All that is held, of one source or of all, for one reason or for any. */
export function releaseAllEdits(
  context: StoreContext,
  input: { readonly sourceId: SourceId | null; readonly hold?: NonNullable<EditRow['hold']> },
): Promise<Result<{ readonly released: number }, AppError>> {
  return context.writer.write({ durability: 'strict', epoch: null }, (draft) => {
    let released = 0
    for (const edit of context.book.edits.values()) {
      if (edit.hold === null || (input.sourceId !== null && edit.sourceId !== input.sourceId)) continue
      if (input.hold !== undefined && edit.hold !== input.hold) continue
      draft.putEdit({ ...edit, hold: null })
      released++
    }
    return ok({ released })
  })
}
