import type { AppError } from '../../../shared/app-error.ts'
import type { RecordId, SourceId } from '../../../shared/ids.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Book, Place, SegmentInfo } from '../book.ts'
import { inSlices } from '../in-slices.ts'
import type { StoreContext } from '../store-context.ts'
import { SEGMENT_RECORDS } from '../store-draft.ts'
import { dropSegments } from './drop-segments.ts'
import { moveEntries, SQUEEZED_RECORDS, type Standing } from './move-entries.ts'
import { readStored } from './read-stored.ts'
import { rewriteSegments } from './rewrite-segments.ts'

/** Segments worth merging that make a merge worth its writing. */
const MIN_SEGMENTS = 8
/** Records of a merge: ten pages of the usual size, and few enough to be taken apart without anybody waiting for it. */
const MERGED_RECORDS = 2 * SEGMENT_RECORDS

/** The segments of one source that are merged next. */
export function pickForCompaction(book: Book, least = MIN_SEGMENTS): readonly number[] {
  // Those of the old form, and those that are full and not small on the disk yet: each is worth it alone.
  const old = pick(book, 1, ({ form, live }) => form === 'text' || (form === 'plain' && live >= SQUEEZED_RECORDS))
  return old.length > 0 ? old : pick(book, least, ({ form, live }) => form === 'plain' || live <= SQUEEZED_RECORDS / 2)
}

function pick(book: Book, least: number, isWanted: (info: SegmentInfo) => boolean): readonly number[] {
  const bySource = new Map<SourceId, { ids: number[]; live: number }>()
  for (const [segmentId, info] of book.segments) {
    if (info.damaged || !isWanted(info)) continue
    const picked = bySource.get(info.sourceId) ?? { ids: [], live: 0 }
    if (picked.live + info.live > MERGED_RECORDS && picked.ids.length > 0) {
      // Full: there is no need to look further.
      return picked.ids
    }
    picked.ids.push(segmentId)
    picked.live += info.live
    bySource.set(info.sourceId, picked)
  }
  for (const { ids } of bySource.values()) if (ids.length >= least) return ids
  return []
}

/**
 * Merges small, mostly dead and plain segments into squeezed ones, in one transaction. All of the work is done before it, in
 * slices and in nobody's way; whatever was written to one of the records meanwhile, and it is for the next time. The
 * moved entries are the newest state there is, so standing in the newest segment is right for them whatever happens between.
 */
export async function compactSegments(
  context: StoreContext,
  least = MIN_SEGMENTS,
): Promise<Result<{ merged: number }, AppError>> {
  const { book, databases, guard, writer, clock } = context
  const picked = pickForCompaction(book, least)
  const [first] = picked
  const sourceId = first === undefined ? undefined : book.segments.get(first)?.sourceId
  if (sourceId === undefined) return ok({ merged: 0 })
  const standing = standingIn(book, picked)
  const read = await guard.run(() => readStored(databases.relaxed, picked))
  if (!read.ok) return read
  const moved = await inSlices(clock, moveEntries(sourceId, read.value, [...standing.values()]))
  // Not all of it can be taken as it stands: what memory has of the records is written anew, and squeezed the next time.
  if (moved === null) return rewriteSegments(context, picked)
  return writer.write({ durability: 'relaxed', epoch: null }, (draft) => {
    if (!isStill(book, picked, standing)) {
      draft.onlyLooked = true
      return ok({ merged: 0 })
    }
    draft.moved.push(...moved)
    dropSegments(draft, picked)
    return ok({ merged: picked.length })
  })
}

/** Where the records of these segments stand, in the order of the slots. */
function standingIn(book: Book, segmentIds: readonly number[]): ReadonlyMap<RecordId, Standing> {
  const standing = new Map<RecordId, Standing>()
  for (const recordId of book.records.recordsIn(new Set(segmentIds))) {
    const place = book.places.get(recordId)
    if (place !== undefined && book.records.isLive(book.records.slotOf(recordId))) standing.set(recordId, place)
  }
  return standing
}

/** Nothing has been written to these segments' records since they were looked at. */
function isStill(book: Book, picked: readonly number[], standing: ReadonlyMap<RecordId, Place>): boolean {
  if (picked.some((segmentId) => book.segments.get(segmentId)?.damaged !== false)) return false
  const now = standingIn(book, picked)
  if (now.size !== standing.size) return false
  for (const [recordId, place] of now) {
    const before = standing.get(recordId)
    if (before?.segmentId !== place.segmentId || before.index !== place.index) return false
  }
  return true
}
