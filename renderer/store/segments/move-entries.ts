import type { SourceId } from '../../../shared/ids.ts'
import type { Place } from '../book.ts'
import { leanBody } from './lean-body.ts'
import type { MovedSegment } from './moved-segment.ts'
import { packTexts } from './packed-bodies.ts'
import { copyHeads, type PackedHeads } from './packed-heads.ts'
import type { StoredSegment } from './read-stored.ts'
import { squeeze } from './squeeze.ts'

export type Standing = Place

/**
 * Records of a squeezed segment. Both of its rows stay well under 64 KiB: larger values Chromium keeps in files of their
 * own, and takes no notice of what they leave behind when it decides whether to tidy up its log.
 */
export const SQUEEZED_RECORDS = 250

/** Bodies made lean between two looks at the clock. */
const AT_A_TIME = 50

/**
 * These entries as new segments, copied as they stand and made small. Null where one of them is damaged, or its body lost:
 * it cannot be copied, and must not go.
 */
export function* moveEntries(
  sourceId: SourceId,
  from: ReadonlyMap<number, StoredSegment>,
  standing: readonly Standing[],
): Generator<undefined, readonly MovedSegment[] | null, undefined> {
  const moved: MovedSegment[] = []
  for (let at = 0; at < standing.length; at += SQUEEZED_RECORDS) {
    const entries: { readonly packed: PackedHeads; readonly index: number }[] = []
    const bodies: string[] = []
    for (const { segmentId, index } of standing.slice(at, at + SQUEEZED_RECORDS)) {
      const stored = from.get(segmentId)
      const packed = stored?.heads ?? null
      const body = stored?.bodies?.(index) ?? null
      if (packed?.isWhole(index) !== true || body === null) return null
      entries.push({ packed, index })
      bodies.push(leanBody(body, packed.text(index), packed.remoteId(index)))
      if (bodies.length % AT_A_TIME === 0) yield
    }
    const heads = copyHeads(entries)
    yield
    const storedHeads = squeeze(heads)
    yield
    const storedBodies = squeeze(packTexts(bodies))
    yield
    moved.push({ sourceId, n: entries.length, heads, stored: { heads: storedHeads, bodies: storedBodies } })
  }
  return moved
}
