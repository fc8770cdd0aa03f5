import { Dexie } from 'dexie'
import { expect, test } from 'vitest'
import { openStore } from '../../renderer/store/create-store.ts'
import { SCHEMA_VERSION, VERSION_1 } from '../../renderer/store/database.ts'
import { type SourceId, sourceIdSchema } from '../../shared/ids.ts'
import { noCalls, noEvents } from '../../shared/ipc/host-contract.ts'
import { createRpc } from '../../shared/ipc/rpc.ts'
import { storeSyncApi } from '../../shared/ipc/store-sync-contract.ts'
import type { Fields } from '../../shared/model/field.ts'
import { type FaultyIdb, testCreateFaultyIdb } from '../support/test-create-faulty-idb.ts'
import { testCreatePortPair } from '../support/test-create-port-pair.ts'
import {
  beginRun,
  byName,
  details,
  FULL_ENGAGE,
  names,
  page,
  remote,
  runEnd,
  SOURCES,
  save,
  send,
  settle,
  sweep,
  type TestStore,
  testCreateRandom,
  testCreateTime,
  value,
} from '../unit/renderer/store/test-open-store.ts'

let seeds = 0

/** A window's store; the next one on the same database is another window after the first has died. */
async function testOpen(faulty: FaultyIdb, epoch: number, time = testCreateTime()): Promise<TestStore> {
  const random = testCreateRandom(++seeds * 104_729)
  const store = value(
    await openStore({
      name: 'clientele-test',
      idb: faulty.idb,
      clock: time,
      random,
      locale: 'en',
      onChanged: () => undefined,
      onEditsWaiting: () => undefined,
    }),
  )
  value(await store.lease(epoch))
  value(await store.sync['sources.configure']({ sources: SOURCES, removed: [] }))
  return { store, time, random, idb: faulty.idb.indexedDB, changes: [], waiting: [] }
}

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise<void>((resolve) => setImmediate(resolve))
}
const create = (t: TestStore, sourceId: SourceId | null, fields: Fields) =>
  t.store.page['client.create']({ sourceId, deviceOnly: false, fields })
const dump = async (t: TestStore) => {
  const { tables } = t.store.context.databases.relaxed
  const rows: Record<string, unknown> = {}
  for (const table of tables) if (table.name !== 'meta') rows[table.name] = await table.toArray()
  return rows
}

test('F140 F139 a window that goes at any moment of a commit leaves all of it or nothing of it', async () => {
  let kept = 0
  let gone = 0
  for (let moment = 0; moment < 40; moment += 4) {
    const faulty = testCreateFaultyIdb()
    const t = await testOpen(faulty, 1)
    const before = await dump(t)
    const command = create(t, FULL_ENGAGE, { name: 'Half?', phone: '1' })
    command.catch(() => undefined)
    await turns(moment)
    faulty.closeAll()
    t.store.close()
    await turns(5)
    const next = await testOpen(faulty, 2, t.time)
    const after = await dump(next)
    const rows = ['locals', 'overlays', 'outbox', 'audit', 'undo'].map((table) => (after[table] as unknown[]).length)
    if (rows.every((count) => count === 0)) {
      gone++
      expect(after).toEqual(before)
    } else {
      kept++
      expect(rows).toEqual([1, 1, 1, 1, 1])
      expect(await names(next)).toEqual(['Half?'])
    }
    next.store.close()
  }
  // Both have been seen: the moments reach from before the commit to after it.
  expect([kept > 0, gone > 0]).toEqual([true, true])
})

test('F139 F141 F164 a window that dies in an import: the next one has a higher lease, the old one writes nothing, and the run goes on from its last page', async () => {
  const faulty = testCreateFaultyIdb()
  const first = await testOpen(faulty, 1)
  const records = Array.from({ length: 60 }, (_, i) => remote(`r${i}`, { name: `N${i}` }))
  const pages = Array.from({ length: 6 }, (_, i) => records.slice(i * 10, i * 10 + 10))
  const runId = await beginRun(first, FULL_ENGAGE)
  const pageOf = (seq: number) => page(FULL_ENGAGE, runId, seq, pages[seq - 1] ?? [])
  value(await first.store.sync['run.applyPage'](pageOf(1)))
  // Stored, and nobody heard of it; and one that was cut off in the middle.
  void first.store.sync['run.applyPage'](pageOf(2))
  await turns(400)
  void first.store.sync['run.applyPage'](pageOf(3)).catch(() => undefined)
  await turns(2)
  faulty.closeAll()
  const second = await testOpen(faulty, 2, first.time)
  // What the core had asked of the old one arrives there late.
  expect((await first.store.sync['run.applyPage'](pageOf(4))).ok).toBe(false)
  expect(await beginRun(second, FULL_ENGAGE)).toBe(runId)
  const seq = second.store.context.book.checkpoints.get(FULL_ENGAGE)?.run?.seq ?? 0
  expect([2, 3]).toContain(seq)
  expect(await names(second)).toHaveLength(seq * 10)
  // Sent again, for its answer was lost.
  expect(value(await second.store.sync['run.applyPage'](pageOf(seq)))).toMatchObject({ written: 0 })
  for (let at = seq + 1; at <= 6; at++) value(await second.store.sync['run.applyPage'](pageOf(at)))
  value(await second.store.sync['run.end'](runEnd(second, FULL_ENGAGE, runId)))
  expect(await names(second)).toHaveLength(60)
  expect(second.store.context.book.checkpoints.get(FULL_ENGAGE)?.lastComplete).not.toBeNull()
})

test('F139 an outcome that was cut off is applied when it comes again, once; one whose answer was lost changes nothing more', async () => {
  const faulty = testCreateFaultyIdb()
  const t = await testOpen(faulty, 1)
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Anna', phone: '1' })])
  const { clientId } = await byName(t, 'Anna')
  await save(t, clientId, { phone: '2' }, { phone: '1' })
  const { editId } = await send(t, FULL_ENGAGE)
  const done = { kind: 'done', record: remote('1', { name: 'Anna', phone: '2' }), writeSeq: 5000 } as const
  const attemptId = t.store.context.book.edits.get(editId)?.attemptId ?? null
  const settled = () => t.store.sync['outbox.settle']({ editId, attemptId, outcome: done, at: t.time.now() })
  const before = await dump(t)
  faulty.abortNext(1)
  expect((await settled()).ok).toBe(false)
  expect(await dump(t)).toEqual(before)
  expect((await settled()).ok).toBe(true)
  const after = await dump(t)
  await settled()
  expect(await dump(t)).toEqual(after)
  expect((await details(t, clientId)).field('phone')).toMatchObject({ value: '2', origin: { kind: 'source' } })
  expect(value(await t.store.page['queue.list']({}))).toEqual([])
})

test('F161 the same page twice is a no-op, one too far is refused, and nothing is counted twice', async () => {
  const t = await testOpen(testCreateFaultyIdb(), 1)
  const runId = await beginRun(t, FULL_ENGAGE)
  const one = page(FULL_ENGAGE, runId, 1, [remote('1', { name: 'One' })])
  const three = page(FULL_ENGAGE, runId, 3, [remote('3', { name: 'Three' })])
  value(await t.store.sync['run.applyPage'](one))
  const before = await dump(t)
  expect(value(await t.store.sync['run.applyPage'](one))).toMatchObject({ written: 0, unchanged: 1 })
  expect(await t.store.sync['run.applyPage'](three)).toMatchObject({ ok: false, error: { rule: 'page-gap' } })
  // Out of order, and both at once: only the next one is taken.
  const two = page(FULL_ENGAGE, runId, 2, [remote('2', { name: 'Two' })])
  expect(await dump(t)).toEqual(before)
  const both = await Promise.all([three, two].map((each) => t.store.sync['run.applyPage'](each)))
  expect(both.map((reply) => reply.ok)).toEqual([false, true])
  value(await t.store.sync['run.applyPage'](three))
  expect(await names(t)).toHaveLength(3)
})

test('F164 a port that closes in the middle of a page: the call says so at once, and the run goes on from its checkpoint', async () => {
  const t = await testOpen(testCreateFaultyIdb(), 1)
  const runId = await beginRun(t, FULL_ENGAGE)
  const line = () => {
    const [coreEnd, storeEnd] = testCreatePortPair()
    const onBug = (what: string): string => {
      throw new Error(what)
    }
    const store = createRpc({ port: storeEnd, serves: storeSyncApi, calls: noCalls, emits: noEvents, hears: {}, onBug })
    store.serve(t.store.sync)
    return createRpc({ port: coreEnd, serves: noCalls, calls: storeSyncApi, emits: noEvents, hears: {}, onBug })
  }
  for (let seq = 1; seq <= 4; seq++) {
    const sent = page(FULL_ENGAGE, runId, seq, [remote(`${seq}`, { name: `N${seq}` })])
    const broken = line()
    const lost = broken.call['run.applyPage'](sent)
    // Before it has arrived, in the middle, and after it is stored.
    await turns(seq * 3)
    broken.close()
    const reply = await lost
    if (!reply.ok) expect(reply.error).toEqual({ code: 'disconnected' })
    const again = line()
    const checkpoints = value(await again.call['sources.checkpoints']({}))
    const stored = checkpoints.find((row) => row.sourceId === FULL_ENGAGE)?.run?.seq ?? 0
    expect([seq - 1, seq]).toContain(stored)
    value(await again.call['run.applyPage'](sent))
    again.close()
  }
  expect(await names(t)).toEqual(['N1', 'N2', 'N3', 'N4'])
})

test('F127 a crash during the upgrade: the old database is whole, and the next start upgrades it', async () => {
  const faulty = testCreateFaultyIdb()
  const old = new Dexie('clientele-test', faulty.idb)
  old.version(1).stores(VERSION_1)
  await old.open()
  const source = SOURCES[0]
  await old.table('sources').put(source)
  await old.table('overlays').put({ recordId: 'rec_aaaaaaaaaaaaaaaa', fields: {} })
  old.close()
  const { indexedDB } = faulty.idb
  const open = indexedDB.open.bind(indexedDB)
  let crashes = 1
  indexedDB.open = (name, version) => {
    const request = open(name, version)
    request.addEventListener('upgradeneeded', () => {
      if (crashes-- <= 0) return
      // After some of its steps.
      setImmediate(() => request.transaction?.abort())
    })
    return request
  }
  const failed = await openStore({
    name: 'clientele-test',
    idb: faulty.idb,
    clock: testCreateTime(),
    random: testCreateRandom(1),
    locale: 'en',
    onChanged: () => undefined,
    onEditsWaiting: () => undefined,
  })
  expect(failed.ok).toBe(false)
  expect((await indexedDB.databases())[0]?.version).toBe(10)
  const again = await testOpen(faulty, 1)
  expect(again.store.context.databases.strict.verno).toBe(SCHEMA_VERSION)
  expect(again.store.context.book.sources.has(sourceIdSchema.parse(source?.sourceId))).toBe(true)
  expect(again.store.context.book.unreadable).toBe(0)
})

test('F149 two windows edit the same field: both in their order, the last is what shows, and one edit goes', async () => {
  const t = await testOpen(testCreateFaultyIdb(), 1)
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Anna', phone: '1' })])
  const { clientId } = await byName(t, 'Anna')
  // Both forms were opened before either was saved.
  const saves = ['window 1', 'window 2', 'window 1 again'].map((notes) =>
    t.store.page['client.save']({ clientId, changes: { notes }, seen: { notes: null } }),
  )
  expect((await Promise.all(saves)).every((saved) => saved.ok)).toBe(true)
  expect((await details(t, clientId)).field('notes')?.value).toBe('window 1 again')
  expect(value(await t.store.page['queue.list']({}))).toMatchObject([
    { changes: [{ field: 'notes', from: null, to: 'window 1 again' }] },
  ])
  const told = value(await t.store.page['clients.timeline']({ clientId, limit: 10 }))
  const written = told.filter((item) => item.kind === 'you-changed').map((item) => item.fields[0]?.to)
  expect(written).toEqual(['window 1 again', 'window 2', 'window 1'])
})

test('F172 edits that come faster than any sync are folded while unsent: the queue is bounded by records and fields', async () => {
  const t = await testOpen(testCreateFaultyIdb(), 1)
  await sweep(
    t,
    FULL_ENGAGE,
    ['1', '2', '3'].map((id) => remote(id, { name: `N${id}`, notes: 'x' })),
  )
  const clients = await Promise.all(['N1', 'N2', 'N3'].map((name) => byName(t, name)))
  for (let n = 0; n < 300; n++) {
    const client = clients[n % 3]
    if (client === undefined) throw new Error('three')
    const field = n % 2 === 0 ? 'notes' : 'phone'
    value(await t.store.page['client.save']({ clientId: client.clientId, changes: { [field]: `${n}` }, seen: {} }))
  }
  const queue = value(await t.store.page['queue.list']({}))
  expect(queue).toHaveLength(3)
  for (const edit of queue) expect(edit.changes.length).toBeLessThanOrEqual(2)
  expect(await t.store.context.databases.strict.outbox.count()).toBe(3)
})

test('F171 an edit of every client at once: one lane, taken one by one, and the list answers all the while', async () => {
  const t = await testOpen(testCreateFaultyIdb(), 1)
  // A fifth of the catalogue's five thousand: each is a transaction of its own, and this database is a model of one.
  const count = 1_000
  const runId = await beginRun(t, FULL_ENGAGE)
  for (let seq = 1; seq <= count / 500; seq++) {
    const records = Array.from({ length: 500 }, (_, i) => remote(`${seq}-${i}`, { name: `N${seq}-${i}` }))
    value(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, seq, records)))
  }
  const clientIds = [...t.store.context.view.all()].map((row) => row.clientId)
  let done = 0
  const saves = clientIds.map((clientId) =>
    t.store.page['client.save']({ clientId, changes: { notes: 'all' }, seen: {} }).then((saved) => {
      if (saved.ok) done++
    }),
  )
  const answeredAt: number[] = []
  for (let look = 0; look < 20; look++) {
    value(await t.store.page['clients.list']({ text: 'N1', sort: null, offset: 0, limit: 50 }))
    answeredAt.push(done)
    await turns(20)
  }
  // Asked in the middle of it, and answered in the middle of it.
  expect(answeredAt.at(-1)).toBeLessThan(count)
  expect(new Set(answeredAt).size).toBeGreaterThan(3)
  await Promise.all(saves)
  expect(done).toBe(count)
  expect(t.store.context.book.edits.size).toBe(count)
  const { editId } = await send(t, FULL_ENGAGE)
  await settle(t, editId, { kind: 'done', record: null, writeSeq: 9_000 })
  expect(t.store.context.book.edits.size).toBe(count - 1)
}, 120_000)

test('F176 an edit during the first import waits for one page at most', async () => {
  const t = await testOpen(testCreateFaultyIdb(), 1)
  value(await create(t, null, { name: 'Mine' }))
  const { clientId } = await byName(t, 'Mine')
  const runId = await beginRun(t, FULL_ENGAGE)
  const order: string[] = []
  let edits = 0
  for (let seq = 1; seq <= 8; seq++) {
    const records = Array.from({ length: 200 }, (_, i) => remote(`${seq}-${i}`, { name: `N${seq}-${i}` }))
    const applied = t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, seq, records)).then((reply) => {
      value(reply)
      order.push(`page ${seq}`)
    })
    const edit = t.store.page['client.save']({ clientId, changes: { notes: `${seq}` }, seen: {} }).then((reply) => {
      value(reply)
      edits++
      order.push(`edit ${seq}`)
    })
    // The core sends the next page when this one is stored, whether or not edits wait.
    await applied
    if (seq === 8) await edit
  }
  expect(edits).toBe(8)
  for (let seq = 1; seq <= 7; seq++) expect(order.indexOf(`edit ${seq}`)).toBeLessThan(order.indexOf(`page ${seq + 1}`))
})
