import type { AppError } from '../../shared/app-error.ts'
import type { Clock } from '../../shared/clock.ts'
import { ok, type Result } from '../../shared/result.ts'
import { COMMANDS_KEPT_MS } from './once-each.ts'
import { nextMidnight } from './queries/good-until.ts'
import { compactSegments } from './segments/compact.ts'
import type { StoreContext } from './store-context.ts'
import { trimHistory } from './trim-history.ts'

const FIRST_AFTER_MS = 20_000
const EVERY_MS = 120_000
const UNDO_KEPT = 100
const RESOLVED_KEPT_MS = 90 * 86_400_000

/** Housekeeping in quiet moments. Each step is a transaction of its own and may be cut off at any time. */
export function scheduleMaintenance(context: StoreContext): () => void {
  let stopped = false
  let cancel = (): void => undefined
  const again = (afterMs: number): void => {
    if (stopped) return
    cancel = context.clock.schedule(afterMs, () => {
      // Whatever it ran into: without housekeeping the book would grow for ever.
      const next = (): void => again(EVERY_MS)
      maintain(context).then(next, next)
    })
  }
  again(FIRST_AFTER_MS)
  return () => {
    stopped = true
    cancel()
  }
}

/** Says when a day is over: lists of `today`, and all that is told as so many days ago, are to be asked for again. */
export function everyMidnight(clock: Clock, tell: () => void): () => void {
  let cancel = (): void => undefined
  const again = (): void => {
    cancel = clock.schedule(nextMidnight(clock.now()) - clock.now(), () => {
      tell()
      again()
    })
  }
  again()
  return () => cancel()
}

/** Both steps, whatever becomes of the first. */
export async function maintain(context: StoreContext): Promise<Result<null, AppError>> {
  const merged = await mergeAll(context).catch((): Result<null, AppError> => FAILED)
  const forgotten = await forgetOld(context)
  return merged.ok ? forgotten : merged
}

const FAILED: Result<null, AppError> = { ok: false, error: { code: 'storage', kind: 'failed' } }

async function mergeAll(context: StoreContext): Promise<Result<null, AppError>> {
  for (;;) {
    const compacted = await compactSegments(context)
    if (!compacted.ok) return compacted
    if (compacted.value.merged === 0) return ok(null)
  }
}

/** Last states of clients removed long ago, the far end of the timeline, undo steps and decisions of long ago. */
function forgetOld({ writer, book, clock }: StoreContext): Promise<Result<null, AppError>> {
  const now = clock.now()
  const stale = [...book.tombstones.values()].filter((row) => row.restoreUntil !== null && row.restoreUntil < now)
  const resolved = [...book.conflicts.values()].filter(
    (row) => row.resolvedAt !== null && row.resolvedAt < now - RESOLVED_KEPT_MS,
  )
  return writer.write<null>({ durability: 'relaxed', epoch: null }, (draft) => {
    draft.quiet = true
    let historyCheckedAt = book.historyCheckedAt
    // The row itself stays: it says which entries of older segments are dead.
    for (const row of stale)
      draft.tombstones.set(row.key, { ...row, fields: null, over: {}, fallbackName: null, restoreUntil: null })
    for (const row of resolved) draft.conflicts.set(row.conflictId, null)
    for (const step of book.undo.slice(0, Math.max(0, book.undo.length - UNDO_KEPT))) draft.undone.push(step.n)
    draft.tableWork.push(async (db) => {
      await db.commands
        .where('at')
        .below(now - COMMANDS_KEPT_MS)
        .delete()
      historyCheckedAt = await trimHistory(db, book.historyCheckedAt)
    })
    draft.memoryWork.push((after) => {
      if (after.historyCheckedAt === historyCheckedAt) return
      after.historyCheckedAt = historyCheckedAt
      // Read anew when somebody asks.
      after.timeline = null
    })
    return ok(null)
  })
}
