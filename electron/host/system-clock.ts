import type { Clock, Random } from '../../shared/clock.ts'

/** The longest delay that Node's timers take; longer ones would fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1

/** The machine's own clock. */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    schedule: (delayMs, run) => {
      const timer = setTimeout(run, Math.min(Math.max(delayMs, 0), MAX_DELAY_MS))
      return () => clearTimeout(timer)
    },
  }
}

export function createSystemRandom(): Random {
  return { next: () => Math.random() }
}
