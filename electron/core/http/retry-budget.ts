import type { Clock } from '../../../shared/clock.ts'

/** Retries may be this share of all requests of a source. */
const SHARE = 0.1
/** So that a source that hardly asks anything can still try again. */
const FLOOR_EVERY_MS = 60_000
const MOST = 10

/**
 * How many retries a source may make: a bucket that every request fills by a tenth and every retry empties by one.
 * A source that fails for a day is asked a few hundred times, not a hundred thousand (SYNC.md F040).
 */
export interface RetryBudget {
  /** A request left. */
  readonly earn: () => void
  /** Spends one retry, and says how long it has to wait for it at least. */
  readonly spend: () => number
}

export function createRetryBudget(clock: Clock): RetryBudget {
  let tokens = MOST
  let filledAt = clock.now()
  const refill = (): void => {
    const now = clock.now()
    // A clock set back takes nothing away; one set forward gives a full bucket at most.
    tokens = Math.min(MOST, tokens + Math.max(0, now - filledAt) / FLOOR_EVERY_MS)
    filledAt = now
  }
  return {
    earn: () => {
      tokens = Math.min(MOST, tokens + SHARE)
    },
    spend: () => {
      refill()
      tokens -= 1
      // A retry in debt waits until the floor has paid for it; the debt never grows beyond one waiting retry.
      tokens = Math.max(-1, tokens)
      return tokens >= 0 ? 0 : Math.ceil(-tokens * FLOOR_EVERY_MS)
    },
  }
}
