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
/** A pull whose next page is this long in coming has ended, or rests. */
const MERGE_AFTER_MS = 8_000
/** Whoever types is not disturbed: the next merge waits and looks again. */
const AT_WORK_MS = 1_500
/** So many merges are worth a new saved form, should the app end before the last one. */
const MERGES_SAVED = 100
const UNDO_KEPT = 100
const RESOLVED_KEPT_MS = 90 * 86_400_000

export interface Maintenance {
  /** Segments may have been written. */
  readonly committed: () => void
  readonly stop: () => void
}

/**
 * Housekeeping in quiet moments: every now and then all of it, and soon after a pull the segments that it has left. Each
 * step is a transaction of its own and may be cut off at any time.
 */
export function scheduleMaintenance(context: StoreContext): Maintenance {
  const { clock } = context
  let stopped = false
  let cancel = (): void => undefined
  let lastCommit = Number.NEGATIVE_INFINITY
  let isPlanned = false
  let cancelMerge = (): void => undefined
  // One after another, whoever asked for it.
  let work: Promise<unknown> = Promise.resolve()
  const inTurn = (next: () => Promise<unknown>): Promise<unknown> => {
    // Whatever it ran into: without housekeeping the book would grow for ever.
    work = work.then(() => (stopped ? undefined : next())).catch(() => undefined)
    return work
  }
  const whenCalm = async (): Promise<void> => {
    while (context.saved.isAtWork()) await new Promise<void>((resolve) => clock.schedule(AT_WORK_MS, resolve))
  }
  const again = (afterMs: number): void => {
    if (stopped) return
    cancel = clock.schedule(afterMs, () => void inTurn(() => maintain(context, whenCalm)).then(() => again(EVERY_MS)))
  }
  const planMerge = (afterMs: number): void => {
    isPlanned = true
    cancelMerge = clock.schedule(afterMs, () => {
      const left = lastCommit + MERGE_AFTER_MS - clock.now()
      isPlanned = left > 0
      if (isPlanned) planMerge(left)
      else void inTurn(() => mergeAll(context, whenCalm))
    })
  }
  again(FIRST_AFTER_MS)
  return {
    committed: () => {
      lastCommit = clock.now()
      if (!isPlanned && !stopped) planMerge(MERGE_AFTER_MS)
    },
    stop: () => {
      stopped = true
      cancel()
      cancelMerge()
    },
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

/** Both steps, whatever becomes of the first. `before` each merge, whoever is at work may be waited for. */
export async function maintain(
  context: StoreContext,
  before: () => Promise<void> = async () => undefined,
): Promise<Result<null, AppError>> {
  const merged = await mergeAll(context, before).catch((): Result<null, AppError> => FAILED)
  const forgotten = await forgetOld(context)
  return merged.ok ? forgotten : merged
}

const FAILED: Result<null, AppError> = { ok: false, error: { code: 'storage', kind: 'failed' } }

async function mergeAll(context: StoreContext, before: () => Promise<void>): Promise<Result<null, AppError>> {
  for (let merges = 0; ; merges++) {
    await before()
    const compacted = await compactSegments(context)
    const isDone = !compacted.ok || compacted.value.merged === 0
    // What was saved names the places of before: a start would read all that was moved since.
    if (merges > 0 && (isDone || merges % MERGES_SAVED === 0)) context.saved.moved()
    if (isDone) return compacted.ok ? ok(null) : compacted
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
