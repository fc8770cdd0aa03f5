import type { AppError } from '../../shared/app-error.ts'
import type { RecordId, SourceId } from '../../shared/ids.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { holds } from '../../shared/safety/rules.ts'
import { applyDraft, removeUndo, replaceUndo } from './apply-draft.ts'
import type { Book } from './book.ts'
import type { Databases, StoreDatabase } from './database.ts'
import { Draft } from './draft.ts'
import { storedEntries } from './history.ts'
import { journaledRows } from './journal/journaled-rows.ts'
import type { Copies, Identity, SecondCopy } from './journal/second-copy.ts'
import type { Requests } from './requests.ts'
import type { FenceRow, MetaRow } from './rows.ts'
import { changedRecords } from './saved/changed-records.ts'
import type { OnGiveUp, StorageGuard } from './storage-guard.ts'
import { packSegments, sightingRows, storeRows, storeSegment } from './store-draft.ts'
import { goAhead } from './sync/seen-ahead.ts'
import { tablesOf } from './tables-of.ts'
import { transact, transactAtOnce } from './transact.ts'

export interface WriteOptions {
  /** `strict`: on disk before it is answered (edits). `relaxed`: a page that a power cut may take whole. */
  readonly durability: 'strict' | 'relaxed'
  /** Epoch of the lease that a write of the core rests on; null for the user's own commands. */
  readonly epoch: number | null
  /** For work over the whole book; else the watchdog's usual patience. */
  readonly timeoutMs?: number
  /** Rows that come from the journal, or make it anew: no commit of their own, but an identity for the database. */
  readonly recovery?: () => Recovery
}

export interface Recovery {
  readonly identity: Identity
  /** Commits made before the handshake get their numbers: `n` of their row → number. */
  readonly numbered: ReadonlyMap<number, number>
}

export interface Committed {
  readonly touched: ReadonlySet<RecordId>
  readonly waiting: ReadonlySet<SourceId>
  /** Written under the lease of the core, and not for a command of the user. */
  readonly byCore: boolean
  readonly draft: Draft
}

/**
 * All writes of the store. For whoever adds a command: write with `durability: 'strict', epoch: null`, and the second copy
 * in the journal, the wait for it, and the truth of `copies` in what you answer (write `copies: 'one'`) come of
 * themselves, as long as rows of journaled tables are changed through the draft's maps.
 */
export interface Writer {
  /**
   * Runs `compose` against a draft, puts the draft into one transaction, and only then into memory. Writes go one
   * after another, so what `compose` read is still true when it is stored. A refusal of `compose` stores nothing.
   */
  readonly write: <T>(options: WriteOptions, compose: Compose<T>) => Promise<Result<T, AppError>>
  /** Runs reading work between two writes, so that what it puts into memory misses none of them. */
  readonly between: <T>(work: () => Promise<T>) => Promise<T>
  /** Refused where another owner has claimed the database since. */
  readonly setEpoch: (epoch: number) => Promise<Result<null, AppError>>
  /** Inside a transaction that has `meta`: throws where the database is another's by now. */
  readonly check: (db: StoreDatabase) => Promise<void>
  /** Whether the database still says that it is ours. */
  readonly owns: () => Promise<boolean>
}

export interface WriterDeps {
  readonly book: Book
  readonly databases: Databases
  /** The name under which the database was claimed. */
  readonly owner: string
  readonly guard: StorageGuard
  readonly onCommitted: (committed: Committed) => void
  /** What a transaction needs has been handed over, and there is nothing to do until it answers. */
  readonly onWaiting: () => void
  readonly copies: SecondCopy
  /** Resolves when all that a draft may look at is in memory. */
  readonly whenRead: () => Promise<Result<null, AppError>>
}

const FENCED: AppError = { code: 'storage', kind: 'fenced' }

class FencedError extends Error {
  override readonly name = 'FencedError'
}

export function createWriter(deps: WriterDeps): Writer {
  const { book, databases, owner, guard, onCommitted, onWaiting, copies, whenRead } = deps
  let tail: Promise<unknown> = Promise.resolve()
  /** A transaction that the watchdog has given up may still be running: nothing is composed on what it may change. */
  let hung = false
  /** Number of the newest segment, once this owner has stored one. */
  let lastSegment: number | null = null

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const run = tail.then(work, work)
    tail = run.catch(() => undefined)
    return run
  }

  const checkFence = (fence: FenceRow | null, epoch: number | null): void => {
    if (!holds('lease-fencing')) return
    if (fence === null || fence.owner !== owner) throw new FencedError()
    if (epoch !== null && fence.epoch !== epoch) throw new FencedError()
  }

  const setFence = (change: (before: FenceRow | null) => Omit<FenceRow, 'k'>): Promise<Result<null, AppError>> =>
    inTurn(async () => {
      const { strict } = databases
      const done = await guard.run((onGiveUp) =>
        transact(
          strict,
          [strict.meta],
          async () => {
            await strict.meta.put({ k: 'fence', ...change(await readFence(strict)) })
          },
          onGiveUp,
        ),
      )
      return done.ok ? ok(null) : done
    })

  /** An owner that was asleep while another took over must not take the database back with the next lease. */
  const ours = (before: FenceRow | null): void => {
    if (before === null || before.owner !== owner) throw new FencedError()
  }

  interface Written<T> {
    readonly result: Result<T, AppError>
    /** Of a write with journaled rows: whether, and when, the second copy holds. */
    readonly copied: Promise<Copies> | null
  }

  const writeNow = async <T>(options: WriteOptions, compose: Compose<T>): Promise<Written<T>> => {
    const draft = new Draft(book)
    const result = await compose(draft)
    if (!result.ok) return { result, copied: null }
    const db = databases[options.durability]
    const segments = packSegments(draft)
    let ids: readonly number[] = []
    const last = lastSegment
    let undoIds: readonly number[] = []
    if (hung) return { result: err({ code: 'storage', kind: 'failed' }), copied: null }
    if (draft.onlyLooked) return { result, copied: null }
    if (draft.ahead !== null) {
      goAhead(book, draft.ahead)
      return { result, copied: null }
    }
    const sightings = sightingRows(draft)
    const changed = changedRecords(draft)
    // Asked for in turn, after what was composed: numbers that were given out meanwhile are known by now.
    const recovery = options.recovery?.()
    const staged =
      recovery !== undefined ? null : draft.journalAnew ? copies.stageAnew() : copies.stage(journaledRows(draft))
    let copied: Promise<Copies> | null = null
    let auditId: number | null = null
    let change: number | null = null
    const stored = await guard.run(async (onGiveUp) => {
      hung = true
      // Where this fails, nobody knows what the table has counted: the next one asks it.
      lastSegment = null
      try {
        const tables = tablesOf(db, draft, {
          segments: segments.length > 0,
          journal: staged !== null || recovery !== undefined,
          sightings: sightings.length > 0,
          changes: changed.length > 0,
        })
        // Asked for at once and not one after another: each answer is a way to another process and back. The fence comes
        // first, and all of it is undone where it refuses.
        const ask = async (requests: Requests): Promise<void> => {
          const [, newIds, newUndoIds, newAuditId, newChange] = await Promise.all([
            requests.get(db.meta, 'fence').then((row) => checkFence(fenceIn(row), options.epoch)),
            Promise.all(
              segments.map((segment, i) => storeSegment(requests, db, segment, last === null ? null : last + 1 + i)),
            ),
            Promise.all(draft.undo.map((row) => requests.add(db.undo, row))),
            draft.timeline.length > 0 ? requests.add(db.audit, { entries: draft.timeline }) : null,
            changed.length > 0 ? requests.add(db.changes, { recordIds: changed }) : null,
            storeRows(requests, db, draft, sightings),
            staged?.write(requests, db),
          ])
          ids = newIds
          undoIds = newUndoIds
          auditId = newAuditId
          change = newChange
        }
        if (isKnownBeforehand(draft, { recovery, isNumbered: segments.length === 0 || last !== null }))
          await transactAtOnce(db, tables, ask, { onGiveUp, onWaiting })
        else {
          await transact(
            db,
            tables,
            async (requests) => {
              await Promise.all([
                ask(requests),
                draft.forgets && db.saved.clear(),
                recovery !== undefined && storeRecovery(db, recovery),
              ])
              // Last, and in turn: it may read what was just written.
              for (const work of draft.tableWork) await work(db)
            },
            onGiveUp,
          )
        }
      } finally {
        hung = false
      }
      // Even where nobody waits any more: what is on the disk is in memory.
      lastSegment = ids.length === 0 ? last : Math.max(...ids)
      applyDraft(book, draft, segments, ids)
      if (change !== null) book.newestChange = change
      for (const [i, row] of draft.undo.entries()) book.undo.push({ ...row, n: undoIds[i] ?? 0 })
      if (auditId !== null) book.timeline?.push(...storedEntries(auditId, draft.timeline))
      for (const n of draft.undone) removeUndo(book, n)
      for (const row of draft.undoChanged.values()) replaceUndo(book, row)
      copied = staged?.committed() ?? null
      if (recovery !== undefined) copies.identified(recovery.identity, recovery.numbered)
      onCommitted({ touched: draft.touched, waiting: draft.waiting, byCore: options.epoch !== null, draft })
    }, options.timeoutMs)
    if (!stored.ok) return { result: isFenced(stored) ? err(FENCED) : stored, copied: null }
    return { result, copied }
  }

  return {
    between: async (work) => {
      // What is read between two writes may ask for any head, as a write may.
      await whenRead()
      return inTurn(work)
    },
    check: async (db) => checkFence(await readFence(db), null),
    setEpoch: (epoch) =>
      setFence((before) => {
        ours(before)
        return { owner, epoch }
      }),
    owns: async () => {
      const fence = await guard.run(() => readFence(databases.relaxed))
      return fence.ok && fence.value?.owner === owner
    },
    write: async (options, compose) => {
      const read = await whenRead()
      if (!read.ok) return read
      if (options.epoch !== null) return (await inTurn(() => writeNow(options, compose))).result
      // The user's own: at a start, what the journal may bring back comes first.
      await copies.whenReady()
      const { result, copied } = await inTurn(() => writeNow(options, compose))
      return result.ok ? withCopies(result, copied === null ? 'both' : await copied) : result
    },
  }
}

/**
 * Takes the database over: every older owner's writes fail from here on. Before it is read, so that nothing that such a
 * one was still told is saved is missing from what is read.
 */
export async function claimDatabase({ strict }: Databases, owner: string, onGiveUp: OnGiveUp): Promise<void> {
  await transact(
    strict,
    [strict.meta],
    async () => {
      await strict.meta.put({ k: 'fence', owner, epoch: (await readFence(strict))?.epoch ?? 0 })
    },
    onGiveUp,
  )
}

type Compose<T> = (draft: Draft) => Result<T, AppError> | Promise<Result<T, AppError>>

/** Whatever a command answers with, its `copies` is what is true now. */
function withCopies<T>(result: { readonly ok: true; readonly value: T }, copies: Copies): Result<T, AppError> {
  const { value } = result
  if (typeof value !== 'object' || value === null || !('copies' in value)) return result
  return ok({ ...value, copies })
}

async function storeRecovery(db: StoreDatabase, { identity, numbered }: Recovery): Promise<void> {
  await db.meta.put({ k: 'journal', ...identity })
  await Promise.all([...numbered].map(([n, commit]) => db.unjournaled.update(n, { commit })))
}

/**
 * Whether all that a draft stores can be asked for before anything is answered: it reads nothing, and the number of its
 * segments is known.
 */
function isKnownBeforehand(
  draft: Draft,
  { recovery, isNumbered }: { readonly recovery: Recovery | undefined; readonly isNumbered: boolean },
): boolean {
  return isNumbered && draft.tableWork.length === 0 && !draft.forgets && !draft.journalAnew && recovery === undefined
}

async function readFence(db: StoreDatabase): Promise<FenceRow | null> {
  return fenceIn(await db.meta.get('fence'))
}

function fenceIn(row: MetaRow | undefined): FenceRow | null {
  return row?.k === 'fence' ? row : null
}

function isFenced(failed: { readonly error: AppError }): boolean {
  return failed.error.code === 'storage' && failed.error.kind === 'fenced'
}
