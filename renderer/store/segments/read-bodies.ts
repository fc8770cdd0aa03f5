import type { StoreDatabase } from '../database.ts'
import { isUnreadable } from '../storage-guard.ts'
import { bodyFromText, bodyText, decodeBodies, EMPTY_BODY, type RecordBody } from './codec.ts'
import { bodyTextIn } from './packed-bodies.ts'

const EMPTY_TEXT = bodyText(EMPTY_BODY)

/** The bodies of a segment by place, as the texts that `bodyFromText` reads; null where one is damaged. */
export type Bodies = (index: number) => string | null

const NO_BODIES: Bodies = () => EMPTY_TEXT

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
  if (typeof bodies !== 'string') return (index) => bodyTextIn(bodies, index)
  const all = decodeBodies(bodies)
  return (index) => bodyText(all[index] ?? EMPTY_BODY)
}

export function bodyAt(bodies: Bodies | null | undefined, index: number): RecordBody | null {
  const text = bodies?.(index) ?? null
  return text === null ? null : bodyFromText(text)
}
