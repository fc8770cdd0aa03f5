import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { StoreDatabase } from '../../renderer/store/database.ts'

/** All rows of a store's database, by table. */
export type DatabaseDump = ReadonlyMap<string, readonly unknown[]>

export async function testDumpDatabase(indexedDB: IDBFactory, name: string): Promise<DatabaseDump> {
  const db = new StoreDatabase(name, 'relaxed', { indexedDB, IDBKeyRange })
  await db.open()
  const dump = new Map<string, readonly unknown[]>()
  for (const table of db.tables) dump.set(table.name, await table.toArray())
  db.close()
  return dump
}

/** A database of its own with these rows, as if a disk had kept just them. */
export async function testRestoreDatabase(name: string, dump: DatabaseDump): Promise<IDBFactory> {
  const indexedDB = new IDBFactory()
  const db = new StoreDatabase(name, 'relaxed', { indexedDB, IDBKeyRange })
  await db.open()
  for (const table of db.tables) await table.bulkPut([...(dump.get(table.name) ?? [])])
  db.close()
  return indexedDB
}
