import { Dexie } from 'dexie'
import { RX_SCHEMA } from '../store/rx-schema.ts'
import { serveOrders } from '../support/serve-orders.ts'

/** The same pages over the same wire, stored by others: each with its checkpoint beside the page, where it has one. */
interface Row {
  readonly id: string
  readonly name: string
  readonly updatedAt: string
  readonly [field: string]: unknown
}
interface Page {
  readonly data: readonly Row[]
  readonly total: number
}
interface Order {
  readonly baseUrl: string
}
const LIMIT = 100

async function fetchPage({ baseUrl }: Order, offset: number): Promise<Page> {
  const response = await fetch(
    `${baseUrl}/api/v1/clients?limit=${LIMIT}&offset=${offset}&sortBy=createdAt&sortOrder=asc`,
    { headers: { authorization: 'Bearer ba_bench' } },
  )
  return response.json()
}

/** One page after the other; the next one is asked for while the last is being stored. */
async function pullAll(order: Order, store: (page: Page, offset: number) => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  let coming = fetchPage(order, 0)
  for (let offset = 0; ; offset += LIMIT) {
    const page = await coming
    const isLast = offset + page.data.length >= page.total
    if (!isLast) coming = fetchPage(order, offset + LIMIT)
    await store(page, offset)
    if (isLast) return performance.now() - startedAt
  }
}

function openTables(name: string, stores: Record<string, string>): Promise<Dexie> {
  const db = new Dexie(name, { chromeTransactionDurability: 'relaxed', cache: 'disabled' })
  db.version(1).stores(stores)
  return db.open()
}

async function packed(order: Order, each: number): Promise<number> {
  const db = await openTables(`packed-${each}`, { pages: '++id', checkpoints: 'id' })
  let waiting: Row[] = []
  return pullAll(order, async ({ data, total }, offset) => {
    waiting = [...waiting, ...data]
    if (waiting.length < each && offset + data.length < total) return
    const text = JSON.stringify(waiting)
    waiting = []
    await db.transaction('rw', ['pages', 'checkpoints'], () =>
      Promise.all([db.table('pages').add({ text }), db.table('checkpoints').put({ id: 'list', offset })]),
    )
  })
}

async function rows(order: Order): Promise<number> {
  const db = await openTables('rows', { clients: 'id, name, email, company, updatedAt', checkpoints: 'id' })
  return pullAll(order, ({ data }, offset) =>
    db.transaction('rw', ['clients', 'checkpoints'], () =>
      Promise.all([db.table('clients').bulkPut([...data]), db.table('checkpoints').put({ id: 'list', offset })]),
    ),
  )
}

async function rxdb(order: Order): Promise<number> {
  const { createRxDatabase } = await import('rxdb/plugins/core')
  const { replicateRxCollection } = await import('rxdb/plugins/replication')
  const { getRxStorageDexie } = await import('rxdb/plugins/storage-dexie')
  const db = await createRxDatabase({ name: 'rx', storage: getRxStorageDexie(), multiInstance: false })
  const { clients } = await db.addCollections({ clients: { schema: RX_SCHEMA } })
  if (clients === undefined) throw new Error('no collection')
  const startedAt = performance.now()
  const replication = replicateRxCollection<Row, { offset: number }>({
    collection: clients,
    replicationIdentifier: 'list',
    live: false,
    waitForLeadership: false,
    pull: {
      batchSize: LIMIT,
      handler: async (checkpoint) => {
        const offset = checkpoint?.offset ?? 0
        const { data } = await fetchPage(order, offset)
        return {
          documents: data.map((row) => ({ ...row, _deleted: false })),
          checkpoint: { offset: offset + data.length },
        }
      },
    },
  })
  replication.error$.subscribe((cause) => {
    throw cause
  })
  await replication.awaitInitialReplication()
  return performance.now() - startedAt
}

async function pouchdb(order: Order): Promise<number> {
  const { default: PouchDB } = await import('pouchdb-browser')
  const db = new PouchDB('pouch')
  let checkpoint: { _id: string; _rev?: string; offset: number } = { _id: '_local/list', offset: 0 }
  return pullAll(order, async ({ data }, offset) => {
    await db.bulkDocs(data.map(({ id, ...row }) => ({ _id: id, ...row })))
    const { rev } = await db.put({ ...checkpoint, offset })
    checkpoint = { ...checkpoint, _rev: rev }
  })
}

const SUBJECTS = {
  'fetch alone': (order: Order) => pullAll(order, async () => undefined),
  'record per 1,000': (order: Order) => packed(order, 1_000),
  'record per page': (order: Order) => packed(order, LIMIT),
  'dexie rows': rows,
  rxdb,
  pouchdb,
} as const

serveOrders({
  pull: async ({ subject, ...order }: Order & { subject: keyof typeof SUBJECTS }) => {
    const ms = await SUBJECTS[subject](order)
    return { ms, diskMb: ((await navigator.storage.estimate()).usage ?? 0) / 1e6 }
  },
})
