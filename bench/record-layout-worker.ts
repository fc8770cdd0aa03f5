import { Dexie, type Table } from 'dexie'
import { openStore } from '../renderer/store/create-store.ts'
import type { Clock } from '../shared/clock.ts'
import { createRunId, remoteIdSchema, sourceIdSchema } from '../shared/ids.ts'
import type { StoreSource } from '../shared/ipc/store-sync-contract.ts'
import type { RemoteRecord } from '../shared/model/record.ts'

/** Runs inside a worker of a real browser: a row per client against packed segments, and the store as it is. */

const PAGE = 100

export interface LayoutFigures {
  readonly insertPerSecond: number
  readonly readAllMs: number
  readonly openMs: number
  readonly updateMs: number
  readonly diskMb: number
}

const clock: Clock = {
  now: () => Date.now(),
  schedule: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const SYLLABLES = [
  'an',
  'be',
  'co',
  'dé',
  'el',
  'fø',
  'ga',
  'hu',
  'is',
  'jo',
  'ka',
  'lu',
  'mi',
  'no',
  'or',
  'pé',
  'ra',
  'so',
  'ti',
  'vu',
]
const WORDS = [
  'likes',
  'calls',
  'monday',
  'invoice',
  'summer',
  'renewal',
  'friend',
  'of',
  'the',
  'house',
  'training',
  'plan',
]

export function makeClient(n: number, random: () => number): RemoteRecord {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? ''
  const word = (): string => {
    const text = pick(SYLLABLES) + pick(SYLLABLES) + pick(SYLLABLES)
    return text.charAt(0).toUpperCase() + text.slice(1)
  }
  const name = `${word()} ${word()}`
  const fields = {
    name,
    email: `${word().toLowerCase()}.${n}@example.org`,
    phone: `+44 20 ${1_000_000 + Math.floor(random() * 8_999_999)}`,
    company: `${word()} Ltd`,
    status: random() < 0.8 ? 'active' : 'inactive',
    notes: Array.from({ length: Math.floor(random() * 20) }, () => pick(WORDS)).join(' '),
    tags: random() < 0.5 ? [pick(WORDS)] : [],
  }
  return {
    remoteId: remoteIdSchema.parse(`r${n}`),
    fields,
    fallbackName: null,
    avatarUrl: null,
    createdAt: new Date(1.6e12 + n * 1000).toISOString(),
    updatedAt: new Date(1.7e12 + n * 1000).toISOString(),
    lastActivityAt: null,
    owner: null,
    extra: [],
    raw: { id: `r${n}`, ...fields, created_at: 1.6e12 + n, updated_at: 1.7e12 + n },
  }
}

interface RowLayout {
  readonly pk: string
  readonly src: string
  readonly nameKey: string
  readonly emailKey: string
  readonly updated: number
  readonly record: RemoteRecord
}

class RowsDatabase extends Dexie {
  declare readonly records: Table<RowLayout, string>
  declare readonly checkpoints: Table<{ src: string; seq: number }, string>
  constructor() {
    super('bench-rows', { chromeTransactionDurability: 'relaxed', cache: 'disabled' })
    this.version(1).stores({ records: 'pk, [src+updated], nameKey, emailKey, updated', checkpoints: 'src' })
  }
}

class PackedDatabase extends Dexie {
  declare readonly heads: Table<{ id: number; src: string; heads: string }, number, { src: string; heads: string }>
  declare readonly bodies: Table<{ id: number; bodies: string }, number>
  declare readonly checkpoints: Table<{ src: string; seq: number }, string>
  constructor() {
    super('bench-packed', { chromeTransactionDurability: 'relaxed', cache: 'disabled' })
    this.version(1).stores({ heads: '++id, src', bodies: 'id', checkpoints: 'src' })
  }
}

async function usedMb(): Promise<number> {
  return ((await navigator.storage.estimate()).usage ?? 0) / 1e6
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function measureRows(clients: readonly RemoteRecord[]): Promise<LayoutFigures> {
  const toRow = (record: RemoteRecord): RowLayout => ({
    pk: `s|${record.remoteId}`,
    src: 's',
    nameKey: String(record.fields.name).toLowerCase(),
    emailKey: String(record.fields.email),
    updated: Date.parse(record.updatedAt ?? ''),
    record,
  })
  const db = new RowsDatabase()
  await db.open()
  const insertMs = await timed(async () => {
    for (let at = 0, seq = 1; at < clients.length; at += PAGE, seq++) {
      await db.transaction('rw', db.tables, async () => {
        await db.records.bulkPut(clients.slice(at, at + PAGE).map(toRow))
        await db.checkpoints.put({ src: 's', seq })
      })
    }
  })
  const updateMs = await timed(async () => {
    for (const record of clients.slice(0, 50)) {
      await db.transaction('rw', db.tables, () => db.records.put(toRow(record)))
    }
  })
  db.close()
  const again = new RowsDatabase()
  const openMs = await timed(async () => {
    await again.open()
    await again.records.orderBy('updated').reverse().limit(50).toArray()
  })
  const readAllMs = await timed(() => again.records.toArray())
  again.close()
  const figures = {
    insertPerSecond: rate(clients.length, insertMs),
    readAllMs,
    openMs,
    updateMs: updateMs / 50,
    diskMb: await usedMb(),
  }
  await Dexie.delete('bench-rows')
  return figures
}

async function measurePacked(clients: readonly RemoteRecord[]): Promise<LayoutFigures> {
  const db = new PackedDatabase()
  await db.open()
  const write = (records: readonly RemoteRecord[], seq: number) =>
    db.transaction('rw', db.tables, async () => {
      const heads = JSON.stringify(records.map(({ raw: _raw, ...head }) => head))
      const id = await db.heads.add({ src: 's', heads })
      await db.bodies.put({ id, bodies: JSON.stringify(records.map((record) => record.raw)) })
      await db.checkpoints.put({ src: 's', seq })
    })
  const insertMs = await timed(async () => {
    for (let at = 0, seq = 1; at < clients.length; at += PAGE, seq++) await write(clients.slice(at, at + PAGE), seq)
  })
  const updateMs = await timed(async () => {
    for (const record of clients.slice(0, 50)) await write([record], 0)
  })
  db.close()
  const again = new PackedDatabase()
  const openMs = await timed(async () => {
    await again.open()
    await again.heads.limit(1).toArray()
  })
  const readAllMs = await timed(async () => {
    for (const row of await again.heads.toArray()) JSON.parse(row.heads)
  })
  again.close()
  const figures = {
    insertPerSecond: rate(clients.length, insertMs),
    readAllMs,
    openMs,
    updateMs: updateMs / 50,
    diskMb: await usedMb(),
  }
  await Dexie.delete('bench-packed')
  return figures
}

/** The store with all it does: hashing, parsing, search, lines, checkpoint. */
async function measureStore(clients: readonly RemoteRecord[]): Promise<Readonly<Record<string, number>>> {
  const random = { next: seeded(7) }
  const sourceId = sourceIdSchema.parse('src_bench00000000000')
  const source: StoreSource = {
    sourceId,
    connectorId: 'bench',
    name: 'Bench',
    label: 'Bench',
    creates: null,
    updates: null,
    deletes: false,
    testimonials: false,
    nameStyle: 'full',
    statusOptions: [],
    statusLabel: 'Status',
    board: 'status',
    sample: false,
    review: false,
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
  const opened = await openStore(deps)
  if (!opened.ok) throw new Error('the store does not open')
  const store = opened.value
  await store.lease(1)
  await store.sync['sources.configure']({ sources: [source], removed: [] })
  const sweep = async (): Promise<void> => {
    const runId = createRunId(random)
    await store.sync['run.begin']({
      sourceId,
      runId,
      kind: 'full',
      paramsHash: 'p',
      startedAt: 1,
      tenant: '',
      resume: false,
    })
    for (let at = 0, seq = 1; at < clients.length; at += PAGE, seq++) {
      const records = clients.slice(at, at + PAGE)
      const where = { position: seq, pages: seq, ofPages: null, ofClients: null }
      const page = { sourceId, runId, seq, requestSeq: seq, records, problems: [], statusOptions: [], ...where }
      const receipt = await store.sync['run.applyPage'](page)
      if (!receipt.ok) throw new Error(JSON.stringify(receipt.error))
    }
  }
  const firstMs = await timed(sweep)
  const againMs = await timed(sweep)
  const list = (text: string, sort: Parameters<(typeof store.page)['clients.list']>[0]['sort'] = null, offset = 0) =>
    store.page['clients.list']({ text, sort, offset, limit: 50 })
  const firstListMs = await timed(() => list(''))
  const nameSortMs = await timed(() => list('', { key: 'name', direction: 'asc' }))
  await list('warm')
  const searches: number[] = []
  const next = seeded(11)
  for (let i = 0; i < 200; i++) {
    const record = clients[Math.floor(next() * clients.length)]
    const name = String(record?.fields.name ?? '')
    const texts = [
      name,
      name.slice(0, 3),
      name.slice(2, 6),
      String(record?.fields.phone).slice(-6),
      `${name.split(' ')[1]} active`,
      'invoice mon',
    ]
    searches.push(await timed(() => list(texts[i % texts.length] ?? '')))
  }
  const scrolls: number[] = []
  for (let i = 0; i < 50; i++) scrolls.push(await timed(() => list('', null, i * 500)))
  store.close()
  const reopenMs = await timed(async () => {
    const again = await openStore(deps)
    if (!again.ok) throw new Error('the store does not open again')
    await again.value.page['clients.list']({ text: '', sort: null, offset: 0, limit: 50 })
    again.value.close()
  })
  await Dexie.delete('bench-store')
  searches.sort((a, b) => a - b)
  scrolls.sort((a, b) => a - b)
  return {
    pullPerSecond: rate(clients.length, firstMs),
    repullPerSecond: rate(clients.length, againMs),
    firstListMs,
    nameSortMs,
    searchP50Ms: searches[100] ?? 0,
    searchP95Ms: searches[190] ?? 0,
    scrollP95Ms: scrolls[47] ?? 0,
    reopenToFirst50Ms: reopenMs,
  }
}

function rate(count: number, ms: number): number {
  return Math.round((count / ms) * 1000)
}

const MEASURES = { rows: measureRows, packed: measurePacked, store: measureStore } as const
export type Measure = keyof typeof MEASURES

self.addEventListener('message', async (event: MessageEvent<{ measure: Measure; clients: number }>) => {
  try {
    const random = seeded(42)
    const clients = Array.from({ length: event.data.clients }, (_, n) => makeClient(n, random))
    self.postMessage({ figures: await MEASURES[event.data.measure](clients) })
  } catch (cause) {
    self.postMessage({ failed: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
  }
})
