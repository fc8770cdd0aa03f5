import type { DatabaseId } from '../../../shared/ids.ts'
import type { JournaledRow, JournalLine } from '../../../shared/model/journal.ts'
import { type FoldedRow, type JournalFold, openAttempts, openOutcomes, rowKey } from './fold.ts'

const ROWS_PER_LINE = 200
/** Edits that are over: as many stay known, so that old rows that come back are told from unknown ones. */
const GONE_KEPT = 5_000

/** The whole account anew: the base with these rows, and everything else that has no end yet. */
export function baseLines(
  fold: JournalFold,
  base: { readonly databaseId: DatabaseId; readonly commit: number; readonly rows: readonly JournaledRow[] },
): readonly JournalLine[] {
  const lines: JournalLine[] = [{ k: 'base', databaseId: base.databaseId, commit: base.commit }]
  const live = new Set(base.rows.map(rowKey))
  const rows = [...base.rows, ...goneEdits(fold, live)]
  for (let at = 0; at < rows.length; at += ROWS_PER_LINE) {
    lines.push({ k: 'base-rows', rows: rows.slice(at, at + ROWS_PER_LINE) })
  }
  lines.push({ k: 'base-end', rows: rows.length })
  if (fold.epoch > 0 && fold.profileId !== null) {
    lines.push({ k: 'lease', epoch: fold.epoch, profileId: fold.profileId, databaseId: base.databaseId })
  }
  for (const attempt of openAttempts(fold)) {
    // The edit is over: nobody asks any more how that sending ended.
    if (live.has(rowKey({ table: 'outbox', key: attempt.editId }))) lines.push({ k: 'attempt', ...attempt })
  }
  for (const outcome of openOutcomes(fold)) lines.push({ k: 'outcome', ...outcome })
  return lines
}

/** Rows that are there, without those that are known to be gone. */
export function liveRows(fold: JournalFold): readonly JournaledRow[] {
  return [...(fold.rows?.values() ?? [])].filter((row) => row.row !== null).map(plain)
}

function goneEdits(fold: JournalFold, live: ReadonlySet<string>): readonly JournaledRow[] {
  return [...(fold.rows?.values() ?? [])]
    .filter((row) => row.table === 'outbox' && !live.has(rowKey(row)))
    .sort((a, b) => b.commit - a.commit)
    .slice(0, GONE_KEPT)
    .map((row) => ({ table: row.table, key: row.key, row: null }))
}

export function plain({ table, key, row }: FoldedRow): JournaledRow {
  return { table, key, row }
}
