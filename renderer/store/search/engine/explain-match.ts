import { foldDigits, foldText } from '../fold-text.ts'
import { PHONE_BIT, type QueryToken, SEARCH_FIELDS, type SearchField, type SearchText } from './engine-contract.ts'
import { FAR_ERRORS, FIELD_ZONES, INSIDE, type MatchKind, NO_MATCH, rankOf } from './match-kinds.ts'
import { rankInPhone } from './match-phone.ts'
import { matchPhrase, matchWord, searchedFields } from './match-word.ts'
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
 * range is one that the engine does not find in this text. Typing errors are looked for where a token stands nowhere as
 * it was typed, which costs far more than the rest. `onlyElse`: fields that are looked into only for a token that stands
 * in no other as a word or its beginning; long texts cost the most.
 */
export function explainMatch(
  tokens: readonly QueryToken[],
  text: SearchText,
  onlyElse: readonly SearchField[] = [],
): readonly MatchedRange[] {
  const first = foldFields(
    text,
    SEARCH_FIELDS.filter((field) => !onlyElse.includes(field)),
  )
  const others = once(() => foldFields(text, onlyElse))
  return tokens.flatMap((token, index) => {
    const exact = explainToken(token, text, first, index, INSIDE)
    if (onlyElse.length > 0 && exact.some(({ how }) => how === 'whole' || how === 'prefix')) return exact
    const all = onlyElse.length === 0 ? first : [...first, ...others()]
    const found = onlyElse.length === 0 ? exact : explainToken(token, text, all, index, INSIDE)
    return found.length > 0 ? found : explainToken(token, text, all, index, FAR_ERRORS)
  })
}

/** A text of a field, folded once for all tokens, and taken apart only where one of them may stand in it. */
interface FoldedText {
  readonly value: string
  readonly field: SearchField
  /** Which of the tags. */
  readonly item: number
  readonly zone: number
  readonly mask: number
  readonly folded: string
  /** Parts of it are words together, so that a word need not stand in `folded` as it is. */
  readonly joins: boolean
  readonly words: () => readonly WordAt[]
  readonly places: () => readonly number[] | null
}

function foldFields(text: SearchText, fields: readonly SearchField[]): readonly FoldedText[] {
  return fields.flatMap((field) => {
    const number = SEARCH_FIELDS.indexOf(field)
    const items = field === 'tags' ? (text.tags ?? []) : [text[field] ?? '']
    return items.flatMap((value, item): FoldedText[] => {
      if (value === '') return []
      const folded = foldText(value)
      const isName = field === 'name' || field === 'company'
      return [
        {
          value,
          field,
          item,
          zone: FIELD_ZONES[number] ?? 0,
          mask: 1 << number,
          folded,
          joins: /['\u2018\u2019\u02bc\u2032`]/.test(folded) || (isName && /(?:^|[^\p{L}\p{N}])[odl] /u.test(folded)),
          words: once(() => (isName ? splitNameWords(folded) : splitWords(folded))),
          places: once(() => placesOf(value, folded)),
        },
      ]
    })
  })
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

interface Found extends MatchedRange {
  readonly rank: number
}

function explainToken(
  token: QueryToken,
  text: SearchText,
  texts: readonly FoldedText[],
  index: number,
  least: MatchKind,
): readonly MatchedRange[] {
  const pieces = splitToken(token.text)
  const found: Found[] = []
  for (const each of pieces.length === 0 ? [] : texts) {
    if ((searchedFields(token, pieces, least) & each.mask) === 0) continue
    for (const { kind, from, to } of findInText(pieces, each, least)) {
      const { field, item, zone } = each
      found.push({ field, item, from, to, how: howOf(kind), token: index, rank: rankOf(kind, zone) })
    }
  }
  const { digits } = token
  if (digits !== null && (token.fields & PHONE_BIT) !== 0) {
    for (const [item, phone] of (text.phones ?? []).entries()) {
      const rank = rankInPhone(foldDigits(phone), digits, least)
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

function findInText(pieces: readonly string[], text: FoldedText, least: MatchKind): readonly Piece[] {
  const { folded, value } = text
  const isPhrase = pieces.length > 1
  // Most texts do not have the letters at all.
  const mayStand = text.joins || pieces.every((piece) => folded.includes(piece))
  if (!mayStand && (isPhrase || least >= INSIDE)) return []
  const words = text.words()
  const at = (from: number, to: number, kind: MatchKind): Piece => {
    const places = text.places()
    if (places === null) return { kind, from, to }
    return { kind, from: places[from] ?? 0, to: endOf(places, to, value.length) }
  }
  const single = isPhrase ? undefined : pieces[0]
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
    const kind = matchWord(single, word.word, least)
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

/** For each unit of the folded text where in the text it came from; null where every unit stands where it stood. */
function placesOf(text: string, folded: string): readonly number[] | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII folds letter by letter
  if (/^[\x00-\x7f]*$/.test(text)) return null
  const places: number[] = []
  let at = 0
  for (const char of text) {
    for (let unit = foldText(char).length; unit > 0; unit--) places.push(at)
    at += char.length
  }
  // Letters that fold otherwise together than alone: marked as well as one can.
  while (places.length < folded.length) places.push(text.length)
  return places
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
