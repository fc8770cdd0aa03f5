import type { StoreDatabase } from '../database.ts'
import { isUnreadable } from '../storage-guard.ts'
import { decodeBodies, EMPTY_BODY, type RecordBody } from './codec.ts'
import { bodyIn } from './packed-bodies.ts'

/** The bodies of a segment, each taken apart when it is asked for; null where one is damaged. */
export type Bodies = (index: number) => RecordBody | null

const NO_BODIES: Bodies = () => EMPTY_BODY

/** The bodies of some segments; null where the disk does not give them, though they are there. */
export async function readBodies(
  db: Pick<StoreDatabase, 'bodies'>,
  segmentIds: readonly number[],
): Promise<ReadonlyMap<number, Bodies | null>> {
  const read = async (segmentId: number): Promise<[number, Bodies | null]> => {
    try {
      const row = await db.bodies.get(segmentId)
      return [segmentId, row === undefined ? NO_BODIES : bodiesOf(row.bodies)]
    } catch (cause) {
      if (!isUnreadable(cause)) throw cause
      return [segmentId, null]
    }
  }
  return new Map(await Promise.all(segmentIds.map(read)))
}

export function bodiesOf(bodies: Uint8Array | string): Bodies {
  if (typeof bodies !== 'string') return (index) => bodyIn(bodies, index)
  const all = decodeBodies(bodies)
  return (index) => all[index] ?? EMPTY_BODY
}
