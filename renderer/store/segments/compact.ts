import type { AppError } from '../../../shared/app-error.ts'
import type { SourceId } from '../../../shared/ids.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Book, SegmentInfo } from '../book.ts'
import { ensureRead } from '../records/read-segments.ts'
import type { StoreContext } from '../store-context.ts'
import { SEGMENT_RECORDS } from '../store-draft.ts'
import { EMPTY_BODY } from './codec.ts'
import { readBodies } from './read-bodies.ts'

/** Segments worth merging that make a merge worth its writing. */
const MIN_SEGMENTS = 8
/** Records of a merge: ten pages of the usual size, and few enough to be taken apart without anybody waiting for it. */
const MERGED_RECORDS = 2 * SEGMENT_RECORDS

/** The segments of one source that are merged next: those of the old form, then those that are small or mostly dead. */
export function pickForCompaction(book: Book, least = MIN_SEGMENTS): readonly number[] {
  const old = pick(book, 1, (info) => info.isText)
  return old.length > 0 ? old : pick(book, least, (info) => info.live <= SEGMENT_RECORDS / 2)
}

function pick(book: Book, least: number, isWanted: (info: SegmentInfo) => boolean): readonly number[] {
  const bySource = new Map<SourceId, { ids: number[]; live: number }>()
  for (const [segmentId, info] of book.segments) {
    if (info.damaged || !isWanted(info)) continue
    const picked = bySource.get(info.sourceId) ?? { ids: [], live: 0 }
    if (picked.live + info.live > MERGED_RECORDS && picked.ids.length > 0) {
      // Full: there is no need to look further.
      if (picked.ids.length >= least) return picked.ids
      continue
    }
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
