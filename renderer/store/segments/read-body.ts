import type { RecordId } from '../../../shared/ids.ts'
import { ok } from '../../../shared/result.ts'
import { readAllAgain } from '../journal/restore-unread.ts'
import type { StoreContext } from '../store-context.ts'
import { EMPTY_BODY, type RecordBody } from './codec.ts'
import { readBodies } from './read-bodies.ts'

/** The raw record and the other fields of one client, from its segment. */
export async function readBody(context: StoreContext, recordId: RecordId): Promise<RecordBody> {
  const { book, databases, guard } = context
  const place = book.places.get(recordId)
  if (place === undefined) return EMPTY_BODY
  const { segmentId, index } = place
  const read = await guard.run(() => readBodies(databases.relaxed, [segmentId]))
  if (!read.ok) return EMPTY_BODY
  const bodies = read.value.get(segmentId)
  if (bodies === null) void forgetBodies(context, segmentId)
  return bodies?.[index] ?? EMPTY_BODY
}

/**
 * The disk has lost the bodies of a segment. Its records stay in the book with all that lies over them; each equals
 * nothing from now on, so that the next page that has it brings it back whole.
 */
async function forgetBodies({ writer }: StoreContext, segmentId: number): Promise<void> {
  await writer.write<null>({ durability: 'relaxed', epoch: null }, (draft) => {
    const { book } = draft
    if (!book.segments.has(segmentId)) return ok(null)
    for (const [recordId, place] of book.places) {
      const head = place.segmentId === segmentId ? book.heads.get(recordId) : undefined
      if (head === undefined || head.sourceId === null || head.remoteId === null) continue
      const { sourceId, remoteId } = head
      draft.putSynced({ head: { ...head, sourceId, remoteId, hash: '' }, body: EMPTY_BODY })
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
