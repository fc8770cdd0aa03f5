import type { AppError } from '../../../shared/app-error.ts'
import type { EditId } from '../../../shared/ids.ts'
import type { FieldChange } from '../../../shared/model/edit.ts'
import { type FieldKey, type Fields, isEmptyFieldValue, sameFieldValue } from '../../../shared/model/field.ts'
import { validateFields } from '../../../shared/model/validate-fields.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { isOpenToChange } from '../../../shared/sync/edit-machine.ts'
import { effectiveFields, type OverlayValue } from '../../../shared/sync/effective-client.ts'
import { reopenEdit } from '../../../shared/sync/fold-edits.ts'
import type { Draft } from '../draft.ts'
import { statusOptionsOf } from '../projection/client-row.ts'
import type { EditRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import { tidyFields } from './change-fields.ts'
import { undoStep } from './undo-step.ts'

/**
 * Other values for an edit that has not left, or that the source has refused. A field that goes back to where the edit
 * began leaves it; an update of which nothing is left is gone.
 */
export function changeEdit(
  context: StoreContext,
  input: { readonly editId: EditId; readonly changes: Fields },
): Promise<Result<{ readonly editId: EditId | null }, AppError>> {
  return context.writer.write<{ readonly editId: EditId | null }>({ durability: 'strict', epoch: null }, (draft) => {
    const edit = draft.edit(input.editId)
    if (edit === undefined) return err({ code: 'missing', what: 'edit' })
    if (edit.operation === 'delete' || !isOpenToChange(edit))
      return err({ code: 'bad-input', field: 'editId', rule: 'in-flight' })
    const head = draft.head(edit.recordId)
    if (head === undefined) return err({ code: 'missing', what: 'client' })
    const values = tidyFields(input.changes)
    const problem = problemOf(context, draft, edit, values)
    if (problem !== undefined) return err({ code: 'bad-input', field: problem.field, rule: problem.rule })

    const at = context.clock.now()
    const changed: FieldChange[] = []
    const changes = new Map(edit.changes.map((change) => [change.field, change]))
    for (const field of Object.keys(values) as FieldKey[]) {
      const to = values[field]
      if (to === undefined) continue
      const before = changes.get(field)
      const from = before === undefined ? (head.fields[field] ?? null) : before.from
      if (sameFieldValue(before === undefined ? from : before.to, to)) continue
      changed.push({ field, from: before === undefined ? from : before.to, to })
      const isNothing = edit.operation === 'create' ? isEmptyFieldValue(to) : sameFieldValue(from, to)
      if (isNothing) changes.delete(field)
      else changes.set(field, { field, from, to })
    }
    if (changed.length === 0) return ok({ editId: edit.editId })
    const isGone = edit.operation === 'update' && changes.size === 0
    if (isGone) draft.dropEdit(edit)
    else draft.putEdit(reopenEdit({ ...edit, changes: [...changes.values()] }))
    carryOn(draft, edit, changed, at)
    const { recordId, clientId, sourceId } = edit
    draft.log({ at, recordId, kind: 'you-changed', sourceId, onDevice: false, by: 'me', fields: changed })
    draft.undo.push(
      undoStep({ at, clientId, recordId, what: 'edit', changes: changed, editId: isGone ? null : edit.editId }),
    )
    return ok({ editId: isGone ? null : edit.editId })
  })
}

function problemOf({ book }: StoreContext, draft: Draft, edit: EditRow, values: Fields) {
  const source = book.sources.get(edit.sourceId)
  const isCreate = edit.operation === 'create'
  const head = draft.head(edit.recordId)
  const shown = effectiveFields(head?.fields ?? {}, draft.overlay(edit.recordId).fields)
  return validateFields({
    fields: isCreate ? { ...shown, ...values } : values,
    operation: isCreate ? 'create' : 'update',
    creates: source?.creates ?? null,
    updates: isCreate ? null : (source?.updates ?? null),
    nameStyle: source?.nameStyle ?? 'full',
    statusOptions: statusOptionsOf(book, edit.sourceId),
    before: shown,
  })[0]
}

/** What is shown, and what waits behind the edit, go on from the new values. */
function carryOn(draft: Draft, edit: EditRow, changed: readonly FieldChange[], at: number): void {
  const overlay = draft.overlay(edit.recordId)
  const fields: Partial<Record<FieldKey, OverlayValue>> = { ...overlay.fields }
  for (const { field, to } of changed) {
    const later = draft
      .editsOf(edit.recordId)
      .find((other) => other.seq > edit.seq && other.changes.some((change) => change.field === field))
    if (later !== undefined) {
      const next = later.changes.map((change) => (change.field === field ? { ...change, from: to } : change))
      draft.putEdit({ ...later, changes: next })
      continue
    }
    const isCarried = draft.edit(edit.editId)?.changes.some((change) => change.field === field) === true
    if (isCarried) {
      const from = fields[field]?.from ?? draft.head(edit.recordId)?.fields[field] ?? null
      fields[field] = { value: to, from, mode: 'push', at }
    } else delete fields[field]
  }
  draft.putOverlay({ ...overlay, fields })
}
