import { outcomeClass } from '../http/outcome-class.ts'
import { lookAfterCreate } from './look-after-create.ts'
import {
  cannot,
  notNoted,
  type PushDeps,
  type Pushed,
  readFailed,
  sendFailed,
  settled,
  type TakenEdit,
  valuesOf,
} from './push-context.ts'

/** Fence, freeze, note, send; and where it has been sent before: look first (SYNC.md 1.6, "Create"). */
export async function pushCreate(deps: PushDeps, taken: TakenEdit): Promise<Pushed> {
  const { connector, call, creates } = deps
  const { edit, attemptId } = taken
  if (connector.create === undefined) return cannot()
  const sentBefore = edit.frozenBody
  const body = sentBefore ?? valuesOf(edit)
  let fence = edit.fence

  if (sentBefore !== null) {
    const look = await lookAfterCreate(deps, taken, body)
    if (look.kind === 'settled') return look.pushed
    if (look.kind === 'adopt') {
      creates.closed(edit.editId)
      return settled({ kind: 'done', record: look.record, writeSeq: deps.writeSeq() })
    }
    // kind 'send-again': it is not there, and the very same body goes once more.
  } else if (connector.find !== undefined) {
    const matches = await connector.find(call, body)
    if (!matches.ok) return readFailed(deps, edit, matches.error)
    fence = matches.value.map((record) => record.remoteId)
  }

  const noted = await deps.freeze({ editId: edit.editId, attemptId, body, fence })
  if (!noted.ok) return notNoted(deps, edit, noted.error)
  const answer = await connector.create(call, body)
  if (answer.ok) {
    creates.closed(edit.editId)
    return settled({ kind: 'done', record: answer.value, writeSeq: deps.writeSeq() })
  }
  const named = outcomeClass(answer.error)
  if (named === 'AMBIGUOUS' || named === 'APPLIED_UNREADABLE') creates.opened(edit.editId)
  // There is nothing to be gone: the list itself is not where it was.
  if (named === 'GONE') return settled({ kind: 'needs-attention', error: answer.error.error })
  return sendFailed(deps, edit, answer.error)
}
