import type { RecordId } from '../../../shared/ids.ts'
import { ok } from '../../../shared/result.ts'
import { readAllAgain } from '../journal/restore-unread.ts'
import { ensureRead } from '../records/read-segments.ts'
import type { StoreContext } from '../store-context.ts'
import { EMPTY_BODY, type RecordBody } from './codec.ts'
import { type Bodies, bodyAt, readBodies } from './read-bodies.ts'

/** The raw record and the other fields of one client, from its segment. */
export async function readBody(context: StoreContext, recordId: RecordId): Promise<RecordBody> {
  const { book, databases, guard } = context
  const place = book.places.get(recordId)
  if (place === undefined) return EMPTY_BODY
  const { segmentId, index } = place
  const read = await guard.run(() => readBodies(databases.relaxed, [segmentId]))
  if (!read.ok) return EMPTY_BODY
  const bodies = read.value.get(segmentId)
  if (bodies === undefined) return EMPTY_BODY
  const body = bodyAt(bodies, index)
  if (body === null) void forgetBodies(context, segmentId, bodies)
  return body ?? EMPTY_BODY
}

/**
 * The disk has lost bodies of a segment, one of them or all. The records stay in the book with all that lies over them;
 * each equals nothing from now on, so that the next page that has it brings it back whole.
 */
async function forgetBodies(context: StoreContext, segmentId: number, bodies: Bodies | null): Promise<void> {
  await context.writer.write<null>({ durability: 'relaxed', epoch: null }, async (draft) => {
    const { book } = draft
    if (!book.segments.has(segmentId)) return ok(null)
    const heads = await ensureRead(context, [segmentId])
    if (!heads.ok) return heads
    for (const recordId of book.records.recordsIn(new Set([segmentId]))) {
      const head = book.heads.get(recordId)
      const index = book.places.get(recordId)?.index ?? -1
      if (head === undefined || head.sourceId === null || head.remoteId === null) continue
      const { sourceId, remoteId } = head
      const body = bodies?.(index) ?? null
      const hash = body === null ? '' : head.hash
      draft.putSynced({ head: { ...head, sourceId, remoteId, hash }, body: body ?? EMPTY_BODY })
    }
    readAllAgain(book, (sourceId, row) => draft.checkpoints.set(sourceId, row))
    draft.tableWork.push(async (db) => {
      await db.heads.delete(segmentId)
      await db.bodies.delete(segmentId)
    })
    draft.memoryWork.push((after) => after.segments.delete(segmentId))
    return ok(null)
  })
}
