import { BestHits } from './best-hits.ts'
import type { QueryToken } from './engine-contract.ts'
import type { Segment } from './segment.ts'
import { lookUpToken, type SegmentToken } from './segment-query.ts'
import { SegmentScorer } from './segment-scorer.ts'

/** Hits of one segment, best first. */
export interface SegmentHits {
  readonly ranks: Uint32Array
  readonly places: Uint32Array
}

export interface SegmentSearch {
  readonly tokens: readonly QueryToken[]
  readonly leastKind: number
  readonly accept: ((doc: number) => boolean) | undefined
}

const NOTHING: SegmentHits = { ranks: new Uint32Array(0), places: new Uint32Array(0) }
/** Lists of fewer bytes are worth reading before anything is walked. */
const SMALL_LIST = 2_048
/** Reading a posting costs about this part of ranking a document. */
const POSTINGS_PER_RANKING = 24

/** The best `limit` of a segment. */
export function topOfSegment(segment: Segment, search: SegmentSearch, limit: number): SegmentHits {
  // Short tokens as beginnings first: as a rule there are enough of these, and no word has to be looked into.
  const cut = lookUp(segment, search, false)
  if (cut.some((token) => token.isCut)) {
    const best = bestOf(segment, search, cut, limit)
    if (best.isClosedTo(boundOfCut(cut), 0)) return best.sorted()
    return bestOf(segment, search, lookUp(segment, search, true), limit).sorted()
  }
  return bestOf(segment, search, cut, limit).sorted()
}

function lookUp(segment: Segment, search: SegmentSearch, lookInside: boolean): readonly SegmentToken[] {
  return search.tokens.map((token) => lookUpToken(segment, token, search.leastKind, lookInside))
}

function bestOf(segment: Segment, search: SegmentSearch, tokens: readonly SegmentToken[], limit: number): BestHits {
  const best = new BestHits(limit)
  if (tokens.some((token) => token.cost === 0)) return best
  const scorer = new SegmentScorer(segment, tokens)
  const { bits: candidates, count } = findCandidates(segment, tokens)
  const seen = new Uint32Array((segment.size + 31) >> 5)
  const take = (at: number): void => {
    const rank = scorer.score(at)
    if (rank > 0 && isWanted(segment, search, at)) best.add(rank, at)
  }
  // What ranks highest first, as long as it is little; then all others from the newest on, until nothing better can come.
  const next = tokens.map(() => 0)
  let isDone = false
  while (count > SMALL_LIST && !isDone) {
    const bound = boundOf(tokens, next)
    if (best.isClosedTo(bound, 0)) isDone = true
    const cheapest = cheapestTier(tokens, next)
    if (cheapest === -1) break
    const tier = tokens[cheapest]?.tiers[next[cheapest] ?? 0]
    if (tier === undefined) break
    const bits = new Uint32Array(seen.length)
    tier.addTo(bits)
    for (let word = 0; word < bits.length; word++) {
      let left = (bits[word] ?? 0) & ~(seen[word] ?? 0) & (candidates === null ? -1 : (candidates[word] ?? 0))
      seen[word] = (seen[word] ?? 0) | left
      while (left !== 0) {
        take(word * 32 + 31 - Math.clz32(left & -left))
        left &= left - 1
      }
    }
    next[cheapest] = (next[cheapest] ?? 0) + 1
  }
  if (!isDone) {
    const bound = boundOf(tokens, next)
    for (let word = 0; word < seen.length && bound > 0; word++) {
      let left = ~(seen[word] ?? 0) & (candidates === null ? -1 : (candidates[word] ?? 0))
      while (left !== 0) {
        const at = word * 32 + 31 - Math.clz32(left & -left)
        if (at >= segment.size) break
        take(at)
        left &= left - 1
      }
      if (best.isClosedTo(bound, word * 32 + 31)) break
    }
  }
  scorer.release()
  return best
}

/** All hits of a segment. */
export function allOfSegment(segment: Segment, search: SegmentSearch): SegmentHits {
  const tokens = lookUp(segment, search, true)
  if (tokens.some((token) => token.cost === 0)) return NOTHING
  const scorer = new SegmentScorer(segment, tokens)
  const { bits: candidates } = findCandidates(segment, tokens)
  const ranks = new Uint32Array(segment.size)
  const places = new Uint32Array(segment.size)
  let count = 0
  let highest = 0
  const words = (segment.size + 31) >> 5
  for (let word = 0; word < words; word++) {
    let left = candidates === null ? -1 : (candidates[word] ?? 0)
    while (left !== 0) {
      const at = word * 32 + 31 - Math.clz32(left & -left)
      if (at >= segment.size) break
      const rank = scorer.score(at)
      if (rank > 0 && isWanted(segment, search, at)) {
        ranks[count] = rank
        places[count++] = at
        if (rank > highest) highest = rank
      }
      left &= left - 1
    }
  }
  scorer.release()
  return sortByRank(ranks.subarray(0, count), places.subarray(0, count), highest)
}

function isWanted(segment: Segment, { accept }: SegmentSearch, at: number): boolean {
  const { dead } = segment.scratch
  if (dead !== null && ((dead[at >> 5] ?? 0) & (1 << (at & 31))) !== 0) return false
  return accept === undefined || accept(segment.docs[at] ?? 0)
}

/** Places that can match: from the shortest lists, as long as reading one is less work than ranking what it leaves out. */
function findCandidates(
  segment: Segment,
  tokens: readonly SegmentToken[],
): { readonly bits: Uint32Array | null; readonly count: number } {
  const order = [...tokens].sort((a, b) => a.cost - b.cost)
  let bits: Uint32Array | null = null
  let count = segment.size
  for (const token of order) {
    const most = bits === null ? segment.size / 4 : count * POSTINGS_PER_RANKING
    if (token.cost > most) break
    const own = new Uint32Array((segment.size + 31) >> 5)
    token.addTo(own)
    if (bits !== null) for (let word = 0; word < own.length; word++) own[word] = (own[word] ?? 0) & (bits[word] ?? 0)
    bits = own
    count = 0
    for (const word of own) count += word === 0 ? 0 : countBits(word)
  }
  return { bits, count }
}

function countBits(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The best rank of a document that is in none of the lists read so far; 0 where there can be none. */
function boundOf(tokens: readonly SegmentToken[], next: readonly number[]): number {
  if (tokens.length === 0) return 1
  let sum = 0
  for (const [index, token] of tokens.entries()) {
    const tier = token.tiers[next[index] ?? 0]
    const own = Math.max(tier?.rank ?? 0, token.isBroad ? token.beyond : 0)
    if (own === 0) return 0
    sum += own
  }
  return sum
}

/** The best rank of a document that is found only by what was cut off. */
function boundOfCut(tokens: readonly SegmentToken[]): number {
  const best = tokens.map((token) => Math.max(token.tiers[0]?.rank ?? 0, token.isCut ? token.beyond : 0))
  const sum = best.reduce((all, rank) => all + rank, 0)
  let bound = 0
  for (const [index, token] of tokens.entries()) {
    if (token.isCut) bound = Math.max(bound, sum - (best[index] ?? 0) + token.beyond)
  }
  return bound
}

function cheapestTier(tokens: readonly SegmentToken[], next: readonly number[]): number {
  let cheapest = -1
  let least = SMALL_LIST
  for (const [index, token] of tokens.entries()) {
    const tier = token.tiers[next[index] ?? 0]
    if (tier !== undefined && tier.bytes <= least) {
      least = tier.bytes
      cheapest = index
    }
  }
  return cheapest
}

/** By rank falling; places keep their order. */
function sortByRank(ranks: Uint32Array, places: Uint32Array, highest: number): SegmentHits {
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
