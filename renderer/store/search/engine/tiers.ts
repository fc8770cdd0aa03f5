import type { WordSet } from './find-words.ts'
import { FAR_ERRORS, INSIDE, NEAR_ZONE, ONE_ERROR, PREFIX, rankOf, WHOLE } from './match-kinds.ts'
import { addGrams, addTerms, findGrams, type GramRange, postingsBytes } from './postings.ts'
import type { Segment } from './segment.ts'
import type { PieceWords } from './segment-query.ts'

/** A rank that a token can reach here, and the lists of all documents in which it does, or more. */
export interface Tier {
  readonly rank: number
  /** Of its lists: about as many as there are postings. */
  readonly bytes: number
  readonly addTo: (bits: Uint32Array) => void
}

/** Tiers of a word: no list is in two of them. */
export function wordTiers(segment: Segment, piece: PieceWords | undefined, zones: readonly number[]): Tier[] {
  if (piece === undefined) return []
  const { set } = piece
  const begins = set.begins.map(([lo, hi]) => (lo === set.whole ? ([lo + 1, hi] as const) : ([lo, hi] as const)))
  const inside = set.inside?.filter((term) => set.begins.every(([lo, hi]) => term < lo || term >= hi)) ?? null
  const tiers: Tier[] = []
  for (const zone of zones) {
    if (set.whole !== -1) addTier(tiers, rangeTier(segment, WHOLE, zone, [[set.whole, set.whole + 1]]))
    addTier(tiers, rangeTier(segment, PREFIX, zone, begins))
    if (inside !== null) addTier(tiers, listTier(segment, INSIDE, zone, inside))
    addTier(tiers, listTier(segment, ONE_ERROR, zone, set.oneError))
    addTier(tiers, listTier(segment, FAR_ERRORS, zone, set.farErrors))
  }
  return tiers
}

/** What looking at a row of words or at the digits of a document costs, in postings. */
const POSTINGS_PER_LOOK = 128

/**
 * Pieces in a row: whoever has the rarest of them, and the others as far as looking there costs less, is looked at; first
 * those who have the first piece as a whole word too, since an end of a word is worth less.
 */
export function phraseTiers(segment: Segment, pieces: readonly PieceWords[], zones: readonly number[]): Tier[] {
  const first = pieces[0]?.set
  const last = pieces[pieces.length - 1]?.set
  const tiers: Tier[] = []
  if (first === undefined || last === undefined) return tiers
  const best = last.whole === -1 ? PREFIX : WHOLE
  // As `@`, which no other word ends with.
  const isOnlyWhole = first.inside?.every((term) => term === first.whole) ?? false
  for (const zone of zones) {
    const lists: Readable[] = []
    for (const { role, set } of pieces) {
      if (role === 'first' && set.inside === null) continue
      lists.push(
        role === 'last' ? rangeTier(segment, best, zone, set.begins) : wholeTier(segment, best, zone, set, role),
      )
    }
    const read = worthReading(segment, lists)
    if (lists.length === 0 || lists.some(({ bytes }) => bytes === 0)) continue
    const all = allOf(segment, rankOf(INSIDE, zone), read)
    const begin = first.whole === -1 ? null : rangeTier(segment, best, zone, [[first.whole, first.whole + 1]])
    if (begin === null || begin.bytes === 0) addTier(tiers, all)
    else if (isOnlyWhole || begin.bytes > all.bytes * POSTINGS_PER_LOOK) tiers.push({ ...all, rank: begin.rank })
    else tiers.push(allOf(segment, begin.rank, [begin, all]), all)
  }
  return tiers
}

function wholeTier(segment: Segment, kind: number, zone: number, set: WordSet, role: PieceWords['role']): Tier {
  const terms = role === 'first' ? [...(set.inside ?? [])] : []
  if (set.whole !== -1) terms.push(set.whole)
  return listTier(segment, kind, zone, Uint32Array.from(terms))
}

/** Lists of which a document must be in all. */
interface Readable {
  readonly bytes: number
  readonly addTo: (bits: Uint32Array) => void
}

/** The rarest, and whatever leaves out documents for less than looking at these would cost. */
function worthReading<T extends Readable>(segment: Segment, lists: readonly T[]): readonly T[] {
  let left = segment.size
  return [...lists]
    .sort((a, b) => a.bytes - b.bytes)
    .filter(({ bytes }, at) => {
      const share = Math.min(1, bytes / segment.size)
      if (at > 0 && bytes > left * (1 - share) * POSTINGS_PER_LOOK) return false
      left *= share
      return true
    })
}

/** Who is in all of the lists; these are read once. */
function allOf(segment: Segment, rank: number, lists: readonly Readable[]): Tier {
  const words = (segment.size + 31) >> 5
  let all: Uint32Array | null = null
  return {
    rank,
    bytes: Math.min(...lists.map(({ bytes }) => bytes)),
    addTo: (bits) => {
      if (all === null) {
        all = new Uint32Array(words)
        for (const [at, { addTo }] of lists.entries()) {
          const own = at === 0 ? all : new Uint32Array(words)
          addTo(own)
          if (at > 0) for (let word = 0; word < words; word++) all[word] = (all[word] ?? 0) & (own[word] ?? 0)
        }
      }
      for (let word = 0; word < words; word++) bits[word] = (bits[word] ?? 0) | (all[word] ?? 0)
    },
  }
}

interface PhoneTiers {
  readonly tiers: readonly Tier[]
  /** Whether who is in the lists of one, and in none of those before, has its rank. */
  readonly isExact: boolean
}

/** @param needed the digits, or fewer where the national zero may be missing. */
export function phoneTiers(segment: Segment, digits: string, needed: string): PhoneTiers {
  const readable = (range: GramRange): Readable => ({
    bytes: range.bytes,
    addTo: (bits) => addGrams(segment, range, bits),
  })
  const tiers: Tier[] = []
  const own = findGrams(segment, digits)
  if (own.ends !== null && digits.length < segment.shortestPhone && needed === digits) {
    addTier(tiers, { rank: rankOf(PREFIX, NEAR_ZONE), ...readable(own.starts) })
    addTier(tiers, { rank: rankOf(PREFIX, 0), ...readable(own.ends) })
    for (const range of own.anywhere) addTier(tiers, { rank: rankOf(INSIDE, NEAR_ZONE), ...readable(range) })
    return { tiers, isExact: true }
  }
  const anywhere = findGrams(segment, needed).anywhere.map(readable)
  const best = rankOf(digits.length >= segment.shortestPhone ? WHOLE : PREFIX, NEAR_ZONE)
  // Beginnings apart from the rest only where these are few enough to go first.
  const startsApart = anywhere.every(({ bytes }) => own.starts.bytes < bytes)
  if (startsApart) {
    addTier(tiers, allOf(segment, best, worthReading(segment, [readable(own.starts), ...own.anywhere.map(readable)])))
  }
  addTier(tiers, allOf(segment, startsApart ? rankOf(PREFIX, 0) : best, worthReading(segment, anywhere)))
  return { tiers, isExact: false }
}

function addTier(tiers: Tier[], tier: Tier): void {
  if (tier.bytes > 0) tiers.push(tier)
}

function rangeTier(segment: Segment, kind: number, zone: number, ranges: readonly (readonly [number, number])[]): Tier {
  let bytes = 0
  for (const [lo, hi] of ranges) bytes += postingsBytes(segment, zone, lo, hi)
  return {
    rank: rankOf(kind, zone),
    bytes,
    addTo: (bits) => {
      for (const [lo, hi] of ranges) addTerms(segment, zone, lo, hi, bits)
    },
  }
}

function listTier(segment: Segment, kind: number, zone: number, terms: Uint32Array): Tier {
  let bytes = 0
  for (const term of terms) bytes += postingsBytes(segment, zone, term, term + 1)
  return {
    rank: rankOf(kind, zone),
    bytes,
    addTo: (bits) => {
      for (const term of terms) addTerms(segment, zone, term, term + 1, bits)
    },
  }
}
