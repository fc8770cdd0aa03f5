import { z } from 'zod'
import type { AppError } from '../app-error.ts'
import { crc32OfText } from '../crc32-text.ts'
import { err, ok, type Result } from '../result.ts'
import type { JournaledRow } from './journal.ts'
import { type UnsentSummary, type UnsentWork, unsentWorkSchema } from './unsent-work.ts'

const FORMAT = 'clientele-unsent-work'
const VERSION = 1
/** Far above what any book has. */
export const MAX_UNSENT_CHARS = 64_000_000

/**
 * The file as text: what a person reads first, one row a line. Text direction marks and control characters are written
 * as escapes, so that no value can make a line look like another one; parsed, all values are what they were, to the unit.
 */
export function writeUnsentFile(work: {
  readonly exportedAt: string
  readonly appVersion: string
  readonly summary: UnsentSummary
  readonly rows: readonly JournaledRow[]
}): string {
  const lines = (values: readonly unknown[]): string =>
    values.length === 0 ? '[]' : `[\n${values.map((value) => `    ${JSON.stringify(value)}`).join(',\n')}\n  ]`
  const text = `{
  "format": "${FORMAT}",
  "v": ${VERSION},
  "exportedAt": ${JSON.stringify(work.exportedAt)},
  "appVersion": ${JSON.stringify(work.appVersion)},
  "summary": ${lines(work.summary)},
  "check": "${checkOf(work.rows)}",
  "rows": ${lines(work.rows.map(plain))}
}
`
  return text.replace(HIDDEN, escaped)
}

/** The file back. Refused whole, with the reason, where it is not such a file, or not as it was written. */
export function readUnsentFile(text: string): Result<UnsentWork, AppError> {
  if (text.length > MAX_UNSENT_CHARS) return refused('too-large')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refused(text.slice(0, 400).includes(FORMAT) ? 'damaged' : 'not-unsent-work')
  }
  const head = headSchema.safeParse(value)
  if (!head.success) return refused('not-unsent-work')
  if (head.data.v > VERSION) return refused('newer-format')
  const parsed = unsentWorkSchema.safeParse(value)
  if (!parsed.success || parsed.data.check !== checkOf(parsed.data.rows)) return refused('damaged')
  return ok(parsed.data)
}

const headSchema = z.object({ format: z.literal(FORMAT), v: z.number() })

function refused(rule: 'too-large' | 'damaged' | 'not-unsent-work' | 'newer-format'): Result<never, AppError> {
  return err({ code: 'bad-input', field: 'file', rule })
}

/** CRC-32 of the rows. */
export function checkOf(rows: readonly JournaledRow[]): string {
  // Through JSON once, as the file goes: a key of `undefined` or a minus zero must not make a difference.
  return crc32OfText(JSON.stringify(JSON.parse(JSON.stringify(rows.map(plain)))))
}

function plain({ table, key, row }: JournaledRow): JournaledRow {
  return { table, key, row }
}

// Controls that JSON leaves as they are, marks of text direction, invisible separators.
const HIDDEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

function escaped(mark: string): string {
  return mark
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
