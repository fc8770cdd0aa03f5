import { foldDigits, foldText } from '../fold-text.ts'
import { PHONE_BIT, type QueryToken, SEARCH_FIELDS, type SearchText } from './engine-contract.ts'
import { FIELD_ZONES, rankOf } from './match-kinds.ts'
import { rankInPhone } from './match-phone.ts'
import { matchPhrase, matchWord } from './match-word.ts'
import { splitNameWords, splitToken, splitWords } from './split-words.ts'

/** A document as plain lists of words, by field. */
export interface PlainDocument {
  readonly words: readonly (readonly string[])[]
  readonly phones: readonly string[]
}

export function readDocument(text: SearchText): PlainDocument {
  return {
    words: SEARCH_FIELDS.map((field) => {
      const value = field === 'tags' ? (text.tags ?? []).join(' | ') : (text[field] ?? '')
      const split = field === 'name' || field === 'company' ? splitNameWords : splitWords
      return split(foldText(value)).map(({ word }) => word)
    }),
    phones: (text.phones ?? []).map(foldDigits).filter((phone) => phone !== ''),
  }
}

/** The rank of the whole document, 0 where a token is not met. */
export function rankDocument(document: PlainDocument, tokens: readonly QueryToken[], leastKind: number): number {
  let rank = 0
  for (const token of tokens) {
    const own = rankToken(document, token, leastKind)
    if (own === 0) return 0
    rank += own
  }
  return rank
}

function rankToken(document: PlainDocument, token: QueryToken, leastKind: number): number {
  let best = 0
  const pieces = splitToken(token.text)
  const single = pieces.length === 1 ? pieces[0] : undefined
  for (const [field, words] of document.words.entries()) {
    if ((token.fields & (1 << field)) === 0 || pieces.length === 0) continue
    let kind = 0
    if (single === undefined) kind = matchPhrase(pieces, words).kind
    else for (const word of words) kind = Math.max(kind, matchWord(single, word, leastKind))
    if (kind > 0) best = Math.max(best, rankOf(kind, FIELD_ZONES[field] ?? 0))
  }
  const { digits } = token
  if (digits !== null && (token.fields & PHONE_BIT) !== 0) {
    for (const phone of document.phones) best = Math.max(best, rankInPhone(phone, digits))
  }
  return best
}

/** Tokens that ask for something: a lone dash does not. */
export function meaningful(tokens: readonly QueryToken[]): readonly QueryToken[] {
  return tokens.filter((token) => token.digits !== null || splitToken(token.text).length > 0)
}
