import type { AppError } from '../../../shared/app-error.ts'
import type { AttemptId, DatabaseId, EditId, SourceId } from '../../../shared/ids.ts'
import type {
  JournaledAttempt,
  JournaledCommit,
  JournaledOutcome,
  JournaledRow,
  JournalLine,
} from '../../../shared/model/journal.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { JournalFiles, Log } from '../../host/host.ts'
import { baseLines, liveRows, plain } from './base-lines.ts'
import { emptyFold, foldLine, type JournalFold, openAttempts, openOutcomes } from './fold.ts'
import { createSegmentLog, type LineRules, type Rewriting, SEGMENT_BYTES, type SegmentLog } from './segment-log.ts'

export interface JournalFacts {
  /** False: the folder can be neither read nor written. Nothing is lost by that, but nothing has a second copy. */
  readonly available: boolean
  /** Some of what was written is not there any more. */
  readonly damaged: boolean
  readonly databaseId: DatabaseId | null
  readonly commit: number
  readonly epoch: number
  readonly profileId: string | null
}

/**
 * The intent journal: the second copy of what the user did, and the first of what was sent (docs/adr/0012). In memory is
 * only what has no end yet; rows stay on the disk until somebody asks for them.
 */
export interface IntentJournal {
  /** Reads it, once; again where it could not be read before. */
  readonly open: () => Promise<JournalFacts>
  readonly facts: () => JournalFacts
  readonly lease: (lease: Omit<Extract<JournalLine, { k: 'lease' }>, 'k'>) => Promise<boolean>
  readonly append: (commits: readonly JournaledCommit[]) => Promise<Result<{ commit: number }, AppError>>
  readonly readRows: (after: number | null, cursor: string | null) => Promise<Result<JournalPart, AppError>>
  readonly rebuild: (part: RebuildPart) => Promise<Result<{ commit: number }, AppError>>
  /** False where it is not on the disk: then nothing may be sent. */
  readonly attempt: (attempt: JournaledAttempt) => Promise<boolean>
  readonly outcome: (outcome: JournaledOutcome) => Promise<boolean>
  /** The store has taken the outcome, with this commit; it is forgotten once the journal holds that commit, too. */
  readonly settled: (attemptId: AttemptId, commit: number | null) => void
  readonly openOutcomes: (sourceId: SourceId) => readonly JournaledOutcome[]
  readonly openAttempts: () => readonly JournaledAttempt[]
  /** Has a source accepted this edit, as far as the journal remembers? */
  readonly isDone: (editId: EditId) => boolean
  /** Makes it shorter where that is worth while. */
  readonly compact: () => Promise<void>
  /** Writes what is there by the present rules. False where not all of it could be. */
  readonly rewrite: (rewriting: Rewriting) => Promise<boolean>
  readonly close: () => Promise<void>
}

export interface JournalPart {
  readonly rows: readonly JournaledRow[]
  readonly commit: number
  /** All rows there are; false where the journal itself has lost some, or only the newer ones were asked for. */
  readonly complete: boolean
  readonly next: string | null
}

export interface RebuildPart {
  readonly databaseId: DatabaseId
  readonly commit: number
  readonly part: number
  readonly last: boolean
  readonly rows: readonly JournaledRow[]
}

/** Rows of one answer of `journal.read`. */
const ROWS_PER_PART = 500
/** Beyond this, or so many segments, the account of the present state is shorter. */
const COMPACT_BYTES = 2 * SEGMENT_BYTES
const COMPACT_SEGMENTS = 12

export function createIntentJournal(deps: {
  readonly files: JournalFiles
  readonly log: Log
  /** How lines are written and read; in plain without. */
  readonly rules?: () => LineRules
}): IntentJournal {
  const segments: SegmentLog = createSegmentLog(deps)
  const unwritable = (): AppError => ({ code: 'storage', kind: segments.trouble() })
  let fold: JournalFold = emptyFold(false)
  let available = false
  let damaged = false
  let opening: Promise<JournalFacts> | null = null
  /** Size right after the last compaction: what is all live is not compacted again and again. */
  let baseBytes = 0
  let rebuilding: RebuildPart | null = null
  let reading: { readonly rows: readonly JournaledRow[]; readonly commit: number; readonly complete: boolean } | null =
    null
  const settling = new Map<AttemptId, number>()
  let turn: Promise<unknown> = Promise.resolve()

  /** Commits are checked against each other: one call at a time. */
  const alone = <T>(work: () => Promise<T>): Promise<T> => {
    const run = turn.then(work, work)
    turn = run.catch(() => undefined)
    return run
  }

  const facts = (): JournalFacts => ({
    available,
    damaged: damaged || fold.hasGap,
    databaseId: fold.databaseId,
    commit: fold.commit,
    epoch: fold.epoch,
    profileId: fold.profileId,
  })

  const open = (): Promise<JournalFacts> => {
    if (available && opening !== null) return opening.then(facts)
    opening = (async () => {
      const next = emptyFold(false)
      const health = await segments.read((line) => foldLine(next, line))
      available = health.available
      damaged = health.damaged.length > 0
      if (available) fold = next
      return facts()
    })()
    return opening
  }

  /** On the disk first, in memory after. */
  const put = async (lines: readonly JournalLine[]): Promise<boolean> => {
    if (!available) await open()
    if (!available) return false
    const stored = await segments.append(lines)
    if (stored) for (const line of lines) foldLine(fold, line)
    return stored
  }

  const replaceBy = (make: (full: JournalFold) => readonly JournalLine[] | null): Promise<boolean> =>
    segments.replace({
      make: async (read) => {
        const full = emptyFold(true)
        const health = await read((line) => foldLine(full, line))
        return health.available ? make(full) : null
      },
      stored: (lines) => {
        const next = emptyFold(false)
        for (const line of lines) foldLine(next, line)
        for (const editId of fold.done) next.done.add(editId)
        fold = next
        damaged = false
        baseBytes = segments.bytes()
      },
    })

  const acknowledge = (): void => {
    const over = [...settling].filter(([, commit]) => commit <= fold.commit).map(([attemptId]) => attemptId)
    if (over.length === 0) return
    for (const attemptId of over) settling.delete(attemptId)
    // Not waited for: where it is lost, the outcome is delivered once more, and that is a no-op.
    void put(over.map((attemptId) => ({ k: 'acknowledged', attemptId })))
  }

  const append = async (commits: readonly JournaledCommit[]): Promise<Result<{ commit: number }, AppError>> => {
    if (!(await open()).available) return err(unwritable())
    const fresh = commits.filter((commit) => commit.commit > fold.commit)
    if (commits.some((commit) => commit.databaseId !== fold.databaseId)) return refused('other-database')
    if (fresh.length === 0) return ok({ commit: fold.commit })
    if (fold.hasGap || fresh.some((commit, i) => commit.commit !== fold.commit + 1 + i)) return refused('gap')
    if (!(await put(fresh.map((commit) => ({ k: 'rows', ...commit }))))) return err(unwritable())
    acknowledge()
    // Nobody waits for it; what is appended next does, for as long as a few megabytes take.
    if (isLong()) void alone(compact)
    return ok({ commit: fold.commit })
  }

  const isLong = (): boolean =>
    segments.bytes() > Math.max(COMPACT_BYTES, 3 * baseBytes) || segments.segments() > COMPACT_SEGMENTS

  const compact = async (): Promise<void> => {
    const { databaseId, commit, hasGap } = fold
    // Of what is damaged the database makes a new account; a shorter one of the rest would hide what is missing.
    if (!available || !isLong() || databaseId === null || hasGap || damaged) return
    await replaceBy((full) =>
      full.databaseId === databaseId && full.commit >= commit
        ? baseLines(full, { databaseId, commit: full.commit, rows: liveRows(full) })
        : null,
    )
  }

  const readRows: IntentJournal['readRows'] = async (after, cursor) => {
    if (!(await open()).available) return err(unwritable())
    if (cursor === null) {
      const full = emptyFold(true)
      const health = await segments.read((line) => foldLine(full, line))
      if (!health.available) return err(unwritable())
      const isWhole = health.damaged.length === 0 && !full.hasGap
      const rows = [...(full.rows?.values() ?? [])].filter((row) => row.commit > (after ?? -1)).map(plain)
      reading = { rows, commit: full.commit, complete: isWhole && (after === null || after < full.baseCommit) }
    }
    if (reading === null) return refused('no-reading')
    const from = cursor === null ? 0 : Number.parseInt(cursor, 10)
    const { commit, complete } = reading
    const rows = reading.rows.slice(from, from + ROWS_PER_PART)
    const isLast = from + ROWS_PER_PART >= reading.rows.length
    if (isLast) reading = null
    return ok({ rows, commit, complete, next: isLast ? null : String(from + ROWS_PER_PART) })
  }

  const rebuild = async ({ rows, ...part }: RebuildPart): Promise<Result<{ commit: number }, AppError>> => {
    if (!(await open()).available) return err(unwritable())
    if (part.part === 0) rebuilding = { ...part, rows: [...rows] }
    else if (rebuilding === null || part.part !== rebuilding.part + 1) return refused('gap')
    else rebuilding = { ...part, rows: [...rebuilding.rows, ...rows] }
    if (!part.last) return ok({ commit: 0 })
    const base = rebuilding
    rebuilding = null
    if (!(await replaceBy((full) => baseLines({ ...full, epoch: fold.epoch, profileId: fold.profileId }, base))))
      return err(unwritable())
    acknowledge()
    return ok({ commit: fold.commit })
  }

  return {
    open,
    facts,
    lease: (lease) => put([{ k: 'lease', ...lease }]),
    append: (commits) => alone(() => append(commits)),
    readRows: (after, cursor) => alone(() => readRows(after, cursor)),
    rebuild: (part) => alone(() => rebuild(part)),
    attempt: (attempt) => put([{ k: 'attempt', ...attempt }]),
    outcome: (outcome) => put([{ k: 'outcome', ...outcome }]),
    settled: (attemptId, commit) => {
      settling.set(attemptId, commit ?? 0)
      acknowledge()
    },
    openOutcomes: (sourceId) => openOutcomes(fold).filter((outcome) => outcome.sourceId === sourceId),
    openAttempts: () => openAttempts(fold),
    isDone: (editId) => fold.done.has(editId),
    compact: () => alone(compact),
    rewrite: (rewriting) => alone(() => segments.rewrite(rewriting)),
    close: () => segments.close(),
  }
}

function refused(rule: string): Result<never, AppError> {
  return err({ code: 'bad-input', field: 'journal', rule })
}
