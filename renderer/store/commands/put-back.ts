import type { AppError } from '../../../shared/app-error.ts'
import { type ClientId, recordIdOfClient } from '../../../shared/ids.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { fieldsToPutBack, readTimeline } from '../queries/timeline.ts'
import type { StoreContext } from '../store-context.ts'
import type { Saved } from '../store-contract.ts'
import { saveInto } from './save-client.ts'

/**
 * The former value of a field as a new edit, made on what is shown now: checked before it is sent like any other, or a
 * value of this device where its source does not take it.
 */
export async function putBack(
  context: StoreContext,
  input: { readonly clientId: ClientId; readonly itemId: number; readonly field: FieldKey },
): Promise<Result<Saved, AppError>> {
  const read = await readTimeline(context)
  if (!read.ok) return read
  const recordId = recordIdOfClient(input.clientId)
  const entry = read.value.find((candidate) => candidate.id === input.itemId && candidate.recordId === recordId)
  if (entry === undefined) return err({ code: 'missing', what: 'history' })
  return context.writer.write<Saved>({ durability: 'strict', epoch: null }, (draft) => {
    if (!fieldsToPutBack(context.book, entry).includes(input.field)) {
      return err({ code: 'bad-input', field: input.field, rule: 'cannot-put-back' })
    }
    const former = entry.fields.find((change) => change.field === input.field)?.from ?? null
    const saved = saveInto(
      context,
      draft,
      { clientId: input.clientId, changes: { [input.field]: former }, seen: {} },
      'put-back',
    )
    return saved.ok ? ok(saved.value) : saved
  })
}
