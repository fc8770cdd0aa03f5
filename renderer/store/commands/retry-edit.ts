import type { AppError } from '../../../shared/app-error.ts'
import type { EditId } from '../../../shared/ids.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { canRetryEdit, stepEdit } from '../../../shared/sync/edit-machine.ts'
import type { StoreContext } from '../store-context.ts'

/** Makes an edit due now. One of unknown outcome is looked at, not sent. */
export function retryEdit(context: StoreContext, input: { readonly editId: EditId }): Promise<Result<null, AppError>> {
  const { clock } = context
  return context.writer.write({ durability: 'strict', epoch: null }, (draft) => {
    const edit = draft.edit(input.editId)
    if (edit === undefined) return err({ code: 'missing', what: 'edit' })
    if (edit.state === 'waiting') {
      draft.putEdit({ ...edit, notBefore: null })
      return ok(null)
    }
    if (!canRetryEdit(edit)) return err({ code: 'bad-input', field: 'editId', rule: 'in-flight' })
    // The user was asked and wants it sent: if it still is not there once the grace is over, it goes once more.
    const isAsked = edit.state === 'needs-attention' && edit.operation === 'create' && edit.uncertain
    const now = isAsked
      ? { notBefore: clock.now(), attempts: Math.min(edit.attempts, 1), error: null }
      : { notBefore: clock.now() }
    draft.putEdit(
      stepEdit(edit, edit.uncertain ? 'unknown-outcome' : 'waiting', edit.uncertain ? now : { ...now, error: null }),
    )
    return ok(null)
  })
}
