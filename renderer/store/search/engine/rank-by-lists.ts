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
  const lists: { readonly ranks: readonly number[]; readonly bits: readonly Uint32Array[] }[] = []
  for (const { tiers } of [...tokens].sort((a, b) => a.cost - b.cost)) {
    const bits = tiers.map((tier) => {
      const own = fresh()
      tier.addTo(own)
      return own
    })
    union.fill(0)
    for (const own of bits)
      for (let word = 0; word < union.length; word++) union[word] = (union[word] ?? 0) | (own[word] ?? 0)
    for (let word = 0; word < union.length; word++) candidates[word] = (candidates[word] ?? 0) & (union[word] ?? 0)
    lists.push({ ranks: tiers.map(({ rank }) => rank), bits })
  }
  for (let word = 0; word < candidates.length; word++) {
    for (let left = candidates[word] ?? 0; left !== 0; left &= left - 1) {
      const bit = left & -left
      let sum = 0
      for (const { ranks, bits } of lists) {
        let tier = 0
        while (((bits[tier]?.[word] ?? 0) & bit) === 0) tier++
        sum += ranks[tier] ?? 0
      }
      take(sum, word * 32 + 31 - Math.clz32(bit))
    }
  }
}

function bitsOf({ scratch, size }: Segment, number: number): Uint32Array {
  const known = scratch.bits[number]
  if (known !== undefined) return known.fill(0)
  const bits = new Uint32Array((size + 31) >> 5)
  if (number < KEPT_BITS) scratch.bits[number] = bits
  return bits
}
