import type { AppError } from '../../../shared/app-error.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { ensureRead } from '../records/read-segments.ts'
import type { StoreContext } from '../store-context.ts'
import { EMPTY_BODY } from './codec.ts'
import { dropSegments } from './drop-segments.ts'
import { readBodies } from './read-bodies.ts'

/** Segments of which something is lost, written anew from what memory has of their records, in one transaction. */
export function rewriteSegments(
  context: StoreContext,
  picked: readonly number[],
): Promise<Result<{ merged: number }, AppError>> {
  const { book, databases, guard, writer } = context
  return writer.write({ durability: 'relaxed', epoch: null }, async (draft) => {
    const heads = await ensureRead(context, picked)
    if (!heads.ok) return heads
    // What was not whole is not merged away; it was not known before its heads had been read.
    if (picked.some((segmentId) => book.segments.get(segmentId)?.damaged !== false)) return ok({ merged: 0 })
    const read = await guard.run(() => readBodies(databases.relaxed, picked))
    if (!read.ok) return read
    for (const recordId of book.records.recordsIn(new Set(picked))) {
      const place = book.places.get(recordId)
      const head = book.heads.get(recordId)
      if (place === undefined || head === undefined || head.sourceId === null || head.remoteId === null) continue
      const { sourceId, remoteId } = head
      const body = read.value.get(place.segmentId)?.(place.index) ?? null
      // A body that the disk has lost: the record equals nothing, so that it is taken whole when it is read again.
      const hash = body === null ? '' : head.hash
      draft.putSynced({ head: { ...head, sourceId, remoteId, hash }, body: body ?? EMPTY_BODY })
    }
    dropSegments(draft, picked)
    return ok({ merged: picked.length })
  })
}
