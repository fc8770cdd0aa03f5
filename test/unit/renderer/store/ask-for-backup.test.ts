import { Dexie } from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { askForBackup, BACKUP_PATIENCE_MS } from '../../../../renderer/store/ask-for-backup.ts'
import type { CoreDoor } from '../../../../renderer/store/core-door.ts'
import { SCHEMA_VERSION, VERSION_1 } from '../../../../renderer/store/database.ts'
import { createRpc } from '../../../../shared/ipc/rpc.ts'
import { leaseApi, storeEvents } from '../../../../shared/ipc/store-sync-contract.ts'
import { ok } from '../../../../shared/result.ts'
import { testCreatePortPair } from '../../../support/test-create-port-pair.ts'
import { testCreateTime } from './test-open-store.ts'

const onBug = (what: string): string => {
  throw new Error(what)
}

async function testDatabase(version: number | null) {
  const indexedDB = new IDBFactory()
  if (version !== null) {
    const db = new Dexie('clientele-test', { indexedDB, IDBKeyRange })
    db.version(version).stores(VERSION_1)
    await db.open()
    db.close()
  }
  return { indexedDB, IDBKeyRange }
}

/** A core on one port that can be used once only, as Electron's. */
function testCreateDoor(answers: boolean) {
  const [coreEnd, storeEnd] = testCreatePortPair()
  const asked: string[] = []
  const core = createRpc({ port: coreEnd, serves: leaseApi, calls: {}, emits: {}, hears: storeEvents, onBug })
  const never = () => new Promise<never>(() => undefined)
  core.serve({
    'backup.make': ({ reason }) => {
      asked.push(reason)
      return answers ? Promise.resolve(ok({ name: 'backup' })) : never()
    },
    'lease.request': never,
    'journal.append': async () => {
      asked.push('append')
      return ok({ commit: 7 })
    },
    'journal.read': never,
    'journal.rebuild': never,
  })
  let given = 0
  const door: CoreDoor = {
    open: async () => storeEnd,
    borrow: async () => ({ port: storeEnd, giveBack: () => given++ }),
  }
  return { door, asked, given: () => given, storeEnd }
}

test('before an older database is opened the core is asked for a copy, on a line that is given back as it was', async () => {
  const { door, asked, given, storeEnd } = testCreateDoor(true)
  const idb = await testDatabase(SCHEMA_VERSION - 1)
  const deps = { name: 'clientele-test', idb, door, clock: testCreateTime(), onBug }
  expect(await askForBackup(deps)).toBe('made')
  expect([asked, given()]).toEqual([['schema-upgrade'], 1])
  // The line to the core begins on the same port, with numbers of its own.
  const link = createRpc({ port: storeEnd, serves: {}, calls: leaseApi, emits: storeEvents, hears: {}, onBug })
  expect(await link.call['journal.append']({ epoch: 1, commits: [] })).toEqual(ok({ commit: 7 }))
})

test('a new or present database needs none; a core that is silent or away does not keep anybody from the book', async () => {
  const clock = testCreateTime()
  const { door, asked } = testCreateDoor(false)
  const with_ = async (version: number | null) => ({
    name: 'clientele-test',
    idb: await testDatabase(version),
    door,
    clock,
    onBug,
  })
  expect(await askForBackup(await with_(null))).toBe('not-needed')
  expect(await askForBackup(await with_(SCHEMA_VERSION))).toBe('not-needed')
  expect(asked).toEqual([])
  const silent = askForBackup(await with_(1))
  await new Promise((resolve) => setTimeout(resolve, 20))
  clock.tick(BACKUP_PATIENCE_MS)
  expect(await silent).toBe('not-made')
  const away: CoreDoor = { open: async () => null, borrow: async () => null }
  expect(await askForBackup({ ...(await with_(1)), door: away })).toBe('not-made')
})
