import { foldDigits, foldText } from '../fold-text.ts'
import { PHONE_BIT, type QueryToken, SEARCH_FIELDS, type SearchField, type SearchText } from './engine-contract.ts'
import { FAR_ERRORS, FIELD_ZONES, INSIDE, type MatchKind, NO_MATCH, rankOf } from './match-kinds.ts'
import { rankInPhone } from './match-phone.ts'
import { matchPhrase, matchWord } from './match-word.ts'
import { splitNameWords, splitToken, splitWords, type WordAt } from './split-words.ts'

export type MatchHow = 'whole' | 'prefix' | 'inside' | 'errors'

/** One place where a token was found. */
export interface MatchedRange {
  readonly field: SearchField | 'phones'
  /** Which of the tags or phones; 0 for other fields. */
  readonly item: number
  /** In UTF-16 units of the field's text as it was handed in. */
  readonly from: number
  readonly to: number
  readonly how: MatchHow
  /** Index of the token. */
  readonly token: number
}

/**
 * Where and how the tokens of a query match a text: for highlights and for naming the field that matched. All best places
 * of each token, in the order of the tokens, the field that ranks highest first. Agrees with the engine: a token without a
 * range is one that the engine does not find in this text.
 */
export function explainMatch(tokens: readonly QueryToken[], text: SearchText): readonly MatchedRange[] {
  return tokens.flatMap((token, index) => explainToken(token, text, index))
}

interface Found extends MatchedRange {
  readonly rank: number
}

function explainToken(token: QueryToken, text: SearchText, index: number): readonly MatchedRange[] {
  const pieces = splitToken(token.text)
  const found: Found[] = []
  for (const [number, field] of SEARCH_FIELDS.entries()) {
    if ((token.fields & (1 << number)) === 0 || pieces.length === 0) continue
    const items = field === 'tags' ? (text.tags ?? []) : [text[field] ?? '']
    for (const [item, value] of items.entries()) {
      for (const { kind, from, to } of findInText(pieces, value, field)) {
        found.push({
          field,
          item,
          from,
          to,
          how: howOf(kind),
          token: index,
          rank: rankOf(kind, FIELD_ZONES[number] ?? 0),
        })
      }
    }
  }
  const { digits } = token
  if (digits !== null && (token.fields & PHONE_BIT) !== 0) {
    for (const [item, phone] of (text.phones ?? []).entries()) {
      const rank = rankInPhone(foldDigits(phone), digits)
      if (rank === 0) continue
      found.push({
        field: 'phones',
        item,
        ...digitRange(phone, digits),
        how: howOf((rank >> 4) as MatchKind),
        token: index,
        rank,
      })
    }
  }
  // Look-alikes are no matches where the word itself stands.
  const best = Math.max(0, ...found.map(({ rank }) => rank))
  return found
    .filter(({ rank }) => best < rankOf(INSIDE, 0) || rank >= rankOf(INSIDE, 0))
    .sort((a, b) => b.rank - a.rank)
    .map(({ rank: _rank, ...range }) => range)
}

interface Piece {
  readonly kind: MatchKind
  readonly from: number
  readonly to: number
}

function findInText(pieces: readonly string[], value: string, field: SearchField): readonly Piece[] {
  const { folded, places } = foldWithPlaces(value)
  const words = field === 'name' || field === 'company' ? splitNameWords(folded) : splitWords(folded)
  const at = (from: number, to: number, kind: MatchKind): Piece => ({
    kind,
    from: places[from] ?? 0,
    to: endOf(places, to, value.length),
  })
  const single = pieces.length === 1 ? pieces[0] : undefined
  if (single === undefined) {
    const phrase = matchPhrase(
      pieces,
      words.map(({ word }) => word),
    )
    const first = words[phrase.at]
    const last = words[phrase.at + pieces.length - 1]
    if (phrase.kind === NO_MATCH || first === undefined || last === undefined) return []
    return [at(first.to - (pieces[0]?.length ?? 0), last.from + (pieces.at(-1)?.length ?? 0), phrase.kind)]
  }
  return words.flatMap((word): readonly Piece[] => {
    const kind = matchWord(single, word.word, FAR_ERRORS)
    if (kind === NO_MATCH) return []
    if (kind < INSIDE) return [at(word.from, word.to, kind)]
    const from = kind === INSIDE ? rawOffset(folded, word, word.word.indexOf(single)) : word.from
    return [at(from, rawOffset(folded, word, (kind === INSIDE ? word.word.indexOf(single) : 0) + single.length), kind)]
  })
}

/** Offset in the folded text of a place in a word, which may pass over apostrophes or a space. */
function rawOffset(folded: string, word: WordAt, offset: number): number {
  let at = word.from
  for (let left = offset; at < word.to; at++) {
    while (at < word.to && !/[\p{L}\p{N}\p{M}@\ud800-\udfff]/u.test(folded.charAt(at))) at++
    if (left === 0) break
    left--
  }
  return offset === 0 ? word.from : at
}

function howOf(kind: MatchKind): MatchHow {
  return kind === 5 ? 'whole' : kind === 4 ? 'prefix' : kind === 3 ? 'inside' : 'errors'
}

/** Folded text, and for each of its units where that came from. */
function foldWithPlaces(text: string): { readonly folded: string; readonly places: readonly number[] } {
  let folded = ''
  const places: number[] = []
  let at = 0
  for (const char of text) {
    const piece = foldText(char)
    folded += piece
    for (let unit = 0; unit < piece.length; unit++) places.push(at)
    at += char.length
  }
  return { folded, places }
}

/** The end in the text of what ends before `to` in the folded text: marks that were folded away belong to the letter. */
function endOf(places: readonly number[], to: number, length: number): number {
  const last = places[to - 1] ?? 0
  for (let at = to; at < places.length; at++) {
    const place = places[at] ?? 0
    if (place !== last) return place
  }
  return length
}

function digitRange(phone: string, digits: string): { readonly from: number; readonly to: number } {
  const places: number[] = []
  let all = ''
  for (let at = 0; at < phone.length; at++) {
    const digit = foldDigits(phone.charAt(at))
    all += digit
    for (let unit = 0; unit < digit.length; unit++) places.push(at)
  }
  const found = all.indexOf(digits)
  const start = found === -1 ? all.indexOf(digits.slice(1)) : found
  const length = found === -1 ? digits.length - 1 : digits.length
  return { from: places[start] ?? 0, to: (places[start + length - 1] ?? 0) + 1 }
}
