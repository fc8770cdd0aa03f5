import type { AppError } from '../../../shared/app-error.ts'
import type { RemoteId, RunId, SourceId } from '../../../shared/ids.ts'
import { remoteIdSchema } from '../../../shared/ids.ts'
import type { RunEnd, RunVerdict } from '../../../shared/ipc/store-sync-contract.ts'
import type { Checkpoint } from '../../../shared/model/checkpoint.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Book } from '../book.ts'
import type { HeldRow, RunRow } from '../rows.ts'
import type { RecordHead } from '../segments/codec.ts'
import { type SyncContext, syncWrite } from './sync-context.ts'

/** More than this many missing at once are not believed, unless they are less than a tenth of the clients. */
const BRAKE_MIN = 5
const BRAKE_SHARE = 0.1
const MAX_TO_CONFIRM = 500
const NONE: RunVerdict = { missing: [], missingCount: 0, held: null }

/** Ends a run. Only a complete, proven full sweep may speak of what is missing, and only the core may believe it. */
export function endRun(context: SyncContext, end: RunEnd): Promise<Result<RunVerdict, AppError>> {
  const { databases, guard, book } = context
  return syncWrite(context, 'relaxed', async (draft) => {
    const before = draft.checkpoint(end.sourceId)
    const run = before.run
    if (run === null || run.runId !== end.runId) return err({ code: 'missing', what: 'run' })
    draft.checkpoints.set(end.sourceId, afterRun(before, end))
    const row: RunRow = {
      runId: end.runId,
      sourceId: end.sourceId,
      kind: end.kind,
      outcome: end.outcome,
      startedAt: end.startedAt,
      endedAt: end.endedAt,
      errorCode: end.error?.code ?? null,
    }
    draft.tableWork.push((db) => db.runs.put(row))
    draft.memoryWork.push((after) => after.runs.set(row.runId, row))
    if (end.outcome !== 'complete' || end.kind !== 'full' || !end.proven) return ok(NONE)

    const seen = await guard.run(() => seenInRun(databases.relaxed, end.runId))
    if (!seen.ok) return seen
    const missing = missingFrom(book, end.sourceId, seen.value, run.startedAt)
    const had = recordsOf(book, end.sourceId).length
    const verdict = judge(missing, seen.value.size, had)
    const held: HeldRow | null =
      verdict.held === null ? null : { ...verdict.held, sourceId: end.sourceId, runId: end.runId, remoteIds: missing }
    draft.tableWork.push((db) => (held === null ? db.heldRemovals.delete(end.sourceId) : db.heldRemovals.put(held)))
    draft.memoryWork.push((after) => {
      if (held === null) after.held.delete(end.sourceId)
      else after.held.set(end.sourceId, held)
    })
    return ok(verdict)
  })
}

function afterRun(before: Checkpoint, end: RunEnd): Checkpoint {
  // Cut short: the next run goes on from here.
  if (end.outcome === 'partial') return before
  if (end.outcome === 'void') return { ...before, run: null }
  return {
    ...before,
    run: null,
    watermark: end.watermark ?? before.watermark,
    lastComplete: { at: end.endedAt, durationMs: Math.max(0, end.endedAt - end.startedAt), kind: end.kind },
    lastFullAt: end.kind === 'full' ? end.endedAt : before.lastFullAt,
    paramsHash: end.paramsHash,
  }
}

interface SweepTable {
  readonly sweepPages: SyncContext['databases']['relaxed']['sweepPages']
}

export async function seenInRun(db: SweepTable, runId: RunId): Promise<Set<string>> {
  const pages = await db.sweepPages.where('[runId+seq]').between([runId, 0], [runId, Number.MAX_SAFE_INTEGER]).toArray()
  const seen = new Set<string>()
  for (const page of pages) {
    const ids: unknown = JSON.parse(page.ids)
    if (Array.isArray(ids)) for (const id of ids) seen.add(remoteIdSchema.parse(id))
  }
  return seen
}

export function recordsOf(book: Book, sourceId: SourceId): readonly RecordHead[] {
  const heads: RecordHead[] = []
  for (const head of book.heads.values()) if (head.sourceId === sourceId && head.remoteId !== null) heads.push(head)
  return heads
}

/** Live records that the sweep did not contain, without those it could not contain and those we are writing to. */
export function missingFrom(book: Book, sourceId: SourceId, seen: ReadonlySet<string>, startedAt: number): RemoteId[] {
  const missing: RemoteId[] = []
  for (const head of recordsOf(book, sourceId)) {
    if (head.remoteId === null || seen.has(head.remoteId) || head.firstKnownAt >= startedAt) continue
    if (book.editsOfRecord.has(head.recordId)) continue
    missing.push(head.remoteId)
  }
  return missing
}

/** Pure: what to make of the missing ones. */
export function judge(missing: readonly RemoteId[], seen: number, had: number): RunVerdict {
  if (missing.length === 0) return NONE
  const tooMany = missing.length > Math.max(BRAKE_MIN, had * BRAKE_SHARE)
  if (tooMany || (seen === 0 && had > 0)) {
    return {
      missing: [],
      missingCount: missing.length,
      held: { missing: missing.length, seen, had, because: seen === 0 ? 'empty' : 'too-many' },
    }
  }
  return { missing: missing.slice(0, MAX_TO_CONFIRM), missingCount: missing.length, held: null }
}
