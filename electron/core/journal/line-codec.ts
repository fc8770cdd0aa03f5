import { type JournalLine, journalLineSchema } from '../../../shared/model/journal.ts'
import { crc32 } from './crc32.ts'

/**
 * One line of the journal: eight hex digits of CRC-32, a space, JSON in plain ASCII, a line feed. ASCII because a lone
 * surrogate, which a name may hold, survives `\uXXXX` and not UTF-8 (SYNC.md 1.4).
 */
export function encodeLine(line: JournalLine): Uint8Array {
  const json = JSON.stringify(line).replace(/[\u007f-\uffff]/g, escapeUnit)
  const bytes = new Uint8Array(HEAD + json.length + 1)
  for (let i = 0; i < json.length; i++) bytes[HEAD + i] = json.charCodeAt(i)
  const sum = crc32(bytes, HEAD, HEAD + json.length)
    .toString(16)
    .padStart(8, '0')
  for (let i = 0; i < 8; i++) bytes[i] = sum.charCodeAt(i)
  bytes[8] = SPACE
  bytes[bytes.length - 1] = LINE_FEED
  return bytes
}

/** Before the JSON: the sum and a space. */
const HEAD = 9
const SPACE = 0x20
const LINE_FEED = 0x0a

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/**
 * Where reading ended: `whole`, `torn` (the last line is cut short, as a crash leaves it) or `damaged` (a line that had
 * been written whole is not what it was).
 */
export type SegmentEnd = 'whole' | 'torn' | 'damaged'

/** Hands out the lines up to the first bad one. What follows that is not trusted, whatever it looks like. */
export function readLines(bytes: Uint8Array, onLine: (line: JournalLine) => void): SegmentEnd {
  let at = 0
  while (at < bytes.length) {
    const end = bytes.indexOf(LINE_FEED, at)
    if (end === -1) return 'torn'
    const line = readLine(bytes, at, end)
    // A bad last line is the end of a write that was cut off somewhere in its middle.
    if (line === null) return end === bytes.length - 1 ? 'torn' : 'damaged'
    onLine(line)
    at = end + 1
  }
  return 'whole'
}

function readLine(bytes: Uint8Array, from: number, to: number): JournalLine | null {
  if (to - from < HEAD + 2 || bytes[from + 8] !== SPACE) return null
  const sum = asText(bytes, from, from + 8)
  if (!/^[0-9a-f]{8}$/.test(sum) || Number.parseInt(sum, 16) !== crc32(bytes, from + HEAD, to)) return null
  try {
    const parsed = journalLineSchema.safeParse(JSON.parse(asText(bytes, from + HEAD, to)))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

const decoder = new TextDecoder('latin1')

function asText(bytes: Uint8Array, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to))
}
