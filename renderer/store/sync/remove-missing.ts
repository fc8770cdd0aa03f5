import type { AppError } from '../../../shared/app-error.ts'
import type { RemoteId, RunId, SourceId } from '../../../shared/ids.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { StoreDatabase } from '../database.ts'
import type { Draft } from '../draft.ts'
import type { HeldRow } from '../rows.ts'
import { removeAtSource } from './bury-record.ts'
import { seenInRun } from './end-run.ts'
import { type SyncContext, syncWrite } from './sync-context.ts'

/** Removes confirmed absentees. What has been seen or edited meanwhile stays. */
export function removeMissing(
  context: SyncContext,
  input: {
    readonly sourceId: SourceId
    readonly runId: RunId
    readonly remoteIds: readonly RemoteId[]
    readonly at: number
  },
): Promise<Result<{ removed: number }, AppError>> {
  return syncWrite(context, 'strict', async (draft) => {
    const seen = await context.guard.run(() => seenInRun(context.databases.relaxed, input.runId))
    if (!seen.ok) return seen
    const absent = input.remoteIds.filter((id) => !seen.value.has(id))
    return ok({ removed: bury(draft, input.sourceId, absent, input.runId, input.at) })
  })
}

/** The user's answer to a removal that was not believed. */
export function settleRemoval(
  context: SyncContext,
  input: { readonly sourceId: SourceId; readonly decision: 'remove' | 'keep'; readonly at: number },
): Promise<Result<{ removed: number }, AppError>> {
  return syncWrite(context, 'strict', async (draft) => {
    const held = context.book.held.get(input.sourceId)
    if (held === undefined) return ok({ removed: 0 })
    const since = await context.guard.run(() => seenSince(context.databases.relaxed, held))
    if (!since.ok) return since
    draft.tableWork.push((db) => db.heldRemovals.delete(input.sourceId))
    draft.memoryWork.push((book) => book.held.delete(input.sourceId))
    if (input.decision === 'keep') return ok({ removed: 0 })
    const absent = held.remoteIds.filter((id) => !since.value.has(id))
    return ok({ removed: bury(draft, input.sourceId, absent, held.runId, input.at) })
  })
}

/** What a later run has met, proven or not: it is there again, whatever was answered. */
async function seenSince(db: StoreDatabase, held: HeldRow): Promise<ReadonlySet<string>> {
  const runIds = new Set<RunId>()
  await db.sweepPages
    .where('sourceId')
    .equals(held.sourceId)
    .each((page) => {
      if (page.runId !== held.runId) runIds.add(page.runId)
    })
  const seen = new Set<string>()
  for (const runId of runIds) for (const id of await seenInRun(db, runId)) seen.add(id)
  return seen
}

function bury(draft: Draft, sourceId: SourceId, remoteIds: readonly RemoteId[], runId: RunId, at: number): number {
  let removed = 0
  for (const remoteId of remoteIds) {
    const recordId = draft.recordAt(sourceId, remoteId)
    if (recordId === undefined || draft.editsOf(recordId).length > 0) continue
    removeAtSource(draft, recordId, { runId, at })
    removed++
  }
  return removed
}
