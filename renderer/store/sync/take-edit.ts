import type { AppError } from '../../../shared/app-error.ts'
import type { AttemptId, SourceId } from '../../../shared/ids.ts'
import type { Edit } from '../../../shared/model/edit.ts'
import type { Fields } from '../../../shared/model/field.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { stepEdit } from '../../../shared/sync/edit-machine.ts'
import type { EditRow } from '../rows.ts'
import { type SyncContext, syncWrite } from './sync-context.ts'

interface TakeInput {
  readonly sourceId: SourceId
  readonly at: number
  readonly hurry: boolean
}

export interface Taken {
  readonly edit: Edit | null
  readonly synced: Fields | null
  readonly syncedAt: string | null
  readonly wasUnknown: boolean
  readonly nextDueAt: number | null
}

const NOTHING: Taken = { edit: null, synced: null, syncedAt: null, wasUnknown: false, nextDueAt: null }

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
      nextDueAt: null,
    })
  })
}

function nextEdit(
  { book }: SyncContext,
  { sourceId, at, hurry }: TakeInput,
): { readonly due: EditRow | null; readonly nextDueAt: number | null; readonly delayed: readonly EditRow[] } {
  let due: EditRow | null = null
  let nextDueAt: number | null = null
  const delayed: EditRow[] = []
  for (const edits of book.editsOfRecord.values()) {
    const head = edits[0]
    if (head === undefined || head.sourceId !== sourceId || !mayGo(head)) continue
    // Its record could not be read from the disk: it stays in the queue, and in nobody's way.
    if (!book.heads.has(head.recordId)) continue
    if (head.notBefore !== null && head.notBefore > at) {
      if (!hurry || !isOurDelay(head)) {
        nextDueAt = nextDueAt === null ? head.notBefore : Math.min(nextDueAt, head.notBefore)
        continue
      }
      delayed.push(head)
    }
    if (due === null || goesBefore(head, due)) due = head
  }
  return { due, nextDueAt, delayed: delayed.filter((edit) => edit !== due) }
}

/** What has waited longest since its last try goes first: one that fails each time cannot keep the others waiting. */
function goesBefore(a: EditRow, b: EditRow): boolean {
  const left = a.notBefore ?? 0
  const right = b.notBefore ?? 0
  return left === right ? a.createdAt < b.createdAt : left < right
}

/** What a vendor asked for holds, and the time in which a delete can be taken back for nothing. */
function isOurDelay(edit: EditRow): boolean {
  return edit.error === null ? edit.operation !== 'delete' : edit.error.code !== 'rate-limited'
}

function mayGo(edit: EditRow): boolean {
  if (edit.hold !== null) return false
  return edit.state === 'waiting' || edit.state === 'retrying' || edit.state === 'unknown-outcome'
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
      frozenBody: input.body,
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
      if (frozen) unknown++
      draft.putEdit(
        frozen
          ? stepEdit(edit, 'unknown-outcome', { uncertain: true, notBefore: input.at })
          : stepEdit(edit, 'waiting', { notBefore: null }),
      )
    }
    return ok({ unknown })
  })
}
