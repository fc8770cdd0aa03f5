import type { z } from 'zod'
import type { AppError } from '../../../shared/app-error.ts'
import type { AttemptId, SourceId } from '../../../shared/ids.ts'
import type { StoreSyncApi } from '../../../shared/ipc/store-sync-contract.ts'
import type { Fields } from '../../../shared/model/field.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { holds } from '../../../shared/safety/rules.ts'
import { stepEdit } from '../../../shared/sync/edit-machine.ts'
import { planPushes } from '../../../shared/sync/plan-pushes.ts'
import type { Draft } from '../draft.ts'
import type { EditRow } from '../rows.ts'
import { noteUnanswered, ownValues } from './own-values.ts'
import { type SyncContext, syncWrite } from './sync-context.ts'

interface TakeInput {
  readonly sourceId: SourceId
  readonly at: number
  readonly hurry: boolean
  readonly except?: readonly EditRow['editId'][] | undefined
}

type Taken = z.infer<StoreSyncApi['outbox.take']['output']>

const NOTHING: Taken = {
  edit: null,
  synced: null,
  syncedAt: null,
  wasUnknown: false,
  own: { echoes: [], forms: [], heldAside: [] },
  nextDueAt: null,
}

/**
 * The next edit that may go: the first of its record, due, and not waiting for anybody. One record's trouble never
 * holds up another's. `sending` is on the disk before the core learns what to send.
 */
export function takeEdit(context: SyncContext, input: TakeInput): Promise<Result<Taken, AppError>> {
  const { due, nextDueAt } = nextEdit(context, input)
  // Nothing to do is the usual answer, and needs no transaction.
  if (due === null) return Promise.resolve(ok({ ...NOTHING, nextDueAt }))
  return syncWrite<Taken>(context, 'strict', (draft) => {
    const again = nextEdit(context, input)
    if (again.due === null) return ok({ ...NOTHING, nextDueAt: again.nextDueAt })
    const before = again.due
    // Over once, for all that wait now: a delay that begins after this is a new one.
    for (const other of again.delayed) draft.edits.set(other.editId, { ...other, notBefore: input.at })
    const head = draft.head(before.recordId)
    if (head === undefined) return err({ code: 'missing', what: 'client' })
    const wasUnknown = before.state === 'unknown-outcome' || before.uncertain
    const edit = stepEdit(before, 'sending', {
      // A look is no attempt: the grace counts from when it was sent.
      attemptedAt: wasUnknown ? before.attemptedAt : input.at,
      attemptsBefore: before.attempts,
      looks: before.looks + (wasUnknown ? 1 : 0),
    })
    draft.edits.set(edit.editId, edit)
    draft.touched.add(edit.recordId)
    return ok({
      edit: { ...edit, remoteId: head.remoteId },
      synced: before.base ?? head.fields,
      syncedAt: head.updatedAt,
      wasUnknown,
      own: { ...ownValues(draft, edit.recordId, input.at), heldAside: heldAside(draft, edit.editId) },
      nextDueAt: null,
    })
  })
}

function nextEdit({ book }: SyncContext, { sourceId, at, hurry, except = [] }: TakeInput) {
  const records: (readonly EditRow[])[] = []
  for (const edits of book.editsOfRecord.values()) {
    const first = edits[0]
    // Where its record could not be read from the disk it stays in the queue, and in nobody's way.
    if (first?.sourceId !== sourceId || !book.heads.has(first.recordId)) continue
    if (!edits.some((edit) => except.includes(edit.editId))) records.push(edits)
  }
  const plan = planPushes(records, { at, hurry })
  const due = plan.due[0] ?? null
  return { due, nextDueAt: plan.nextDueAt, delayed: plan.waived.filter((edit) => edit !== due) }
}

function heldAside(draft: Draft, editId: EditRow['editId']): readonly string[] {
  return [...draft.book.holds.values()].flatMap((hold) => {
    const remoteId = hold.editId === editId ? draft.head(hold.recordId)?.remoteId : null
    return remoteId === null || remoteId === undefined ? [] : [remoteId]
  })
}

/** What is about to be sent, stored before it is. From here on the edit is never changed in place. */
export function freezeEdit(
  context: SyncContext,
  input: {
    readonly editId: EditRow['editId']
    readonly attemptId: AttemptId
    readonly body: Fields
    readonly fence: readonly string[] | null
    readonly at: number
  },
): Promise<Result<null, AppError>> {
  return syncWrite(context, 'strict', (draft) => {
    const edit = draft.edit(input.editId)
    if (edit === undefined || edit.state !== 'sending') return err({ code: 'missing', what: 'edit' })
    draft.edits.set(edit.editId, {
      ...edit,
      attemptId: input.attemptId,
      attempts: edit.attempts + 1,
      attemptedAt: input.at,
      frozenBody: holds('freeze') ? input.body : edit.frozenBody,
      fence: input.fence ?? edit.fence,
    })
    draft.touched.add(edit.recordId)
    return ok(null)
  })
}

/** After a start: whatever was on its way has an unknown fate if it had been frozen, else it simply waits. */
export function recoverEdits(
  context: SyncContext,
  input: { readonly at: number; readonly sourceId?: SourceId | undefined },
): Promise<Result<{ unknown: number }, AppError>> {
  return syncWrite(context, 'strict', (draft) => {
    let unknown = 0
    for (const edit of context.book.edits.values()) {
      if (edit.state !== 'sending' || (input.sourceId !== undefined && edit.sourceId !== input.sourceId)) continue
      const frozen = edit.frozenBody !== null
      if (frozen) {
        unknown++
        noteUnanswered(draft, edit, input.at)
      }
      draft.putEdit(
        frozen
          ? stepEdit(edit, 'unknown-outcome', { uncertain: true, notBefore: input.at })
          : stepEdit(edit, 'waiting', { notBefore: null }),
      )
    }
    return ok({ unknown })
  })
}
