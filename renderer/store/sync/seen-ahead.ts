import type { RunId, SourceId } from '../../../shared/ids.ts'
import type { Book } from '../book.ts'
import type { Draft } from '../draft.ts'
import type { CheckpointRow, SweepPageRow } from '../rows.ts'

/** A run that brings nothing new is written down at least this often: so much of it has to be read again after a crash. */
const AT_LEAST_EVERY_MS = 10_000
/** Ids of so many pages at most stand in memory only. */
const MOST_PAGES = 2_000

/**
 * Pages of a run that brought nothing new. Neither their ids nor the checkpoint behind them are on the disk: a crash makes
 * the run go on from the last one that is, with the ids that belong to it, so that its proof is as good and only later.
 */
export interface SeenAhead {
  readonly runId: RunId
  /** Place of the last of them in the run. */
  seq: number
  /** Ids of each page, as JSON lists. */
  readonly ids: string[]
  /** When the first of them was seen. */
  readonly since: number
}

/** A page that needs no transaction: what memory knows after it. */
export interface PageAhead {
  readonly sourceId: SourceId
  readonly checkpoint: CheckpointRow
  readonly page: SweepPageRow
  readonly at: number
}

/** Whether one more page may stay in memory. */
export function mayStayAhead(book: Book, { sourceId, page, at }: PageAhead): boolean {
  const ahead = book.seenAhead.get(sourceId)
  if (ahead === undefined || ahead.runId !== page.runId) return true
  return ahead.ids.length < MOST_PAGES && at >= ahead.since && at - ahead.since < AT_LEAST_EVERY_MS
}

export function goAhead(book: Book, { sourceId, checkpoint, page, at }: PageAhead): void {
  const ahead = book.seenAhead.get(sourceId)
  if (ahead?.runId === page.runId) {
    ahead.seq = page.seq
    ahead.ids.push(page.ids)
  } else {
    book.seenAhead.set(sourceId, { runId: page.runId, seq: page.seq, ids: [page.ids], since: at })
  }
  book.checkpoints.set(sourceId, checkpoint)
}

/**
 * What must be stored with the checkpoints of a draft, whoever changes them: a checkpoint on the disk has the ids of all
 * its pages beside it. Of a run that is over, and that no later one is compared to, they are of no use any more.
 */
export function overdueSightings({ book, checkpoints }: Draft): readonly SweepPageRow[] {
  const rows: SweepPageRow[] = []
  for (const [sourceId, row] of checkpoints) {
    const ahead = book.seenAhead.get(sourceId)
    if (ahead === undefined || row === null) continue
    if (row.run?.runId !== ahead.runId && row.base?.runId !== ahead.runId) continue
    const { runId, seq, ids } = ahead
    rows.push({ runId, seq, sourceId, pages: ids.length, ids: joinLists(ids) })
  }
  return rows
}

/** Ids of a run that are in memory only, as rows would have them. */
export function sightingsAhead(book: Book, runId: RunId): { readonly ids: readonly string[]; readonly pages: number } {
  for (const ahead of book.seenAhead.values()) {
    if (ahead.runId === runId) return { ids: ahead.ids, pages: ahead.ids.length }
  }
  return { ids: [], pages: 0 }
}

/** JSON lists one after another, as one. */
function joinLists(lists: readonly string[]): string {
  return `[${lists
    .map((list) => list.slice(1, -1))
    .filter((inner) => inner !== '')
    .join(',')}]`
}
