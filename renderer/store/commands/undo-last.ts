import type { AppError } from '../../../shared/app-error.ts'
import type { FieldKey, Fields, FieldValue } from '../../../shared/model/field.ts'
import { sameFieldValue } from '../../../shared/model/field.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { isOpenToChange } from '../../../shared/sync/edit-machine.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import type { Draft } from '../draft.ts'
import { displayName } from '../projection/client-row.ts'
import type { UndoRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import type { Undone } from '../store-contract.ts'
import { changeFields } from './change-fields.ts'
import { layCreate } from './create-client.ts'
import { dropEditAndValues } from './discard-edit.ts'
import { newEdit } from './queue-edit.ts'

/**
 * Takes the last command back. What has not been sent is as if it had never been; what has been sent is undone by
 * another edit. Steps that cannot be taken back any more are passed over.
 */
export function undoLast(context: StoreContext): Promise<Result<Undone | null, AppError>> {
  return context.writer.write<Undone | null>({ durability: 'strict', epoch: null }, (draft) => {
    const steps = context.book.undo
    for (let i = steps.length - 1; i >= 0; i--) {
      const step = steps[i]
      if (step === undefined) continue
      draft.undone.push(step.n)
      const undone = takeBack(context, draft, step)
      if (undone !== null) return ok(undone)
    }
    return ok(null)
  })
}

function takeBack(context: StoreContext, draft: Draft, step: UndoRow): Undone | null {
  switch (step.what) {
    case 'edit':
    case 'local-values':
      return undoChanges(context, draft, step)
    case 'create':
      return undoCreate(context, draft, step)
    case 'delete':
      return undoDelete(context, draft, step)
  }
}

function undoChanges(context: StoreContext, draft: Draft, step: UndoRow): Undone | null {
  const head = draft.head(step.recordId)
  if (head === undefined) return null
  const shown = effectiveFields(head.fields, draft.overlay(step.recordId).fields)
  const back: Partial<Record<FieldKey, FieldValue>> = {}
  for (const change of step.changes) {
    // Changed again since, here or at the source: that is not what is being undone.
    if (sameFieldValue(shown[change.field], change.to)) back[change.field] = change.from
  }
  if (Object.keys(back).length === 0) return null
  const unsent = draft.editsOf(step.recordId).some((edit) => edit.editId === step.editId && isOpenToChange(edit))
  const changed = changeFields(context, draft, step.recordId, back, {})
  const fields = [...changed.sent, ...changed.local]
  draft.log({
    at: context.clock.now(),
    recordId: step.recordId,
    kind: 'you-changed',
    sourceId: head.sourceId,
    onDevice: changed.sent.length === 0,
    fields,
  })
  return { clientName: displayName(head, shown), what: step.what, compensating: step.what === 'edit' && !unsent }
}

function undoCreate(context: StoreContext, draft: Draft, step: UndoRow): Undone | null {
  const head = draft.head(step.recordId)
  if (head === undefined) return null
  const clientName = displayName(head, effectiveFields(head.fields, draft.overlay(step.recordId).fields))
  const create = draft.editsOf(step.recordId)[0]
  const log = { at: context.clock.now(), recordId: step.recordId, sourceId: head.sourceId, onDevice: false, fields: [] }
  if (draft.local(step.recordId)?.deviceOnly === true) {
    draft.dropRecord(step.recordId)
    draft.overlays.set(step.recordId, null)
    return { clientName, what: 'create', compensating: false }
  }
  if (create?.operation === 'create' && isOpenToChange(create)) {
    dropEditAndValues(context, draft, create)
    draft.log({ ...log, kind: 'discarded' })
    return { clientName, what: 'create', compensating: false }
  }
  const source = head.sourceId === null ? undefined : context.book.sources.get(head.sourceId)
  if (source?.deletes !== true) return null
  const { recordId } = step
  draft.putEdit(newEdit(context, draft, { recordId, sourceId: source.sourceId, operation: 'delete', changes: [] }))
  draft.log({ ...log, kind: 'you-deleted' })
  return { clientName, what: 'create', compensating: true }
}

function undoDelete(context: StoreContext, draft: Draft, step: UndoRow): Undone | null {
  const { recordId, overlay, local } = step
  const head = draft.head(recordId)
  if (head === undefined) return local === null ? undoSentDelete(context, draft, step) : restoreLocal(draft, step)
  const shown = effectiveFields(head.fields, overlay?.fields ?? {})
  const clientName = displayName(head, shown)
  const queued = step.editId === null ? undefined : draft.edit(step.editId)
  if (queued !== undefined) {
    if (!isOpenToChange(queued) && queued.state === 'sending') return null
    dropEditAndValues(context, draft, queued)
    draft.log({
      at: context.clock.now(),
      recordId,
      kind: 'discarded',
      sourceId: head.sourceId,
      onDevice: false,
      fields: [],
    })
    return { clientName, what: 'delete', compensating: false }
  }
  if (draft.overlay(recordId).hiddenAt === null) return null
  draft.putOverlay({ ...draft.overlay(recordId), hiddenAt: null })
  return { clientName, what: 'delete', compensating: false }
}

function restoreLocal(draft: Draft, { local, overlay, edits }: UndoRow): Undone | null {
  if (local === null || overlay === null) return null
  draft.putLocal(local)
  draft.putOverlay(overlay)
  for (const edit of edits) draft.putEdit(edit)
  const clientName = displayName(
    { ...EMPTY_NAME, recordId: local.recordId, sourceId: local.sourceId, fallbackName: local.fallbackName },
    effectiveFields(local.fields, overlay.fields),
  )
  return { clientName, what: 'delete', compensating: false }
}

const EMPTY_NAME = {
  remoteId: null,
  fields: {},
  avatarUrl: null,
  createdAt: null,
  updatedAt: null,
  lastActivityAt: null,
  owner: null,
  ai: null,
  hash: '',
  firstKnownAt: 0,
  writeSeq: 0,
  readAt: null,
} as const

/** The source has deleted it by now: it is made anew, under the id it had here. */
function undoSentDelete(context: StoreContext, draft: Draft, step: UndoRow): Undone | null {
  const buried = [...context.book.tombstones.values()].find(
    (t) => t.recordId === step.recordId && t.how === 'own-delete',
  )
  if (buried === undefined || buried.fields === null) return null
  const source = context.book.sources.get(buried.sourceId)
  if (source === undefined || source.creates === null) return null
  const fields: Fields = effectiveFields(buried.fields, step.overlay?.fields ?? {})
  draft.putLocal({
    recordId: step.recordId,
    sourceId: buried.sourceId,
    deviceOnly: false,
    fields: {},
    fallbackName: buried.remoteId,
    formerRemoteId: buried.remoteId,
    createdAt: context.clock.now(),
  })
  layCreate(context, draft, step.recordId, buried.sourceId, fields, source.creates)
  const name = typeof fields.name === 'string' ? fields.name : buried.remoteId
  return { clientName: name, what: 'delete', compensating: true }
}
