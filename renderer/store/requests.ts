import type { DBCoreMutateResponse, DBCoreTable, Table } from 'dexie'

/**
 * Something other than the database was awaited inside a transaction. Without this guard IndexedDB would commit what had
 * been written so far, and half a page would stay (SYNC.md 1.10, F123).
 */
export class ForeignAwaitError extends Error {
  override readonly name = 'ForeignAwaitError'
}

/**
 * What storing a draft asks of its transaction. Each request leaves when it is called, by the lowest layer that Dexie has
 * for it (the table's core: middleware, one promise, one request): a table's own methods enter a zone, look for the
 * transaction and wrap their answer, which for a small write is half of what the worker does.
 */
export interface Requests {
  readonly get: <R, K, I>(table: Table<R, K, I>, key: K) => Promise<R | undefined>
  /** Its key; refused, and the transaction with it, where the key is taken. */
  readonly add: <R, K, I>(table: Table<R, K, I>, row: I) => Promise<K>
  readonly put: <R, K, I>(table: Table<R, K, I>, rows: readonly R[]) => Promise<void>
  readonly remove: <R, K, I>(table: Table<R, K, I>, keys: readonly K[]) => Promise<void>
}

/** `mayAsk`: false as soon as requests come too late to be part of it. */
export function requestsOf(trans: IDBTransaction, mayAsk: () => boolean = () => true): Requests {
  const inTime = (table: DBCoreTable): DBCoreTable => {
    if (!mayAsk()) throw new ForeignAwaitError('all of it is to be asked for before anything is awaited')
    return table
  }
  return {
    get: async ({ core }, key) => inTime(core).get({ trans, key }),
    add: async ({ core }, row) => allDone(await inTime(core).mutate({ trans, type: 'add', values: [row] })).lastResult,
    put: async ({ core }, rows) => {
      if (rows.length > 0) allDone(await inTime(core).mutate({ trans, type: 'put', values: rows }))
    },
    remove: async ({ core }, keys) => {
      if (keys.length > 0) allDone(await inTime(core).mutate({ trans, type: 'delete', keys: [...keys] }))
    },
  }
}

/** Dexie keeps a transaction alive whose request has failed, and leaves it to the caller: here all of it fails. */
function allDone(response: DBCoreMutateResponse): DBCoreMutateResponse {
  const [failure] = Object.values(response.failures)
  if (failure !== undefined) throw failure
  return response
}
