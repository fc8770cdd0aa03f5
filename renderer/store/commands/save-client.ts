import type { AppError } from '../../../shared/app-error.ts'
import { type ClientId, recordIdOfClient } from '../../../shared/ids.ts'
import type { Fields } from '../../../shared/model/field.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Draft } from '../draft.ts'
import { problemOfChanges } from '../record-state.ts'
import type { TimelineEntry } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import type { Saved } from '../store-contract.ts'
import { changeFields, tidyFields } from './change-fields.ts'
import { undoStep } from './undo-step.ts'

/** One transaction: the values over the synced ones, the outbox, the timeline, and what undo needs. */
export function saveClient(
  context: StoreContext,
  input: { readonly clientId: ClientId; readonly changes: Fields; readonly seen: Fields },
): Promise<Result<Saved, AppError>> {
  return context.writer.write({ durability: 'strict', epoch: null }, (draft) => saveInto(context, draft, input))
}

/** The one way in which values of a client are changed, whoever asks for it. */
export function saveInto(
  context: StoreContext,
  draft: Draft,
  input: { readonly clientId: ClientId; readonly changes: Fields; readonly seen: Fields },
  by?: TimelineEntry['by'],
): Result<Saved, AppError> {
  const recordId = recordIdOfClient(input.clientId)
  const head = draft.head(recordId)
  if (head === undefined) return err({ code: 'missing', what: 'client' })
  const local = draft.local(recordId)
  const problem = problemOfChanges(context.book, input.changes, {
    head,
    local,
    edits: draft.editsOf(recordId),
    overlay: draft.overlay(recordId),
  })
  if (problem !== null) return err({ code: 'bad-input', field: problem.field, rule: problem.rule })
  const changed = changeFields(context, draft, recordId, tidyFields(input.changes), input.seen)
  const all = [...changed.sent, ...changed.local]
  if (all.length > 0) {
    const at = context.clock.now()
    const onDevice = changed.sent.length === 0
    draft.log({
      at,
      recordId,
      kind: 'you-changed',
      sourceId: head.sourceId,
      onDevice,
      fields: all,
      ...(by === undefined ? {} : { by }),
    })
    draft.undo.push(
      undoStep({
        at,
        clientId: input.clientId,
        recordId,
        what: onDevice ? 'local-values' : 'edit',
        changes: all,
        editId: changed.edit?.editId ?? null,
      }),
    )
  }
  return ok({
    clientId: input.clientId,
    editId: changed.edit?.editId ?? null,
    sent: changed.sent.length,
    local: changed.local.length,
    copies: 'one',
  })
}
