import type { StoreDatabase } from '../database.ts'
import { damageRowSchema } from '../rows.ts'
import { transact } from '../transact.ts'

/** Saved forms that were found damaged. Each cost a start that read every client; of a disk that goes on like that one should know. */
export interface Damage {
  readonly times: number
  /** Of the last one, ms since the epoch. */
  readonly at: number
}

/** Null where none was ever found, or nobody can tell. */
export async function readDamage(db: StoreDatabase): Promise<Damage | null> {
  const row = await db.meta.get('damage').catch(() => undefined)
  const parsed = damageRowSchema.safeParse(row)
  return parsed.success ? { times: parsed.data.times, at: parsed.data.at } : null
}

/** One more. `checkOwner` throws where the database is another's by now. */
export function noteDamage(
  db: StoreDatabase,
  checkOwner: (db: StoreDatabase) => Promise<void>,
  at: number,
): Promise<void> {
  return transact(db, [db.meta], async () => {
    await checkOwner(db)
    const before = damageRowSchema.safeParse(await db.meta.get('damage'))
    await db.meta.put({ k: 'damage', times: (before.success ? before.data.times : 0) + 1, at })
  })
}
