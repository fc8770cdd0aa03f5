import type { StoreDatabase } from '../database.ts'
import { isUnreadable } from '../storage-guard.ts'
import { decodeBodies, type RecordBody } from './codec.ts'

/** The bodies of some segments; null where the disk does not give them, though they are there. */
export async function readBodies(
  db: Pick<StoreDatabase, 'bodies'>,
  segmentIds: readonly number[],
): Promise<ReadonlyMap<number, readonly RecordBody[] | null>> {
  const found = new Map<number, readonly RecordBody[] | null>()
  for (const segmentId of segmentIds) {
    try {
      const row = await db.bodies.get(segmentId)
      found.set(segmentId, decodeBodies(row?.bodies ?? '[]'))
    } catch (cause) {
      if (!isUnreadable(cause)) throw cause
      found.set(segmentId, null)
    }
  }
  return found
}
