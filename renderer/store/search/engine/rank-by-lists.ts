import type { Segment } from './segment.ts'
import type { SegmentToken } from './segment-query.ts'

/** As many are kept for the next query: 125 KB each at a million documents. */
const KEPT_BITS = 24

/**
 * Ranks whoever is in a list of each token, from the lists alone: no document is looked at, and each list is read once.
 * Only for tokens that are exact.
 */
export function rankByLists(
  segment: Segment,
  tokens: readonly SegmentToken[],
  take: (rank: number, at: number) => void,
): void {
  const taken: Uint32Array[] = []
  const fresh = (): Uint32Array => {
    const bits = bitsOf(segment, taken.length)
    taken.push(bits)
    return bits
  }
  const candidates = fresh().fill(-1)
  const union = fresh()
  const short = union.length >> 2
  const lists: TokenLists[] = []
  for (const { tiers } of [...tokens].sort((a, b) => a.cost - b.cost)) {
    union.fill(0)
    const bits = tiers.map((tier) => {
      const own = fresh()
      tier.addTo(own)
      if (tier.bytes < short) tier.addTo(union)
      else unite(union, own)
      return own
    })
    meet(candidates, union)
    lists.push({ ranks: tiers.map(({ rank }) => rank), bits })
  }
  for (let word = 0; word < candidates.length; word++) {
    const left = candidates[word] ?? 0
    if (left !== 0) rankWord(lists, word, left, take)
  }
}

interface TokenLists {
  readonly ranks: readonly number[]
  /** Per tier who is in its lists. */
  readonly bits: readonly Uint32Array[]
}

/** The 32 places of a word of bits. */
function rankWord(
  lists: readonly TokenLists[],
  word: number,
  candidates: number,
  take: (rank: number, at: number) => void,
): void {
  for (let left = candidates; left !== 0; left &= left - 1) {
    const bit = left & -left
    let sum = 0
    for (let index = 0; index < lists.length; index++) {
      const { ranks, bits } = lists[index] ?? NO_LISTS
      let tier = 0
      while (tier < bits.length && ((bits[tier]?.[word] ?? 0) & bit) === 0) tier++
      sum += ranks[tier] ?? 0
    }
    take(sum, word * 32 + 31 - Math.clz32(bit))
  }
}

const NO_LISTS: TokenLists = { ranks: [], bits: [] }

// Loops of their own: in a large function they would run slowly in the first query after a start.
function unite(all: Uint32Array, own: Uint32Array): void {
  for (let word = 0; word < all.length; word++) all[word] = (all[word] ?? 0) | (own[word] ?? 0)
}
function meet(all: Uint32Array, own: Uint32Array): void {
  for (let word = 0; word < all.length; word++) all[word] = (all[word] ?? 0) & (own[word] ?? 0)
}

function bitsOf({ scratch, size }: Segment, number: number): Uint32Array {
  const known = scratch.bits[number]
  if (known !== undefined) return known.fill(0)
  const bits = new Uint32Array((size + 31) >> 5)
  if (number < KEPT_BITS) scratch.bits[number] = bits
  return bits
}
