import { type Dictionary, letterBit, pairBit, rangeOf, type WordList, wholeOf } from './dictionary.ts'
import { findFarErrors, findOneError } from './find-errors.ts'
import { FAR_ERRORS, INSIDE, ONE_ERROR } from './match-kinds.ts'
import { takesErrors } from './match-word.ts'

/** Words of a dictionary that meet a piece of a token; each kind may hold words of a better kind too. */
export interface WordSet {
  readonly piece: string
  /** The word itself, or -1. */
  readonly whole: number
  /** Ranges of words that begin with it, itself included. */
  readonly begins: readonly (readonly [number, number])[]
  /** Words that have it anywhere; null where that was not asked for. */
  readonly inside: Uint32Array | null
  readonly oneError: Uint32Array
  readonly farErrors: Uint32Array
}

const NONE = new Uint32Array(0)
/** Words by themselves, never parts of others. */
const SIGN = /^[@_]$/

/**
 * How far is looked: words as such and their beginnings are found by halves; for parts, all words are gone through; for
 * errors, those that are nearly alike.
 */
export type LookFor = 'beginnings' | 'parts' | 'errors'

/** @param leastKind of errors, where these are looked for. */
export function findWords(dictionary: Dictionary, piece: string, leastKind: number, lookFor: LookFor): WordSet {
  const units = Uint16Array.from(piece, (_, at) => at).map((_, at) => piece.charCodeAt(at))
  const isAscii = units.every((unit) => unit < 128)
  const begins: (readonly [number, number])[] = []
  let whole = -1
  for (const list of [dictionary.ascii, dictionary.wide]) {
    const range = rangeOf(list, 0, list.size, 0, units, 0)
    if (range[0] >= range[1]) continue
    begins.push([list.first + range[0], list.first + range[1]])
    const own = wholeOf(list, range, units.length)
    if (own !== -1) whole = list.first + own
  }
  const errors = lookFor === 'errors' && leastKind < INSIDE && takesErrors(piece)
  return {
    piece,
    whole,
    begins,
    inside: SIGN.test(piece) ? NONE : lookFor === 'beginnings' ? null : findInside(dictionary, units, isAscii),
    oneError: errors && leastKind <= ONE_ERROR ? findOneError(dictionary, units) : NONE,
    farErrors: errors && leastKind <= FAR_ERRORS ? findFarErrors(dictionary, piece, units) : NONE,
  }
}

/** All words that have the units somewhere. Words of ASCII cannot have others. */
export function findInside(dictionary: Dictionary, piece: Uint16Array, isAscii: boolean): Uint32Array {
  // Of one letter there are no pairs.
  const signatures = piece.length === 1 ? dictionary.lettersOf() : dictionary.signaturesOf()
  let wanted = piece.length === 1 ? letterBit(piece[0] ?? 0) : 0
  for (let at = 1; at < piece.length; at++) wanted |= pairBit(piece[at - 1] ?? 0, piece[at] ?? 0)
  const found: number[] = []
  const look = (list: WordList): void => {
    const { units, starts, size, first } = list
    for (let word = 0; word < size; word++) {
      if (((signatures[first + word] ?? 0) & wanted) !== wanted) continue
      if (has(units, starts[word] ?? 0, starts[word + 1] ?? 0, piece)) found.push(first + word)
    }
  }
  if (isAscii) look(dictionary.ascii)
  look(dictionary.wide)
  return Uint32Array.from(found)
}

function has(units: Uint8Array | Uint16Array, from: number, to: number, piece: Uint16Array): boolean {
  const first = piece[0] ?? 0
  const length = piece.length
  for (let start = from; start + length <= to; start++) {
    if (units[start] !== first) continue
    let at = 1
    while (at < length && units[start + at] === piece[at]) at++
    if (at === length) return true
  }
  return false
}
