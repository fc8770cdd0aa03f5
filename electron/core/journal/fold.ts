import type { AttemptId, DatabaseId, EditId } from '../../../shared/ids.ts'
import type { JournaledAttempt, JournaledOutcome, JournaledRow, JournalLine } from '../../../shared/model/journal.ts'

/**
 * What all lines together say. Folding is idempotent and in order: of a row the last line counts, so a line read twice
 * changes nothing, and fold(prefix) followed by the rest is fold(all).
 */
export interface JournalFold {
  databaseId: DatabaseId | null
  /** Newest commit without a gap before it. */
  commit: number
  /** Commit of the base: what happened before it is known by its results only. */
  baseCommit: number
  /** Commits are missing in the middle: their rows are known in later states at best. */
  hasGap: boolean
  epoch: number
  profileId: string | null
  readonly attempts: Map<AttemptId, JournaledAttempt>
  readonly outcomes: Map<AttemptId, JournaledOutcome>
  readonly acknowledged: Set<AttemptId>
  /** Edits that a source has accepted, as far back as the lines go. */
  readonly done: Set<EditId>
  /** `table|key` → the row and the commit that wrote it. Null where rows are not wanted: a start counts, no more. */
  readonly rows: Map<string, FoldedRow> | null
  /** A base that has begun and not ended. */
  base: { readonly databaseId: DatabaseId; readonly commit: number; readonly rows: JournaledRow[] } | null
}

export interface FoldedRow extends JournaledRow {
  readonly commit: number
}

export function emptyFold(withRows: boolean): JournalFold {
  return {
    databaseId: null,
    commit: 0,
    baseCommit: 0,
    hasGap: false,
    epoch: 0,
    profileId: null,
    attempts: new Map(),
    outcomes: new Map(),
    acknowledged: new Set(),
    done: new Set(),
    rows: withRows ? new Map() : null,
    base: null,
  }
}

export function foldLine(fold: JournalFold, line: JournalLine): void {
  switch (line.k) {
    case 'base':
      fold.base = { databaseId: line.databaseId, commit: line.commit, rows: [] }
      return
    case 'base-rows':
      if (fold.rows !== null) fold.base?.rows.push(...line.rows)
      return
    case 'base-end':
      endBase(fold)
      return
    case 'rows':
      foldCommit(fold, line)
      return
    case 'lease':
      fold.epoch = Math.max(fold.epoch, line.epoch)
      fold.profileId = line.profileId
      return
    case 'attempt': {
      const { k: _k, ...attempt } = line
      fold.attempts.set(line.attemptId, attempt)
      return
    }
    case 'outcome': {
      const { k: _k, ...outcome } = line
      fold.outcomes.set(line.attemptId, outcome)
      if (isDone(line.outcome)) fold.done.add(line.editId)
      return
    }
    case 'acknowledged':
      fold.acknowledged.add(line.attemptId)
  }
}

function endBase(fold: JournalFold): void {
  const { base } = fold
  if (base === null) return
  fold.base = null
  fold.databaseId = base.databaseId
  fold.commit = base.commit
  fold.baseCommit = base.commit
  fold.hasGap = false
  fold.rows?.clear()
  for (const row of base.rows) fold.rows?.set(rowKey(row), { ...row, commit: base.commit })
}

function foldCommit(fold: JournalFold, line: Extract<JournalLine, { k: 'rows' }>): void {
  if (fold.databaseId === null) fold.databaseId = line.databaseId
  // Lines of another life of the database end with the base that began the new one.
  if (line.databaseId !== fold.databaseId || line.commit <= fold.commit) return
  if (line.commit === fold.commit + 1 && !fold.hasGap) fold.commit = line.commit
  else fold.hasGap = true
  for (const row of line.rows) {
    const key = rowKey(row)
    const before = fold.rows?.get(key)
    if (before === undefined || before.commit <= line.commit) fold.rows?.set(key, { ...row, commit: line.commit })
  }
}

/** Outcomes that the store may not have taken. */
export function openOutcomes(fold: JournalFold): readonly JournaledOutcome[] {
  return [...fold.outcomes.values()].filter(({ attemptId }) => !fold.acknowledged.has(attemptId))
}

/**
 * The last sending of each edit, where the store may not know how it ended, or even that it was: a later sending of the
 * same edit says that the earlier one was settled.
 */
export function openAttempts(fold: JournalFold): readonly JournaledAttempt[] {
  const last = new Map<EditId, JournaledAttempt>()
  for (const attempt of fold.attempts.values()) {
    const other = last.get(attempt.editId)
    if (other === undefined || other.at < attempt.at) last.set(attempt.editId, attempt)
    else if (other.at === attempt.at && other.attemptId < attempt.attemptId) last.set(attempt.editId, attempt)
  }
  return [...last.values()].filter(({ attemptId }) => !fold.acknowledged.has(attemptId))
}

export function rowKey(row: Pick<JournaledRow, 'table' | 'key'>): string {
  return `${row.table}|${row.key}`
}

/** The core knows of outcomes only whether the source has accepted. */
export function isDone(outcome: unknown): boolean {
  return outcome instanceof Object && 'kind' in outcome && outcome.kind === 'done'
}
