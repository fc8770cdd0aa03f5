import { endsWith } from './dictionary.ts'
import { ANY_FIELD, PHONE_BIT, type QueryToken } from './engine-contract.ts'
import { findWords, type WordSet } from './find-words.ts'
import { FIELD_ZONES, INSIDE, rankOf } from './match-kinds.ts'
import { neededDigits } from './match-phone.ts'
import { searchedFields } from './match-word.ts'
import type { Segment } from './segment.ts'
import { splitToken } from './split-words.ts'
import { phoneTiers, phraseTiers, type Tier, wordTiers } from './tiers.ts'

const WORD_FIELDS = ANY_FIELD & ~PHONE_BIT

/** A token, looked up in a segment. */
export interface SegmentToken {
  readonly fields: number
  /** One as a rule; several must follow each other; none where only digits count. */
  readonly pieces: readonly PieceWords[]
  readonly digits: string | null
  /** Less than `digits` where the national zero may be missing. */
  readonly needed: string
  /** Best first, none of them empty. */
  readonly tiers: readonly Tier[]
  /** True where it was looked for as a beginning only: others may have it at rank `beyond` at most. */
  readonly isCut: boolean
  readonly beyond: number
  /** Whether the tiers say all: who is in the lists of one, and in none of those before, has its rank. */
  readonly isExact: boolean
  /** Bytes of all lists. */
  readonly cost: number
  readonly addTo: (bits: Uint32Array) => void
}

/** Words of one piece: as the only one of a token, or as one of several in a row. */
export interface PieceWords {
  readonly piece: string
  readonly role: 'only' | 'first' | 'middle' | 'last'
  readonly set: WordSet
}

/** @param isCut only whole words and beginnings, which is nearly nothing to find. */
export function lookUpToken(segment: Segment, token: QueryToken, leastKind: number, isCut: boolean): SegmentToken {
  const words = splitToken(token.text)
  const pieces = words.map((piece, at, all): PieceWords => {
    const role = all.length === 1 ? 'only' : at === 0 ? 'first' : at === all.length - 1 ? 'last' : 'middle'
    return { piece, role, set: wordsFor(segment, piece, role, leastKind, isCut) }
  })
  const fields = searchedFields(token, words, leastKind)
  const zones = zonesOf(fields)
  const isWhole = (fields & WORD_FIELDS) === WORD_FIELDS
  const digits = (fields & PHONE_BIT) !== 0 ? token.digits : null
  const needed = digits === null ? '' : neededDigits(digits, leastKind)
  const tiers = pieces.length === 1 ? wordTiers(segment, pieces[0], zones) : phraseTiers(segment, pieces, zones)
  const phones = digits === null ? null : phoneTiers(segment, digits, needed)
  if (phones !== null) tiers.push(...phones.tiers)
  tiers.sort((a, b) => b.rank - a.rank)
  const isWord = isWhole && pieces.length === 1
  return {
    fields,
    pieces,
    digits,
    needed,
    tiers,
    isCut: pieces.length === 1 && pieces[0]?.set.inside === null,
    beyond: rankOf(INSIDE, zones[0] ?? 0),
    isExact: (isWord || pieces.length === 0) && phones?.isExact !== false,
    cost: tiers.reduce((sum, { bytes }) => sum + bytes, 0),
    addTo: (bits) => {
      for (const tier of tiers) tier.addTo(bits)
    },
  }
}

function wordsFor(
  segment: Segment,
  piece: string,
  role: PieceWords['role'],
  leastKind: number,
  isCut: boolean,
): WordSet {
  const { dictionary } = segment
  const lookFor = role === 'only' ? (isCut ? 'beginnings' : 'errors') : role === 'first' ? 'parts' : 'beginnings'
  const set = findWords(dictionary, piece, leastKind, lookFor)
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
