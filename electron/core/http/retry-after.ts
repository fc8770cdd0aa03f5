import { RETRY_AFTER_MAX_MS } from '../../../shared/sync/backoff.ts'

const IMF_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
const RFC_850_DATE = /^[A-Z][a-z]+day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/
const ASCTIME_DATE = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/

/**
 * Milliseconds that a `Retry-After` header asks to wait, clamped to an hour. Null where it is absent, garbage or in
 * the past. `nowMs` is the server's time (its `Date` header) where known, so that a wrong clock here does not matter.
 *
 * Seconds are tried first: a date parser reads `120` as the year 120 and `-5` as a day in 2001.
 */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null
  const text = header.trim()
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, RETRY_AFTER_MAX_MS)
  const at = readHttpDate(text)
  if (at === null || at <= nowMs) return null
  return Math.min(at - nowMs, RETRY_AFTER_MAX_MS)
}

/** Milliseconds since the epoch of a date in one of the three forms of RFC 9110, else null. */
export function readHttpDate(header: string | null): number | null {
  if (header === null) return null
  const text = header.trim()
  if (!IMF_DATE.test(text) && !RFC_850_DATE.test(text) && !ASCTIME_DATE.test(text)) return null
  const at = Date.parse(ASCTIME_DATE.test(text) ? `${text} GMT` : text)
  return Number.isNaN(at) ? null : at
}
