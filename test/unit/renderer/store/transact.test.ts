import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { StoreDatabase } from '../../../../renderer/store/database.ts'
import { transact, transactAtOnce } from '../../../../renderer/store/transact.ts'

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

test('all asked for at once: stored together, and numbers come back', async () => {
  const db = await testOpenDatabase()
  const [n, fence] = await transactAtOnce(db, [db.meta, db.changes], (requests) =>
    Promise.all([
      requests.add(db.changes, { recordIds: ['a'] }),
      requests.get(db.meta, 'fence'),
      requests.put(db.meta, [row('x')]),
    ]),
  )
  expect([n, fence]).toEqual([1, undefined])
  expect(await db.meta.toArray()).toEqual([row('x')])
  const [again] = await transactAtOnce(db, [db.meta, db.changes], (requests) =>
    Promise.all([requests.add(db.changes, { recordIds: ['b'] }), requests.remove(db.meta, ['fence'])]),
  )
  expect([again, await db.meta.count()]).toEqual([2, 0])
  db.close()
})

test('all asked for at once: a refusal of one, or of what an answer says, leaves nothing of the others', async () => {
  const db = await testOpenDatabase()
  await db.table('changes').add({ n: 7, recordIds: ['first'] })
  const taken = transactAtOnce(db, [db.meta, db.changes], (requests) =>
    Promise.all([
      requests.put(db.meta, [row('x')]),
      requests.add(db.table('changes'), { n: 7, recordIds: ['second'] }),
    ]),
  )
  await expect(taken).rejects.toMatchObject({ name: 'ConstraintError' })
  const refused = transactAtOnce(db, [db.meta], (requests) =>
    Promise.all([
      requests.get(db.meta, 'fence').then(() => {
        throw new RangeError('not ours')
      }),
      requests.put(db.meta, [row('x')]),
    ]),
  )
  await expect(refused).rejects.toMatchObject({ name: 'RangeError' })
  expect([await db.meta.count(), await db.changes.toArray()]).toEqual([0, [{ n: 7, recordIds: ['first'] }]])
  db.close()
})

test('F123 all asked for at once: what is asked for after something was awaited is refused, with all that came before', async () => {
  const db = await testOpenDatabase()
  const late = transactAtOnce(db, [db.meta, db.changes], async (requests) => {
    await requests.put(db.meta, [row('x')])
    await requests.add(db.changes, { recordIds: ['a'] })
  })
  await expect(late).rejects.toMatchObject({ name: 'ForeignAwaitError' })
  expect([await db.meta.count(), await db.changes.count()]).toEqual([0, 0])
  db.close()
})

test('all asked for at once: edits wait for the disk, pages for the log, as their connection says', async () => {
  const factory = { indexedDB: new IDBFactory(), IDBKeyRange }
  const asked: (IDBTransactionOptions | undefined)[] = []
  for (const durability of ['strict', 'relaxed'] as const) {
    const db = new StoreDatabase('transact', durability, factory)
    await db.open()
    const connection = db.backendDB()
    const { transaction } = connection
    connection.transaction = (names, mode, options) => {
      asked.push(options)
      return transaction.call(connection, names, mode, options)
    }
    await transactAtOnce(db, [db.meta], (requests) => requests.put(db.meta, [row(durability)]))
    db.close()
  }
  expect(asked).toEqual([{ durability: 'strict' }, { durability: 'relaxed' }])
})

test('all asked for at once: a database that was closed takes nothing, and says so', async () => {
  const db = await testOpenDatabase()
  db.close()
  const write = transactAtOnce(db, [db.meta], (requests) => requests.put(db.meta, [row('x')]))
  await expect(write).rejects.toMatchObject({ name: expect.stringMatching(/^(DatabaseClosed|InvalidState)Error$/) })
})
