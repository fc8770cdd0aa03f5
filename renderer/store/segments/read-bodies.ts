import type { StoreDatabase } from '../database.ts'
import { isUnreadable } from '../storage-guard.ts'
import { bodyFromText, bodyText, decodeBodies, EMPTY_BODY, type RecordBody } from './codec.ts'
import { wholeBody } from './lean-body.ts'
import { bodyTextIn } from './packed-bodies.ts'
import type { PackedHeads } from './packed-heads.ts'
import { openHeads } from './read-heads.ts'
import { isSqueezed, unsqueezed } from './squeeze.ts'

const EMPTY_TEXT = bodyText(EMPTY_BODY)

/** The bodies of a segment by place, as the texts that `bodyFromText` reads; null where one is damaged. */
export type Bodies = (index: number) => string | null

const NO_BODIES: Bodies = () => EMPTY_TEXT

/** The bodies of some segments; null where the disk does not give them, though they are there. */
export async function readBodies(
  db: Pick<StoreDatabase, 'bodies' | 'heads'>,
  segmentIds: readonly number[],
): Promise<ReadonlyMap<number, Bodies | null>> {
  const read = async (segmentId: number): Promise<[number, Bodies | null]> => {
    try {
      const row = await db.bodies.get(segmentId)
      if (row === undefined) return [segmentId, NO_BODIES]
      const { bodies } = row
      if (typeof bodies === 'string' || !isSqueezed(bodies)) return [segmentId, bodiesOf(bodies, null)]
      // What a body shares with its head is written in the head only.
      const head = await db.heads.get(segmentId)
      return [segmentId, bodiesOf(bodies, head === undefined ? null : openHeads(head))]
    } catch (cause) {
      if (!isUnreadable(cause)) throw cause
      return [segmentId, null]
    }
  }
  return new Map(await Promise.all(segmentIds.map(read)))
}

/** `heads` of the same segment; asked for where it is squeezed. */
export function bodiesOf(bodies: Uint8Array | string, heads: PackedHeads | null): Bodies {
  if (typeof bodies === 'string') {
    const all = decodeBodies(bodies)
    return (index) => bodyText(all[index] ?? EMPTY_BODY)
  }
  if (!isSqueezed(bodies)) return (index) => bodyTextIn(bodies, index)
  const lean = unsqueezed(bodies)
  return (index) => {
    const text = heads?.isWhole(index) === true ? bodyTextIn(lean, index) : null
    return text === null || heads === null ? null : wholeBody(text, heads.text(index), heads.remoteId(index))
  }
}

export function bodyAt(bodies: Bodies | null | undefined, index: number): RecordBody | null {
  const text = bodies?.(index) ?? null
  return text === null ? null : bodyFromText(text)
}
