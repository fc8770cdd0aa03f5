import type { StoreDatabase } from '../database.ts'
import { isUnreadable } from '../storage-guard.ts'
import type { PackedHeads } from './packed-heads.ts'
import { type Bodies, readBodies } from './read-bodies.ts'
import { openHeads } from './read-heads.ts'

/** A segment as it lies on the disk; null where it does not give one of the two. */
export interface StoredSegment {
  readonly heads: PackedHeads | null
  readonly bodies: Bodies | null
}

export async function readStored(
  db: StoreDatabase,
  segmentIds: readonly number[],
): Promise<ReadonlyMap<number, StoredSegment>> {
  const bodies = await readBodies(db, segmentIds)
  const read = async (segmentId: number): Promise<[number, StoredSegment]> => {
    const row = await db.heads.get(segmentId).catch((cause: unknown) => {
      if (!isUnreadable(cause)) throw cause
      return undefined
    })
    return [segmentId, { heads: row === undefined ? null : openHeads(row), bodies: bodies.get(segmentId) ?? null }]
  }
  return new Map(await Promise.all(segmentIds.map(read)))
}
