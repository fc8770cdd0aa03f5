import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { openStore, type Store } from '../../../../renderer/store/create-store.ts'
import type { Changes } from '../../../../renderer/store/notifier.ts'
import type { Clock, Random } from '../../../../shared/clock.ts'
import {
  attemptIdSchema,
  type ClientId,
  createRunId,
  type EditId,
  editIdSchema,
  type RunId,
  remoteIdSchema,
  runIdSchema,
  type SourceId,
  sourceIdSchema,
} from '../../../../shared/ids.ts'
import type { Outcome, PullPage, StoreSource } from '../../../../shared/ipc/store-sync-contract.ts'
import type { FieldKey, Fields } from '../../../../shared/model/field.ts'
import { pulledRecord } from '../../../../shared/model/pulled-record.ts'
import type { RemoteRecord } from '../../../../shared/model/record.ts'
import type { Result } from '../../../../shared/result.ts'

export const FULL_ENGAGE: SourceId = sourceIdSchema.parse('src_fullengage000000')
export const SPOTT: SourceId = sourceIdSchema.parse('src_spott00000000000')
export const CONNECT: SourceId = sourceIdSchema.parse('src_connect000000000')
export const CLNT: SourceId = sourceIdSchema.parse('src_clnt000000000000')

const PLAIN = {
  updates: null,
  creates: null,
  deletes: false,
  testimonials: false,
  sample: false,
  review: false,
  statusOptions: [],
} as const
const STATUS = { type: null, color: null } as const

export const SOURCES: readonly StoreSource[] = [
  {
    ...PLAIN,
    sourceId: FULL_ENGAGE,
    connectorId: 'full-engage',
    name: 'Studio A',
    label: 'Full Engage',
    creates: ['name', 'phone', 'status', 'notes'],
    updates: ['name', 'phone', 'status', 'notes'],
    deletes: true,
    nameStyle: 'full',
    statusOptions: [
      { ...STATUS, id: 'active', label: 'Active', order: 0 },
      { ...STATUS, id: 'inactive', label: 'Inactive', order: 1 },
    ],
    statusLabel: 'Status',
    board: 'status',
  },
  {
    ...PLAIN,
    sourceId: SPOTT,
    connectorId: 'spott',
    name: 'Spott',
    label: 'Spott',
    nameStyle: 'split',
    statusLabel: 'Stage',
    board: 'stage',
    statusOptions: [{ id: 'stage-1', label: 'First talk', color: '#ff8800', order: 1, type: 'stage' }],
    testimonials: true,
  },
  {
    ...PLAIN,
    sourceId: CONNECT,
    connectorId: 'connect',
    name: 'Connect',
    label: 'Connect',
    creates: ['firstName', 'lastName', 'email', 'phone', 'company', 'jobTitle', 'status', 'notes'],
    nameStyle: 'split',
    statusLabel: 'Lead status',
    board: 'lead-status',
    statusOptions: [{ id: '3', label: 'Warm', color: '#00aa00', order: 1, type: 'lead' }],
  },
  {
    ...PLAIN,
    sourceId: CLNT,
    connectorId: 'clnt',
    name: 'Clients v1',
    label: 'Clients v1',
    nameStyle: 'split',
    statusLabel: 'Status',
    board: 'status',
  },
]

/** A hand clock and a seeded chance; due timers run when time is moved. */
export interface TestTime extends Clock {
  readonly tick: (ms: number) => void
}

export function testCreateTime(start = Date.UTC(2026, 10, 1)): TestTime {
  let now = start
  let timers: { at: number; run: () => void }[] = []
  return {
    now: () => now,
    schedule: (delayMs, run) => {
      const timer = { at: now + delayMs, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    tick: (ms) => {
      now += ms
      const due = timers.filter((timer) => timer.at <= now)
      timers = timers.filter((timer) => timer.at > now)
      for (const timer of due) timer.run()
    },
  }
}

export function testCreateRandom(seed = 1): Random {
  let state = seed
  return {
    next: () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 2 ** 32
    },
  }
}

export interface TestStore {
  readonly store: Store
  readonly time: TestTime
  readonly random: Random
  readonly idb: IDBFactory
  readonly changes: Changes[]
  readonly waiting: SourceId[]
}

/** Of each database, so that chance depends on no other test, and two stores of one database draw different ids. */
const storesOf = new WeakMap<IDBFactory, number>()

/** A store over a fake database, with the lease held and four sources known. */
export async function testOpenStore(
  from: { readonly idb?: IDBFactory; readonly time?: TestTime; readonly epoch?: number; readonly random?: Random } = {},
): Promise<TestStore> {
  const idb = from.idb ?? new IDBFactory()
  const stores = (storesOf.get(idb) ?? 0) + 1
  storesOf.set(idb, stores)
  const time = from.time ?? testCreateTime()
  const random = from.random ?? testCreateRandom(stores * 7919)
  const changes: Changes[] = []
  const waiting: SourceId[] = []
  const store = value(
    await openStore({
      name: 'clientele-test',
      idb: { indexedDB: idb, IDBKeyRange },
      clock: time,
      random,
      locale: 'en',
      onChanged: (change) => changes.push(change),
      onEditsWaiting: (sourceId) => waiting.push(sourceId),
    }),
  )
  value(await store.lease(from.epoch ?? 1))
  value(await store.sync['sources.configure']({ sources: SOURCES, removed: [] }))
  return { store, time, random, idb, changes, waiting }
}

export function value<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`)
  return result.value
}

export function remote(remoteId: string, fields: Fields, more: Partial<RemoteRecord> = {}): RemoteRecord {
  return {
    remoteId: remoteIdSchema.parse(remoteId),
    fields,
    fallbackName: null,
    avatarUrl: null,
    createdAt: null,
    updatedAt: null,
    lastActivityAt: null,
    owner: null,
    extra: [],
    raw: { id: remoteId, ...fields },
    ...more,
  }
}

export async function beginRun(
  { store, time, random }: TestStore,
  sourceId: SourceId,
  kind: 'full' | 'incremental' = 'full',
): Promise<RunId> {
  const checkpoint = value(
    await store.sync['run.begin']({
      sourceId,
      runId: createRunId(random),
      kind,
      paramsHash: 'p',
      startedAt: time.now(),
      tenant: 'account',
      resume: true,
    }),
  )
  return runIdSchema.parse(checkpoint.run?.runId)
}

export function page(sourceId: SourceId, runId: RunId, seq: number, records: readonly RemoteRecord[]): PullPage {
  return {
    sourceId,
    runId,
    seq,
    requestSeq: 1000 + seq,
    records: records.map((record) => pulledRecord(record)),
    same: [],
    problems: [],
    position: seq,
    statusOptions: [],
    pages: seq,
    ofPages: null,
    ofClients: null,
  }
}

export function runEnd({ time }: TestStore, sourceId: SourceId, runId: RunId, more: object = {}) {
  return {
    sourceId,
    runId,
    kind: 'full' as const,
    outcome: 'complete' as const,
    proof: 'clean' as const,
    size: null,
    canAsk: false,
    duplicateKeys: 0,
    unaskedValues: 0,
    serverStartedAt: null,
    readingVersion: 1,
    paramsHash: 'p',
    watermark: null,
    startedAt: time.now(),
    endedAt: time.now(),
    error: null,
    ...more,
  }
}

/** Pulls these records as one complete, proven sweep. */
export async function sweep(test: TestStore, sourceId: SourceId, records: readonly RemoteRecord[], more: object = {}) {
  // Longer than a record is too young to be missed.
  test.time.tick(660_000)
  const runId = await beginRun(test, sourceId)
  const receipt = value(await test.store.sync['run.applyPage'](page(sourceId, runId, 1, records)))
  const verdict = value(
    await test.store.sync['run.end'](runEnd(test, sourceId, runId, { size: records.length, ...more })),
  )
  return { runId, receipt, verdict }
}

/** A sweep that lacks somebody and another one with all that it had: what both lack is proven gone, and removed. */
export async function removeBySweeps(test: TestStore, sourceId: SourceId, left: readonly RemoteRecord[]) {
  await sweep(test, sourceId, left)
  await sweep(test, sourceId, left)
  return removeProven(test, sourceId)
}

export async function removeProven({ store, time }: TestStore, sourceId: SourceId): Promise<number> {
  return value(await store.sync['run.remove']({ sourceId, at: time.now() })).removed
}

export async function suspects({ store, time }: TestStore, sourceId: SourceId) {
  return value(await store.sync['suspects.due']({ sourceId, at: time.now(), limit: 100 }))
}

export async function names({ store }: TestStore, text = ''): Promise<readonly string[]> {
  const list = value(await store.page['clients.list']({ text, sort: null, offset: 0, limit: 100 }))
  return list.rows.map((row) => row.name)
}

export async function byName(test: TestStore, name: string) {
  const list = value(
    await test.store.page['clients.list']({
      text: '',
      sort: { key: 'name', direction: 'asc' },
      offset: 0,
      limit: 1000,
    }),
  )
  const row = list.rows.find((candidate) => candidate.name === name)
  if (row === undefined) throw new Error(`no client ${name}`)
  return row
}

const ATTEMPT = attemptIdSchema.parse('att_0000000000000000')

/** Takes the next edit of a source, as the core would. */
export async function take({ store, time }: TestStore, sourceId: SourceId, hurry = false) {
  const taken = value(await store.sync['outbox.take']({ sourceId, at: time.now(), hurry }))
  return { ...taken, editId: taken.edit === null ? null : editIdSchema.parse(taken.edit.editId) }
}

/** Takes and freezes: the request is on its way. */
export async function send(test: TestStore, sourceId: SourceId, fence: readonly string[] | null = null) {
  const { edit, editId } = await take(test, sourceId, false)
  if (edit === null || editId === null) throw new Error('nothing to send')
  const body = Object.fromEntries(edit.changes.map((change) => [change.field, change.to]))
  value(
    await test.store.sync['outbox.freeze']({
      editId,
      attemptId: ATTEMPT,
      body,
      fence: fence === null ? null : [...fence],
      at: test.time.now(),
    }),
  )
  return { edit, editId }
}

export async function settle({ store, time }: TestStore, editId: EditId, outcome: Outcome) {
  value(await store.sync['outbox.settle']({ editId, attemptId: null, outcome, at: time.now() }))
}

export async function details({ store }: TestStore, clientId: ClientId) {
  const found = value(await store.page['clients.get']({ clientId }))
  if (found === null) throw new Error('no such client')
  const field = (key: FieldKey) => {
    const view = found.fields.find((candidate) => candidate.field === key)
    if (view === undefined) throw new Error(`the form has no ${key}`)
    return view
  }
  return { ...found, field }
}

export async function save(test: TestStore, clientId: ClientId, changes: Fields, seen: Fields) {
  return value(await test.store.page['client.save']({ clientId, changes, seen }))
}

/** Every row of every table, bytes as the text that is in them. */
export async function everythingOnDisk({ store }: TestStore): Promise<string> {
  const asText = (_: string, found: unknown): unknown =>
    found instanceof Uint8Array ? new TextDecoder('latin1').decode(found) : found
  const { tables } = store.context.databases.relaxed
  return JSON.stringify(await Promise.all(tables.map((table) => table.toArray())), asText)
}
