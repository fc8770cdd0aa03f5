import type { AppError } from '../../../shared/app-error.ts'
import { createDatabaseId, type DatabaseId } from '../../../shared/ids.ts'
import type { Client } from '../../../shared/ipc/rpc.ts'
import type { LeaseApi } from '../../../shared/ipc/store-sync-contract.ts'
import type { JournaledAttempt, JournaledRow, RecoveryState } from '../../../shared/model/journal.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Draft } from '../draft.ts'
import { LONG_WORK_MS } from '../storage-guard.ts'
import type { StoreContext } from '../store-context.ts'
import type { Recovery } from '../writer.ts'
import { inTime } from './in-time.ts'
import { allJournaledRows } from './journaled-rows.ts'
import { notice } from './notice.ts'
import { dropRow, holdEdits, noteAttempts, type Replayed, replayRows } from './replay.ts'

export interface RecoveryOrder {
  readonly epoch: number
  readonly state: RecoveryState
  /** Newest commit that the journal holds. */
  readonly commit: number
  readonly attempts: readonly JournaledAttempt[]
  readonly hold: 'copied' | 'restored' | null
}

export type Calls = Pick<Client<LeaseApi>, 'journal.read' | 'journal.rebuild'>

const ROWS_PER_PART = 500
const PART_MS = 20_000

/**
 * Brings the database and the journal together, before anything of the core is served (SYNC.md 1.4). Each state ends
 * with both knowing the same; cut off anywhere, the next start finds a state that ends the same way.
 */
export async function recoverStore(
  context: StoreContext,
  calls: Calls,
  order: RecoveryOrder,
): Promise<Result<null, AppError>> {
  const { state } = order
  const read = READS[state]
  let told: Told = { rows: [], complete: false }
  if (read !== 'nothing') {
    const answer = await readJournal(context, calls, read === 'tail' ? (context.copies.identity()?.commit ?? 0) : null)
    if (!answer.ok) return answer
    told = answer.value
  }
  const stored = await storeRecovery(context, order, told)
  if (!stored.ok) return stored
  if (!REBUILDS.has(state)) {
    context.copies.holds(order.commit)
    return ok(null)
  }
  const rebuilt = await rebuildJournal(context, calls, order.epoch)
  if (rebuilt.ok || rebuilt.error.code !== 'storage' || !UNWRITABLE.has(rebuilt.error.kind)) return rebuilt
  // A journal that cannot be written must not keep the book shut: it is tried again, and the user is told meanwhile.
  context.copies.rebuildLater()
  return ok(null)
}

/** What a disk says that takes nothing. */
const UNWRITABLE: ReadonlySet<string> = new Set(['failed', 'full', 'read-only'])

const READS: Readonly<Record<RecoveryState, 'nothing' | 'tail' | 'all'>> = {
  'first-start': 'nothing',
  'in-step': 'nothing',
  'journal-behind': 'nothing',
  'database-behind': 'tail',
  'database-reset': 'all',
  'database-resurrected': 'all',
  'journal-lost': 'nothing',
  'both-lost': 'nothing',
}

/** After these the journal begins anew, with what the database holds then. */
const REBUILDS: ReadonlySet<RecoveryState> = new Set([
  'first-start',
  'database-reset',
  'database-resurrected',
  'journal-lost',
  'both-lost',
])

/** In these the database begins another life. */
const NEW_LIVES: ReadonlySet<RecoveryState> = new Set([
  'first-start',
  'database-reset',
  'database-resurrected',
  'both-lost',
])

interface Told {
  readonly rows: readonly JournaledRow[]
  /** There is nothing besides these. */
  readonly complete: boolean
}

export async function readJournal(
  { clock }: StoreContext,
  calls: Calls,
  after: number | null,
): Promise<Result<Told, AppError>> {
  const rows: JournaledRow[] = []
  let complete = false
  for (let cursor: string | null = null; ; ) {
    const part: Awaited<ReturnType<Calls['journal.read']>> | null = await inTime(
      clock,
      calls['journal.read']({ after, cursor }),
      PART_MS,
    )
    if (part === null) return err({ code: 'disconnected' })
    if (!part.ok) return part
    rows.push(...part.value.rows)
    complete = part.value.complete
    cursor = part.value.next
    if (cursor === null) return ok({ rows, complete })
  }
}

/** One transaction: rows, the database's identity, numbers for what was done before the handshake. */
function storeRecovery(context: StoreContext, order: RecoveryOrder, told: Told): Promise<Result<null, AppError>> {
  const { copies, clock, random } = context
  const at = clock.now()
  const recovery = (): Recovery => {
    const identity = copies.identity()
    const pending = copies.pending()
    const known = Math.max(identity?.commit ?? 0, order.commit, ...pending.map((row) => row.commit ?? 0))
    const numbered = new Map<number, number>()
    for (const row of pending) if (row.commit === null) numbered.set(row.n, known + numbered.size + 1)
    const databaseId: DatabaseId =
      identity === null || NEW_LIVES.has(order.state) ? createDatabaseId(random) : identity.databaseId
    return { identity: { databaseId, commit: known + numbered.size }, numbered }
  }
  return context.writer.write<null>(
    { durability: 'strict', epoch: order.epoch, timeoutMs: LONG_WORK_MS, recovery },
    (draft) => {
      const early = new Set(
        copies
          .pending()
          .filter((row) => row.commit === null || copies.isAhead())
          .flatMap((row) => row.rows.map((r) => `${r.table}|${r.key}`)),
      )
      const replayed = replayRows(draft, told.rows, { at, early, fresh: order.state === 'database-reset' })
      const doubtful = judgeUntold(context, draft, order, told)
      noteAttempts(draft, order.attempts, at)
      const held = holdEdits(draft, (editId) => order.hold !== null || doubtful.has(editId))
      tell(draft, order, replayed, held, at)
      if (order.state === 'database-reset') {
        const rebuilt = { k: 'rebuilt' as const, at, clean: {} }
        draft.tableWork.push((db) => db.meta.put(rebuilt))
        draft.memoryWork.push((book) => {
          book.rebuilt = rebuilt
        })
      }
      return ok(null)
    },
  )
}

/**
 * Rows of the database that the journal did not speak of. Of a database that has merely fallen behind they are gone; of
 * one that came back from somewhere they are kept, but its edits are hearsay and wait for the user.
 */
function judgeUntold(context: StoreContext, draft: Draft, order: RecoveryOrder, told: Told): ReadonlySet<string> {
  const isBehind = order.state === 'database-behind' && told.complete
  const isHearsay = order.state === 'database-resurrected'
  if (!isBehind && !isHearsay) return new Set()
  const spokenOf = new Set(told.rows.map((row) => `${row.table}|${row.key}`))
  // Its own, and never confirmed: no journal can know of them.
  for (const row of context.copies.pending()) for (const r of row.rows) spokenOf.add(`${r.table}|${r.key}`)
  const untold = allJournaledRows(context.book).filter((row) => !spokenOf.has(`${row.table}|${row.key}`))
  for (const row of untold) if (isBehind || row.table === 'fieldRules') dropRow(draft, row)
  return new Set(isHearsay ? untold.filter((row) => row.table === 'outbox').map((row) => row.key) : [])
}

function tell(draft: Draft, order: RecoveryOrder, replayed: Replayed, held: number, at: number): void {
  const { edits, localValues, unreadable } = replayed
  if (order.state === 'database-reset') notice(draft, at, 'database-rebuilt', { edits, localValues })
  if (order.state === 'database-behind') notice(draft, at, 'database-replayed', { edits })
  if (order.state === 'both-lost') notice(draft, at, 'both-lost')
  const own = draft.book.edits.size + draft.book.overlays.size + draft.book.locals.size
  if (order.state === 'journal-lost' && own > 0) notice(draft, at, 'journal-rebuilt', { edits: draft.book.edits.size })
  if (held > 0) notice(draft, at, 'rows-held', { edits: held, because: order.hold ?? 'recovered' })
  if (unreadable > 0) notice(draft, at, 'rows-unreadable', { rows: unreadable })
}

/** The journal anew from the database, a part at a time; the old one counts until the last part is stored. */
export async function rebuildJournal(
  context: StoreContext,
  calls: Pick<Calls, 'journal.rebuild'>,
  epoch: number,
): Promise<Result<null, AppError>> {
  // Between two writes: these are the rows of exactly this commit.
  const snapshot = await context.writer.between(async () => ({
    identity: context.copies.identity(),
    rows: allJournaledRows(context.book),
  }))
  const { identity, rows } = snapshot
  if (identity === null) return err({ code: 'missing', what: 'identity' })
  const parts = Math.max(1, Math.ceil(rows.length / ROWS_PER_PART))
  for (let part = 0; part < parts; part++) {
    const answer = await inTime(
      context.clock,
      calls['journal.rebuild']({
        epoch,
        ...identity,
        part,
        last: part === parts - 1,
        rows: rows.slice(part * ROWS_PER_PART, (part + 1) * ROWS_PER_PART),
      }),
      PART_MS,
    )
    if (answer === null) return err({ code: 'disconnected' })
    if (!answer.ok) return answer
  }
  context.copies.holds(identity.commit)
  return ok(null)
}
