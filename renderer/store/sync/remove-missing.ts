import type { AppError } from '../../../shared/app-error.ts'
import type { RemoteId, RunId, SourceId } from '../../../shared/ids.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { remoteKey } from '../book.ts'
import type { Draft } from '../draft.ts'
import type { SuspectRow } from '../rows.ts'
import { removeAtSource } from './bury-record.ts'
import {
  changeSuspects,
  clearSuspects,
  isProvenGone,
  type SuspectAnswer,
  suspectAnswered,
  suspectsOf,
} from './suspects.ts'
import { type SyncContext, syncWrite } from './sync-context.ts'

/** Records in one transaction. A crash between two of them leaves the rest marked, and the next start goes on. */
const CHUNK = 500

/** Removes what is proven gone, a chunk at a time. What is being edited stays, until a later sweep speaks of it again. */
export function removeMissing(
  context: SyncContext,
  { sourceId, at }: { readonly sourceId: SourceId; readonly at: number },
): Promise<Result<{ removed: number; left: number }, AppError>> {
  return syncWrite(context, 'strict', (draft) => {
    const proven = suspectsOf(context.book, sourceId).filter(isProvenGone)
    const chunk = proven.slice(0, CHUNK)
    const removed = chunk.filter((row) => bury(draft, sourceId, row.remoteId, row.runId, at)).length
    changeSuspects(
      draft,
      [],
      chunk.map((row) => row.key),
    )
    return ok({ removed, left: proven.length - chunk.length })
  })
}

/** What the vendor said of single records. */
export function answerSuspects(
  context: SyncContext,
  input: {
    readonly sourceId: SourceId
    readonly at: number
    readonly answers: readonly { readonly remoteId: RemoteId; readonly is: SuspectAnswer }[]
  },
): Promise<Result<{ cleared: number }, AppError>> {
  return syncWrite(context, 'relaxed', (draft) => {
    const put: SuspectRow[] = []
    const there: SuspectRow[] = []
    for (const { remoteId, is } of input.answers) {
      const row = context.book.suspects.get(remoteKey(input.sourceId, remoteId))
      if (row === undefined || row.askAt === null) continue
      const next = suspectAnswered(row, is, input.at)
      if (next === null) there.push(row)
      else put.push(next)
    }
    changeSuspects(draft, put, [])
    return ok({ cleared: clearSuspects(draft, input.sourceId, there) })
  })
}

/** The user's answer to a removal that was not believed. */
export async function settleRemoval(
  context: SyncContext,
  input: { readonly sourceId: SourceId; readonly decision: 'remove' | 'keep'; readonly at: number },
): Promise<Result<{ removed: number }, AppError>> {
  let removed = 0
  for (;;) {
    const step = await settleStep(context, input)
    if (!step.ok) return step
    removed += step.value.removed
    if (step.value.left === 0) return ok({ removed })
  }
}

/** A chunk of what the user gave up. After a crash the question stands for the rest. */
function settleStep(
  context: SyncContext,
  {
    sourceId,
    decision,
    at,
  }: { readonly sourceId: SourceId; readonly decision: 'remove' | 'keep'; readonly at: number },
): Promise<Result<{ removed: number; left: number }, AppError>> {
  return syncWrite(context, 'strict', (draft) => {
    const held = context.book.held.get(sourceId)
    if (held === undefined) return ok({ removed: 0, left: 0 })
    const chunk = decision === 'keep' ? [] : held.remoteIds.slice(0, CHUNK)
    const rest = decision === 'keep' ? [] : held.remoteIds.slice(CHUNK)
    const removed = chunk.filter((id) => bury(draft, sourceId, id, held.runId, at)).length
    const left = rest.length === 0 ? null : { ...held, remoteIds: rest, missing: rest.length }
    draft.tableWork.push((db) => (left === null ? db.heldRemovals.delete(sourceId) : db.heldRemovals.put(left)))
    draft.memoryWork.push((book) => {
      if (left === null) book.held.delete(sourceId)
      else book.held.set(sourceId, left)
    })
    if (decision === 'remove' && left === null) believeAsked(draft, sourceId)
    return ok({ removed, left: rest.length })
  })
}

/** The user has seen what this account and these parameters lack, and it is true: they are the ones to compare with. */
function believeAsked(draft: Draft, sourceId: SourceId): void {
  const checkpoint = draft.checkpoint(sourceId)
  if (checkpoint.lastFull !== null) draft.checkpoints.set(sourceId, { ...checkpoint, believed: checkpoint.lastFull })
}

function bury(draft: Draft, sourceId: SourceId, remoteId: RemoteId, runId: RunId, at: number): boolean {
  const recordId = draft.recordAt(sourceId, remoteId)
  if (recordId === undefined || draft.editsOf(recordId).length > 0) return false
  removeAtSource(draft, recordId, { runId, at })
  return true
}
