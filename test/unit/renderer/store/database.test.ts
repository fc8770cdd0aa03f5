import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { openStore } from '../../../../renderer/store/create-store.ts'
import { openDatabases, SCHEMA_VERSION, VERSION_1 } from '../../../../renderer/store/database.ts'
import { maintain } from '../../../../renderer/store/maintain.ts'
import { compactSegments } from '../../../../renderer/store/segments/compact.ts'
import { createStorageGuard } from '../../../../renderer/store/storage-guard.ts'
import {
  beginRun,
  byName,
  details,
  FULL_ENGAGE,
  names,
  page,
  remote,
  SOURCES,
  SPOTT,
  save,
  send,
  settle,
  sweep,
  take,
  testCreateRandom,
  testCreateTime,
  testOpenStore,
  value,
} from './test-open-store.ts'

test('a database of version 1, as it lay on a disk, is brought up to date with everything in it', async () => {
  const idb = new IDBFactory()
  const recordId = 'rec_aaaaaaaaaaaaaaaa'
  const old = new Dexie('clientele-test', { indexedDB: idb, IDBKeyRange })
  old.version(1).stores(VERSION_1)
  await old.open()
  const head = [
    recordId,
    '42',
    { name: 'Old Hand', phone: '1' },
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    'hash',
    5,
    0,
    6,
  ]
  await old.table('sources').bulkPut([...SOURCES])
  await old.table('heads').put({ segmentId: 1, sourceId: FULL_ENGAGE, n: 1, heads: JSON.stringify([head]) })
  await old.table('bodies').put({ segmentId: 1, bodies: JSON.stringify([[[], { id: '42' }]]) })
  await old.table('overlays').put({ recordId, fields: { phone: { value: '2', from: '1', mode: 'push', at: 7 } } })
  await old.table('outbox').put({
    editId: 'edt_aaaaaaaaaaaaaaaa',
    recordId,
    clientId: 'cli_aaaaaaaaaaaaaaaa',
    sourceId: FULL_ENGAGE,
    remoteId: null,
    seq: 1,
    operation: 'update',
    changes: [{ field: 'phone', from: '1', to: '2' }],
    state: 'unknown-outcome',
    attempts: 1,
    createdAt: 7,
    attemptedAt: 8,
    notBefore: null,
    frozenBody: { phone: '2' },
    fence: null,
    looks: 0,
    error: null,
  })
  old.close()

  const t = await testOpenStore({ idb })
  expect(t.store.context.databases.strict.verno).toBe(SCHEMA_VERSION)
  expect(t.store.context.book.unreadable).toBe(0)
  const { clientId } = await byName(t, 'Old Hand')
  expect((await details(t, clientId)).field('phone')).toMatchObject({
    value: '2',
    sourceValue: '1',
    origin: { kind: 'waiting' },
  })
  expect(await take(t, FULL_ENGAGE)).toMatchObject({
    wasUnknown: true,
    edit: { attempts: 1, frozenBody: { phone: '2' } },
  })
  await save(t, clientId, { company: 'New' }, {})
  expect(value(await t.store.page['edit.undoLast']({}))).toMatchObject({ what: 'local-values' })
})

test('F126 a database of a newer app is refused and left as it is', async () => {
  const idb = new IDBFactory()
  const newer = new Dexie('clientele-test', { indexedDB: idb, IDBKeyRange })
  newer.version(SCHEMA_VERSION + 1).stores({ ...VERSION_1, future: 'id' })
  await newer.open()
  await newer.table('future').put({ id: 1 })
  newer.close()
  const states: string[] = []
  const opened = await openStore({
    name: 'clientele-test',
    idb: { indexedDB: idb, IDBKeyRange },
    clock: testCreateTime(),
    random: testCreateRandom(),
    locale: 'en',
    onChanged: () => undefined,
    onEditsWaiting: () => undefined,
    onStorage: (state) => states.push(state),
  })
  // Dexie 4 alone would have opened it.
  expect(opened).toEqual({ ok: false, error: { code: 'storage', kind: 'newer' } })
  expect(states).toEqual(['newer'])
  const again = new Dexie('clientele-test', { indexedDB: idb, IDBKeyRange })
  await again.open()
  expect(again.verno).toBe(SCHEMA_VERSION + 1)
  expect(await again.table('future').count()).toBe(1)
  again.close()
})

test('F133 F134 F173 edits wait for the disk and pages for the log, and both connections share one cache setting', () => {
  const { strict, relaxed } = openDatabases('x', { indexedDB: new IDBFactory(), IDBKeyRange })
  const options = (db: typeof strict) => db._options
  expect(options(strict)).toMatchObject({ chromeTransactionDurability: 'strict', cache: 'disabled' })
  expect(options(relaxed)).toMatchObject({ chromeTransactionDurability: 'relaxed', cache: 'disabled' })
})

test('small segments are merged without anybody noticing, and nothing is lost by it', async () => {
  const t = await testOpenStore()
  await sweep(t, SPOTT, [remote('s', { firstName: 'Kim' })])
  const runId = await beginRun(t, FULL_ENGAGE)
  for (let seq = 1; seq <= 12; seq++) {
    const records = [remote(`r${seq}`, { name: `N${seq}`, phone: `${seq}` }), remote('same', { name: `Same ${seq}` })]
    value(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, seq, records)))
  }
  const { relaxed } = t.store.context.databases
  const before = await names(t)
  t.time.tick(100)
  t.changes.length = 0
  expect(value(await compactSegments(t.store.context))).toEqual({ merged: 12 })
  t.time.tick(100)
  expect(t.changes).toEqual([])
  expect(await relaxed.heads.count()).toBe(2)
  expect(await relaxed.bodies.count()).toBe(2)
  expect(await names(t)).toEqual(before)
  expect((await details(t, (await byName(t, 'N7')).clientId)).records[0]?.raw).toMatchObject({ id: 'r7' })
  value(await maintain(t.store.context))
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect([...(await names(again))].sort()).toEqual([...before].sort())
  expect((await byName(again, 'Same 12')).name).toBe('Same 12')
})

test('what was removed stays removed when segments are merged', async () => {
  const t = await testOpenStore()
  const all = Array.from({ length: 12 }, (_, i) => remote(`r${i}`, { name: `N${i}` }))
  for (let count = 1; count <= 12; count++) {
    const runId = await beginRun(t, FULL_ENGAGE)
    value(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, count, all.slice(count - 1, count))))
  }
  const { clientId } = await byName(t, 'N3')
  value(await t.store.page['client.delete']({ clientId }))
  t.time.tick(60_000)
  const { editId } = await send(t, FULL_ENGAGE)
  await settle(t, editId, { kind: 'done', record: null, writeSeq: 5000 })
  value(await compactSegments(t.store.context))
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(await names(again)).toHaveLength(11)
  expect(await names(again, 'N3')).toEqual([])
})

test('a row that cannot be read is set aside and not deleted', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Ann' })])
  const { strict } = t.store.context.databases
  await strict.table('outbox').put({ editId: 'broken', state: 'from the future' })
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(again.store.context.book.unreadable).toBe(1)
  expect(await names(again)).toEqual(['Ann'])
  expect(await again.store.context.databases.strict.table('outbox').count()).toBe(1)
})

test('trouble of the disk is named: full, newer, hanging; a call that hangs is given up', async () => {
  const time = testCreateTime()
  const states: string[] = []
  const guard = createStorageGuard(time, (state) => states.push(state))
  const failWith = (name: string) =>
    guard.run(() => Promise.reject(Object.assign(new Error(name), { name: 'AbortError', inner: { name } })))
  expect(await failWith('QuotaExceededError')).toEqual({ ok: false, error: { code: 'storage', kind: 'full' } })
  expect(await failWith('VersionError')).toEqual({ ok: false, error: { code: 'storage', kind: 'newer' } })
  const hanging = guard.run(() => new Promise(() => undefined))
  time.tick(5_000)
  expect(await hanging).toEqual({ ok: false, error: { code: 'storage', kind: 'failed' } })
  expect((await guard.run(async () => 7)).ok).toBe(true)
  expect(states).toEqual(['full', 'newer', 'failed', 'ok'])
})
