/** Hits of one segment, best first. */
export interface SegmentHits {
  readonly ranks: Uint32Array
  readonly places: Uint32Array
}

/** By rank falling; places keep their order. */
export function sortByRank(ranks: Uint32Array, places: Uint32Array, highest: number): SegmentHits {
  const starts = new Uint32Array(highest + 2)
  for (const rank of ranks) {
    const slot = highest - rank + 1
    starts[slot] = (starts[slot] ?? 0) + 1
  }
  for (let slot = 1; slot < starts.length; slot++) starts[slot] = (starts[slot] ?? 0) + (starts[slot - 1] ?? 0)
  const sortedRanks = new Uint32Array(ranks.length)
  const sortedPlaces = new Uint32Array(ranks.length)
  for (let index = 0; index < ranks.length; index++) {
    const rank = ranks[index] ?? 0
    const slot = highest - rank
    const to = starts[slot] ?? 0
    starts[slot] = to + 1
    sortedRanks[to] = rank
    sortedPlaces[to] = places[index] ?? 0
  }
  return { ranks: sortedRanks, places: sortedPlaces }
}
