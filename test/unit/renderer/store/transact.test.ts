import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { StoreDatabase } from '../../../../renderer/store/database.ts'
import { transact } from '../../../../renderer/store/transact.ts'

async function testOpenDatabase() {
  const db = new StoreDatabase('transact', 'strict', { indexedDB: new IDBFactory(), IDBKeyRange })
  await db.open()
  return db
}
const row = (owner: string) => ({ k: 'fence', owner, epoch: 1 }) as const
const local = (recordId: string) => ({ recordId, any: 'row' })

test('F123 a timer awaited inside a transaction: all of it is undone, and the error says why', async () => {
  const db = await testOpenDatabase()
  const half = transact(db, db.tables, async () => {
    await db.meta.put(row('first half'))
    await new Promise((resolve) => setTimeout(resolve, 5))
    await db.table('locals').put(local('second half'))
  })
  await expect(half).rejects.toMatchObject({ name: 'ForeignAwaitError' })
  expect(await db.meta.count()).toBe(0)
  // Without the guard the first half stays: that is what it is there for.
  const bare = db.transaction('rw', db.tables, async () => {
    await db.meta.put(row('first half'))
    await new Promise((resolve) => setTimeout(resolve, 5))
    await db.table('locals').put(local('second half'))
  })
  await expect(bare).rejects.toThrow()
  expect(await db.meta.count()).toBe(1)
  db.close()
})

test('F123 nothing but the database is awaited in what the store itself does: all of it is kept', async () => {
  const db = await testOpenDatabase()
  const helper = async (n: number): Promise<number> => n
  await transact(db, db.tables, async () => {
    await db.meta.put(row('x'))
    for (let n = 0; n < 50; n++) {
      await db.table('locals').put(local(`l${await helper(n)}`))
      await Promise.resolve()
    }
    await db
      .table('locals')
      .toCollection()
      .modify((value: Record<string, unknown>) => {
        value.any = 'changed'
      })
    let seen = 0
    await db.table('locals').each(() => seen++)
    await db
      .table('locals')
      .filter((value) => value.recordId === 'l7')
      .delete()
    await Promise.all([db.meta.get('fence'), db.table('locals').toArray(), db.table('locals').count()])
    expect(seen).toBe(50)
  })
  expect(await db.table('locals').count()).toBe(49)
  expect((await db.table('locals').get('l3')).any).toBe('changed')
  db.close()
})

test('a transaction that nobody waits for any more is undone', async () => {
  const db = await testOpenDatabase()
  let giveUp = (): void => undefined
  const work = transact(
    db,
    db.tables,
    async () => {
      await db.meta.put(row('late'))
      giveUp()
      await db.meta.put(row('later'))
    },
    (abort) => {
      giveUp = abort
    },
  )
  await expect(work).rejects.toThrow()
  expect(await db.meta.count()).toBe(0)
  db.close()
})
