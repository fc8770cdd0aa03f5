import type { Hits } from './engine-contract.ts'
import type { Segment } from './segment.ts'
import type { SegmentHits } from './sort-by-rank.ts'

export interface HitsOfOne {
  readonly segment: Segment
  readonly hits: SegmentHits
}

/** One list of the hits of all segments: rank falling, recency falling, document rising. */
export function mergeHits(found: readonly HitsOfOne[], limit: number): Hits {
  const lists = found.filter(({ hits }) => hits.places.length > 0)
  const total = lists.reduce((sum, { hits }) => sum + hits.places.length, 0)
  const size = Math.min(limit, total)
  const docs = new Uint32Array(size)
  const ranks = new Uint32Array(size)
  const [only] = lists
  if (only !== undefined && lists.length === 1) {
    const { segment, hits } = only
    for (let at = 0; at < size; at++) docs[at] = segment.docs[hits.places[at] ?? 0] ?? 0
    return { docs, ranks: hits.ranks.length === size ? hits.ranks : hits.ranks.slice(0, size) }
  }
  const next = lists.map(() => 0)
  for (let at = 0; at < size; at++) {
    let best = -1
    let bestRank = 0
    let bestRecency = 0
    let bestDoc = 0
    for (let index = 0; index < lists.length; index++) {
      const list = lists[index]
      const own = next[index] ?? 0
      if (list === undefined || own >= list.hits.places.length) continue
      const rank = list.hits.ranks[own] ?? 0
      if (best !== -1 && rank < bestRank) continue
      const place = list.hits.places[own] ?? 0
      const recency = list.segment.recencies[place] ?? 0
      const doc = list.segment.docs[place] ?? 0
      if (best !== -1 && rank === bestRank) {
        if (recency < bestRecency || (recency === bestRecency && doc > bestDoc)) continue
      }
      best = index
      bestRank = rank
      bestRecency = recency
      bestDoc = doc
    }
    docs[at] = bestDoc
    ranks[at] = bestRank
    next[best] = (next[best] ?? 0) + 1
  }
  return { docs, ranks }
}
