import type { RecordId, RemoteId } from '../../../shared/ids.ts'

/**
 * A record id as three numbers of 32 bits: its 16 characters of base 36 in groups of 6, 5 and 5. A content hash as two numbers
 * of 53 bits, each as its high and low half.
 */
export const ID_WORDS = 3
export const HASH_WORDS = 4

const GROUPS = [6, 5, 5] as const
const PREFIX = 'rec_'
const ID_LENGTH = 20

/** Whether `text` is a record id; then `into` holds it from `at` on. */
export function packId(text: string, into: Uint32Array, at: number): boolean {
  if (text.length !== ID_LENGTH || !text.startsWith(PREFIX)) return false
  let from = PREFIX.length
  for (let word = 0; word < ID_WORDS; word++) {
    const end = from + (GROUPS[word] ?? 0)
    const value = readBase36(text, from, end)
    if (value < 0) return false
    into[at + word] = value
    from = end
  }
  return true
}

export function unpackId(a: number, b: number, c: number): RecordId {
  const text = `${sixOf(a)}${fiveOf(b)}${fiveOf(c)}`
  // Packed from one that had passed its own check; asked for each line of each list.
  return `${PREFIX}${text}` as RecordId
}

/** The longest that 53 bits take in base 36. */
const HALF = 11

/** Whether `hash` is two numbers as `hashRecord` writes them; then `into` holds them from `at` on. */
export function packHash(hash: string, into: Uint32Array, at: number): boolean {
  const dot = hash.indexOf('.')
  return isHalf(hash, 0, dot, into, at) && isHalf(hash, dot + 1, hash.length, into, at + 2)
}

export function unpackHash(words: ArrayLike<number>, at: number): string {
  return `${half(words, at)}.${half(words, at + 2)}`
}

function half(words: ArrayLike<number>, at: number): string {
  const value = (words[at] ?? 0) * 4294967296 + (words[at + 1] ?? 0)
  const high = Math.floor(value / SIX)
  return high === 0 ? value.toString(36) : `${high.toString(36)}${sixOf(value - high * SIX)}`
}

const TWO = 36 * 36
const FOUR = TWO * TWO
const SIX = FOUR * TWO
/** Two digits of base 36 at a time: `toString` goes by division of doubles, digit by digit. */
const PAIRS = Array.from({ length: TWO }, (_, value) => value.toString(36).padStart(2, '0'))

function sixOf(value: number): string {
  const high = Math.floor(value / FOUR)
  return `${PAIRS[high % TWO] ?? ''}${fourOf(value - high * FOUR)}`
}

function fiveOf(value: number): string {
  const high = Math.floor(value / FOUR)
  return `${high.toString(36)}${fourOf(value - high * FOUR)}`
}

function fourOf(value: number): string {
  const high = Math.floor(value / TWO)
  return `${PAIRS[high] ?? ''}${PAIRS[value - high * TWO] ?? ''}`
}

function isHalf(text: string, from: number, to: number, into: Uint32Array, at: number): boolean {
  if (to <= from || to - from > HALF || (text.charCodeAt(from) === 48 && to - from > 1)) return false
  const value = readBase36(text, from, to)
  if (value < 0 || value > Number.MAX_SAFE_INTEGER) return false
  into[at] = Math.floor(value / 4294967296)
  into[at + 1] = value >>> 0
  return true
}

/** -1 where there is anything but digits and small letters. */
function readBase36(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i)
    const digit = code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 122 ? code - 87 : -1
    if (digit < 0) return -1
    value = value * 36 + digit
  }
  return value
}

const ESCAPED = '\0'

/** A remote id as it is put into bytes: one that UTF-8 cannot carry goes as JSON behind a zero. */
export function remoteText(remoteId: string): string {
  return remoteId.startsWith(ESCAPED) || !isWellFormed(remoteId) ? `${ESCAPED}${JSON.stringify(remoteId)}` : remoteId
}

// A mark at the beginning is a letter of the text like any other.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The same from bytes. Most are short and plain, and a call of the decoder costs more than to look. */
export function remoteFromBytes(bytes: Uint8Array, start: number, end: number): RemoteId {
  const part = bytes.subarray(start, end)
  return remoteFromText(isPlain(part) ? String.fromCharCode(...part) : decoder.decode(part))
}

const PLAIN_BYTES = 48

function isPlain(bytes: Uint8Array): boolean {
  if (bytes.length > PLAIN_BYTES) return false
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] ?? 0) > 0x7f) return false
  return true
}

export function remoteFromText(text: string): RemoteId {
  // Put there from one that had passed its own check; asked for each record of each verdict.
  return (text.startsWith(ESCAPED) ? JSON.parse(text.slice(1)) : text) as RemoteId
}

function isWellFormed(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0xd800 || code > 0xdfff) continue
    const next = text.charCodeAt(i + 1)
    if (code > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return false
    i++
  }
  return true
}
