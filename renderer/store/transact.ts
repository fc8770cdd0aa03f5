import { type DBCore, type DBCoreCursor, Dexie, type Middleware, type Table } from 'dexie'
import type { StoreDatabase } from './database.ts'
import type { OnGiveUp } from './storage-guard.ts'

/**
 * Something other than the database was awaited inside a transaction. Without this guard IndexedDB would commit what had
 * been written so far, and half a page would stay (SYNC.md 1.10, F123).
 */
export class ForeignAwaitError extends Error {
  override readonly name = 'ForeignAwaitError'
}

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
  work: () => Promise<T>,
  onGiveUp?: OnGiveUp,
): Promise<T> {
  const state: Watched = { pending: 0, asked: 0, done: false, violated: false }
  try {
    return await db.transaction('rw', [...tables], async () => {
      const native = nativeTransaction()
      watched.set(native, state)
      onGiveUp?.(() => abort(native))
      const result = await work()
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
