import type { JsonValue } from '../../../shared/json.ts'

/**
 * JSON.parse that loses no digit: an integer beyond 2^53, and a number too big for any double, arrive as their source
 * text. Ids of 9007199254740993 and …992 would otherwise be one record (SYNC.md F045). Throws SyntaxError.
 */
export function parseExactJson(text: string): JsonValue {
  // Only a text with a run of 16 digits or a three-digit exponent can hold such a number at all.
  return JSON.parse(/\d{16}|[eE]\+?\d{3}/.test(text) ? quoteUnsafeNumbers(text) : text)
}

function quoteUnsafeNumbers(text: string): string {
  let result = ''
  let copied = 0
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at = endOfString(text, at)
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      let end = at + 1
      while (end < text.length && isNumberPart(text.charCodeAt(end))) end++
      const token = text.slice(at, end)
      if (isUnsafe(token)) {
        result += `${text.slice(copied, at)}"${token}"`
        copied = end
      }
      at = end
    } else {
      at++
    }
  }
  return copied === 0 ? text : result + text.slice(copied)
}

function isUnsafe(token: string): boolean {
  if (/^-?(0|[1-9]\d*)$/.test(token)) return !Number.isSafeInteger(Number(token))
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(token) && !Number.isFinite(Number(token))
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH) at += 2
    else if (code === QUOTE) return at + 1
    else at++
  }
  return at
}

function isNumberPart(code: number): boolean {
  return (
    (code >= ZERO && code <= NINE) ||
    code === DOT ||
    code === PLUS ||
    code === MINUS ||
    code === UPPER_E ||
    code === LOWER_E
  )
}

const QUOTE = 0x22
const PLUS = 0x2b
const MINUS = 0x2d
const DOT = 0x2e
const ZERO = 0x30
const NINE = 0x39
const UPPER_E = 0x45
const BACKSLASH = 0x5c
const LOWER_E = 0x65
