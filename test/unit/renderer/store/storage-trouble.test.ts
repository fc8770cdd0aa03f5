import { Dexie } from 'dexie'
import { expect, test } from 'vitest'
import { openStore, type Store } from '../../../../renderer/store/create-store.ts'
import { SCHEMA_VERSION, VERSION_1 } from '../../../../renderer/store/database.ts'
import { openStoreService, REOPENINGS, type StoreServiceDeps } from '../../../../renderer/store/open-store-service.ts'
import { WATCHDOG_MS } from '../../../../renderer/store/storage-guard.ts'
import type { SourceId } from '../../../../shared/ids.ts'
import type { Fields } from '../../../../shared/model/field.ts'
import { type FaultyIdb, testCreateFaultyIdb } from '../../../support/test-create-faulty-idb.ts'
import {
  beginRun,
  FULL_ENGAGE,
  page,
  remote,
  SOURCES,
  type TestTime,
  testCreateRandom,
  testCreateTime,
  value,
} from './test-open-store.ts'

let seeds = 0

/** The store as the page has it, on a disk that misbehaves on demand; one lease after the other, as a core gives them. */
async function testOpenService(options: Partial<StoreServiceDeps> & { readonly faulty?: FaultyIdb } = {}) {
  const faulty = options.faulty ?? testCreateFaultyIdb()
  const time = testCreateTime()
  const random = testCreateRandom(++seeds * 7_919)
  const ready: Store[] = []
  const told = { restarts: 0, gone: 0, freed: 0 }
  let epoch = 0
  const service = openStoreService({
    name: 'clientele-test',
    idb: faulty.idb,
    clock: time,
    random,
    locale: 'en',
    onChanged: () => undefined,
    onEditsWaiting: () => undefined,
    onReady: (store) => ready.push(store),
    onGone: () => {
      told.gone++
    },
    restartWorker: () => {
      told.restarts++
    },
    freeRoom: () => {
      told.freed++
    },
    ...options,
  })
  const t = {
    service,
    faulty,
    time,
    random,
    ready,
    told,
    store: () => {
      const store = ready.at(-1)
      if (store === undefined) throw new Error('not open')
      return store
    },
    /** The core's lease, and its list of sources. */
    lease: async () => {
      value(await t.store().lease(++epoch))
      value(await t.store().sync['sources.configure']({ sources: SOURCES, removed: [] }))
    },
    state: async () => value(await service.page['counts.get']({})).storage,
    create: (fields: Fields, sourceId: SourceId | null = null, commandId?: string) =>
      service.page['client.create']({ sourceId, deviceOnly: false, fields, ...(commandId && { commandId }) }),
    names: async () => {
      const list = value(await service.page['clients.list']({ text: '', sort: null, offset: 0, limit: 100 }))
      return list.rows.map((row) => row.name).sort()
    },
    pass: (ms: number) => pass(time, ms),
  }
  await pass(time, 100)
  return t
}

/** Time, a second at a time, with room for what it sets off. */
async function pass(time: TestTime, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1_000) {
    await settle()
    time.tick(Math.min(1_000, ms - passed))
    await settle()
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 25; i++) await new Promise<void>((resolve) => setImmediate(resolve))
}

const storage = (kind: string) => ({ ok: false, error: { code: 'storage', kind } })

test('F113 quota exceeded: the edit is refused visibly, reading goes on, pages rest, and it is over by itself', async () => {
  const t = await testOpenService()
  await t.lease()
  value(await t.create({ name: 'Before' }))
  t.faulty.full(true)
  expect(await t.create({ name: 'No Room' })).toEqual(storage('full'))
  expect(await t.state()).toBe('full')
  expect(await t.names()).toEqual(['Before'])
  // Whoever keeps room in reserve is asked for it, once.
  expect(t.told.freed).toBe(1)
  const run = { sourceId: FULL_ENGAGE, runId: 'run_aaaaaaaaaaaaaaaa', kind: 'full', paramsHash: 'p', startedAt: 1 }
  const writes = t.faulty.writes()
  // What room there is belongs to edits: a page is not even tried.
  expect(await t.store().sync['run.begin']({ ...run, resume: true, tenant: '' } as never)).toEqual(storage('full'))
  expect(t.faulty.writes()).toBe(writes)
  await t.pass(20_000)
  expect(await t.state()).toBe('full')
  expect(value(await t.service.page['unsent.export']({})).localValues).toBe(1)
  t.faulty.full(false)
  // Each edit is tried all the same: this one fits.
  value(await t.create({ name: 'Fits' }))
  expect(await t.state()).toBe('full')
  await t.pass(6_000)
  expect(await t.state()).toBe('ok')
  expect(await t.names()).toEqual(['Before', 'Fits'])
  t.service.close()
})

test('F114 a disk that answers nothing: the call is given up after the watchdog, nothing of it is stored later, and a dead connection is opened again', async () => {
  const t = await testOpenService()
  value(await t.create({ name: 'Before' }))
  t.faulty.hang(true)
  const refused = t.create({ name: 'Hangs' })
  await t.pass(WATCHDOG_MS + 1_000)
  expect(await refused).toEqual(storage('failed'))
  expect(await t.state()).toBe('failed')
  // Memory answers: the list, and the export of what is unsent.
  expect(await t.names()).toEqual(['Before'])
  expect(value(await t.service.page['unsent.export']({})).text).toContain('Before')
  await t.pass(40_000)
  expect(t.told.gone).toBe(1)
  t.faulty.hang(false)
  await t.pass(20_000)
  expect(await t.state()).toBe('ok')
  expect(await t.names()).toEqual(['Before'])
  value(await t.create({ name: 'After' }))
  expect(await t.names()).toEqual(['After', 'Before'])
  t.service.close()
})

test('F114 a commit that nobody waited for any more and that came through all the same is in the book, once', async () => {
  const t = await testOpenService()
  t.faulty.hang(true, { deaf: true })
  const refused = t.create({ name: 'Late' }, null, 'command-1')
  await t.pass(WATCHDOG_MS + 1_000)
  expect(await refused).toEqual(storage('failed'))
  t.faulty.hang(false)
  await t.pass(10_000)
  // The page asks the same again, as it does after a lost answer.
  value(await t.create({ name: 'Late' }, null, 'command-1'))
  expect(await t.names()).toEqual(['Late'])
  t.service.close()
})

test('F132 a disk that is locked for some seconds: a call waits for it under the watchdog, and is stored', async () => {
  const t = await testOpenService()
  t.faulty.hang(true)
  const waiting = t.create({ name: 'Patient' })
  await t.pass(3_000)
  t.faulty.hang(false)
  value(await waiting)
  expect(await t.state()).toBe('ok')
  t.faulty.hang(true)
  const refused = t.create({ name: 'Given up' })
  await t.pass(WATCHDOG_MS + 1_000)
  expect(await refused).toEqual(storage('failed'))
  await t.pass(4_000)
  t.faulty.hang(false)
  await t.pass(5_000)
  // Ten seconds in all: over by itself, without anything opened anew.
  expect(await t.state()).toBe('ok')
  expect(t.told.gone).toBe(0)
  expect(await t.names()).toEqual(['Patient'])
  t.service.close()
})

test('F129 a forced close: opened again with everything in it, calls wait, and a command under way is done once', async () => {
  const t = await testOpenService()
  await t.lease()
  value(await t.create({ name: 'Before' }))
  const command = t.create({ name: 'Meanwhile' }, null, 'command-2')
  t.faulty.closeAll()
  await settle()
  expect(await t.state()).toBe('reopening')
  const waiting = t.names()
  await t.pass(3_000)
  expect(await t.state()).toBe('ok')
  value(await command)
  expect(await waiting).toContain('Before')
  expect(await t.names()).toEqual(['Before', 'Meanwhile'])
  expect([t.told.gone, t.ready.length, t.told.restarts]).toEqual([1, 2, 0])
  // The core was let go with the old one; the old one writes nothing any more.
  expect(
    (await t.ready[0]?.page['client.create']({ sourceId: null, deviceOnly: true, fields: { name: 'Old' } }))?.ok,
  ).toBe(false)
  t.service.close()
})

test('F129 a database that does not open: tried three times at once, then the worker is started anew, and tried on', async () => {
  const t = await testOpenService()
  value(await t.create({ name: 'Before' }))
  // Each of ours asks three times itself.
  t.faulty.failOpen(1_000)
  t.faulty.closeAll()
  await t.pass(4_000)
  expect(await t.state()).toBe('reopening')
  const edit = t.create({ name: 'Typed' })
  await t.pass(11_000)
  expect(await edit).toEqual(storage('reopening'))
  expect(t.told.restarts).toBe(1)
  expect(REOPENINGS).toBe(3)
  // Reading and the way out still work.
  expect(await t.names()).toEqual(['Before'])
  t.faulty.failOpen(0)
  await t.pass(11_000)
  expect(await t.state()).toBe('ok')
  value(await t.create({ name: 'Typed' }))
  expect(await t.names()).toEqual(['Before', 'Typed'])
  t.service.close()
})

test('F125 an upgrade that another window blocks: after three seconds it is asked to close, calls are told, nothing hangs', async () => {
  const faulty = testCreateFaultyIdb()
  const old = new Dexie('clientele-test', faulty.idb)
  old.version(1).stores(VERSION_1)
  await old.open()
  // Its process hangs: it does not hear that it should close.
  old.on('versionchange', () => false)
  let asked = 0
  const t = await testOpenService({ faulty, onBlocked: () => asked++ })
  expect(await t.state()).toBe('blocked')
  const call = t.create({ name: 'Waits' })
  const list = t.service.page['clients.list']({ text: '', sort: null, offset: 0, limit: 50 })
  await t.pass(4_000)
  expect(asked).toBe(1)
  await t.pass(8_000)
  expect(await call).toEqual(storage('blocked'))
  expect(await list).toEqual(storage('blocked'))
  old.close()
  await t.pass(2_000)
  expect(await t.state()).toBe('ok')
  value(await t.create({ name: 'Waits' }))
  expect(await t.names()).toEqual(['Waits'])
  t.service.close()
})

test('F126 a database of a newer app: refused, said, untouched, and not tried again', async () => {
  const faulty = testCreateFaultyIdb()
  const newer = new Dexie('clientele-test', faulty.idb)
  newer.version(SCHEMA_VERSION + 1).stores({ ...VERSION_1, future: 'id' })
  await newer.open()
  await newer.table('future').put({ id: 1 })
  newer.close()
  const t = await testOpenService({ faulty })
  expect(await t.state()).toBe('newer')
  const writes = t.faulty.writes()
  expect(await t.create({ name: 'No' })).toEqual(storage('newer'))
  await t.pass(60_000)
  expect(t.faulty.writes()).toBe(writes)
  expect((await faulty.idb.indexedDB.databases())[0]?.version).toBe((SCHEMA_VERSION + 1) * 10)
  t.service.close()
})

test('F122 a transaction that aborts in the middle of a page: checkpoint and records stay as they were, and the same page is taken again', async () => {
  const t = await testOpenService()
  await t.lease()
  const source = { ...t, store: t.store() } as never
  const runId = await beginRun(source, FULL_ENGAGE)
  const first = page(FULL_ENGAGE, runId, 1, [remote('1', { name: 'One' })])
  value(await t.store().sync['run.applyPage'](first))
  const second = page(FULL_ENGAGE, runId, 2, [remote('2', { name: 'Two' }), remote('3', { name: 'Three' })])
  const db = t.store().context.databases.relaxed
  const before = await Promise.all(db.tables.map((table) => table.toArray()))
  for (const name of ['AbortError', 'UnknownError']) {
    t.faulty.abortNext(1, name)
    const failed = await t.store().sync['run.applyPage'](second)
    expect(failed.ok).toBe(false)
    if (name === 'AbortError') {
      expect(await Promise.all(db.tables.map((table) => table.toArray()))).toEqual(before)
      expect(await t.names()).toEqual(['One'])
    }
  }
  await t.pass(3_000)
  await t.lease()
  expect(value(await t.store().sync['run.applyPage'](second))).toMatchObject({ written: 2 })
  expect(await t.names()).toEqual(['One', 'Three', 'Two'])
  t.service.close()
})

test('a command asked for again, over a takeover of the database, is done once: no client is made twice', async () => {
  const faulty = testCreateFaultyIdb()
  const t = await testOpenService({ faulty })
  const [one, two] = await Promise.all([
    t.create({ name: 'Once' }, null, 'command-3'),
    t.create({ name: 'Once' }, null, 'command-3'),
  ])
  expect(two).toEqual(one)
  // Another tab is the owner now; the page that got no answer asks it.
  t.service.close()
  const next = await testOpenService({ faulty })
  expect(value(await next.create({ name: 'Once' }, null, 'command-3')).clientId).toBe(value(one).clientId)
  expect(await next.names()).toEqual(['Once'])
  value(await next.create({ name: 'Once' }, null, 'command-4'))
  expect(await next.names()).toEqual(['Once', 'Once'])
  next.service.close()
})

test('F160 an owner that was asleep: whatever it writes is refused, it does not take the database back, and says so', async () => {
  const faulty = testCreateFaultyIdb()
  const zombie = value(
    await openStore({
      name: 'clientele-test',
      idb: faulty.idb,
      clock: testCreateTime(),
      random: testCreateRandom(5),
      locale: 'en',
      onChanged: () => undefined,
      onEditsWaiting: () => undefined,
    }),
  )
  value(await zombie.lease(1))
  const awake = await testOpenService({ faulty })
  await awake.lease()
  expect(await zombie.page['client.create']({ sourceId: null, deviceOnly: true, fields: { name: 'Zombie' } })).toEqual(
    storage('fenced'),
  )
  expect(await zombie.lease(99)).toEqual(storage('fenced'))
  expect(await zombie.context.writer.owns()).toBe(false)
  value(await awake.create({ name: 'Awake' }))
  expect(await awake.names()).toEqual(['Awake'])
  zombie.close()
  awake.service.close()
})

test('in the hands of another browser: edits are refused with the reason, reading works, and it ends when the lease is given', async () => {
  const t = await testOpenService()
  value(await t.create({ name: 'Here' }))
  t.store().context.guard.impose('elsewhere')
  expect(await t.state()).toBe('elsewhere')
  expect(await t.create({ name: 'Not here' })).toEqual(storage('elsewhere'))
  expect(await t.names()).toEqual(['Here'])
  t.store().context.guard.impose('read-only')
  expect(await t.state()).toBe('read-only')
  t.store().context.guard.impose(null)
  expect(await t.state()).toBe('ok')
  value(await t.create({ name: 'Again' }))
  t.service.close()
})

test('housekeeping that runs into something is not the last', async () => {
  const t = await testOpenService()
  const { relaxed } = t.store().context.databases
  const { commands } = relaxed
  let looks = 0
  Object.defineProperty(relaxed, 'commands', {
    get: () => {
      looks++
      throw new Error('a bug')
    },
  })
  await t.pass(20_000 + 3 * 120_000 + 5_000)
  expect(looks).toBeGreaterThanOrEqual(4)
  Object.defineProperty(relaxed, 'commands', { get: () => commands })
  t.service.close()
})
