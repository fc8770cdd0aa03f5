import type { AppError } from '../../../shared/app-error.ts'
import type { SourceId } from '../../../shared/ids.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Book } from '../book.ts'
import type { StoreContext } from '../store-context.ts'
import { SEGMENT_RECORDS } from '../store-draft.ts'
import { EMPTY_BODY } from './codec.ts'
import { readBodies } from './read-bodies.ts'

/** Segments worth merging that make a merge worth its writing. */
const MIN_SEGMENTS = 8

/** The segments of one source that are small or mostly dead, as many as fill one new segment. */
export function pickForCompaction(book: Book, least = MIN_SEGMENTS): readonly number[] {
  const bySource = new Map<SourceId, { ids: number[]; live: number }>()
  for (const [segmentId, info] of book.segments) {
    if (info.damaged || info.live > SEGMENT_RECORDS / 2) continue
    const picked = bySource.get(info.sourceId) ?? { ids: [], live: 0 }
    if (picked.live + info.live > SEGMENT_RECORDS) continue
    picked.ids.push(segmentId)
    picked.live += info.live
    bySource.set(info.sourceId, picked)
  }
  for (const { ids } of bySource.values()) if (ids.length >= least) return ids
  return []
}

/**
 * Merges small and mostly dead segments into one, in one transaction. The moved records are the newest state there is,
 * so standing in the newest segment is right for them whatever happens between.
 */
export function compactSegments(
  context: StoreContext,
  least = MIN_SEGMENTS,
): Promise<Result<{ merged: number }, AppError>> {
  const { book, databases, guard, writer } = context
  if (pickForCompaction(book, least).length === 0) return Promise.resolve(ok({ merged: 0 }))
  return writer.write({ durability: 'relaxed', epoch: null }, async (draft) => {
    const picked = pickForCompaction(book, least)
    const read = await guard.run(() => readBodies(databases.relaxed, picked))
    if (!read.ok) return read
    const wanted = new Set(picked)
    for (const [recordId, place] of book.places) {
      if (!wanted.has(place.segmentId)) continue
      const head = book.heads.get(recordId)
      if (head === undefined || head.sourceId === null || head.remoteId === null) continue
      const { sourceId, remoteId } = head
      const bodies = read.value.get(place.segmentId)
      const body = bodies?.[place.index] ?? EMPTY_BODY
      // A body that the disk has lost: the record equals nothing, so that it is taken whole when it is read again.
      const hash = bodies === null ? '' : head.hash
      draft.putSynced({ head: { ...head, sourceId, remoteId, hash }, body })
    }
    draft.quiet = true
    draft.tableWork.push(async (db) => {
      await db.heads.bulkDelete([...picked])
      await db.bodies.bulkDelete([...picked])
    })
    draft.memoryWork.push((after) => {
      for (const segmentId of picked) after.segments.delete(segmentId)
    })
    return ok({ merged: picked.length })
  })
}
