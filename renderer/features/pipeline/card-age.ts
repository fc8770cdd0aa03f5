import { formatDate } from '../../text/format.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * Age of a change, as short as a card's corner wants it: `41 min`, `3 h`, `18 d`, then a date. `now` may lag behind by
 * its own pace, so a change of just now may lie a little ahead of it.
 */
export function cardAge(at: number, now: number): string {
  const age = now - at
  if (age < -MINUTE) return formatDate(at, now)
  if (age < MINUTE) return 'now'
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`
  if (age < DAY) return `${Math.floor(age / HOUR)} h`
  const days = Math.floor(age / DAY)
  return days < 100 ? `${days} d` : formatDate(at, now)
}
