import { type Dictionary, firstWith, letterBit, rangeOf, type WordList, wholeOf } from './dictionary.ts'
import { editDistance } from './edit-distance.ts'
import { errorsAllowed } from './match-kinds.ts'

type Range = readonly [number, number]
type Rest = (list: WordList, lo: number, hi: number, depth: number, piece: Uint16Array, at: number) => Range

/**
 * Words one error away: the sorted words are walked like a tree along the piece; at each letter one error is made, and
 * what follows must be there to the letter.
 */
export function findOneError(dictionary: Dictionary, piece: Uint16Array): Uint32Array {
  return withOneError(dictionary, piece, (list, lo, hi, depth, units, at) => {
    const range = rangeOf(list, lo, hi, depth, units, at)
    const word = wholeOf(list, range, depth + units.length - at)
    return word === -1 ? [0, 0] : [word, word + 1]
  })
}

/** Words two errors away where so many are forgiven, and words that begin with something one error away. */
export function findFarErrors(dictionary: Dictionary, piece: string, units: Uint16Array): Uint32Array {
  const beginnings = withOneError(dictionary, units, rangeOf)
  if (errorsAllowed(piece.length) < 2) return beginnings
  const letters = dictionary.lettersOf()
  let own = 0
  for (const unit of units) own |= letterBit(unit)
  const found = new Set(beginnings)
  for (const { starts, size, first } of [dictionary.ascii, dictionary.wide]) {
    for (let word = 0; word < size; word++) {
      const length = (starts[word + 1] ?? 0) - (starts[word] ?? 0)
      if (length - units.length > 2 || units.length - length > 2) continue
      const other = letters[first + word] ?? 0
      if (moreThanTwo(own & ~other) || moreThanTwo(other & ~own)) continue
      if (editDistance(piece, dictionary.wordAt(first + word), 2) <= 2) found.add(first + word)
    }
  }
  return Uint32Array.from(found).sort()
}

function moreThanTwo(bits: number): boolean {
  const less = bits & (bits - 1)
  return (less & (less - 1)) !== 0
}

function withOneError(dictionary: Dictionary, piece: Uint16Array, rest: Rest): Uint32Array {
  const found = new Set<number>()
  for (const list of [dictionary.ascii, dictionary.wide]) {
    const add = ([from, to]: Range): void => {
      for (let word = from; word < to; word++) found.add(list.first + word)
    }
    let lo = 0
    let hi = list.size
    for (let at = 0; at < piece.length && lo < hi; at++) {
      const wanted = piece[at] ?? 0
      const after = at + 1 < piece.length ? (piece[at + 1] ?? 0) : -1
      // A letter too much in the piece.
      add(rest(list, lo, hi, at, piece, at + 1))
      let from = lo
      while (from < hi && (list.starts[from + 1] ?? 0) - (list.starts[from] ?? 0) === at) from++
      while (from < hi) {
        const unit = list.units[(list.starts[from] ?? 0) + at] ?? 0
        const to = firstWith(list, from, hi, at, unit + 1)
        if (unit !== wanted) {
          // A wrong letter; a letter that is missing in the piece; two that are swapped.
          add(rest(list, from, to, at + 1, piece, at + 1))
          add(rest(list, from, to, at + 1, piece, at))
          if (unit === after) {
            const low = firstWith(list, from, to, at + 1, wanted)
            add(rest(list, low, firstWith(list, low, to, at + 1, wanted + 1), at + 2, piece, at + 2))
          }
        }
        from = to
      }
      lo = firstWith(list, lo, hi, at, wanted)
      hi = firstWith(list, lo, hi, at, wanted + 1)
    }
  }
  return Uint32Array.from(found).sort()
}
