import type { OpfsPool } from '@sqlite.org/sqlite-wasm'
import { Dexie, type Table } from 'dexie'
import type { BenchClient } from '../corpus/bench-client.ts'
import { Corpus } from '../corpus/make-corpus.ts'
import { percentile } from '../support/percentile.ts'
import { serveOrders } from '../support/serve-orders.ts'
import { BATCH, KEYS, type StoreFigures, type StoreOrder, timed, UPDATES, usedMb } from './measures.ts'
import { RX_SCHEMA } from './rx-schema.ts'

/** What others store, with a key and four indexes: name, e-mail, company, time of change. */
interface Row extends Omit<BenchClient, 'firstName' | 'lastName'> {
  readonly name: string
  readonly updatedAt: string
}

interface Peer {
  readonly insert: (rows: readonly Row[]) => Promise<unknown>
  readonly update: (row: Row) => Promise<unknown>
  readonly keys: (ids: readonly string[]) => Promise<unknown>
  readonly close: () => Promise<unknown>
  /** On a database that was closed. */
  readonly newest: (limit: number) => Promise<unknown>
  readonly all: () => Promise<unknown>
}

function toRow(corpus: Corpus, n: number, phone?: string): Row {
  const { firstName, lastName, ...rest } = corpus.client(n)
  const updatedAt = new Date(1.6e12 + n * 1_000).toISOString()
  return { ...rest, name: `${firstName} ${lastName}`.trim(), phone: phone ?? rest.phone, updatedAt }
}

const INDEXES = 'id, name, email, company, updatedAt'

async function openDexie(): Promise<Peer> {
  const db = new Dexie('rows', { chromeTransactionDurability: 'relaxed', cache: 'disabled' })
  db.version(1).stores({ clients: INDEXES })
  await db.open()
  const clients: Table<Row, string> = db.table('clients')
  return {
    insert: (rows) => clients.bulkPut([...rows]),
    update: (row) => clients.put(row),
    keys: (ids) => clients.bulkGet([...ids]),
    close: async () => db.close(),
    newest: (limit) => clients.orderBy('updatedAt').reverse().limit(limit).toArray(),
    all: () => clients.toArray(),
  }
}

async function openRaw(): Promise<Peer> {
  const asked = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((done, fail) => {
      request.onsuccess = () => done(request.result)
      request.onerror = () => fail(request.error)
    })
  const opening = indexedDB.open('raw', 1)
  opening.onupgradeneeded = () => {
    const clients = opening.result.createObjectStore('clients', { keyPath: 'id' })
    for (const field of ['name', 'email', 'company', 'updatedAt']) clients.createIndex(field, field)
  }
  const db = await asked(opening)
  const write = (rows: readonly Row[]): Promise<void> =>
    new Promise((done, fail) => {
      const transaction = db.transaction('clients', 'readwrite', { durability: 'relaxed' })
      transaction.oncomplete = () => done()
      transaction.onabort = () => fail(transaction.error)
      for (const row of rows) transaction.objectStore('clients').put(row)
    })
  const table = (): IDBObjectStore => db.transaction('clients').objectStore('clients')
  return {
    insert: write,
    update: (row) => write([row]),
    keys: (ids) => {
      const clients = table()
      return Promise.all(ids.map((id) => asked(clients.get(id))))
    },
    close: async () => db.close(),
    newest: (limit) =>
      new Promise((done, fail) => {
        const rows: unknown[] = []
        const cursor = table().index('updatedAt').openCursor(null, 'prev')
        cursor.onerror = () => fail(cursor.error)
        cursor.onsuccess = () => {
          if (cursor.result === null || rows.push(cursor.result.value) === limit) done(rows)
          else cursor.result.continue()
        }
      }),
    all: () => asked(table().getAll()),
  }
}

async function openRx(): Promise<Peer> {
  const { createRxDatabase } = await import('rxdb/plugins/core')
  const { getRxStorageDexie } = await import('rxdb/plugins/storage-dexie')
  const db = await createRxDatabase({ name: 'rx', storage: getRxStorageDexie(), multiInstance: false })
  const { clients } = await db.addCollections({ clients: { schema: RX_SCHEMA } })
  if (clients === undefined) throw new Error('no collection')
  return {
    insert: (rows) => clients.bulkInsert(rows),
    update: async ({ id, phone }) => (await clients.findOne(id).exec())?.incrementalPatch({ phone }),
    keys: (ids) => clients.findByIds(ids).exec(),
    close: () => db.close(),
    newest: (limit) => clients.find({ sort: [{ updatedAt: 'desc' }], limit }).exec(),
    all: () => clients.find().exec(),
  }
}

async function openPouch(): Promise<Peer> {
  const { default: PouchDB } = await import('pouchdb-browser')
  const db = new PouchDB('pouch')
  return {
    insert: (rows) => db.bulkDocs(rows.map(({ id, ...row }) => ({ _id: id, ...row }))),
    update: async ({ id, phone }) => db.put({ ...(await db.get(id)), phone }),
    keys: (keys) => db.allDocs({ include_docs: true, keys }),
    close: () => db.close(),
    newest: (limit) => db.allDocs({ include_docs: true, limit }),
    all: () => db.allDocs({ include_docs: true }),
  }
}

let sqlitePool: Promise<OpfsPool> | null = null

/** SQLite in the origin's private files, a row per client, the same four indexes. */
async function openSqlite(): Promise<Peer> {
  const { default: init } = await import('@sqlite.org/sqlite-wasm')
  // Opened once per worker: the pool of files stays with it.
  sqlitePool ??= init().then((sqlite) => sqlite.installOpfsSAHPoolVfs({}))
  const pool = await sqlitePool
  const db = new pool.OpfsSAHPoolDb('/clients.db')
  db.exec(
    'CREATE TABLE IF NOT EXISTS clients(id TEXT PRIMARY KEY, name TEXT, email TEXT, company TEXT, updatedAt TEXT, json TEXT)',
  )
  for (const field of ['name', 'email', 'company', 'updatedAt'])
    db.exec(`CREATE INDEX IF NOT EXISTS by_${field} ON clients(${field})`)
  const put = (row: Row): void => {
    const bind = [row.id, row.name, row.email, row.company, row.updatedAt, JSON.stringify(row)]
    db.exec({ sql: 'INSERT OR REPLACE INTO clients VALUES (?, ?, ?, ?, ?, ?)', bind })
  }
  const parsed = (texts: readonly unknown[]): unknown[] => texts.map((text) => JSON.parse(String(text)))
  return {
    insert: async (rows) => {
      db.exec('BEGIN')
      for (const row of rows) put(row)
      db.exec('COMMIT')
    },
    update: async (row) => put(row),
    keys: async (ids) =>
      parsed(db.selectValues(`SELECT json FROM clients WHERE id IN (${ids.map(() => '?').join(', ')})`, [...ids])),
    close: async () => db.close(),
    newest: async (limit) =>
      parsed(db.selectValues('SELECT json FROM clients ORDER BY updatedAt DESC LIMIT ?', [limit])),
    all: async () => parsed(db.selectValues('SELECT json FROM clients')),
  }
}

const PEERS: Readonly<Record<string, () => Promise<Peer>>> = {
  'dexie rows': openDexie,
  'raw indexeddb': openRaw,
  rxdb: openRx,
  pouchdb: openPouch,
  'sqlite opfs': openSqlite,
}

async function measure({ subject, clients, seed }: StoreOrder): Promise<StoreFigures> {
  const open = PEERS[subject]
  if (open === undefined) throw new Error(`no peer ${subject}`)
  const corpus = new Corpus(seed, clients)
  const rows = Array.from({ length: clients }, (_, n) => toRow(corpus, n))
  const peer = await open()
  const insertMs = await timed(async () => {
    for (let at = 0; at < clients; at += BATCH) await peer.insert(rows.slice(at, at + BATCH))
  })
  const step = Math.max(1, Math.floor(clients / UPDATES))
  const updates: number[] = []
  for (let i = 0; i < UPDATES; i++) {
    const row = toRow(corpus, (i * step) % clients, `+44 20 ${1_000_000 + i}`)
    updates.push(await timed(() => peer.update(row)))
  }
  const keysMs = await timed(() => peer.keys(rows.slice(0, KEYS).map(({ id }) => id)))
  await peer.close()
  const openedAt = performance.now()
  const again = await open()
  await again.newest(50)
  const openMs = performance.now() - openedAt
  const readAllMs = await timed(() => again.all())
  await again.close()
  return {
    insertPerSecond: (clients / insertMs) * 1_000,
    readAllMs,
    keysMs,
    updateMs: percentile(updates, 50) ?? 0,
    editMs: null,
    openMs,
    diskMb: await usedMb(),
  }
}

serveOrders({ measure })
