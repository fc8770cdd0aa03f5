const PLACES = 4_294_967_296

/** Keeps the best so many of the hits of a segment: rank falling, then place rising. */
export class BestHits {
  private readonly keys: Float64Array
  private readonly limit: number
  size = 0

  constructor(limit: number) {
    this.limit = limit
    this.keys = new Float64Array(Math.max(1, limit))
  }

  add(rank: number, at: number): void {
    const key = keyOf(rank, at)
    const { keys } = this
    if (this.size < this.limit) {
      let child = this.size++
      while (child > 0) {
        const parent = (child - 1) >> 1
        const above = keys[parent] ?? 0
        if (above <= key) break
        keys[child] = above
        child = parent
      }
      keys[child] = key
      return
    }
    if (key <= (keys[0] ?? 0)) return
    let parent = 0
    for (;;) {
      let child = parent * 2 + 1
      if (child >= this.size) break
      if (child + 1 < this.size && (keys[child + 1] ?? 0) < (keys[child] ?? 0)) child++
      const below = keys[child] ?? 0
      if (below >= key) break
      keys[parent] = below
      parent = child
    }
    keys[parent] = key
  }

  /** Whether a hit would get in. */
  takes(rank: number, at: number): boolean {
    return this.size < this.limit || (this.keys[0] ?? 0) < keyOf(rank, at)
  }

  /** Whether nothing of at most this rank, at this place or behind it, can still get in. */
  isClosedTo(rank: number, at: number): boolean {
    return this.size >= this.limit && (this.keys[0] ?? 0) >= keyOf(rank, at)
  }

  /** Best first. */
  sorted(): { readonly ranks: Uint32Array; readonly places: Uint32Array } {
    const keys = this.keys.slice(0, this.size).sort().reverse()
    const ranks = new Uint32Array(keys.length)
    const places = new Uint32Array(keys.length)
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index] ?? 0
      const rank = Math.floor(key / PLACES)
      ranks[index] = rank
      places[index] = PLACES - 1 - (key - rank * PLACES)
    }
    return { ranks, places }
  }
}

function keyOf(rank: number, at: number): number {
  return rank * PLACES + (PLACES - 1 - at)
}
