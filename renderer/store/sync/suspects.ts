import type { RemoteId, SourceId } from '../../../shared/ids.ts'
import { holds } from '../../../shared/safety/rules.ts'
import type { SweepProof } from '../../../shared/sync/verdict.ts'
import type { Book } from '../book.ts'
import { remoteKey } from '../book.ts'
import type { Draft } from '../draft.ts'
import type { SuspectRow } from '../rows.ts'

/** A vendor that said `not found` is asked once more, at least so much later. */
export const ASK_APART_MS = 60_000
/** An answer that decides nothing (403, 500) is asked for again after this. */
const ASK_AGAIN_MS = 600_000

export type SuspectAnswer = 'gone' | 'there' | 'unknown'

export function suspectsOf(book: Book, sourceId: SourceId): readonly SuspectRow[] {
  return [...book.suspects.values()].filter((row) => row.sourceId === sourceId)
}

/** Whom to ask for by id now, how many are proven gone, and when there is somebody to ask for next. */
export function suspectsDue(
  book: Book,
  { sourceId, at, limit }: { readonly sourceId: SourceId; readonly at: number; readonly limit: number },
): { ask: RemoteId[]; proven: number; suspects: number; nextAt: number | null } {
  const rows = suspectsOf(book, sourceId)
  const open = rows.filter((row) => row.askAt !== null)
  // Asked for again later than ever since the clock was set back: then at once.
  const due = open.filter((row) => (row.askAt ?? 0) <= at || (row.askAt ?? 0) > at + 2 * ASK_AGAIN_MS)
  const later = open.filter((row) => !due.includes(row)).map((row) => row.askAt ?? 0)
  return {
    ask: due.slice(0, limit).map((row) => row.remoteId),
    proven: rows.filter(isProvenGone).length,
    suspects: rows.length,
    nextAt: later.length === 0 ? null : Math.min(...later),
  }
}

/** The proof is complete: nothing is left to look at or to ask. */
export function isProvenGone(row: SuspectRow): boolean {
  return row.proven && row.askAt === null
}

/** As a verdict leaves it: where the vendor can be asked, a proven absence is asked for by id, twice. */
export function suspectAfter(
  before: SuspectRow | undefined,
  now: Pick<SuspectRow, 'sourceId' | 'remoteId' | 'runId' | 'since' | 'proven' | 'young'> & {
    readonly proof: SweepProof
    readonly canAsk: boolean
    readonly at: number
  },
): SuspectRow {
  const { canAsk, at, ...row } = now
  if (before?.proven === true && row.proven) return before
  const mustAsk = row.proven && canAsk && holds('confirm-twice')
  return {
    ...row,
    runId: before?.runId ?? row.runId,
    key: remoteKey(row.sourceId, row.remoteId),
    askAt: mustAsk ? at : null,
    goneAt: null,
  }
}

/** After an answer; null where the suspicion is over. */
export function suspectAnswered(row: SuspectRow, is: SuspectAnswer, at: number): SuspectRow | null {
  if (is === 'there') return null
  if (is === 'unknown') return { ...row, askAt: at + ASK_AGAIN_MS }
  // Said before, by a clock that has been set back since: counts as said now.
  const goneAt = row.goneAt === null || row.goneAt > at ? at : row.goneAt
  return at - goneAt >= ASK_APART_MS ? { ...row, askAt: null } : { ...row, goneAt, askAt: goneAt + ASK_APART_MS }
}

export function changeSuspects(draft: Draft, put: readonly SuspectRow[], gone: readonly string[]): void {
  if (put.length === 0 && gone.length === 0) return
  draft.tableWork.push(async (db) => {
    await db.suspects.bulkDelete([...gone])
    await db.suspects.bulkPut([...put])
  })
  draft.memoryWork.push((book) => {
    for (const key of gone) book.suspects.delete(key)
    for (const row of put) book.suspects.set(row.key, row)
  })
}

/** One that a sweep had missed is there after all: that sweep is believed in nothing any more. */
export function clearSuspects(draft: Draft, sourceId: SourceId, there: readonly SuspectRow[]): number {
  if (there.length === 0) return 0
  const keys = new Set(there.map((row) => row.key))
  const runs = new Set(there.map((row) => row.runId))
  const cleared = suspectsOf(draft.book, sourceId).filter((row) => keys.has(row.key) || runs.has(row.runId))
  changeSuspects(
    draft,
    [],
    cleared.map((row) => row.key),
  )
  const checkpoint = draft.checkpoint(sourceId)
  if (checkpoint.base !== null && runs.has(checkpoint.base.runId)) {
    draft.checkpoints.set(sourceId, { ...checkpoint, base: null, lookAgainAt: null })
  }
  return cleared.length
}
