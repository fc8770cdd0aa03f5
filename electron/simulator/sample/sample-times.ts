import { createPrng, mix } from '../prng.ts'

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

export interface Times {
  readonly created: number
  readonly updated: number
}

/** More rows are young than old: a business that grows. */
const GROWTH = 1.8
const OLDEST_DAYS = 730

/**
 * When an invented client was added and last changed, in the two years before `now` and at least `youngestDays`
 * before it, so that the people named first stay on top of a list sorted by change.
 */
export function sampleTimes(seed: number, slot: number, now: number, youngestDays: number): Times {
  const random = createPrng(mix(seed ^ 0x7133, slot))
  const createdAge = (youngestDays + (OLDEST_DAYS - youngestDays) * random.next() ** GROWTH) * DAY_MS
  const updatedAge = youngestDays * DAY_MS + (createdAge - youngestDays * DAY_MS) * random.next() ** 1.5
  return { created: Math.floor(now - createdAge), updated: Math.floor(now - updatedAge) }
}

/** `2026-05-10T14:00:00.000Z` */
export function isoMilliseconds(time: number): string {
  return new Date(time).toISOString()
}

/** `2026-05-10T14:00:00Z` */
export function isoSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}
