import type { AppError } from '../../../shared/app-error.ts'
import { type ClientId, recordIdOfClient } from '../../../shared/ids.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { StoreContext } from '../store-context.ts'
import { undoStep } from './undo-step.ts'

/** Drops a value of this device, so that the source's own shows again. */
export function dropLocal(
  context: StoreContext,
  input: { readonly clientId: ClientId; readonly field: FieldKey },
): Promise<Result<null, AppError>> {
  const recordId = recordIdOfClient(input.clientId)
  return context.writer.write({ durability: 'strict', epoch: null }, (draft) => {
    const head = draft.head(recordId)
    const overlay = draft.overlay(recordId)
    const over = overlay.fields[input.field]
    if (head === undefined || over === undefined || over.mode !== 'local')
      return err({ code: 'missing', what: 'value' })
    const fields = { ...overlay.fields }
    delete fields[input.field]
    draft.putOverlay({ ...overlay, fields })
    const at = context.clock.now()
    const change = { field: input.field, from: over.value, to: head.fields[input.field] ?? null }
    draft.log({ at, recordId, kind: 'you-changed', sourceId: head.sourceId, onDevice: true, fields: [change] })
    draft.undo.push(
      undoStep({
        at,
        clientId: input.clientId,
        recordId,
        what: 'local-values',
        changes: [change],
      }),
    )
    return ok(null)
  })
}
