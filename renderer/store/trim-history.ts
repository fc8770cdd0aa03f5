import type { StoreDatabase } from './database.ts'
import type { TimelineEntry } from './rows.ts'

export interface HistoryBounds {
  readonly commits: number
  readonly own: number
  readonly ofSources: number
}

/**
 * How much of the history is kept, of all clients together. What sources did fills it fastest and stands in the source
 * itself; what was done here, decisions and their losing values among it, has a room of its own and is never pushed out
 * by a large pull.
 */
export const HISTORY_KEPT: HistoryBounds = { commits: 20_000, own: 50_000, ofSources: 50_000 }

/** Counting all of it takes a while: done again only after this many commits. */
const COMMITS_BETWEEN = 200

/**
 * Cuts the oldest entries beyond each bound. Entries keep their places, because they are named by them; a commit of
 * which nothing is left goes whole. Answers with the newest commit, to be handed in next time.
 */
export async function trimHistory(
  db: StoreDatabase,
  checkedAt: number,
  kept: HistoryBounds = HISTORY_KEPT,
): Promise<number> {
  const newest = await db.audit.orderBy(':id').last()
  if (newest === undefined || newest.n - checkedAt < COMMITS_BETWEEN) return checkedAt
  const cut: number[] = []
  const thinned: { n: number; entries: (TimelineEntry | null)[] }[] = []
  const count = { commits: 0, own: 0, ofSources: 0 }
  await db.audit
    .orderBy(':id')
    .reverse()
    .each(({ n, entries }) => {
      count.commits++
      const left = entries.map((entry) => {
        if (entry === null) return null
        const room = isOfSource(entry) ? 'ofSources' : 'own'
        count[room]++
        return count[room] > kept[room] ? null : entry
      })
      if (count.commits > kept.commits || left.every((entry) => entry === null)) cut.push(n)
      else if (left.some((entry, i) => entry !== entries[i])) thinned.push({ n, entries: left })
    })
  await db.audit.bulkDelete(cut)
  await db.audit.bulkPut(thinned)
  return newest.n
}

function isOfSource({ kind }: TimelineEntry): boolean {
  return kind === 'source-changed' || kind === 'source-added' || kind === 'source-removed'
}
