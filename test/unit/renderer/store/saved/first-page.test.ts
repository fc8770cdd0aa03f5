import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import type { StoreDeps } from '../../../../../renderer/store/create-store.ts'
import { openStore } from '../../../../../renderer/store/create-store.ts'
import { StoreDatabase } from '../../../../../renderer/store/database.ts'
import { openStoreService } from '../../../../../renderer/store/open-store-service.ts'
import { FIRST_KEY, type FirstPage } from '../../../../../renderer/store/saved/first-page.ts'
import {
  FULL_ENGAGE,
  remote,
  sweep,
  type TestStore,
  testCreateRandom,
  testCreateTime,
  testOpenStore,
  value,
} from '../test-open-store.ts'

const ASK = { text: '', sort: null, offset: 0, limit: 100 } as const

async function saved(t: TestStore): Promise<void> {
  const before = t.store.context.saved.report().savedAt
  t.time.tick(70_000)
  for (let i = 0; i < 2_000 && t.store.context.saved.report().savedAt === before; i++) {
    await new Promise<void>((resolve) => setImmediate(resolve))
    t.time.tick(0)
  }
  expect(t.store.context.saved.report().savedAt).not.toBe(before)
}

async function savedStore(): Promise<TestStore> {
  const t = await testOpenStore({ idb: new IDBFactory() })
  await sweep(t, FULL_ENGAGE, [
    remote('a', { name: 'Ann', status: 'active' }),
    remote('b', { name: 'Bo', notes: 'Met in Oslo' }),
  ])
  await saved(t)
  return t
}

function depsOf(idb: IDBFactory): StoreDeps {
  return {
    name: 'clientele-test',
    idb: { indexedDB: idb, IDBKeyRange },
    clock: testCreateTime(),
    random: testCreateRandom(5),
    locale: 'en',
    onChanged: () => undefined,
    onEditsWaiting: () => undefined,
  }
}

/** What a start on this database says first, and whether it did before it was open. */
async function firstOf(idb: IDBFactory): Promise<FirstPage | null> {
  let first: FirstPage | null = null
  const store = value(
    await openStore({
      ...depsOf(idb),
      onFirst: (page) => {
        first = page
      },
    }),
  )
  store.close()
  return first
}

it('the list is answered before the store is open, as the store answers it then', async () => {
  const { idb, store } = await savedStore()
  store.close()
  let isReady = false
  const service = openStoreService({
    ...depsOf(idb),
    onReady: () => {
      isReady = true
    },
  })
  const early = value(await service.page['clients.list'](ASK))
  expect(isReady).toBe(false)
  expect(early.rows.map((row) => row.name).sort()).toEqual(['Ann', 'Bo'])
  // Another question waits for the store.
  expect(value(await service.page['clients.list']({ ...ASK, text: 'oslo' })).rows.map((row) => row.name)).toEqual([
    'Bo',
  ])
  expect(isReady).toBe(true)
  expect({ ...value(await service.page['clients.list'](ASK)), tookMs: 0 }).toEqual(early)
  expect(value(await service.page['clients.list']({ ...ASK, limit: 1 })).rows).toEqual(early.rows.slice(0, 1))
  service.close()
})

it('of what was written since nothing old is shown first', async () => {
  const t = await savedStore()
  const [client] = value(await t.store.page['clients.list'](ASK)).rows
  if (client === undefined) throw new Error('nobody is there')
  value(
    await t.store.page['client.save']({ clientId: client.clientId, changes: { notes: 'x' }, seen: { notes: null } }),
  )
  t.store.close()
  expect(await firstOf(t.idb)).toBeNull()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  await saved(again)
  again.store.close()
  expect((await firstOf(t.idb))?.rows.find(({ clientId }) => clientId === client.clientId)?.mark).toBe('waiting')
})

it('a status that got another name: no line is shown under the old one', async () => {
  const t = await savedStore()
  value(
    await t.store.sync['vocabulary.put']({
      sourceId: FULL_ENGAGE,
      statusOptions: [{ id: 'active', label: 'Well', color: null, order: 0, type: null }],
    }),
  )
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(again.store.context.saved.report().startedFrom).toBe('saved')
  const { rows } = value(await again.store.page['clients.list'](ASK))
  expect(rows.map((row) => row.status?.label)).toContain('Well')
  again.store.close()
})

it('what is not what was written is not shown', async () => {
  const { idb, store } = await savedStore()
  store.close()
  expect((await firstOf(idb))?.rows).toHaveLength(2)
  const db = new StoreDatabase('clientele-test', 'relaxed', { indexedDB: idb, IDBKeyRange })
  const row = await db.saved.get(FIRST_KEY)
  if (row === undefined) throw new Error('there is no first page')
  for (const bytes of [
    row.bytes.slice(0, 2),
    row.bytes.map((byte, i) => (i === row.bytes.length - 3 ? byte ^ 1 : byte)),
  ]) {
    await db.saved.put({ ...row, bytes })
    expect(await firstOf(idb)).toBeNull()
  }
  db.close()
})
