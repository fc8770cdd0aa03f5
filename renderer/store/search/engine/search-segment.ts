import { BestHits } from './best-hits.ts'
import {
  boundOf,
  boundOfCut,
  type Candidates,
  cheapestTier,
  countBits,
  findCandidates,
  POSTINGS_PER_RANKING,
} from './candidates.ts'
import type { QueryToken } from './engine-contract.ts'
import { rankByLists } from './rank-by-lists.ts'
import type { Segment } from './segment.ts'
import { lookUpToken, type SegmentToken } from './segment-query.ts'
import { SegmentScorer } from './segment-scorer.ts'
import { type SegmentHits, sortByRank } from './sort-by-rank.ts'

export interface SegmentSearch {
  readonly tokens: readonly QueryToken[]
  readonly leastKind: number
  readonly accept: ((doc: number) => boolean) | undefined
}

const NOTHING: SegmentHits = { ranks: new Uint32Array(0), places: new Uint32Array(0) }
/** Lists of fewer bytes are worth reading before anything is walked. */
const SMALL_LIST = 2_048
/** Candidates that are ranked without choosing among them. */
const FEW = 256
/** The shortest list of a query is read where it holds fewer than this part of all documents. */
const MOST_FOR_TOP = 0.25
/** All lists of a query are read where they hold fewer than so many times all documents. */
const MOST_LISTS = 1.5

/** The best `limit` of a segment. */
export function topOfSegment(segment: Segment, search: SegmentSearch, limit: number): SegmentHits {
  // As beginnings first: as a rule there are enough of these, and no word has to be looked into.
  const cut = lookUp(segment, search, true)
  if (isRankedByLists(cut) && mayMeet(segment, cut) >= limit) {
    const best = bestOf(segment, search, cut, limit)
    if (best.isClosedTo(boundOfCut(cut), 0)) return best.sorted()
  }
  return bestOf(segment, search, lookUp(segment, search, false), limit).sorted()
}

/** How many documents have all tokens, if having one says nothing about having another. */
function mayMeet(segment: Segment, tokens: readonly SegmentToken[]): number {
  return tokens.reduce((count, { cost }) => count * Math.min(1, cost / segment.size), segment.size)
}

function lookUp(segment: Segment, search: SegmentSearch, isCut: boolean): readonly SegmentToken[] {
  return search.tokens.map((token) => lookUpToken(segment, token, search.leastKind, isCut))
}

/** Whether their lists say all. */
function isRankedByLists(tokens: readonly SegmentToken[]): boolean {
  return tokens.length > 0 && tokens.every((token) => token.isExact)
}

function costOf(tokens: readonly SegmentToken[]): number {
  return tokens.reduce((sum, token) => sum + token.cost, 0)
}

function bestOf(segment: Segment, search: SegmentSearch, tokens: readonly SegmentToken[], limit: number): BestHits {
  const best = new BestHits(limit)
  const [only] = tokens
  if (tokens.some((token) => token.cost === 0)) return best
  if (only?.isExact && tokens.length === 1) bestOfOne(segment, search, only, best)
  else {
    if (isRankedByLists(tokens) && costOf(tokens) < segment.size * MOST_LISTS) {
      rankByLists(segment, tokens, (rank, at) => {
        if (best.takes(rank, at) && isWanted(segment, search, at)) best.add(rank, at)
      })
    } else bestByRanking(segment, search, tokens, findCandidates(segment, tokens, MOST_FOR_TOP), best)
  }
  return best
}

/** Of one word: its lists are gone through from the best on until there are enough; long ones are left to the walk. */
function bestOfOne(segment: Segment, search: SegmentSearch, token: SegmentToken, best: BestHits): void {
  const longest = Math.max(SMALL_LIST, segment.size / 16)
  const seen = new Uint32Array((segment.size + 31) >> 5)
  for (const [index, tier] of token.tiers.entries()) {
    if (best.isClosedTo(tier.rank, 0)) return
    if (tier.bytes > longest) {
      const scorer = new SegmentScorer(segment, [token])
      walk(segment, search, scorer, { best, seen, candidates: null, bound: tier.rank })
      scorer.release()
      return
    }
    const bits = new Uint32Array(seen.length)
    tier.addTo(bits)
    eachNew(bits, { candidates: null, seen, isDone: (at) => best.isClosedTo(tier.rank, at) }, (at) => {
      if (isWanted(segment, search, at)) best.add(tier.rank, at)
    })
    if (index === token.tiers.length - 1) return
  }
}

/** What ranks highest first, as long as that is little; then all others from the newest on. */
function bestByRanking(
  segment: Segment,
  search: SegmentSearch,
  tokens: readonly SegmentToken[],
  { bits: candidates, count }: Candidates,
  best: BestHits,
): void {
  const seen = new Uint32Array((segment.size + 31) >> 5)
  const scorer = new SegmentScorer(segment, tokens)
  const next = tokens.map(() => 0)
  // Who is in a long list is soon met by the walk.
  const longest = Math.max(SMALL_LIST, Math.min(count * 8, segment.size / 16))
  while (count > FEW && !best.isClosedTo(boundOf(tokens, next), 0)) {
    const cheapest = cheapestTier(tokens, next, longest)
    const tier = tokens[cheapest]?.tiers[next[cheapest] ?? 0]
    if (tier === undefined) break
    const bits = new Uint32Array(seen.length)
    tier.addTo(bits)
    const bound = boundOf(tokens, next)
    eachNew(bits, { candidates, seen, isDone: (at) => best.isClosedTo(bound, at) }, (at) => {
      const rank = scorer.score(at)
      if (rank > 0 && isWanted(segment, search, at)) best.add(rank, at)
    })
    next[cheapest] = (next[cheapest] ?? 0) + 1
  }
  walk(segment, search, scorer, { best, seen, candidates, bound: boundOf(tokens, next) })
  scorer.release()
}

interface Walk {
  readonly best: BestHits
  /** Places that have had their turn. */
  readonly seen: Uint32Array
  readonly candidates: Uint32Array | null
  /** No other place can rank higher. */
  readonly bound: number
}

/** From the newest on, until nothing better can come. */
function walk(
  segment: Segment,
  search: SegmentSearch,
  scorer: SegmentScorer,
  { best, seen, candidates, bound }: Walk,
): void {
  if (bound === 0 || best.isClosedTo(bound, 0)) return
  for (let word = 0; word < seen.length; word++) {
    let left = ~(seen[word] ?? 0) & (candidates === null ? -1 : (candidates[word] ?? 0))
    if (left === 0) continue
    while (left !== 0) {
      const at = word * 32 + 31 - Math.clz32(left & -left)
      if (at >= segment.size) break
      const rank = scorer.score(at)
      if (rank > 0 && isWanted(segment, search, at)) best.add(rank, at)
      left &= left - 1
    }
    if (best.isClosedTo(bound, word * 32 + 31)) break
  }
}

interface Places {
  readonly candidates: Uint32Array | null
  readonly seen: Uint32Array
  /** Whether nothing at this place or behind it is of use. */
  readonly isDone: ((at: number) => boolean) | null
}

/** The places in `bits` that are candidates and have not been seen, from the first on. */
function eachNew(bits: Uint32Array, { candidates, seen, isDone }: Places, take: (at: number) => void): void {
  for (let word = 0; word < bits.length; word++) {
    const own = bits[word] ?? 0
    if (own === 0) continue
    let left = own & ~(seen[word] ?? 0) & (candidates === null ? -1 : (candidates[word] ?? 0))
    if (left === 0) continue
    if (isDone?.(word * 32)) return
    seen[word] = (seen[word] ?? 0) | left
    while (left !== 0) {
      take(word * 32 + 31 - Math.clz32(left & -left))
      left &= left - 1
    }
  }
}

/** All hits of a segment. */
export function allOfSegment(segment: Segment, search: SegmentSearch): SegmentHits {
  const tokens = lookUp(segment, search, false)
  if (tokens.some((token) => token.cost === 0)) return NOTHING
  const ranks = new Uint32Array(segment.size)
  const places = new Uint32Array(segment.size)
  let count = 0
  let highest = 0
  const take = (rank: number, at: number): void => {
    ranks[count] = rank
    places[count++] = at
    if (rank > highest) highest = rank
  }
  if (isRankedByLists(tokens)) {
    rankByLists(segment, tokens, (rank, at) => {
      if (isWanted(segment, search, at)) take(rank, at)
    })
  } else rankAll(segment, search, tokens, findCandidates(segment, tokens, POSTINGS_PER_RANKING).bits, take)
  return sortByRank(ranks.subarray(0, count), places.subarray(0, count), highest)
}

/** How many hits there are. */
export function countOfSegment(segment: Segment, search: SegmentSearch): number {
  const tokens = lookUp(segment, search, false)
  if (tokens.some((token) => token.cost === 0)) return 0
  const isExact = isRankedByLists(tokens)
  const candidates = findCandidates(segment, tokens, isExact ? Number.POSITIVE_INFINITY : POSTINGS_PER_RANKING)
  let count = 0
  if (!isExact || !candidates.isAll) {
    rankAll(segment, search, tokens, candidates.bits, () => count++)
  } else if (search.accept !== undefined) {
    const seen = new Uint32Array(candidates.bits.length)
    eachNew(candidates.bits, { candidates: null, seen, isDone: null }, (at) => {
      if (isWanted(segment, search, at)) count++
    })
  } else {
    const { dead } = segment.scratch
    for (let word = 0; word < candidates.bits.length; word++) {
      count += countBits((candidates.bits[word] ?? 0) & ~(dead?.[word] ?? 0))
    }
  }
  return count
}

function rankAll(
  segment: Segment,
  search: SegmentSearch,
  tokens: readonly SegmentToken[],
  candidates: Uint32Array | null,
  take: (rank: number, at: number) => void,
): void {
  const scorer = new SegmentScorer(segment, tokens)
  const words = (segment.size + 31) >> 5
  for (let word = 0; word < words; word++) {
    let left = candidates === null ? -1 : (candidates[word] ?? 0)
    while (left !== 0) {
      const at = word * 32 + 31 - Math.clz32(left & -left)
      if (at >= segment.size) break
      const rank = scorer.score(at)
      if (rank > 0 && isWanted(segment, search, at)) take(rank, at)
      left &= left - 1
    }
  }
  scorer.release()
}

function isWanted(segment: Segment, { accept }: SegmentSearch, at: number): boolean {
  const { dead } = segment.scratch
  if (dead !== null && ((dead[at >> 5] ?? 0) & (1 << (at & 31))) !== 0) return false
  return accept === undefined || accept(segment.docs[at] ?? 0)
}
