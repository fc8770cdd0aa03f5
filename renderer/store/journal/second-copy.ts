import type { Clock } from '../../../shared/clock.ts'
import type { DatabaseId } from '../../../shared/ids.ts'
import type { Client } from '../../../shared/ipc/rpc.ts'
import type { LeaseApi } from '../../../shared/ipc/store-sync-contract.ts'
import type { JournaledRow } from '../../../shared/model/journal.ts'
import { holds } from '../../../shared/safety/rules.ts'
import type { StoreDatabase } from '../database.ts'
import type { Requests } from '../requests.ts'
import type { UnjournaledRow } from '../rows.ts'
import { inTime } from './in-time.ts'
import type { JournalState } from './load-state.ts'

/** How long a command waits for the second copy, and at a start for the handshake. */
export const COPY_PATIENCE_MS = 2_000
const RETRY_MS = 1_000
const RETRY_CAP_MS = 30_000
const COMMITS_PER_CALL = 100
const ROWS_PER_CALL = 2_000

export type Copies = 'both' | 'one'

export interface Identity {
  readonly databaseId: DatabaseId
  readonly commit: number
}

/** The part of a transaction that prepares the second copy. */
export interface Staged {
  readonly write: (requests: Requests, db: StoreDatabase) => Promise<unknown>
  /** Call when the transaction is complete. Resolves when the second copy holds, or when nobody should wait longer. */
  readonly committed: () => Promise<Copies>
}

export interface CoreLine {
  readonly epoch: number
  readonly call: Pick<Client<LeaseApi>, 'journal.append'>
  /** Makes the journal anew from the database, and reports it by `holds`. False where that did not work. */
  readonly rebuild: () => Promise<boolean>
}

/**
 * Second copies: every transaction that changes journaled rows carries the next commit number and leaves its rows in
 * `unjournaled` (in the same transaction); from there they go to the journal, in order, until it has confirmed them.
 */
export interface SecondCopy {
  readonly identity: () => Identity | null
  readonly epoch: () => number
  /** Not confirmed, oldest first. */
  readonly pending: () => readonly UnjournaledRow[]
  readonly unconfirmedFrom: () => number | null
  /** The number of the commit that is being composed, if it changes journaled rows; null before the handshake. */
  readonly nextCommit: () => number | null
  /** Stages the rows of the next transaction; null where it has none. Only from within the writer's turn. */
  readonly stage: (rows: readonly JournaledRow[]) => Staged | null
  /** Instead: what the journal has been told so far must be forgotten, and the journal be made anew. */
  readonly stageAnew: () => Staged
  /** Rows that the journal has confirmed and the table still holds. */
  readonly confirmed: () => readonly number[]
  readonly forgotten: (ns: readonly number[]) => void
  /** Before a command begins: at a start, the handshake comes first, for a while. */
  readonly whenReady: () => Promise<void>
  /** A core is about to be asked for the lease. */
  readonly expect: () => void
  /** The transaction that gave the database this identity is complete. */
  readonly identified: (identity: Identity, numbered: ReadonlyMap<number, number>) => void
  /**
   * This worker has brought the journal into the database, and the journal does not know of it yet: whatever was written
   * here is newer than what the journal says, should it be asked again.
   */
  readonly isAhead: () => boolean
  /** The journal holds everything up to this commit. */
  readonly holds: (commit: number) => void
  /** The journal has to be made anew as soon as it can be written. */
  readonly rebuildLater: () => void
  readonly lineUp: (line: CoreLine) => void
  readonly lineDown: () => void
}

export function createSecondCopy(deps: {
  readonly clock: Clock
  readonly state: JournalState
  /** The number of unconfirmed commits has changed. */
  readonly onChange: () => void
}): SecondCopy {
  const { clock } = deps
  let identity: Identity | null = deps.state.identity
  let pending: UnjournaledRow[] = [...deps.state.unjournaled]
  let confirmed: number[] = []
  let waiters: { readonly n: number; readonly settle: (copies: Copies) => void }[] = []
  let link: 'none' | 'expected' | 'up' | 'down' = 'none'
  /** The handshake of this worker's life has given numbers out. */
  let isNumbering = false
  let line: CoreLine | null = null
  let isAhead = false
  let isSending = false
  let mustRebuild = false
  let epoch = deps.state.epoch
  let failures = 0
  const ready: (() => void)[] = []

  const open = (): void => {
    for (const go of ready.splice(0)) go()
  }

  const confirm = (commit: number): void => {
    const done = pending.filter((row) => row.commit !== null && row.commit <= commit)
    const numbers = new Set(done.map((row) => row.n))
    pending = pending.filter((row) => !numbers.has(row.n))
    confirmed.push(...numbers)
    const left = new Set(pending.map((row) => row.n))
    for (const waiter of waiters) if (!left.has(waiter.n)) waiter.settle('both')
    waiters = waiters.filter((waiter) => left.has(waiter.n))
    if (done.length > 0) deps.onChange()
  }

  /** True where there is more to do at once. */
  const sendNext = async (to: CoreLine): Promise<boolean> => {
    if (mustRebuild) {
      mustRebuild = !(await to.rebuild())
      return !mustRebuild
    }
    const commits = nextBatch(identity, pending)
    const answer = await inTime(clock, to.call['journal.append']({ epoch: to.epoch, commits }))
    if (line !== to || answer === null) return false
    if (answer.ok) confirm(answer.value.commit)
    // Refused, or less held than it was given: the journal has lost something, and asking again would not bring it back.
    const isOutOfStep = answer.ok
      ? pending.some((row) => row.commit === commits[0]?.commit)
      : answer.error.code === 'bad-input'
    if (isOutOfStep) mustRebuild = true
    return answer.ok || isOutOfStep
  }

  const isBusy = (): boolean => mustRebuild || nextBatch(identity, pending).length > 0

  const send = async (to: CoreLine): Promise<void> => {
    isSending = true
    try {
      while (line === to && isBusy()) {
        if (await sendNext(to)) {
          failures = 0
          continue
        }
        if (line !== to) return
        const pause = Math.min(RETRY_CAP_MS, RETRY_MS * 2 ** failures)
        failures++
        await new Promise<void>((resolve) => clock.schedule(pause, resolve))
      }
    } finally {
      isSending = false
      // What came while the last answer was on its way, or a new line while the old one hung.
      if (line !== null && isBusy()) kick()
    }
  }

  const kick = (): void => {
    if (line !== null && !isSending) void send(line)
  }

  const copied = (n: number): Promise<Copies> => {
    // A program without this rule says "saved" as soon as one copy is there.
    if (!holds('journal-before-saved')) return Promise.resolve('both')
    if (link === 'none' || link === 'down') return Promise.resolve('one')
    return new Promise((resolve) => {
      const cancel = clock.schedule(COPY_PATIENCE_MS, () => {
        waiters = waiters.filter((waiter) => waiter.n !== n)
        resolve('one')
      })
      waiters.push({
        n,
        settle: (copies) => {
          cancel()
          resolve(copies)
        },
      })
    })
  }

  return {
    identity: () => identity,
    epoch: () => epoch,
    pending: () => pending,
    unconfirmedFrom: () => pending.find((row) => row.commit !== null)?.commit ?? null,
    confirmed: () => confirmed,
    forgotten: (ns) => {
      const gone = new Set(ns)
      confirmed = confirmed.filter((n) => !gone.has(n))
    },

    nextCommit: () => (isNumbering && identity !== null ? identity.commit + 1 : null),

    stage: (rows) => {
      if (rows.length === 0) return null
      const next = isNumbering && identity !== null ? { ...identity, commit: identity.commit + 1 } : null
      const commit = next?.commit ?? null
      const forget = [...confirmed]
      let n = 0
      return {
        write: async (requests, db) => {
          const [added] = await Promise.all([
            requests.add(db.unjournaled, { commit, rows: [...rows] }),
            next !== null && requests.put(db.meta, [{ k: 'journal', ...next }]),
            requests.remove(db.unjournaled, forget),
          ])
          n = added
        },
        committed: () => {
          if (next !== null) identity = next
          const gone = new Set(forget)
          confirmed = confirmed.filter((other) => !gone.has(other))
          pending.push({ n, commit, rows })
          const copies = copied(n)
          kick()
          return copies
        },
      }
    },

    stageAnew: () => {
      const next = identity === null ? null : { ...identity, commit: identity.commit + 1 }
      return {
        write: async (requests, db) => {
          await db.unjournaled.clear()
          // A number that no row bears: cut off here, the next handshake finds the journal behind and makes it anew.
          if (next !== null) await requests.put(db.meta, [{ k: 'journal', ...next }])
        },
        committed: () => {
          identity = next
          pending = []
          confirmed = []
          mustRebuild = isNumbering
          kick()
          return Promise.resolve('both')
        },
      }
    },

    whenReady: () => {
      if (link !== 'expected') return Promise.resolve()
      return new Promise((resolve) => {
        const cancel = clock.schedule(COPY_PATIENCE_MS, () => {
          // Waited for once; from here on it is as if there were no core, until it answers.
          if (link === 'expected') link = 'down'
          resolve()
        })
        ready.push(() => {
          cancel()
          resolve()
        })
      })
    },
    expect: () => {
      if (link === 'none') link = 'expected'
    },
    identified: (next, numbered) => {
      identity = next
      isNumbering = true
      isAhead = true
      pending = pending.map((row) => ({ ...row, commit: numbered.get(row.n) ?? row.commit }))
    },
    isAhead: () => isAhead,
    holds: (commit) => {
      isAhead = false
      confirm(commit)
    },
    rebuildLater: () => {
      mustRebuild = true
    },
    lineUp: (next) => {
      line = next
      link = 'up'
      epoch = next.epoch
      failures = 0
      open()
      kick()
    },
    lineDown: () => {
      line = null
      if (link !== 'none') link = 'down'
      open()
    },
  }
}

function nextBatch(identity: Identity | null, pending: readonly UnjournaledRow[]) {
  if (identity === null) return []
  const commits: { databaseId: DatabaseId; commit: number; rows: readonly JournaledRow[] }[] = []
  let rows = 0
  for (const row of pending) {
    if (row.commit === null) continue
    if (commits.length >= COMMITS_PER_CALL || (rows > 0 && rows + row.rows.length > ROWS_PER_CALL)) break
    rows += row.rows.length
    commits.push({ databaseId: identity.databaseId, commit: row.commit, rows: row.rows })
  }
  return commits
}
