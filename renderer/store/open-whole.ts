import type { Databases, IdbFactory, StoreDatabase } from './database.ts'
import { openDatabases } from './database.ts'

/**
 * Opens both connections on a database that is one whole. A browser that has lost a database's index of files makes it
 * anew and may then find rows of the old one in it: tables that were empty a moment ago are not, numbers are handed out
 * twice, and every later write fails (seen in Chromium 150 with CURRENT deleted). Such a database is thrown away and made
 * once more: what the user did is in the journal, the rest is pulled again. Runs under the caller's watchdog. `onOpen` gets the
 * first connection to a database that was there before, while the second is opened.
 */
export async function openWhole(
  name: string,
  factory: IdbFactory,
  prepare: (db: StoreDatabase) => void,
  onOpen: (db: StoreDatabase) => void = () => undefined,
): Promise<Databases> {
  const first = await open(name, factory, prepare, onOpen)
  const { strict } = first.databases
  if (!first.isNew || !(await hasRows(strict))) return first.databases
  closeBoth(first.databases)
  await strict.delete()
  return (await open(name, factory, prepare, onOpen)).databases
}

async function open(
  name: string,
  factory: IdbFactory,
  prepare: (db: StoreDatabase) => void,
  onOpen: (db: StoreDatabase) => void,
): Promise<{ readonly databases: Databases; readonly isNew: boolean }> {
  const databases = openDatabases(name, factory)
  let isNew = false
  databases.strict.on('populate', () => {
    isNew = true
  })
  prepare(databases.strict)
  prepare(databases.relaxed)
  try {
    await databases.strict.open()
    if (!isNew) onOpen(databases.strict)
    await databases.relaxed.open()
  } catch (cause) {
    closeBoth(databases)
    throw cause
  }
  return { databases, isNew }
}

async function hasRows(db: StoreDatabase): Promise<boolean> {
  for (const table of db.tables) if ((await table.limit(1).primaryKeys()).length > 0) return true
  return false
}

export function closeBoth(databases: Databases): void {
  databases.strict.close()
  databases.relaxed.close()
}
