import type { PartValue } from './query.ts'

/** A piece of what was typed, before anything is made of it. */
export interface RawPart {
  readonly from: number
  readonly to: number
  readonly not: boolean
  /** What stands before the colon, in small letters; null for text. */
  readonly name: string | null
  readonly values: readonly PartValue[]
  /** Where the last value begins, its quote included. */
  readonly lastFrom: number
  /** It reaches the end of the text, and neither a space nor a closing quote ends it: more of it may come. */
  readonly open: boolean
}

const SPACE = /\s/u
/** Also those that a keyboard writes in their place: “ ” „, and the wide colon and comma of an Asian one. */
const QUOTE = /["“”„]/u
const COMMA = /[,，]/u
const HEAD = /(-?)([a-z][a-z-]*)[:：]/iuy

/** Takes a text apart at spaces, quotes, colons and commas. */
export function scanQuery(text: string): readonly RawPart[] {
  const parts: RawPart[] = []
  let at = 0
  while (at < text.length) {
    if (SPACE.test(text.charAt(at))) {
      at++
      continue
    }
    const part = scanPart(text, at)
    parts.push(part)
    at = part.to
  }
  return parts
}

function scanPart(text: string, from: number): RawPart {
  HEAD.lastIndex = from
  const head = HEAD.exec(text)
  // `https://…` is an address.
  if (head === null || text.startsWith('//', HEAD.lastIndex)) {
    const { value, to, closed } = scanValue(text, from, false)
    return { from, to, not: false, name: null, values: [value], lastFrom: from, open: to === text.length && !closed }
  }
  const values: PartValue[] = []
  let at = from + head[0].length
  for (;;) {
    const lastFrom = at
    const { value, to, closed } = scanValue(text, at, true)
    values.push(value)
    at = to
    if (at < text.length && COMMA.test(text.charAt(at))) at++
    else {
      const name = head[2]?.toLowerCase() ?? ''
      return { from, to: at, not: head[1] === '-', name, values, lastFrom, open: at === text.length && !closed }
    }
  }
}

/** A quoted text, or up to the next space (within a filter also up to a comma). */
function scanValue(
  text: string,
  from: number,
  inFilter: boolean,
): { readonly value: PartValue; readonly to: number; readonly closed: boolean } {
  if (QUOTE.test(text.charAt(from))) return scanQuoted(text, from)
  let end = from
  while (end < text.length && !SPACE.test(text.charAt(end)) && !(inFilter && COMMA.test(text.charAt(end)))) end++
  return { value: { text: text.slice(from, end), quoted: false }, to: end, closed: false }
}

/** Up to the quote that closes it; two straight ones in a row are one within the text. */
function scanQuoted(text: string, from: number): ReturnType<typeof scanValue> {
  const isStraight = text.charAt(from) === '"'
  let value = ''
  let at = from + 1
  for (; at < text.length; at++) {
    const char = text.charAt(at)
    if (isStraight ? char === '"' : QUOTE.test(char)) {
      if (!isStraight || text.charAt(at + 1) !== '"') break
      at++
    }
    value += char
  }
  const closed = at < text.length
  return { value: { text: value, quoted: true }, to: Math.min(at + 1, text.length), closed }
}

/** A value as it stands in a query: in quotes where it could not be told apart without. */
export function quoteValue(text: string, always = false): string {
  const isPlain = text !== '' && !SPACE.test(text) && !COMMA.test(text) && !QUOTE.test(text.charAt(0))
  // Behind a colon, `//` would make an address of it.
  return always || !isPlain || text.startsWith('//') ? `"${text.replaceAll('"', '""')}"` : text
}
