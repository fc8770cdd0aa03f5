import { endsWith } from './dictionary.ts'
import { ANY_FIELD, PHONE_BIT, type QueryToken } from './engine-contract.ts'
import { findWords, type WordSet } from './find-words.ts'
import { FAR_ERRORS, FIELD_ZONES, INSIDE, NEAR_ZONE, ONE_ERROR, PREFIX, rankOf, WHOLE } from './match-kinds.ts'
import { neededDigits } from './match-phone.ts'
import { searchedFields } from './match-word.ts'
import { addGrams, addTerms, findGrams, type GramRange, postingsBytes, type RankSink, rankTerms } from './postings.ts'
import type { Segment } from './segment.ts'
import { splitToken } from './split-words.ts'

const WORD_FIELDS = ANY_FIELD & ~PHONE_BIT

/** A rank that a token can reach here, and the lists of all documents in which it does, or more. */
export interface Tier {
  readonly rank: number
  readonly bytes: number
  readonly addTo: (bits: Uint32Array) => void
  /** Gives this rank to whoever is in the lists; null where being in them is not enough. */
  readonly rankInto: ((sink: RankSink) => void) | null
}

/** A token, looked up in a segment. */
export interface SegmentToken {
  readonly fields: number
  /** Whether it may stand in any field. */
  readonly isWhole: boolean
  /** One as a rule; several must follow each other; none where only digits count. */
  readonly pieces: readonly PieceWords[]
  readonly digits: string | null
  /** Less than `digits` where the national zero may be missing. */
  readonly needed: string
  /** Best first, none of them empty. Null: not worth knowing, since nearly everything has it. */
  readonly tiers: readonly Tier[]
  /** True where there are documents beyond the tiers, at most at rank `beyond`. */
  readonly isBroad: boolean
  readonly beyond: number
  /** True where what lies beyond was left out. */
  readonly isCut: boolean
  /** Whether the tiers say all: who is in the list of one has its rank. */
  readonly isExact: boolean
  /** Bytes of lists that hold all of its documents. */
  readonly cost: number
  /** The same of its tiers alone. */
  readonly cutCost: number
  readonly addTo: (bits: Uint32Array) => void
}

/** Words of one piece: as the only one of a token, or as one of several in a row. */
export interface PieceWords {
  readonly piece: string
  readonly role: 'only' | 'first' | 'middle' | 'last'
  readonly set: WordSet
}

/** @param isFull where all hits are asked for: short pieces are looked up inside of words as well. */
export function lookUpToken(segment: Segment, token: QueryToken, leastKind: number, isFull: boolean): SegmentToken {
  const words = splitToken(token.text)
  const pieces = words.map((piece, at, all): PieceWords => {
    const role = all.length === 1 ? 'only' : at === 0 ? 'first' : at === all.length - 1 ? 'last' : 'middle'
    return { piece, role, set: wordsFor(segment, piece, role, leastKind, isFull) }
  })
  const fields = searchedFields(token, words, leastKind)
  const zones = zonesOf(fields)
  const isWhole = (fields & WORD_FIELDS) === WORD_FIELDS
  const digits = (fields & PHONE_BIT) !== 0 ? token.digits : null
  const needed = digits === null ? '' : neededDigits(digits, leastKind)
  const grams = digits === null ? null : findGrams(segment, needed)
  const { tiers, isBroad, beyond } =
    pieces.length === 1 ? wordTiers(segment, pieces[0], zones) : phraseTiers(segment, pieces, zones)
  if (grams !== null && digits !== null) tiers.push(...phoneTiers(segment, digits, needed, grams))
  tiers.sort((a, b) => b.rank - a.rank)
  let cost = 0
  for (const tier of tiers) cost += tier.bytes
  return {
    fields,
    isWhole,
    pieces,
    digits,
    needed,
    tiers,
    isBroad,
    isCut: false,
    isExact: !isBroad && isWhole && pieces.length === 1 && digits === null,
    beyond,
    cost: isBroad ? Number.POSITIVE_INFINITY : cost,
    cutCost: cost,
    addTo: (bits) => {
      for (const tier of tiers) tier.addTo(bits)
    },
  }
}

/** A short token without what lies beyond its tiers. */
export function cutOff(token: SegmentToken): SegmentToken {
  if (!token.isBroad) return token
  const isExact = token.isWhole && token.pieces.length === 1 && token.digits === null
  return { ...token, isBroad: false, isCut: true, isExact, cost: token.cutCost }
}

function wordsFor(
  segment: Segment,
  piece: string,
  role: PieceWords['role'],
  leastKind: number,
  isFull: boolean,
): WordSet {
  const { dictionary } = segment
  const set = findWords(dictionary, piece, role === 'only' ? leastKind : INSIDE, isFull)
  if (role !== 'first' || set.inside === null) return set
  const units = Array.from(piece, (_, at) => at).map((_, at) => piece.charCodeAt(at))
  const inside = set.inside.filter((term) => {
    const list = term < dictionary.wide.first ? dictionary.ascii : dictionary.wide
    return endsWith(list, term - list.first, units)
  })
  return { ...set, inside }
}

/** Zones that the fields lie in. */
function zonesOf(fields: number): readonly number[] {
  const zones = new Set<number>()
  for (const [field, zone] of FIELD_ZONES.entries()) if ((fields & (1 << field)) !== 0) zones.add(zone)
  return [...zones].sort((a, b) => b - a)
}

interface Tiers {
  readonly tiers: Tier[]
  readonly isBroad: boolean
  readonly beyond: number
}

function wordTiers(segment: Segment, piece: PieceWords | undefined, zones: readonly number[]): Tiers {
  if (piece === undefined) return { tiers: [], isBroad: false, beyond: 0 }
  const { set } = piece
  const tiers: Tier[] = []
  for (const zone of zones) {
    if (set.whole !== -1) addTier(tiers, rangeTier(segment, WHOLE, zone, [[set.whole, set.whole + 1]]))
    addTier(tiers, rangeTier(segment, PREFIX, zone, set.begins))
    if (set.inside !== null) addTier(tiers, listTier(segment, INSIDE, zone, set.inside))
    addTier(tiers, listTier(segment, ONE_ERROR, zone, set.oneError))
    addTier(tiers, listTier(segment, FAR_ERRORS, zone, set.farErrors))
  }
  return { tiers, isBroad: set.inside === null, beyond: rankOf(INSIDE, zones[0] ?? 0) }
}

/**
 * Pieces in a row: whoever has the rarest of them is looked at; first those who have the first piece as a whole word too,
 * since an end of a word is worth less.
 */
function phraseTiers(segment: Segment, pieces: readonly PieceWords[], zones: readonly number[]): Tiers {
  const first = pieces[0]?.set
  const last = pieces[pieces.length - 1]?.set
  const tiers: Tier[] = []
  if (first === undefined || last === undefined) return { tiers, isBroad: false, beyond: 0 }
  const best = last.whole === -1 ? PREFIX : WHOLE
  for (const zone of zones) {
    let rarest: Tier | null = null
    for (const { role, set } of pieces) {
      if (role === 'first' && set.inside === null) continue
      const own =
        role === 'last' ? rangeTier(segment, best, zone, set.begins) : wholeTier(segment, best, zone, set, role)
      if (rarest === null || own.bytes < rarest.bytes) rarest = own
    }
    if (rarest === null) continue
    const all: Tier = { ...rarest, rankInto: null }
    const begin = first.whole === -1 ? null : rangeTier(segment, best, zone, [[first.whole, first.whole + 1]])
    if (begin !== null && begin.bytes > 0 && all.bytes > 0) addTier(tiers, bothTier(segment, begin, all))
    addTier(tiers, { ...all, rank: rankOf(INSIDE, zone) })
  }
  return { tiers, isBroad: false, beyond: 0 }
}

function wholeTier(segment: Segment, kind: number, zone: number, set: WordSet, role: PieceWords['role']): Tier {
  const terms = role === 'first' ? [...(set.inside ?? [])] : []
  if (set.whole !== -1) terms.push(set.whole)
  return listTier(segment, kind, zone, Uint32Array.from(terms))
}

/** Who is in the lists of both. */
function bothTier(segment: Segment, one: Tier, other: Tier): Tier {
  return {
    rank: one.rank,
    bytes: Math.min(one.bytes, other.bytes),
    rankInto: null,
    addTo: (bits) => {
      const ofOne = new Uint32Array((segment.size + 31) >> 5)
      const ofOther = new Uint32Array(ofOne.length)
      one.addTo(ofOne)
      other.addTo(ofOther)
      for (let word = 0; word < ofOne.length; word++) {
        bits[word] = (bits[word] ?? 0) | ((ofOne[word] ?? 0) & (ofOther[word] ?? 0))
      }
    },
  }
}

function phoneTiers(
  segment: Segment,
  digits: string,
  needed: string,
  grams: { readonly starts: GramRange; readonly anywhere: GramRange },
): readonly Tier[] {
  const tiers: Tier[] = []
  const canBeWhole = digits.length >= segment.shortestPhone
  const best = canBeWhole ? WHOLE : PREFIX
  const own = needed === digits ? grams : findGrams(segment, digits)
  // Beginnings apart from the rest only where these are few enough to go first.
  const startsApart = own.starts.bytes < grams.anywhere.bytes
  if (startsApart) addTier(tiers, gramTier(segment, rankOf(best, NEAR_ZONE), own.starts))
  addTier(tiers, gramTier(segment, startsApart ? rankOf(PREFIX, 0) : rankOf(best, NEAR_ZONE), grams.anywhere))
  return tiers
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
    rankInto: (sink) => {
      for (const [lo, hi] of ranges) rankTerms(segment, zone, lo, hi, rankOf(kind, zone), sink)
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
    rankInto: (sink) => {
      for (const term of terms) rankTerms(segment, zone, term, term + 1, rankOf(kind, zone), sink)
    },
  }
}

function gramTier(segment: Segment, rank: number, range: GramRange): Tier {
  return { rank, bytes: range.bytes, addTo: (bits) => addGrams(segment, range, bits), rankInto: null }
}
