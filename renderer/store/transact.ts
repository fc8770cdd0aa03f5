import { type DBCore, type DBCoreCursor, Dexie, type Middleware, type Table } from 'dexie'
import type { StoreDatabase } from './database.ts'
import { ForeignAwaitError, type Requests, requestsOf } from './requests.ts'
import type { OnGiveUp } from './storage-guard.ts'

interface Watched {
  /** Requests of ours without an answer. */
  pending: number
  /** Requests so far. */
  asked: number
  done: boolean
  violated: boolean
}

const watched = new WeakMap<IDBTransaction, Watched>()
const ANY_KEY = 'fence'

/**
 * The only way to write. All of `work` is stored or nothing of it is; it may await nothing but this database. Whenever
 * no request is under way and `work` has not ended, a request of our own keeps the transaction from committing: if there
 * is still nothing asked when it is answered, something foreign is being awaited, and all of it is undone.
 */
export async function transact<T>(
  db: StoreDatabase,
  tables: readonly Table[],
  work: (requests: Requests) => Promise<T>,
  onGiveUp?: OnGiveUp,
): Promise<T> {
  const state: Watched = { pending: 0, asked: 0, done: false, violated: false }
  try {
    return await db.transaction('rw', [...tables], async () => {
      const native = nativeTransaction()
      watched.set(native, state)
      onGiveUp?.(() => abort(native))
      const result = await work(requestsOf(native))
      state.done = true
      // Said, and not waited for: the request that has kept it open until here need not be answered first.
      commit(native)
      return result
    })
  } catch (cause) {
    if (state.violated) throw new ForeignAwaitError('only the database may be awaited inside a transaction')
    throw cause
  }
}

/**
 * The same for work that is known beforehand: `ask` sends all of its requests before it first awaits something, and one
 * that comes later is refused, and all with it. So there is nothing to keep the transaction open for, and no zone to be in.
 * Where the promise of `ask` rejects, nothing stays. `onWaiting` is told twice that there is nothing to do but to wait.
 */
export async function transactAtOnce<T>(
  db: StoreDatabase,
  tables: readonly Table[],
  ask: (requests: Requests) => Promise<T>,
  { onGiveUp, onWaiting }: { readonly onGiveUp?: OnGiveUp; readonly onWaiting?: () => void } = {},
): Promise<T> {
  const native = begin(db, tables)
  const ended = new Promise<'complete' | 'aborted'>((resolve) => {
    native.oncomplete = () => resolve('complete')
    native.onabort = () => resolve('aborted')
  })
  onGiveUp?.(() => abort(native))
  try {
    let isAsking = true
    const answered = ask(requestsOf(native, () => isAsking))
    isAsking = false
    onWaiting?.()
    const result = await answered
    commit(native)
    onWaiting?.()
    if ((await ended) === 'aborted') throw new DOMException('the transaction was aborted', 'AbortError')
    return result
  } catch (cause) {
    abort(native)
    await ended
    // Requests that an abort ends say no more than that; what it was ended by stands here.
    throw native.error ?? cause
  }
}

function begin(db: StoreDatabase, tables: readonly Table[]): IDBTransaction {
  const names = tables.map((table) => table.name)
  // Null, against what its type says, once it is closed: by us, or by the browser.
  const connection: IDBDatabase | null = db.backendDB()
  if (connection === null) throw new Dexie.DatabaseClosedError('the database is closed')
  return connection.transaction(names, 'readwrite', { durability: db.durability })
}

/** Counts the requests of each transaction that `transact` watches. */
export const transactionWatch: Middleware<DBCore> = {
  stack: 'dbcore',
  name: 'transaction-watch',
  create: (core) => ({
    ...core,
    table: (name) => {
      const table = core.table(name)
      const counted = <R extends { readonly trans: unknown }, T>(ask: (request: R) => PromiseLike<T>) => {
        return (request: R) => follow(request.trans, () => ask(request))
      }
      return {
        ...table,
        get: counted(table.get),
        getMany: counted(table.getMany),
        query: counted(table.query),
        count: counted(table.count),
        mutate: counted(table.mutate),
        openCursor: (request) =>
          follow(request.trans, () => table.openCursor(request)).then((cursor) =>
            cursor === null ? null : countedCursor(cursor, request.trans),
          ),
      }
    },
  }),
}

/**
 * The browser's own cursor, with a counted `start`. Not an object derived from it: its getters refuse to speak for
 * anything but a cursor ("Illegal invocation"). Dexie itself replaces `start` when the cursor is through.
 */
function countedCursor(cursor: DBCoreCursor, trans: unknown): DBCoreCursor {
  const start = cursor.start.bind(cursor)
  Object.defineProperty(cursor, 'start', {
    value: (onNext: () => void) => follow(trans, () => start(onNext)),
    writable: true,
    configurable: true,
    enumerable: true,
  })
  return cursor
}

function follow<T>(trans: unknown, ask: () => PromiseLike<T>): Promise<T> {
  // Dexie hands through what the browser gave it.
  const native = trans as IDBTransaction
  const state = watched.get(native)
  const answer = ask()
  if (state === undefined) return answer as Promise<T>
  state.pending++
  state.asked++
  const answered = (): void => {
    state.pending--
    if (state.pending === 0 && !state.done) holdOpen(native, state)
  }
  return answer.then(
    (value) => {
      answered()
      return value
    },
    (cause: unknown) => {
      answered()
      throw cause
    },
  ) as Promise<T>
}

function holdOpen(native: IDBTransaction, state: Watched): void {
  const asked = state.asked
  let request: IDBRequest
  try {
    const store = native.objectStoreNames[0]
    if (store === undefined) return
    request = native.objectStore(store).count(ANY_KEY)
  } catch {
    // It has been aborted, and says so by itself.
    return
  }
  request.onsuccess = () => {
    if (state.done || state.asked !== asked) return
    state.violated = true
    abort(native)
  }
}

function commit(native: IDBTransaction): void {
  try {
    native.commit()
  } catch {
    // It has asked for nothing, or is over already.
  }
}

function abort(native: IDBTransaction): void {
  try {
    native.abort()
  } catch {
    // Over already, one way or the other.
  }
}

function nativeTransaction(): IDBTransaction {
  const { idbtrans } = Dexie.currentTransaction as unknown as { readonly idbtrans: IDBTransaction }
  return idbtrans
}
