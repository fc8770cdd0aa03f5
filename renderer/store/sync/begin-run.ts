import type { AppError } from '../../../shared/app-error.ts'
import type { RunId, SourceId } from '../../../shared/ids.ts'
import type { Checkpoint, SweepKind } from '../../../shared/model/checkpoint.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { type SyncContext, syncWrite } from './sync-context.ts'

/** How long the story of past runs is kept for Insights. */
const RUNS_KEPT_MS = 8 * 86_400_000

/** Opens a run, or hands back the unfinished one of the same kind, account and parameters. */
export function beginRun(
  context: SyncContext,
  input: {
    readonly sourceId: SourceId
    readonly runId: RunId
    readonly kind: SweepKind
    readonly paramsHash: string
    readonly tenant: string
    readonly startedAt: number
    readonly resume: boolean
  },
): Promise<Result<Checkpoint, AppError>> {
  return syncWrite(context, 'relaxed', (draft) => {
    if (!context.book.sources.has(input.sourceId)) return err({ code: 'missing', what: 'source' })
    const before = draft.checkpoint(input.sourceId)
    if (input.resume && canGoOn(before.run, input)) return ok(before)
    const { sourceId, runId, kind, paramsHash, startedAt, tenant } = input
    const checkpoint: Checkpoint = {
      ...before,
      run: {
        runId,
        kind,
        paramsHash,
        tenant,
        seq: 0,
        position: null,
        startedAt,
        received: 0,
        pages: 0,
        ofPages: null,
        ofClients: null,
        trouble: false,
        keyMoved: false,
      },
      lastBegunAt: startedAt,
      clockSetBackAt: before.lastBegunAt !== null && startedAt < before.lastBegunAt ? startedAt : before.clockSetBackAt,
    }
    draft.checkpoints.set(sourceId, checkpoint)
    const row = { runId, sourceId, kind, outcome: 'running', startedAt, endedAt: null, errorCode: null } as const
    const base = before.base?.runId
    draft.tableWork.push(
      async (db) => {
        // By their keys: what they hold needs not be read for that.
        const kept = await db.sweepPages.where('sourceId').equals(sourceId).primaryKeys()
        await db.sweepPages.bulkDelete(kept.filter(([of]) => of !== base))
        await db.runs.put(row)
        await db.runs
          .where('startedAt')
          .below(startedAt - RUNS_KEPT_MS)
          .delete()
        if (kind === 'full') await db.problems.where('sourceId').equals(sourceId).delete()
      },
      ['sweepPages', 'runs', 'problems'],
    )
    draft.memoryWork.push((book) => {
      book.runs.set(runId, row)
      for (const [id, run] of book.runs) if (run.startedAt < startedAt - RUNS_KEPT_MS) book.runs.delete(id)
      if (kind === 'full') book.problemCounts.set(sourceId, 0)
    })
    return ok(checkpoint)
  })
}

/** A list that cannot be resumed begins anew, and so must what is known of what it contained. */
function canGoOn(
  open: Checkpoint['run'],
  { kind, paramsHash, tenant }: { kind: SweepKind; paramsHash: string; tenant: string },
): boolean {
  if (open === null || open.position === null) return false
  return open.kind === kind && open.paramsHash === paramsHash && open.tenant === tenant
}
