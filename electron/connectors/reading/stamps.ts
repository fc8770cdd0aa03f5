import type { Instant } from '../../../shared/ids.ts'
import type { ExtraFields } from './extra-fields.ts'

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

/**
 * A stamp exactly as sent, if it is a time at all. Anything else (an epoch number, `0000-00-00`) is shown under "Other
 * fields" and not guessed at.
 */
export function readStamp(value: string | number | null | undefined, key: string, extras: ExtraFields): Instant | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' && value.length <= 64 && ISO_DATE.test(value) && !Number.isNaN(Date.parse(value))) {
    return value
  }
  extras.add(key, value)
  return null
}

/**
 * A text that sorts as the instant does, down to the nanosecond, or null where the stamp has no zone or is none. Two
 * vendors' rows a microsecond apart are the same instant to a `Date`, and must not be to a sweep's proof.
 */
export function orderKeyOf(stamp: string | null): string | null {
  if (stamp === null) return null
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:?\d{2})$/.exec(stamp)
  if (match === null) return null
  const seconds = Date.parse(`${match[1]}${match[3]}`) / 1000
  if (Number.isNaN(seconds) || seconds < 0) return null
  return `${String(seconds).padStart(12, '0')}.${(match[2] ?? '').slice(0, 9).padEnd(9, '0')}`
}
