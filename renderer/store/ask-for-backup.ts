import type { Clock } from '../../shared/clock.ts'
import { createRpc } from '../../shared/ipc/rpc.ts'
import { leaseApi, storeEvents } from '../../shared/ipc/store-sync-contract.ts'
import type { CoreDoor } from './core-door.ts'
import { type IdbFactory, SCHEMA_VERSION } from './database.ts'

/** A core that is away or slow does not keep anybody from the book. */
export const BACKUP_PATIENCE_MS = 5_000
/** Far from the numbers that the line to the core gives its own calls. */
const FIRST_ID = 1_000_000_000

/** Before a database of an older version is opened, and thereby upgraded: a copy of what the journal holds. */
export async function askForBackup(deps: {
  readonly name: string
  readonly idb: IdbFactory
  readonly door: CoreDoor
  readonly clock: Clock
  readonly onBug: (what: string, cause: unknown) => string
}): Promise<'made' | 'not-needed' | 'not-made'> {
  let cancel = (): void => undefined
  const late = new Promise<'not-made'>((resolve) => {
    cancel = deps.clock.schedule(BACKUP_PATIENCE_MS, () => resolve('not-made'))
  })
  const made = ask(deps).catch((): 'not-made' => 'not-made')
  const outcome = await Promise.race([made, late])
  cancel()
  return outcome
}

async function ask({ name, idb, door, onBug }: Parameters<typeof askForBackup>[0]) {
  const known = (await idb.indexedDB.databases()).find((database) => database.name === name)
  // Dexie multiplies its version numbers by ten.
  if (known?.version === undefined || Math.floor(known.version / 10) >= SCHEMA_VERSION) return 'not-needed'
  const borrowed = await door.borrow()
  if (borrowed === null) return 'not-made'
  const peer = createRpc({
    port: borrowed.port,
    serves: {},
    calls: leaseApi,
    emits: storeEvents,
    hears: {},
    onBug,
    firstId: FIRST_ID,
  })
  const made = await peer.call['backup.make']({ reason: 'schema-upgrade' })
  borrowed.giveBack()
  return made.ok ? 'made' : 'not-made'
}
