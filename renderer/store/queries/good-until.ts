import type { ParsedQuery } from '../search/query/query.ts'
import { isOfToday } from '../search/query/read-span.ts'

/** `1h` means another hour a minute later: so long nobody minds. */
const AGE_KEPT_MS = 60_000

/** Until when a query finds the same as long as nothing changes: `today` is over at midnight. Infinite for most. */
export function goodUntil({ filters }: ParsedQuery, now: number): number {
  let until = Number.POSITIVE_INFINITY
  for (const filter of filters) {
    if (filter.kind !== 'created' && filter.kind !== 'updated') continue
    for (const span of filter.any) {
      if (span.kind === 'age') until = Math.min(until, now + AGE_KEPT_MS)
      else if (isOfToday(span)) until = Math.min(until, nextMidnight(now))
    }
  }
  return until
}

/** Of the user's own calendar. */
export function nextMidnight(now: number): number {
  const at = new Date(now)
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1).getTime()
}
