import { openStore, type Store } from '../../renderer/store/create-store.ts'
import { openStoreService } from '../../renderer/store/open-store-service.ts'
import type { Clock } from '../../shared/clock.ts'
import { clientIdOfRecord, createRunId, remoteIdSchema, sourceIdSchema } from '../../shared/ids.ts'
import type { StoreSource } from '../../shared/ipc/store-sync-contract.ts'
import { type PulledRecord, pulledRecord } from '../../shared/model/pulled-record.ts'
import { Corpus } from '../corpus/make-corpus.ts'
import { percentile } from '../support/percentile.ts'
import { serveOrders } from '../support/serve-orders.ts'
import { BATCH, KEYS, type StoreFigures, type StoreOrder, timed, UPDATES, usedMb } from './measures.ts'

/** The store as it is, with all it does: packing, comparing, lines, search index, checkpoint. */
const clock: Clock = {
  now: () => Date.now(),
  schedule: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
const SAVED_LIMIT_MS = 120_000
const random = { next: Math.random }
const MANY_UPDATES = 1_000
const sourceId = sourceIdSchema.parse('src_bench00000000000')
const source: StoreSource = {
  sourceId,
  connectorId: 'bench',
  name: 'Bench',
  label: 'Bench',
  creates: null,
  updates: ['notes'],
  deletes: false,
  testimonials: false,
  nameStyle: 'full',
  statusOptions: [],
  statusLabel: 'Status',
  board: 'status',
  sample: false,
  review: false,
}

/** As the core sends it: hashed and packed there, which the bench of the pull measures. */
function toRecord(corpus: Corpus, n: number, phone?: string): PulledRecord {
  const client = corpus.client(n)
  const fields = {
    name: `${client.firstName} ${client.lastName}`.trim(),
    email: client.email,
    phone: phone ?? client.phone,
    company: client.company,
    jobTitle: client.jobTitle,
    location: client.location,
    tags: [...client.tags],
    notes: client.notes,
  }
  const at = new Date(1.6e12 + n * 1_000).toISOString()
  return pulledRecord({
    remoteId: remoteIdSchema.parse(client.id),
    fields,
    fallbackName: null,
    avatarUrl: null,
    createdAt: at,
    updatedAt: at,
    lastActivityAt: null,
    owner: null,
    extra: [],
    raw: { id: client.id, ...fields, createdAt: at, updatedAt: at },
  })
}

const deps = {
  name: 'bench-store',
  idb: { indexedDB, IDBKeyRange },
  clock,
  random,
  locale: 'en',
  onChanged: () => undefined,
  onEditsWaiting: () => undefined,
}

async function open(epoch: number): Promise<Store> {
  const opened = await openStore(deps)
  if (!opened.ok) throw new Error('the store does not open')
  await opened.value.lease(epoch)
  await opened.value.sync['sources.configure']({ sources: [source], removed: [] })
  return opened.value
}

/** As a user's start is: the page asks before the store is open, and is answered as soon as it can be. */
async function start(): Promise<{
  readonly store: Store
  readonly openMs: number
  readonly searchMs: number
}> {
  const startedAt = performance.now()
  let ready: (store: Store) => void = () => undefined
  const opened = new Promise<Store>((resolve) => {
    ready = resolve
  })
  const { page } = openStoreService({ ...deps, onReady: ready })
  const ask = async (text: string, limit: number): Promise<number> => {
    const found = await page['clients.list']({ text, sort: null, offset: 0, limit, quick: true })
    if (!found.ok || found.value.rows.length === 0) throw new Error(`nothing is answered to "${text}"`)
    return performance.now() - startedAt
  }
  const [openMs, searchMs, store] = await Promise.all([ask('', 50), ask('maria', 20), opened])
  return { store, openMs, searchMs }
}

/** The saved form is made when nothing has happened for a while. */
async function saved(store: Store): Promise<void> {
  const before = performance.now()
  while (store.context.saved.report().savedAt === null) {
    if (performance.now() - before > SAVED_LIMIT_MS) throw new Error('there is no saved form')
    await new Promise((done) => setTimeout(done, 200))
  }
}

type Apply = (records: readonly PulledRecord[]) => Promise<void>

async function beginRun(store: Store): Promise<Apply> {
  const runId = createRunId(random)
  const order = { sourceId, runId, kind: 'full', paramsHash: 'p', startedAt: 1, tenant: '', resume: false } as const
  await store.sync['run.begin'](order)
  let seq = 0
  return async (records) => {
    seq++
    const receipt = await store.sync['run.applyPage']({
      sourceId,
      runId,
      seq,
      requestSeq: seq,
      records,
      same: [],
      problems: [],
      statusOptions: [],
      position: seq,
      pages: seq,
      ofPages: null,
      ofClients: null,
    })
    if (!receipt.ok) throw new Error(JSON.stringify(receipt.error))
  }
}

function insertAll(apply: Apply, records: readonly PulledRecord[]): Promise<number> {
  return timed(async () => {
    for (let at = 0; at < records.length; at += BATCH) await apply(records.slice(at, at + BATCH))
  })
}

async function updateSome(apply: Apply, corpus: Corpus, times: number, clients: number): Promise<number[]> {
  const took: number[] = []
  const step = Math.max(1, Math.floor(clients / times))
  for (let i = 0; i < times; i++) {
    const changed = toRecord(corpus, (i * step) % clients, `+44 20 ${1_000_000 + i}`)
    took.push(await timed(() => apply([changed])))
  }
  return took
}

/** Filled, and then changed, one after the other: for a profile of each. */
let prepared: { readonly apply: Apply; readonly records: readonly PulledRecord[]; readonly corpus: Corpus } | null =
  null

async function prepare({ clients, seed }: StoreOrder): Promise<void> {
  const corpus = new Corpus(seed, clients)
  const records = Array.from({ length: clients }, (_, n) => toRecord(corpus, n))
  prepared = { corpus, records, apply: await beginRun(await open(1)) }
}

async function insert(): Promise<number> {
  return prepared === null ? 0 : insertAll(prepared.apply, prepared.records)
}

async function update(): Promise<number> {
  if (prepared === null) return 0
  const { apply, corpus, records } = prepared
  return percentile(await updateSome(apply, corpus, MANY_UPDATES, records.length), 50) ?? 0
}

async function measure({ clients, seed }: StoreOrder): Promise<StoreFigures> {
  const corpus = new Corpus(seed, clients)
  const records = Array.from({ length: clients }, (_, n) => toRecord(corpus, n))
  const store = await open(1)
  const apply = await beginRun(store)
  const insertMs = await insertAll(apply, records)
  const updates = await updateSome(apply, corpus, UPDATES, clients)
  const step = Math.max(1, Math.floor(clients / UPDATES))
  const edits: number[] = []
  const ids = [...store.context.book.heads.keys()]
  for (let i = 0; i < UPDATES; i++) {
    const recordId = ids[(i * step + 1) % ids.length]
    if (recordId === undefined) continue
    const clientId = clientIdOfRecord(recordId)
    const changes = { notes: `noted ${i}` }
    edits.push(await timed(() => store.page['client.save']({ clientId, changes, seen: {} })))
  }
  const keysMs = await timed(() =>
    Promise.all(
      ids.slice(0, KEYS).map((recordId) => store.page['clients.get']({ clientId: clientIdOfRecord(recordId) })),
    ),
  )
  await saved(store)
  await new Promise((done) => setTimeout(done, 10_000 + clients / 20))
  store.close()
  const { store: started, openMs, searchMs } = await start()
  const { startedFrom } = started.context.saved.report()
  if (startedFrom !== 'saved') throw new Error(`started from ${startedFrom}`)
  started.close()
  const openedAt = performance.now()
  const again = await open(2)
  // A write waits until all is in memory.
  await again.sync['vocabulary.put']({ sourceId, statusOptions: [] })
  let seen = 0
  for (const head of again.context.book.heads.values()) seen += head.fields.name === undefined ? 0 : 1
  const readAllMs = performance.now() - openedAt
  if (seen < clients) throw new Error(`${seen} of ${clients} read`)
  return {
    insertPerSecond: (clients / insertMs) * 1_000,
    readAllMs,
    keysMs,
    updateMs: percentile(updates, 50) ?? 0,
    editMs: percentile(edits, 50),
    openMs,
    searchMs,
    diskMb: await usedMb(),
  }
}

serveOrders({ measure, prepare, insert, update })
