import type { AppError } from '../../../shared/app-error.ts'
import { type ClientId, recordIdOfClient } from '../../../shared/ids.ts'
import type { Fields } from '../../../shared/model/field.ts'
import { validateFields } from '../../../shared/model/validate-fields.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import { statusOptionsOf } from '../projection/client-row.ts'
import { routeInput } from '../routing.ts'
import type { StoreContext } from '../store-context.ts'
import type { Saved } from '../store-contract.ts'
import { changeFields, tidyFields } from './change-fields.ts'

/** One transaction: the values over the synced ones, the outbox, the timeline, and what undo needs. */
export function saveClient(
  context: StoreContext,
  input: { readonly clientId: ClientId; readonly changes: Fields; readonly seen: Fields },
): Promise<Result<Saved, AppError>> {
  const { book, clock } = context
  const recordId = recordIdOfClient(input.clientId)
  return context.writer.write({ durability: 'strict', epoch: null }, (draft) => {
    const head = draft.head(recordId)
    if (head === undefined) return err({ code: 'missing', what: 'client' })
    const source = head.sourceId === null ? undefined : book.sources.get(head.sourceId)
    const route = routeInput(book, head, draft.local(recordId), draft.editsOf(recordId))
    const creating = route.record === 'create-open'
    const problem = validateFields({
      fields: input.changes,
      operation: 'update',
      creates: creating ? (source?.creates ?? null) : null,
      updates: route.record === 'device' ? null : creating ? (source?.creates ?? null) : (source?.updates ?? null),
      nameStyle: source?.nameStyle ?? 'full',
      statusOptions: statusOptionsOf(book, head.sourceId),
      before: effectiveFields(head.fields, draft.overlay(recordId).fields),
    })[0]
    if (problem !== undefined) return err({ code: 'bad-input', field: problem.field, rule: problem.rule })
    const changed = changeFields(context, draft, recordId, tidyFields(input.changes), input.seen)
    const all = [...changed.sent, ...changed.local]
    if (all.length > 0) {
      const at = clock.now()
      draft.log({
        at,
        recordId,
        kind: 'you-changed',
        sourceId: head.sourceId,
        onDevice: changed.sent.length === 0,
        fields: all,
      })
      draft.undo.push({
        at,
        clientId: input.clientId,
        recordId,
        what: changed.sent.length === 0 ? 'local-values' : 'edit',
        changes: all,
        local: null,
        overlay: null,
        edits: [],
        editId: changed.edit?.editId ?? null,
      })
    }
    return ok({
      clientId: input.clientId,
      editId: changed.edit?.editId ?? null,
      sent: changed.sent.length,
      local: changed.local.length,
      copies: 'one',
    })
  })
}
