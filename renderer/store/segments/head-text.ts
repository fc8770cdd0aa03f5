import type { FieldKey, Fields, FieldValue } from '../../../shared/model/field.ts'
import type { RecordHead } from './codec.ts'

/**
 * Fields by letter: a record names its fields in fourteen bytes and not in a hundred and ten. Written into segments: a new
 * field gets a letter of its own, and none is ever given another.
 */
const LETTER_OF: Readonly<Record<FieldKey, string>> = {
  name: 'a',
  firstName: 'b',
  lastName: 'c',
  email: 'd',
  phone: 'e',
  company: 'f',
  jobTitle: 'g',
  status: 'h',
  notes: 'i',
  tags: 'j',
  website: 'k',
  location: 'l',
  facebookUrl: 'm',
  instagramUrl: 'n',
  linkedinUrl: 'o',
  twitterUrl: 'p',
}
const FIELD_OF = new Map(Object.entries(LETTER_OF).map(([field, letter]) => [letter, field as FieldKey]))

/** What of a head is kept as text; the rest stands in columns (`packed-heads.ts`). */
export interface HeadText
  extends Pick<
    RecordHead,
    'fields' | 'fallbackName' | 'avatarUrl' | 'createdAt' | 'updatedAt' | 'lastActivityAt' | 'owner' | 'ai'
  > {
  /** A hash that is not of the usual form. */
  readonly oddHash: string | null
}

/** `["fields by letter", [their values], …]` without the nulls at its end. Made for each record that a pull brings. */
export function headText(head: Omit<HeadText, 'oddHash'>, oddHash: string | null): string {
  const { fields } = head
  let letters = ''
  const values: FieldValue[] = []
  // In the order they came in, which is theirs again when they are read.
  for (const field in fields) {
    const letter = LETTER_OF[field as FieldKey]
    const value = fields[field as FieldKey]
    if (letter === undefined || value === undefined) continue
    letters += letter
    values.push(value)
  }
  const row = [
    letters,
    values,
    head.updatedAt,
    head.createdAt,
    head.lastActivityAt,
    head.fallbackName,
    head.avatarUrl,
    head.owner,
    head.ai,
    oddHash,
  ]
  let length = row.length
  while (row[length - 1] === null) length--
  row.length = length
  return JSON.stringify(row)
}

/** Null where it is no such text. */
export function readHeadText(text: string): HeadText | null {
  const row = parse(text)
  if (row === null || row.length > 10) return null
  const fields = readFields(row[0], row[1])
  if (fields === null) return null
  for (let i = 2; i < row.length; i++) if (row[i] !== null && typeof row[i] !== 'string') return null
  return {
    fields,
    updatedAt: textAt(row, 2),
    createdAt: textAt(row, 3),
    lastActivityAt: textAt(row, 4),
    fallbackName: textAt(row, 5),
    avatarUrl: textAt(row, 6),
    owner: textAt(row, 7),
    ai: textAt(row, 8),
    oddHash: textAt(row, 9),
  }
}

const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c
const OPEN = 0x5b
const CLOSE = 0x5d
const SMALL_N = 0x6e
// A mark at the beginning is a letter of the text like any other.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * One text of a head's text, found by walking over its bytes: `["bcdf",["Jane",null,["vip"],…`. Null where the head has no
 * such field or no value of it; undefined where it is another value or not such a text: who wants to know reads all of it.
 */
export function textFieldIn(bytes: Uint8Array, start: number, end: number, field: FieldKey): string | null | undefined {
  if (bytes[start] !== OPEN || bytes[start + 1] !== QUOTE) return undefined
  const letter = LETTER_OF[field].charCodeAt(0)
  let at = start + 2
  let before = -1
  for (let n = 0; at < end && bytes[at] !== QUOTE; n++, at++) if (bytes[at] === letter) before = n
  if (bytes[at + 1] !== COMMA || bytes[at + 2] !== OPEN) return undefined
  if (before === -1) return null
  for (at += 3; before > 0; before--) {
    at = behindValue(bytes, at, end)
    if (bytes[at] !== COMMA) return undefined
    at++
  }
  if (bytes[at] === SMALL_N) return null
  const behind = bytes[at] === QUOTE ? behindValue(bytes, at, end) : -1
  if (behind === -1 || behind >= end) return undefined
  const inside = bytes.subarray(at + 1, behind - 1)
  if (!inside.includes(BACKSLASH)) return decoder.decode(inside)
  const [value] = parse(`[${decoder.decode(bytes.subarray(at, behind))}]`) ?? []
  return typeof value === 'string' ? value : undefined
}

/** Behind a text, a null or a list of texts; `end` where it does not end before. */
function behindValue(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === SMALL_N) return start + 4
  let isIn = false
  let depth = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (isIn) {
      if (byte === BACKSLASH) at++
      else if (byte === QUOTE) {
        isIn = false
        if (depth === 0) return at + 1
      }
    } else if (byte === QUOTE) isIn = true
    else if (byte === OPEN) depth++
    else if (byte === CLOSE && --depth === 0) return at + 1
  }
  return end
}

function textAt(row: readonly unknown[], at: number): string | null {
  const value = at < row.length ? row[at] : null
  return typeof value === 'string' ? value : null
}

function readFields(letters: unknown, values: unknown): Fields | null {
  if (typeof letters !== 'string' || !Array.isArray(values) || values.length !== letters.length) return null
  const fields: Partial<Record<FieldKey, FieldValue>> = {}
  for (let i = 0; i < letters.length; i++) {
    const field = FIELD_OF.get(letters.charAt(i))
    const value: unknown = values[i]
    if (field === undefined || !isFieldValue(value)) return null
    fields[field] = value
  }
  return fields
}

function isFieldValue(value: unknown): value is FieldValue {
  if (value === null || typeof value === 'string') return true
  if (!Array.isArray(value)) return false
  for (const tag of value) if (typeof tag !== 'string') return false
  return true
}

function parse(text: string): readonly unknown[] | null {
  try {
    const row: unknown = JSON.parse(text)
    return Array.isArray(row) ? row : null
  } catch {
    return null
  }
}
