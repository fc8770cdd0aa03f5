/**
 * The letters of a language as small numbers, so that a million texts are put in order without asking the collator for
 * each comparison. A symbol stands for what the collator tells apart first (its primary level: letters, figures, signs;
 * not case, not accents). Symbols are derived from the collator itself, letter by letter when first met, so that they
 * follow the language: `ä` is an `a` in German and the last letter but one in Swedish, `ch` stands behind `h` in Czech.
 */
export interface SortSymbols {
  /**
   * The first `length` symbols of a text, 0 behind its end. Texts whose symbols differ stand in the order of the first
   * that differs; where they are equal, only the collator can tell.
   */
  readonly read: (text: string, into: Uint8Array, length: number) => void
  /** Above every symbol. */
  readonly count: number
}

/** Signs, figures and letters that have a symbol of their own; all else falls between two of them. */
const KNOWN = [...` _-,.'()@/&+0123456789abcdefghijklmnopqrstuvwxyz`]
/** Sorts behind everything that a text holds. */
const HIGHEST = '\uffff'
/** Between two letters: they do not count as one there. It has no place in the order itself. */
const APART = '\u034f'
/** Nothing is taken apart into more letters than this. */
const MAX_PARTS = 8
/** Ends the symbols of a text: what follows, only the collator can place. */
const STOP = -1
const MARKED_LETTERS = [...'áàâäãåçćčďéèêëěíìîïľñńňóòôöõőŕřśšşťúùûüůűýźżž']
/** Letters that are looked up as one. */
const MAX_JOINED = 4
const MARKED = /^\p{M}$/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII is what is asked for
const ASCII = /^[\x00-\x7f]*$/

export function createSortSymbols(locale: string): SortSymbols {
  const { compare } = new Intl.Collator(locale, { sensitivity: 'base' })
  const classes = [...KNOWN].sort(compare).filter((sign, i, all) => i === 0 || compare(all[i - 1] ?? '', sign) !== 0)
  const pairs = contractedPairs(
    classes.filter((sign) => sign >= 'a' && sign <= 'z'),
    compare,
  )
  const ascii: (readonly number[] | undefined)[] = []
  const others = new Map<string, readonly number[]>()

  /** Symbols of a letter, a letter with its marks, or two letters that count as one. */
  const take = (part: string): readonly number[] => {
    const code = part.length === 1 ? part.charCodeAt(0) : 128
    const known = code < 128 ? ascii[code] : others.get(part)
    if (known !== undefined) return known
    const made = symbolsOf(part, classes, compare)
    if (code < 128) ascii[code] = made
    else others.set(part, made)
    return made
  }

  const read = (text: string, into: Uint8Array, length: number): void => {
    let at = 0
    const parts = ASCII.test(text) && pairs.size === 0 ? text : partsOf(text, pairs)
    for (let i = 0; i < parts.length && at < length; i++) {
      for (const symbol of take(parts[i] ?? '')) {
        if (symbol === STOP || at === length) {
          into.fill(0, at, length)
          return
        }
        into[at++] = symbol
      }
    }
    into.fill(0, at, length)
  }

  return {
    read,
    count: classes.length * 2 + 2,
  }
}

/** 1 stands before all that is known; `2i + 2` is the sign i, `2i + 3` what falls between it and the next. */
function symbolsOf(part: string, classes: readonly string[], compare: (a: string, b: string) => number): number[] {
  if (compare(part, '') === 0) return []
  const symbols: number[] = []
  let before = ''
  for (let n = 0; n < MAX_PARTS; n++) {
    let low = 0
    let high = classes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare(before + (classes[middle] ?? ''), part) <= 0) low = middle + 1
      else high = middle
    }
    const sign = classes[low - 1]
    if (sign === undefined) return [...symbols, 1, STOP]
    const taken = before + sign
    if (compare(taken, part) === 0) return [...symbols, low * 2]
    // Not the beginning of it: another letter, that stands between two known ones.
    if (compare(part, taken + HIGHEST) > 0) return [...symbols, low * 2 + 1, STOP]
    symbols.push(low * 2)
    before = taken + APART
  }
  return [...symbols, 1, STOP]
}

/** Two letters that a language sorts as one: Czech `ch`, Danish `aa`, Croatian `dž`. Without their marks. */
function contractedPairs(letters: readonly string[], compare: (a: string, b: string) => number): ReadonlySet<string> {
  const found = new Set<string>()
  for (const first of letters) {
    for (const second of [...letters, ...MARKED_LETTERS]) {
      if (compare(first + second, first + APART + second) !== 0) found.add(first + bare(second))
    }
  }
  return found
}

/** A text as letters, each with the marks on it; letters that may count as one stay together (Hungarian `ddzs` is `dzsdzs`). */
function partsOf(text: string, pairs: ReadonlySet<string>): readonly string[] {
  const parts: string[] = []
  for (const letter of ASCII.test(text) ? text : text.normalize('NFC')) {
    const last = parts.at(-1)
    if (last !== undefined && (MARKED.test(letter) || (last.length < MAX_JOINED && isJoined(last, letter, pairs))))
      parts[parts.length - 1] = last + letter
    else parts.push(letter)
  }
  return parts
}

function isJoined(last: string, letter: string, pairs: ReadonlySet<string>): boolean {
  // Catalan `l·l` is known to the collators of all languages.
  if (letter === '\u00b7' || letter === '\u0387') return bare(last).endsWith('l')
  if (pairs.size === 0) return false
  const before = bare(last).slice(-1)
  const now = bare(letter)
  return pairs.has(before + now) || (before === now && [...pairs].some((pair) => pair.startsWith(now)))
}

/** Small, and without marks: Danish `aá` is an `å` with an accent. */
function bare(letters: string): string {
  return letters.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
