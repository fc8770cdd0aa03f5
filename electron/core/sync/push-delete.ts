import { holds } from '../../../shared/safety/rules.ts'
import { changedSince } from '../../../shared/sync/merge-fields.ts'
import { outcomeClass } from '../http/outcome-class.ts'
import {
  cannot,
  notNoted,
  type PushDeps,
  type Pushed,
  readFailed,
  sendFailed,
  settled,
  type TakenEdit,
  unknown,
} from './push-context.ts'

/** Deletes that were answered with a success and did not take: not repeated for ever. */
const MAX_UNREADABLE = 2

/** Read; where nothing has changed since the user asked for it, delete; and believe only a clear answer, or a 404. */
export async function pushDelete(deps: PushDeps, taken: TakenEdit): Promise<Pushed> {
  const { connector, call } = deps
  const { edit, attemptId, synced } = taken
  if (connector.remove === undefined || edit.remoteId === null) return cannot()
  const isGone = (): Pushed => settled({ kind: 'done', record: null, writeSeq: deps.writeSeq() })
  let closeGap = (): void => undefined
  if (connector.read !== undefined && holds('read-before-write')) {
    const now = await connector.read(call, edit.remoteId)
    if (!now.ok) return now.error.code === 'not-found' ? isGone() : readFailed(deps, edit, now.error)
    const changed = changedSince(synced, now.value.fields)
    if (changed.length > 0) {
      return settled({
        kind: 'conflict',
        conflict: 'changed-before-delete',
        remote: now.value,
        fields: [...changed],
        merged: [],
        candidates: [],
      })
    }
    closeGap = deps.gap.start()
  }
  const noted = await deps.freeze({ editId: edit.editId, attemptId, body: {}, fence: null })
  if (!noted.ok) return notNoted(deps, edit, noted.error)
  const answer = await connector.remove(call, edit.remoteId)
  closeGap()
  if (answer.ok) return isGone()
  const named = outcomeClass(answer.error)
  if (named === 'GONE') return isGone()
  if (named !== 'APPLIED_UNREADABLE') return sendFailed(deps, edit, answer.error)
  // A success in words that nobody promised: only the record itself can tell.
  const verified = connector.read === undefined ? null : await connector.read(call, edit.remoteId)
  if (verified?.ok === false && verified.error.code === 'not-found') return isGone()
  if (verified?.ok === true && edit.attempts + 1 >= MAX_UNREADABLE)
    return settled({ kind: 'needs-attention', error: answer.error.error })
  return unknown(deps, answer.error.error)
}
