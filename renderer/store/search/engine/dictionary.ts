/** Words of one alphabet, sorted by their units: `units` end to end, `starts` with one more than there are words. */
export interface WordList {
  readonly units: Uint8Array | Uint16Array
  readonly starts: Uint32Array
  readonly size: number
  /** Number of the first word in the dictionary. */
  readonly first: number
}

/** Sorted words: those of ASCII alone, in bytes, then all others. */
export class Dictionary {
  readonly ascii: WordList
  readonly wide: WordList
  readonly size: number
  private signatures: Uint32Array | null = null
  private letters: Uint32Array | null = null

  constructor(asciiUnits: Uint8Array, asciiStarts: Uint32Array, wideUnits: Uint16Array, wideStarts: Uint32Array) {
    const asciiSize = asciiStarts.length - 1
    this.ascii = { units: asciiUnits, starts: asciiStarts, size: asciiSize, first: 0 }
    this.wide = { units: wideUnits, starts: wideStarts, size: wideStarts.length - 1, first: asciiSize }
    this.size = asciiSize + this.wide.size
  }

  wordAt(term: number): string {
    const list = term < this.wide.first ? this.ascii : this.wide
    const from = list.starts[term - list.first] ?? 0
    const to = list.starts[term - list.first + 1] ?? 0
    let word = ''
    for (let at = from; at < to; at++) word += String.fromCharCode(list.units[at] ?? 0)
    return word
  }

  /** Per word one bit for each pair of neighbouring units, by chance of 32: who lacks a token's bits has it nowhere. */
  signaturesOf(): Uint32Array {
    this.signatures ??= describeWords(this, addPairs)
    return this.signatures
  }

  /** Per word one bit for each unit that it has. */
  lettersOf(): Uint32Array {
    this.letters ??= describeWords(this, addLetters)
    return this.letters
  }

  bytes(): number {
    const { ascii, wide } = this
    const made = (this.signatures?.byteLength ?? 0) + (this.letters?.byteLength ?? 0)
    return ascii.units.byteLength + ascii.starts.byteLength + wide.units.byteLength + wide.starts.byteLength + made
  }
}

export function letterBit(unit: number): number {
  return 1 << (unit & 31)
}
export function pairBit(before: number, unit: number): number {
  return 1 << ((Math.imul(before * 31 + unit, 0x9e3779b1) >>> 27) & 31)
}

type Describe = (list: WordList, out: Uint32Array) => void

function describeWords(dictionary: Dictionary, describe: Describe): Uint32Array {
  const out = new Uint32Array(dictionary.size)
  for (const list of [dictionary.ascii, dictionary.wide]) describe(list, out.subarray(list.first))
  return out
}

const addPairs: Describe = ({ units, starts, size }, out) => {
  let at = 0
  for (let word = 0; word < size; word++) {
    const end = starts[word + 1] ?? 0
    let bits = 0
    let before = at < end ? (units[at++] ?? 0) : 0
    for (; at < end; at++) {
      const unit = units[at] ?? 0
      bits |= pairBit(before, unit)
      before = unit
    }
    out[word] = bits
  }
}

const addLetters: Describe = ({ units, starts, size }, out) => {
  let at = 0
  for (let word = 0; word < size; word++) {
    const end = starts[word + 1] ?? 0
    let bits = 0
    for (; at < end; at++) bits |= letterBit(units[at] ?? 0)
    out[word] = bits
  }
}

/** The words of `[lo, hi)`, which all have the same first `depth` units, that go on with `unit`: their lower bound. */
export function firstWith(list: WordList, lo: number, hi: number, depth: number, unit: number): number {
  const { units, starts } = list
  let from = lo
  let to = hi
  while (from < to) {
    const middle = (from + to) >> 1
    const at = (starts[middle] ?? 0) + depth
    const own = at < (starts[middle + 1] ?? 0) ? (units[at] ?? 0) : -1
    if (own < unit) from = middle + 1
    else to = middle
  }
  return from
}

/** The range of `[lo, hi)`, which have `depth` units in common with each other, that go on with the rest of `piece` from `at`. */
export function rangeOf(
  list: WordList,
  lo: number,
  hi: number,
  depth: number,
  piece: ArrayLike<number>,
  at: number,
): readonly [number, number] {
  let from = lo
  let to = hi
  for (let unit = at, place = depth; unit < piece.length && from < to; unit++, place++) {
    const code = piece[unit] ?? 0
    from = firstWith(list, from, to, place, code)
    to = firstWith(list, from, to, place, code + 1)
  }
  return from < to ? [from, to] : [0, 0]
}

/** The one word of the range that is no longer than `length`, or -1. The shortest comes first. */
export function wholeOf(list: WordList, range: readonly [number, number], length: number): number {
  const [from, to] = range
  if (from >= to) return -1
  return (list.starts[from + 1] ?? 0) - (list.starts[from] ?? 0) === length ? from : -1
}

/** Whether a word of the list ends with the piece. */
export function endsWith(list: WordList, word: number, piece: ArrayLike<number>): boolean {
  const to = list.starts[word + 1] ?? 0
  const from = to - piece.length
  if (from < (list.starts[word] ?? 0)) return false
  for (let at = 0; at < piece.length; at++) if (list.units[from + at] !== piece[at]) return false
  return true
}
