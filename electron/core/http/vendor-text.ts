import { visibleText } from '../../../shared/display/visible-text.ts'
import type { JsonValue } from '../../../shared/json.ts'

const MAX_LENGTH = 300
/** A run of this many characters of the key gives too much of it away. Shorter ones are prefixes such as `sk_live_`. */
const TELLING_LENGTH = 12

/**
 * The vendor's sentence in an error body, as quoted data: cut, on one line, and free of the key. Null where the body
 * has none. Vendors document `{error}` and leave the rest open, so the usual shapes are all read:
 * `{ok:false, error:{code,message}}`, `{ok:false, code, message}`, `{error:'…'}`, `{message}`, `{detail}`, plain text.
 * HTML is never quoted.
 */
export function readVendorText(bodyText: string, key: string): string | null {
  const trimmed = bodyText.trim()
  if (trimmed === '') return null
  const parsed = tryParse(trimmed)
  if (parsed !== undefined) return quote(sentenceOf(parsed, 0), key)
  // A cut or broken JSON text is not a sentence either.
  if (/^[<{[]/.test(trimmed)) return null
  return quote(trimmed, key)
}

/** The same for a body that is parsed already, with the vendor's code (`DB_ERROR`) apart. */
export function readVendorError(
  body: JsonValue,
  key: string,
): { vendorCode: string | null; vendorText: string | null } {
  const code = codeOf(body)
  return {
    vendorCode: code === null ? null : redactKey(code, key).slice(0, 80),
    vendorText: quote(sentenceOf(body, 0), key),
  }
}

/** Replaces the key, any telling part of it, and its percent-encoded form. */
export function redactKey(text: string, key: string): string {
  if (key.length < 4) return text
  let result = text.replaceAll(key, '•••').replaceAll(encodeURIComponent(key), '•••')
  if (key.length <= TELLING_LENGTH) return result
  for (let at = 0; at + TELLING_LENGTH <= result.length; at++) {
    let end = at + TELLING_LENGTH
    if (!key.includes(result.slice(at, end))) continue
    while (end < result.length && key.includes(result.slice(at, end + 1))) end++
    result = `${result.slice(0, at)}•••${result.slice(end)}`
  }
  return result
}

function sentenceOf(body: JsonValue, depth: number): string | null {
  if (typeof body === 'string') return body
  if (depth > 3 || body === null || typeof body !== 'object') return null
  if (Array.isArray(body)) {
    const parts = body.map((item: JsonValue) => sentenceOf(item, depth + 1)).filter((part) => part !== null)
    return parts.length === 0 ? null : parts.slice(0, 5).join('; ')
  }
  for (const name of ['error', 'message', 'detail', 'title', 'errors', 'code']) {
    const value = memberOf(body, name)
    if (value === undefined) continue
    const sentence = sentenceOf(value, depth + 1)
    if (sentence !== null && sentence.trim() !== '') {
      // `{error: 'Bad Request', message: 'Invalid email'}`: the message says more.
      const message = name === 'error' ? memberOf(body, 'message') : undefined
      return typeof message === 'string' && message.trim() !== '' ? message : sentence
    }
  }
  return null
}

function codeOf(body: JsonValue): string | null {
  for (const holder of [memberOf(body, 'error'), body]) {
    const code = holder === undefined ? undefined : memberOf(holder, 'code')
    if (typeof code === 'string') return code
    if (typeof code === 'number') return String(code)
  }
  return null
}

function memberOf(value: JsonValue, name: string): JsonValue | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

function quote(text: string | null, key: string): string | null {
  if (text === null) return null
  // Redacted before it is cut: a cut through the key would leave a part that is not recognised any more.
  const line = redactKey(text.slice(0, 20_000), key)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must go
    .replace(/[\u0000-\u001f\u007f\s]+/g, ' ')
    .trim()
  if (line === '' || line.startsWith('<')) return null
  return visibleText(line, MAX_LENGTH - 1)
}

function tryParse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
