import type { AppError } from '../../../shared/app-error.ts'
import type { EditId } from '../../../shared/ids.ts'
import { FIELD_KEYS, type Fields, sameFieldValue } from '../../../shared/model/field.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import { dropEditAndValues } from '../commands/discard-edit.ts'
import { Draft } from '../draft.ts'
import type { StoreContext } from '../store-context.ts'
import type { DiscardPreview } from '../store-contract.ts'

/**
 * What discarding would do, found out by doing it to a draft that is thrown away: so it cannot say anything else than
 * what `edit.discard` does.
 */
export function discardPreview(
  context: StoreContext,
  input: { readonly editId: EditId },
): Result<DiscardPreview, AppError> {
  const draft = new Draft(context.book)
  const edit = draft.edit(input.editId)
  if (edit === undefined) return err({ code: 'missing', what: 'edit' })
  const { recordId } = edit
  const before = shownFields(draft, recordId)
  const others = draft.editsOf(recordId).filter((other) => other.editId !== edit.editId)
  dropEditAndValues(context, draft, edit)
  const after = shownFields(draft, recordId)
  const left = new Set(draft.editsOf(recordId).map((other) => other.editId))
  const dropsClient = draft.head(recordId) === undefined
  return ok({
    restores: dropsClient
      ? []
      : FIELD_KEYS.flatMap((field) =>
          sameFieldValue(before[field], after[field])
            ? []
            : [{ field, from: before[field] ?? null, to: after[field] ?? null }],
        ),
    dropsClient,
    dropsEdits: others.filter((other) => !left.has(other.editId)).length,
    mayHaveArrived: edit.uncertain || edit.state === 'unknown-outcome' || edit.state === 'sending',
  })
}

function shownFields(draft: Draft, recordId: Parameters<Draft['head']>[0]): Fields {
  return effectiveFields(draft.head(recordId)?.fields ?? {}, draft.overlay(recordId).fields)
}
