import type { Clock } from '../../../shared/clock.ts'

/** Sleeps until a due time or until it is rung, whichever comes first. */
export interface Alarm {
  /** Resolves at `at` (ms since the epoch), or when rung. `null` waits for a ring alone. */
  readonly until: (at: number | null) => Promise<void>
  /** Wakes the sleeper now; rung before anyone sleeps, the next sleep is skipped. */
  readonly ring: () => void
}

/** A due time is looked at again at least this often: timers stand still while a machine sleeps. */
const LONGEST_NAP_MS = 60_000

export function createAlarm(clock: Clock): Alarm {
  let rung = false
  let wake: (() => void) | null = null
  return {
    until: async (at) => {
      while (!rung) {
        const left = at === null ? Number.POSITIVE_INFINITY : at - clock.now()
        if (left <= 0) break
        await new Promise<void>((resolve) => {
          const cancel = Number.isFinite(left)
            ? clock.schedule(Math.min(left, LONGEST_NAP_MS), resolve)
            : () => undefined
          wake = () => {
            cancel()
            resolve()
          }
        })
        wake = null
      }
      rung = false
    },
    ring: () => {
      rung = true
      wake?.()
    },
  }
}
