import type { Segment } from './segment.ts'
import type { SegmentToken } from './segment-query.ts'

/** Reading a posting costs about this part of ranking a document. */
export const POSTINGS_PER_RANKING = 64

export type Candidates =
  | { readonly bits: Uint32Array; readonly count: number; readonly isAll: true }
  | { readonly bits: Uint32Array | null; readonly count: number; readonly isAll: false }

/**
 * Places that can match: from the shortest lists, as long as reading one is less work than ranking what it leaves out.
 * `isAll` where the lists of all tokens were read.
 * @param most of the documents that the shortest list may hold to be read at all.
 */
export function findCandidates(segment: Segment, tokens: readonly SegmentToken[], most: number): Candidates {
  const order = [...tokens].sort((a, b) => a.cost - b.cost)
  let bits: Uint32Array | null = null
  let count = segment.size
  for (const token of order) {
    const longest =
      most === Number.POSITIVE_INFINITY ? most : bits === null ? count * most : count * POSTINGS_PER_RANKING
    if (token.cost > longest) return { bits, count, isAll: false }
    const own: Uint32Array = new Uint32Array((segment.size + 31) >> 5)
    token.addTo(own)
    if (bits !== null) for (let word = 0; word < own.length; word++) own[word] = (own[word] ?? 0) & (bits[word] ?? 0)
    bits = own
    count = 0
    for (const word of own) count += word === 0 ? 0 : countBits(word)
  }
  return bits === null ? { bits, count, isAll: false } : { bits, count, isAll: true }
}

export function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The best rank of a document that is in none of the lists read so far; 0 where there can be none. */
export function boundOf(tokens: readonly SegmentToken[], next: readonly number[]): number {
  if (tokens.length === 0) return 1
  let sum = 0
  for (const [index, token] of tokens.entries()) {
    const tier = token.tiers[next[index] ?? 0]
    if (tier === undefined) return 0
    sum += tier.rank
  }
  return sum
}

/** The best rank of a document that is found only by what was cut off. */
export function boundOfCut(tokens: readonly SegmentToken[]): number {
  const best = tokens.map((token) => Math.max(token.tiers[0]?.rank ?? 0, token.isCut ? token.beyond : 0))
  const sum = best.reduce((all, rank) => all + rank, 0)
  let bound = 0
  for (const [index, token] of tokens.entries()) {
    if (token.isCut) bound = Math.max(bound, sum - (best[index] ?? 0) + token.beyond)
  }
  return bound
}

export function cheapestTier(tokens: readonly SegmentToken[], next: readonly number[], longest: number): number {
  let cheapest = -1
  let least = longest
  for (const [index, token] of tokens.entries()) {
    const tier = token.tiers[next[index] ?? 0]
    if (tier !== undefined && tier.bytes <= least) {
      least = tier.bytes
      cheapest = index
    }
  }
  return cheapest
}
