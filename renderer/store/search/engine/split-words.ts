/** Letters and digits of any script make words; `@` and `_` are words, so that `ann@fj` and `ann_b` differ from `ann fj` and `ann b`. */
const WORD = /[\p{L}\p{N}\p{M}]+|[@_]/gu
/** Within a word they are passed over: O'Neil is `oneil`, and `o` and `neil` too. */
const APOSTROPHE = /['\u2018\u2019\u02bc\u2032`]/
const APOSTROPHES = /['\u2018\u2019\u02bc\u2032`]/g
const JOINED = /[\p{L}\p{N}\p{M}]+(?:['\u2018\u2019\u02bc\u2032`][\p{L}\p{N}\p{M}]+)+/gu
/** `O Neil`, `D Angelo`: also found when written as one. */
const PARTICLE = /^[odl]$/

export interface WordAt {
  readonly word: string
  /** Where it begins and ends in the folded text. */
  readonly from: number
  readonly to: number
}

/** The words of a folded text in their order, joined forms before their parts. */
export function splitWords(folded: string): readonly WordAt[] {
  const joined = new Map<number, WordAt>()
  for (const match of APOSTROPHE.test(folded) ? folded.matchAll(JOINED) : []) {
    joined.set(match.index, {
      word: match[0].replace(APOSTROPHES, ''),
      from: match.index,
      to: match.index + match[0].length,
    })
  }
  const words: WordAt[] = []
  for (const match of folded.matchAll(WORD)) {
    const whole = joined.get(match.index)
    if (whole !== undefined) words.push(whole)
    words.push({ word: match[0], from: match.index, to: match.index + match[0].length })
  }
  return words
}

/** Of a name or company: `O Neil` gives `oneil` too. */
export function splitNameWords(folded: string): readonly WordAt[] {
  const words = splitWords(folded)
  const out: WordAt[] = []
  for (const [index, word] of words.entries()) {
    const next = words[index + 1]
    if (next !== undefined && PARTICLE.test(word.word) && folded.slice(word.to, next.from) === ' ') {
      out.push({ word: word.word + next.word, from: word.from, to: next.to })
    }
    out.push(word)
  }
  return out
}

/** What a typed word is looked for by: one piece as a rule, several that follow each other for `ann.bell@fj`. */
export function splitToken(folded: string): readonly string[] {
  return folded.replace(APOSTROPHES, '').match(WORD) ?? []
}
