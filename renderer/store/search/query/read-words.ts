import { ANY_FIELD, PHONE_BIT, type QueryToken } from '../engine/engine-contract.ts'
import { foldDigits, foldText } from '../fold-text.ts'

export const MIN_PHONE_DIGITS = 2

/** Words as what is looked for: folded, and by their digits where they may be part of a phone number. */
export function readWords(words: readonly string[], fields: number = ANY_FIELD): readonly QueryToken[] {
  const all = words.join(' ')
  if (fields === PHONE_BIT) {
    const digits = foldDigits(all)
    return digits.length >= MIN_PHONE_DIGITS ? [{ text: '', digits, fields }] : []
  }
  const phones = (fields & PHONE_BIT) !== 0
  // `+44 (0)20 7946-0958`: one number, however it is spaced.
  if (phones && words.length > 1 && /^[\p{Nd}\s+()./-]+$/u.test(all.normalize('NFKC'))) {
    const digits = foldDigits(all)
    if (digits.length > MIN_PHONE_DIGITS) return [{ text: '', digits, fields }]
  }
  return words
    .map((word): QueryToken => {
      const isNumber = phones && /^[+(]?[\p{Nd}+()./-]+$/u.test(word.normalize('NFKC'))
      const digits = isNumber ? foldDigits(word) : ''
      return { text: foldText(word), digits: digits.length >= MIN_PHONE_DIGITS ? digits : null, fields }
    })
    .filter((token) => token.text !== '' || token.digits !== null)
}

/** Words that must follow each other: one token, as in quotes. A phone number is one however it is spaced. */
export function readPhrase(text: string, fields: number = ANY_FIELD): readonly QueryToken[] {
  const words = wordsOf(text)
  const tokens = readWords(words, fields)
  return tokens.length < 2 ? tokens : [{ text: foldText(words.join(' ')), digits: null, fields }]
}

/** The words of a text, as spaces part them. */
export function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/u).filter((word) => word !== '')
}
