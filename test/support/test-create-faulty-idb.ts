import { forceCloseDatabase, IDBFactory, IDBKeyRange } from 'fake-indexeddb'

/**
 * An IndexedDB in memory whose disk misbehaves on demand: full, hanging, forced to close, with a value that cannot be
 * read. The faults are those that were measured in Chromium (SYNC.md 1.10); all databases of the factory have them.
 */
export interface FaultyIdb {
  readonly idb: { readonly indexedDB: IDBFactory; readonly IDBKeyRange: typeof IDBKeyRange }
  /** Writes fail with QuotaExceededError, as long as it is on. Reads and deletes work. */
  readonly full: (on: boolean) => void
  /** Requests are not answered, as long as it is on. `deaf`: nor can a transaction be aborted. */
  readonly hang: (on: boolean, options?: { readonly deaf: boolean }) => void
  /** The next so many writing transactions abort after their first write, by an error of this name. */
  readonly abortNext: (count: number, name?: string) => void
  /** The next so many attempts to open fail with UnknownError. */
  readonly failOpen: (count: number) => void
  /** The browser closes every connection: the `close` event, and nothing works on it any more. */
  readonly closeAll: () => void
  /** This value can not be read any more, though its row is there. Null: all can be read again. */
  readonly unreadable: (at: { readonly table: string; readonly key: IDBValidKey } | null) => void
  /** Writes of rows for which this is true fail alone with DataError; null: none. */
  readonly refuse: (row: ((table: string, row: unknown) => boolean) | null) => void
  /** Transactions that were begun for writing. */
  readonly writes: () => number
  /** Open connections. */
  readonly connections: () => number
}

/** What fake-indexeddb has inside, as far as it is used here. */
interface FakeTransaction extends IDBTransaction {
  _start: () => void
  _execRequestAsync: (request: { source: IDBObjectStore; operation: () => unknown }) => IDBRequest
}

export function testCreateFaultyIdb(indexedDB: IDBFactory = new IDBFactory()): FaultyIdb {
  let full = false
  let hanging: 'no' | 'hanging' | 'deaf' = 'no'
  let aborts = 0
  let abortName = 'AbortError'
  let openFailures = 0
  let writes = 0
  let unreadable: { table: string; key: IDBValidKey } | null = null
  let refused: ((table: string, row: unknown) => boolean) | null = null
  const open = new Set<IDBDatabase>()
  const stalled: (() => void)[] = []

  const failure = (transaction: FakeTransaction, store: IDBObjectStore, name: string): IDBRequest =>
    transaction._execRequestAsync({
      source: store,
      operation: () => {
        throw new DOMException(name, name)
      },
    })

  const writing = (transaction: FakeTransaction, store: IDBObjectStore, row: unknown): IDBRequest | null => {
    if (full) return failure(transaction, store, 'QuotaExceededError')
    if (refused?.(store.name, row) === true) return failure(transaction, store, 'DataError')
    if (aborts > 0) {
      aborts--
      return failure(transaction, store, abortName)
    }
    return null
  }

  const wrapStore = (transaction: FakeTransaction, store: IDBObjectStore): void => {
    const { put, add, get, getAll } = store
    store.put = (row, key) => writing(transaction, store, row) ?? put.call(store, row, key)
    store.add = (row, key) => writing(transaction, store, row) ?? add.call(store, row, key)
    store.get = (query) =>
      unreadable?.table === store.name && unreadable.key === query
        ? failure(transaction, store, 'NotReadableError')
        : get.call(store, query)
    // The arguments of `getAll` are handed on as they came: a range and a count, or one object with both.
    store.getAll = (...how: Parameters<IDBObjectStore['getAll']>) =>
      unreadable?.table === store.name && touches(how[0], unreadable.key)
        ? failure(transaction, store, 'NotReadableError')
        : getAll.apply(store, how)
  }

  const wrapTransaction = (native: IDBTransaction): IDBTransaction => {
    // The object is fake-indexeddb's own.
    const transaction = native as FakeTransaction
    if (transaction.mode === 'readwrite') writes++
    const { _start, objectStore, abort } = transaction
    const wrapped = new Set<IDBObjectStore>()
    transaction._start = () => {
      if (hanging === 'no') _start.call(transaction)
      else stalled.push(() => transaction._start())
    }
    transaction.abort = () => {
      if (hanging !== 'deaf') abort.call(transaction)
    }
    transaction.objectStore = (name) => {
      const store = objectStore.call(transaction, name)
      if (!wrapped.has(store)) {
        wrapped.add(store)
        wrapStore(transaction, store)
      }
      return store
    }
    return transaction
  }

  const openNative = indexedDB.open.bind(indexedDB)
  indexedDB.open = (name, version) => {
    if (openFailures > 0) {
      openFailures--
      return failedOpening()
    }
    const request = openNative(name, version)
    request.addEventListener('success', () => {
      const connection = request.result
      open.add(connection)
      const { transaction, close } = connection
      connection.transaction = (...how: Parameters<IDBDatabase['transaction']>) =>
        wrapTransaction(transaction.apply(connection, how))
      connection.close = () => {
        open.delete(connection)
        close.call(connection)
      }
    })
    return request
  }

  return {
    idb: { indexedDB, IDBKeyRange },
    full: (on) => {
      full = on
    },
    hang: (on, options) => {
      hanging = on ? (options?.deaf === true ? 'deaf' : 'hanging') : 'no'
      if (!on) for (const go of stalled.splice(0)) go()
    },
    abortNext: (count, name = 'AbortError') => {
      aborts = count
      abortName = name
    },
    failOpen: (count) => {
      openFailures = count
    },
    closeAll: () => {
      for (const connection of [...open]) {
        open.delete(connection)
        // Its typings ask for the class where the instance is meant.
        forceCloseDatabase(connection as unknown as Parameters<typeof forceCloseDatabase>[0])
      }
    },
    unreadable: (at) => {
      unreadable = at
    },
    refuse: (row) => {
      refused = row
    },
    writes: () => writes,
    connections: () => open.size,
  }
}

function touches(query: unknown, key: IDBValidKey): boolean {
  const range = query !== null && typeof query === 'object' && 'query' in query ? query.query : query
  if (range === null || range === undefined) return true
  return range instanceof IDBKeyRange ? range.includes(key) : range === key
}

/** An opening that fails as Chromium's does: an error event, later. */
function failedOpening(): IDBOpenDBRequest {
  const target = new EventTarget()
  const request = Object.assign(target, {
    error: new DOMException('Internal error opening backing store', 'UnknownError'),
    onerror: null as ((event: Event) => void) | null,
    result: undefined,
  })
  setImmediate(() => {
    const event = new Event('error', { cancelable: true })
    Object.defineProperty(event, 'target', { value: request })
    request.onerror?.(event)
  })
  // As much of a request as Dexie looks at when it fails.
  return request as unknown as IDBOpenDBRequest
}
