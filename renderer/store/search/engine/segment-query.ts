import { endsWith } from './dictionary.ts'
import { ANY_FIELD, PHONE_BIT, type QueryToken } from './engine-contract.ts'
import { findWords, type WordSet } from './find-words.ts'
import { FIELD_ZONES, INSIDE } from './match-kinds.ts'
import { neededDigits } from './match-phone.ts'
import { searchedFields } from './match-word.ts'
import type { Segment } from './segment.ts'
import { splitToken } from './split-words.ts'
import { phoneTiers, phraseTiers, type Tier, wordTiers } from './tiers.ts'

const WORD_FIELDS = ANY_FIELD & ~PHONE_BIT

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
  /** Whether the tiers say all: who is in the lists of one, and in none of those before, has its rank. */
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
  const { tiers, isBroad, beyond } =
    pieces.length === 1 ? wordTiers(segment, pieces[0], zones) : phraseTiers(segment, pieces, zones)
  if (digits !== null) tiers.push(...phoneTiers(segment, digits, needed))
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
