import { type JournalLine, journalLineSchema } from '../../../shared/model/journal.ts'
import { crc32 } from './crc32.ts'

/** Seals lines and opens them. A line belongs to its place: moved, it does not open. */
export interface LineSeal {
  readonly seal: (json: string, place: LinePlace) => string
  readonly open: (sealed: string, place: LinePlace) => string | null
}

export interface LinePlace {
  readonly segment: string
  /** Lines before it in the segment. */
  readonly index: number
}

/**
 * One line of the journal: eight hex digits of CRC-32, a space, JSON in plain ASCII, a line feed. ASCII because a lone
 * surrogate, which a name may hold, survives `\uXXXX` and not UTF-8 (SYNC.md 1.4). A sealed line has `~` for the space
 * and base64url for the JSON; the sum is over what is written, so that a torn line is told from one that was changed.
 */
export function encodeLine(line: JournalLine, sealed: { seal: LineSeal; place: LinePlace } | null = null): Uint8Array {
  const json = JSON.stringify(line).replace(/[\u007f-\uffff]/g, escapeUnit)
  const text = sealed === null ? json : sealed.seal.seal(json, sealed.place)
  const bytes = new Uint8Array(HEAD + text.length + 1)
  for (let i = 0; i < text.length; i++) bytes[HEAD + i] = text.charCodeAt(i)
  const sum = crc32(bytes, HEAD, HEAD + text.length)
    .toString(16)
    .padStart(8, '0')
  for (let i = 0; i < 8; i++) bytes[i] = sum.charCodeAt(i)
  bytes[8] = sealed === null ? SPACE : TILDE
  bytes[bytes.length - 1] = LINE_FEED
  return bytes
}

/** Before the JSON: the sum and a space. */
const HEAD = 9
const SPACE = 0x20
const TILDE = 0x7e
const LINE_FEED = 0x0a

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/**
 * Where reading ended: `whole`, `torn` (the last line is cut short, as a crash leaves it) or `damaged` (a line that had
 * been written whole is not what it was).
 */
export type SegmentEnd = 'whole' | 'torn' | 'damaged'

/** What a reader believes. */
export interface ReadingRules {
  readonly segment: string
  /** Null: sealed lines cannot be read. */
  readonly seal: LineSeal | null
  /** False where all is sealed: a line in plain is then somebody else's. */
  readonly believesPlain: boolean
}

export const ALL_PLAIN: ReadingRules = { segment: '', seal: null, believesPlain: true }

/** Hands out the lines up to the first bad one. What follows that is not trusted, whatever it looks like. */
export function readLines(
  bytes: Uint8Array,
  onLine: (line: JournalLine) => void,
  rules: ReadingRules = ALL_PLAIN,
): SegmentEnd {
  let at = 0
  for (let index = 0; at < bytes.length; index++) {
    const end = bytes.indexOf(LINE_FEED, at)
    if (end === -1) return 'torn'
    const text = checkedText(bytes, at, end)
    // A bad last line is the end of a write that was cut off somewhere in its middle.
    if (text === null) return end === bytes.length - 1 ? 'torn' : 'damaged'
    const line = readLine(text, rules, index)
    if (line === null) {
      // It is as it was written, and not for this place or not by us: no cut-off write looks like that.
      const isForeign = text.isSealed || !rules.believesPlain
      return end === bytes.length - 1 && !isForeign ? 'torn' : 'damaged'
    }
    onLine(line)
    at = end + 1
  }
  return 'whole'
}

interface CheckedText {
  readonly isSealed: boolean
  readonly text: string
}

function checkedText(bytes: Uint8Array, from: number, to: number): CheckedText | null {
  const mark = bytes[from + 8]
  if (to - from < HEAD + 2 || (mark !== SPACE && mark !== TILDE)) return null
  const sum = asText(bytes, from, from + 8)
  if (!/^[0-9a-f]{8}$/.test(sum) || Number.parseInt(sum, 16) !== crc32(bytes, from + HEAD, to)) return null
  return { isSealed: mark === TILDE, text: asText(bytes, from + HEAD, to) }
}

function readLine({ isSealed, text }: CheckedText, rules: ReadingRules, index: number): JournalLine | null {
  const { segment, seal, believesPlain } = rules
  const json = isSealed ? (seal?.open(text, { segment, index }) ?? null) : believesPlain ? text : null
  if (json === null) return null
  try {
    const parsed = journalLineSchema.safeParse(JSON.parse(json))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Is there any line of this kind in it? A quick look, for files that may need to be written anew. */
export function hasLines(bytes: Uint8Array, kind: 'plain' | 'sealed'): boolean {
  const wanted = kind === 'sealed' ? TILDE : SPACE
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at + 8] === wanted) return true
    const end = bytes.indexOf(LINE_FEED, at)
    if (end === -1) return false
    at = end + 1
  }
  return false
}

const decoder = new TextDecoder('latin1')

function asText(bytes: Uint8Array, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to))
}
