import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { IdbFactory } from '../../../renderer/store/database.ts'
import type { Dice } from './dice.ts'
import type { Life, SimTime } from './time.ts'

/** What may happen to one transaction; null: nothing. */
export type StorageTrouble = 'abort' | 'quota' | 'hang' | 'slow'

export interface SimStorage {
  /** The database as one worker sees it; what the worker had open ends with it. */
  readonly open: (life: Life) => IdbFactory & { readonly kill: () => void }
  /** All of it, as if the browser had thrown it away. No worker may be alive. */
  readonly lose: () => void
  /** Takes back the newest `commits`; with `relaxedOnly` up to the newest that was flushed (a power cut). */
  readonly rollBack: (commits: number, relaxedOnly: boolean) => number
  /** The rows stay, their identity does not: old files that came back. */
  readonly forgetIdentity: () => void
  /** Every stored value of one table, or of all, as it lies there. */
  readonly dump: (table?: string) => readonly unknown[]
  /** No transaction is in the middle of its writes: what lies there has been committed. */
  readonly isIdle: () => boolean
  /** Commits so far that changed something. */
  readonly commits: () => number
  /** Told of each commit: whose, and which tables. */
  onCommit: (life: Life, tables: readonly string[]) => void
}

/** The inner side of fake-indexeddb, as far as it is used here. */
interface RawStore {
  readonly records: { values(): Iterable<{ readonly value: unknown }> }
  clear(): void
}
interface RawTransaction {
  readonly db: RawConnection
  readonly mode: string
  readonly durability: string
  readonly _rollbackLog: (() => void)[]
  readonly _scope: ReadonlySet<string>
  _state: string
  _start: () => void
  _abort(name: string | null): void
  addEventListener(type: string, listener: () => void): void
}
interface RawDatabase {
  readonly rawObjectStores: ReadonlyMap<string, RawStore>
  transactions: RawTransaction[]
  connections: RawConnection[]
}
interface RawConnection {
  readonly _rawDatabase: RawDatabase
  _closed: boolean
  _closePending: boolean
  transaction: (...input: readonly unknown[]) => RawTransaction
  close(): void
}
interface RawFactory {
  readonly _databases: Map<string, RawDatabase>
}

/** Commits that can still be taken back. */
const KEPT_COMMITS = 60

export function createSimStorage(deps: {
  readonly time: SimTime
  readonly dice: Dice
  /** Asked for each transaction that writes. */
  readonly trouble: () => StorageTrouble | null
}): SimStorage {
  const { time, dice, trouble } = deps
  let factory = new IDBFactory()
  let history: { readonly flushed: boolean; readonly undo: readonly (() => void)[] }[] = []
  let commits = 0
  const hanging = new Set<RawTransaction>()
  const sleeping = new Map<RawTransaction, () => void>()

  // The library's types say what the standard says; these are its own fields.
  const raw = (): RawFactory => factory as unknown as RawFactory

  const databases = (): readonly RawDatabase[] => [...raw()._databases.values()]

  const watch = (tx: RawTransaction, life: Life): void => {
    tx.addEventListener('complete', () => {
      if (tx._rollbackLog.length === 0) return
      commits++
      history.push({ flushed: tx.durability === 'strict', undo: [...tx._rollbackLog] })
      if (history.length > KEPT_COMMITS) history.shift()
      storage.onCommit(life, [...tx._scope])
    })
    if (tx.mode !== 'readwrite') return
    const kind = trouble()
    if (kind === null) return
    const start = tx._start.bind(tx)
    let turns = dice.below(12)
    // Each step of a transaction comes through here; the trouble strikes at one of them.
    tx._start = () => {
      if (turns-- > 0) return start()
      tx._start = start
      // Nothing hangs in a connection that is being closed: see below.
      if (tx.db._closePending && (kind === 'hang' || kind === 'slow')) return start()
      if (kind === 'hang') {
        hanging.add(tx)
        return
      }
      if (kind === 'slow') {
        const wake = (): void => {
          if (sleeping.delete(tx)) time.post('database', start)
        }
        sleeping.set(tx, wake)
        time.schedule(dice.between(5, 9_000), wake)
        return
      }
      if (tx._state !== 'finished') tx._abort(kind === 'quota' ? 'QuotaExceededError' : 'AbortError')
    }
  }

  const storage: SimStorage = {
    open: (life) => {
      const mine = new Set<RawConnection>()
      const opened = factory
      const watched = new Proxy(opened, {
        get: (target, name) => {
          if (name !== 'open') {
            const value: unknown = Reflect.get(target, name)
            return typeof value === 'function' ? value.bind(target) : value
          }
          return (database: string, version?: number) => {
            if (!life.alive) throw new DOMException('gone', 'InvalidStateError')
            const request = target.open(database, version)
            const keep = (): void => {
              const connection = request.result as unknown as RawConnection
              if (mine.has(connection)) return
              mine.add(connection)
              const transact = connection.transaction.bind(connection)
              connection.transaction = (...input) => {
                if (!life.alive) throw new DOMException('gone', 'InvalidStateError')
                const tx = transact(...input)
                watch(tx, life)
                return tx
              }
              // The library would wait in circles for a transaction that hangs or sleeps.
              const close = connection.close.bind(connection)
              connection.close = () => {
                for (const tx of hanging) if (tx.db === connection && tx._state !== 'finished') tx._abort('AbortError')
                for (const [tx, wake] of sleeping) if (tx.db === connection) wake()
                close()
              }
              if (!life.alive) connection.close()
            }
            request.addEventListener('success', keep)
            return request
          }
        },
      })
      return {
        indexedDB: watched,
        IDBKeyRange,
        kill: () => {
          for (const connection of mine) {
            const db = connection._rawDatabase
            for (const tx of db.transactions) {
              if (tx.db !== connection || tx._state === 'finished') continue
              tx._abort('AbortError')
            }
            connection._closePending = true
            connection._closed = true
            db.connections = db.connections.filter((other) => other !== connection)
          }
          mine.clear()
        },
      }
    },
    lose: () => {
      factory = new IDBFactory()
      history = []
    },
    rollBack: (count, relaxedOnly) => {
      let done = 0
      while (done < count) {
        const last = history.at(-1)
        if (last === undefined || (relaxedOnly && last.flushed)) break
        history.pop()
        for (const undo of [...last.undo].reverse()) undo()
        done++
      }
      return done
    },
    forgetIdentity: () => {
      for (const db of databases()) db.rawObjectStores.get('meta')?.clear()
      history = []
    },
    dump: (table) =>
      databases().flatMap((db) =>
        [...db.rawObjectStores].flatMap(([name, store]) =>
          table === undefined || table === name ? [...store.records.values()].map(({ value }) => value) : [],
        ),
      ),
    isIdle: () =>
      databases().every(({ transactions }) =>
        transactions.every((tx) => tx._state === 'finished' || tx._rollbackLog.length === 0),
      ),
    commits: () => commits,
    onCommit: () => undefined,
  }
  return storage
}
