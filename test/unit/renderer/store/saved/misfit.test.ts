import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import { openStore } from '../../../../../renderer/store/create-store.ts'
import { StoreDatabase } from '../../../../../renderer/store/database.ts'
import { MANIFEST_KEY } from '../../../../../renderer/store/saved/manifest.ts'
import type { Lost } from '../../../../../renderer/store/storage-keeper.ts'
import {
  FULL_ENGAGE,
  names,
  remote,
  removeBySweeps,
  sweep,
  type TestStore,
  testCreateRandom,
  testCreateTime,
  testOpenStore,
  value,
} from '../test-open-store.ts'

async function savedStore(): Promise<TestStore> {
  const t = await testOpenStore({ idb: new IDBFactory() })
  await sweep(t, FULL_ENGAGE, [remote('a', { name: 'Ann' }), remote('b', { name: 'Bo' })])
  t.time.tick(6_000)
  await until(() => t.store.context.saved.report().savedAt !== null, t)
  t.store.close()
  return t
}

async function until(holds: () => boolean, t?: TestStore): Promise<void> {
  for (let i = 0; i < 2_000 && !holds(); i++) {
    await new Promise<void>((resolve) => setImmediate(resolve))
    t?.time.tick(0)
  }
  expect(holds()).toBe(true)
}

function database(idb: IDBFactory): StoreDatabase {
  return new StoreDatabase('clientele-test', 'relaxed', { indexedDB: idb, IDBKeyRange })
}

it('heads that the disk does not bear out: the saved form goes, and the next start reads the segments', async () => {
  const { idb } = await savedStore()
  const db = database(idb)
  for (const row of await db.heads.toArray()) {
    await db.heads.put({
      ...row,
      heads:
        row.heads instanceof Uint8Array
          ? row.heads.map((byte, i, all) => (i === all.length - 2 ? byte ^ 1 : byte))
          : '',
    })
  }
  db.close()
  const lost: Lost[] = []
  const open = () =>
    openStore({
      name: 'clientele-test',
      idb: { indexedDB: idb, IDBKeyRange },
      clock: testCreateTime(),
      random: testCreateRandom(5),
      locale: 'en',
      onChanged: () => undefined,
      onEditsWaiting: () => undefined,
      onLost: (why) => lost.push(why),
    })
  const first = value(await open())
  expect(first.context.saved.report().startedFrom).toBe('saved')
  await until(() => lost.length > 0)
  expect(lost).toEqual(['misfit'])
  expect(await first.page['client.create']({ sourceId: null, deviceOnly: true, fields: { name: 'Cy' } })).toMatchObject(
    {
      error: { code: 'storage', kind: 'reopening' },
    },
  )
  first.close()
  const next = value(await open())
  expect(next.context.saved.report().startedFrom).toBe('none')
  // Told beyond the start that has found it.
  expect(value(await next.page['storage.usage']({})).saved.damage).toMatchObject({ times: 1 })
  expect(next.context.book.heads.size).toBe(1)
  expect(next.context.book.unreadable).toBe(1)
  next.close()
})

it('a damaged piece costs the form and no client, and Settings say so', async () => {
  const { idb, time } = await savedStore()
  const db = database(idb)
  for (const row of await db.saved.toArray()) {
    if (row.key.startsWith('part')) await db.saved.put({ ...row, bytes: row.bytes.map((byte) => byte ^ 1) })
  }
  db.close()
  const t = await testOpenStore({ idb, time, epoch: 2 })
  expect(value(await t.store.page['storage.usage']({})).saved).toMatchObject({
    startedFrom: 'damaged',
    at: null,
    damage: { times: 1, at: time.now() },
  })
  expect(await names(t)).toEqual(['Ann', 'Bo'])
  t.store.close()
})

it('a segment that was written since, and of which nobody is left, does not cost the next form', async () => {
  const { idb, time } = await savedStore()
  const [ann, bo] = [remote('a', { name: 'Ann' }), remote('b', { name: 'Bo' })]
  const second = await testOpenStore({ idb, time, epoch: 2 })
  second.store.context.saved.stop()
  await sweep(second, FULL_ENGAGE, [ann, bo, remote('c', { name: 'Cy' })])
  expect(await removeBySweeps(second, FULL_ENGAGE, [ann, bo])).toBe(1)
  second.store.close()
  const third = await testOpenStore({ idb, time, epoch: 3 })
  const { saved } = third.store.context
  const before = saved.report()
  expect(before.startedFrom).toBe('saved')
  time.tick(70_000)
  await until(() => saved.report().savedAt !== before.savedAt, third)
  third.store.close()
  const fourth = await testOpenStore({ idb, time, epoch: 4 })
  expect(fourth.store.context.saved.report().startedFrom).toBe('saved')
  expect(await names(fourth)).toEqual(['Ann', 'Bo'])
  fourth.store.close()
})

it('a form of another version of the app, or of another language, is no damage', async () => {
  const { idb, time } = await savedStore()
  const db = database(idb)
  const manifest = await db.saved.get(MANIFEST_KEY)
  if (manifest === undefined) throw new Error('nothing was saved')
  const text = new TextDecoder().decode(manifest.bytes)
  const older = new TextEncoder().encode(text.replace(/"schema":\d+/, '"schema":3'))
  await db.saved.put({ ...manifest, bytes: older })
  const t = await testOpenStore({ idb, time, epoch: 2 })
  expect(value(await t.store.page['storage.usage']({})).saved).toMatchObject({ startedFrom: 'outdated', damage: null })
  t.store.close()
  await db.saved.put(manifest)
  db.close()
  const swedish = value(
    await openStore({
      name: 'clientele-test',
      idb: { indexedDB: idb, IDBKeyRange },
      clock: time,
      random: testCreateRandom(9),
      locale: 'sv',
      onChanged: () => undefined,
      onEditsWaiting: () => undefined,
    }),
  )
  expect(swedish.context.saved.report().startedFrom).toBe('outdated')
  swedish.close()
})
