import type { AppError } from '../../../shared/app-error.ts'
import { type AttemptId, clientIdOfRecord, createConflictId, type EditId } from '../../../shared/ids.ts'
import type { Outcome } from '../../../shared/ipc/store-sync-contract.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { stepEdit } from '../../../shared/sync/edit-machine.ts'
import type { Draft } from '../draft.ts'
import { instant } from '../projection/client-row.ts'
import type { ConflictRow, EditRow } from '../rows.ts'
import { buryRecord } from './bury-record.ts'
import { decideByRules } from './decide-fields.ts'
import { keepHere } from './keep-here.ts'
import { guardEchoes, noteUnanswered } from './own-values.ts'
import { gatherBehind, reviseConflicts } from './revise-conflicts.ts'
import { releaseHolds, settleDone, settlePart } from './settle-done.ts'
import { type SyncContext, syncWrite } from './sync-context.ts'
import { syncedWrite } from './synced-record.ts'

/** What became of an attempt, applied with all that follows from it in one transaction. Again is a no-op. */
export function settleEdit(
  context: SyncContext,
  input: {
    readonly editId: EditId
    readonly attemptId: AttemptId | null
    readonly outcome: Outcome
    readonly at: number
  },
): Promise<Result<{ commit: number | null }, AppError>> {
  return syncWrite(context, 'strict', (draft) => {
    const edit = draft.edit(input.editId)
    // Settled before: the answer to the first settling was lost.
    if (edit === undefined) return ok({ commit: null })
    // The outcome of another sending, delivered once more: what has been sent since has an outcome of its own.
    if (input.attemptId !== null && edit.attemptId !== input.attemptId) return ok({ commit: null })
    // A worker that started meanwhile took it for unknown; the answer comes late, and still counts.
    const sending = edit.state === 'unknown-outcome' ? stepEdit(edit, 'sending') : edit
    if (sending.state !== 'sending') return ok({ commit: null })
    apply(context, draft, sending, input.outcome, input.at)
    return ok({ commit: context.copies.nextCommit() })
  })
}

function apply(context: SyncContext, draft: Draft, edit: EditRow, outcome: Outcome, at: number): void {
  switch (outcome.kind) {
    case 'done':
      if (edit.operation === 'delete' && outcome.record === null) {
        draft.log({ at, recordId: edit.recordId, kind: 'sent', sourceId: edit.sourceId, onDevice: false, fields: [] })
        for (const left of draft.editsOf(edit.recordId)) draft.dropEdit(left)
        buryRecord(draft, edit.recordId, { how: 'own-delete', runId: null, at, writeSeq: outcome.writeSeq })
        draft.overlays.set(edit.recordId, null)
        return
      }
      settleDone(context, draft, edit, outcome.record, outcome.writeSeq, at)
      return
    case 'retry': {
      const attempts = outcome.countAttempt ? edit.attempts : edit.attemptsBefore
      // The only attempt, and known not to have been applied; else nothing has been learnt of an earlier one.
      const uncertain = edit.uncertain && (edit.attempts === edit.attemptsBefore || edit.attemptsBefore > 0)
      // What never left may still be changed; what left stays as it was.
      const thaw = attempts === 0 && !uncertain && outcome.keepFrozen !== true ? { frozenBody: null, fence: null } : {}
      const rest = { attempts, error: outcome.error, notBefore: outcome.at, uncertain, ...thaw }
      draft.putEdit(stepEdit(edit, 'retrying', rest))
      releaseHolds(draft, edit.editId)
      return
    }
    case 'unknown':
      noteUnanswered(draft, edit, at)
      draft.putEdit(stepEdit(edit, 'unknown-outcome', { error: outcome.error, notBefore: outcome.at, uncertain: true }))
      return
    case 'needs-attention': {
      // After a bug nobody knows how far it got: if it may have left, it is looked at before it goes again.
      const mayHaveLeft = outcome.error.code === 'internal' && edit.attempts > edit.attemptsBefore
      const uncertain = edit.uncertain || mayHaveLeft
      const rest = outcome.taken === undefined ? edit : settlePart(draft, edit, outcome.taken, at)
      draft.putEdit(stepEdit(rest, 'needs-attention', { error: outcome.error, notBefore: null, uncertain }))
      if (!uncertain) releaseHolds(draft, edit.editId)
      draft.log({
        at,
        recordId: edit.recordId,
        kind: 'refused',
        sourceId: edit.sourceId,
        onDevice: false,
        fields: changesOf(edit),
      })
      return
    }
    case 'kept-here':
      keepHere(draft, edit, at)
      return
    case 'conflict':
      settleConflict(context, draft, edit, outcome, at)
  }
}

function changesOf(
  edit: EditRow,
): { field: FieldKey; from: EditRow['changes'][number]['from']; to: EditRow['changes'][number]['to'] }[] {
  return edit.changes.map(({ field, from, to }) => ({ field, from, to }))
}

/** Both sides are kept until the user has chosen: the source's as the synced state, ours over it. */
function settleConflict(
  context: SyncContext,
  draft: Draft,
  edit: EditRow,
  outcome: Extract<Outcome, { kind: 'conflict' }>,
  at: number,
): void {
  const head = draft.head(edit.recordId)
  if (outcome.remote !== null && head !== undefined && head.remoteId === outcome.remote.remoteId) {
    const { sourceId, recordId } = edit
    draft.putSynced(
      syncedWrite({ sourceId, recordId, record: outcome.remote, before: head, writeSeq: head.writeSeq, at }),
    )
    const now = draft.head(recordId)
    if (now !== undefined) guardEchoes(context, draft, head, now, at)
  }
  const gathered = outcome.conflict === 'field' ? gatherBehind(draft, edit) : edit
  draft.putEdit({ ...stepEdit(edit, 'conflict', { error: null, notBefore: null }), changes: gathered.changes })
  const conflict: ConflictRow = {
    conflictId: createConflictId(context.random),
    kind: outcome.conflict,
    editId: edit.editId,
    recordId: edit.recordId,
    clientId: clientIdOfRecord(edit.recordId),
    sourceId: edit.sourceId,
    fields: outcome.fields,
    merged: outcome.merged,
    candidates: outcome.candidates,
    mineAt: edit.createdAt,
    theirsAt: outcome.remote === null ? null : instant(outcome.remote.updatedAt),
    detectedAt: at,
    resolvedAt: null,
    revisedAt: null,
    decidedBy: null,
  }
  draft.putConflict(conflict)
  draft.log({
    at,
    recordId: edit.recordId,
    kind: 'conflict',
    sourceId: edit.sourceId,
    onDevice: false,
    fields: outcome.fields.map(({ field, mine, theirs }) => ({ field, from: theirs, to: mine })),
  })
  const joined = gathered.changes.filter((c) => !edit.changes.includes(c)).map((c) => c.field)
  if (gathered !== edit) reviseConflicts(draft, edit.recordId, 'me', joined, at)
  const open = draft.conflict(conflict.conflictId)
  if (open === undefined || open.resolvedAt !== null) return
  // Nobody has looked at it yet.
  const fresh = { ...open, revisedAt: null }
  draft.putConflict(fresh)
  decideByRules(draft, fresh, at)
}
