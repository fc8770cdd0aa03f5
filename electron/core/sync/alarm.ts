import type { Clock, Random } from '../../../shared/clock.ts'

/** Sleeps until a due time or until it is rung, whichever comes first. */
export interface Alarm {
  /**
   * Resolves at `at` (ms since the epoch), or when rung. `null` waits for a ring alone. True where the time is over:
   * it was waited for in full, whatever the wall clock says by now.
   */
  readonly until: (at: number | null) => Promise<boolean>
  /** Wakes the sleeper now; rung before anyone sleeps, the next sleep is skipped. */
  readonly ring: () => void
}

/** A due time is looked at again at least this often: timers stand still while a machine sleeps. */
const LONGEST_NAP_MS = 60_000
/** Later than this: the machine has slept, and everything else on it wakes now, too. */
const OVERSLEPT_MS = 5_000
const SPREAD_MS = 3_000

/** With `random`, what comes due while the machine sleeps does not all go in the instant it wakes. */
export function createAlarm(clock: Clock, random: Random | null = null): Alarm {
  let rung = false
  let wake: (() => void) | null = null

  const nap = async (ms: number): Promise<void> => {
    await new Promise<void>((resolve) => {
      const cancel = Number.isFinite(ms) ? clock.schedule(ms, resolve) : () => undefined
      wake = () => {
        cancel()
        resolve()
      }
    })
    wake = null
  }

  return {
    until: async (at) => {
      // Counted down by the naps as well: a wall clock that is set back must not make this endless.
      let left = at === null ? Number.POSITIVE_INFINITY : at - clock.now()
      let isOver = left <= 0
      let napped = false
      while (!rung && !isOver) {
        const ms = Math.min(left, LONGEST_NAP_MS)
        await nap(Number.isFinite(left) ? Math.max(1, ms) : Number.POSITIVE_INFINITY)
        napped = true
        if (at === null || rung) continue
        left = Math.min(left - ms, at - clock.now())
        isOver = left <= 0
      }
      const overslept = at !== null && napped && clock.now() - at > OVERSLEPT_MS
      if (!rung && overslept && random !== null) await nap(Math.ceil(random.next() * SPREAD_MS))
      rung = false
      return isOver
    },
    ring: () => {
      rung = true
      wake?.()
    },
  }
}
