import type { Fields } from '../../../shared/model/field.ts'
import { isOpenToChange } from '../../../shared/sync/edit-machine.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import { headOfLocal } from '../book.ts'
import type { Draft } from '../draft.ts'
import { displayName } from '../projection/client-row.ts'
import { localOf } from '../queries/tray.ts'
import type { UndoRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import { layCreate } from './create-client.ts'
import { dropEditAndValues } from './discard-edit.ts'
import { newEdit } from './queue-edit.ts'
import { nameOf, type TakenBack } from './undo-changes.ts'

/** A new client goes again: unsent as if it had never been, sent by a delete, where its source takes one. */
export function undoCreate(context: StoreContext, draft: Draft, step: UndoRow): TakenBack {
  const { recordId } = step
  const head = draft.head(recordId)
  if (head === undefined) return null
  const clientName = nameOf(draft, recordId)
  const create = draft.editsOf(recordId)[0]
  const log = {
    at: context.clock.now(),
    recordId,
    sourceId: head.sourceId,
    onDevice: false,
    fields: [],
    by: 'undo' as const,
  }
  if (draft.local(recordId)?.deviceOnly === true) {
    draft.dropRecord(recordId)
    draft.overlays.set(recordId, null)
    return { clientName, what: 'create', compensating: false }
  }
  if (create?.operation === 'create' && isOpenToChange(create)) {
    dropEditAndValues(context, draft, create)
    draft.log({ ...log, kind: 'discarded' })
    return { clientName, what: 'create', compensating: false }
  }
  const source = head.sourceId === null ? undefined : context.book.sources.get(head.sourceId)
  if (source?.deletes !== true) return { refused: create?.operation === 'create' ? 'in-flight' : 'sent-create-stays' }
  if (draft.editsOf(recordId).some((edit) => edit.operation === 'delete')) return null
  draft.putEdit(newEdit(context, draft, { recordId, sourceId: source.sourceId, operation: 'delete', changes: [] }))
  draft.log({ ...log, kind: 'you-deleted' })
  return { clientName, what: 'create', compensating: true }
}

/** Within its hold a delete is taken back; after it the client is made anew, where its source takes that. */
export function undoDelete(context: StoreContext, draft: Draft, step: UndoRow): TakenBack {
  const { recordId, overlay, local } = step
  const head = draft.head(recordId)
  if (head === undefined) return local === null ? undoSentDelete(context, draft, step) : restoreLocal(draft, step)
  const clientName = displayName(head, effectiveFields(head.fields, overlay?.fields ?? {}))
  const queued = step.editId === null ? undefined : draft.edit(step.editId)
  const log = { at: context.clock.now(), recordId, sourceId: head.sourceId, onDevice: false, fields: [] }
  if (queued !== undefined) {
    // Whether the source has deleted it already is not known yet.
    if (queued.state === 'sending' || queued.uncertain) return { refused: 'in-flight' }
    dropEditAndValues(context, draft, queued)
    draft.log({ ...log, kind: 'discarded', by: 'undo' })
    return { clientName, what: 'delete', compensating: false }
  }
  if (draft.overlay(recordId).hiddenAt === null) return null
  draft.putOverlay({ ...draft.overlay(recordId), hiddenAt: null })
  draft.log({ ...log, kind: 'discarded', onDevice: true, by: 'undo' })
  return { clientName, what: 'delete', compensating: false }
}

function restoreLocal(draft: Draft, { local, overlay, edits }: UndoRow): TakenBack {
  if (local === null || overlay === null) return null
  draft.putLocal(local)
  draft.putOverlay(overlay)
  for (const edit of edits) draft.putEdit(edit)
  const clientName = displayName(headOfLocal(local), effectiveFields(local.fields, overlay.fields))
  return { clientName, what: 'delete', compensating: false }
}

/** The source has deleted it by now: it is made anew, under the id it had here. */
function undoSentDelete(context: StoreContext, draft: Draft, step: UndoRow): TakenBack {
  const buried = [...context.book.tombstones.values()].find(
    (t) => t.recordId === step.recordId && t.how === 'own-delete' && t.fields !== null,
  )
  if (buried === undefined || buried.fields === null) return null
  const source = context.book.sources.get(buried.sourceId)
  if (source === undefined || source.creates === null) return { refused: 'deleted-at-source' }
  const fields: Fields = effectiveFields(buried.fields, step.overlay?.fields ?? {})
  draft.putLocal({ ...localOf(buried), deviceOnly: false, fields: {} })
  layCreate(context, draft, step.recordId, buried.sourceId, fields, source.creates)
  draft.log({
    at: context.clock.now(),
    recordId: step.recordId,
    kind: 'you-created',
    sourceId: buried.sourceId,
    onDevice: false,
    by: 'undo',
    fields: [],
  })
  return { clientName: nameOf(draft, step.recordId), what: 'delete', compensating: true }
}
