import type { RenderProcessGoneDetails } from 'electron'

export type GoneReason = RenderProcessGoneDetails['reason']

/**
 * What to do about a page whose process is gone. `same-place`: load it again where one was. `start`: the place itself
 * may be what ends it, so the list of clients. `ask`: it happened too often at a time. `broken`: files of the app are
 * not what they were, or the system starts no process for it; loading again would only spin.
 */
export type CrashAnswer = 'same-place' | 'start' | 'ask' | 'broken'

/** Counted within this time: a crash a week is not the fourth of a row. */
const WITHIN_MS = 600_000
const AT_SAME_PLACE = 2
const AT_ALL = 3

export interface CrashPolicy {
  readonly answer: (reason: GoneReason) => CrashAnswer
  /** The user wants another try. */
  readonly forget: () => void
}

export function createCrashPolicy(now: () => number): CrashPolicy {
  let times: number[] = []
  return {
    answer: (reason) => {
      if (reason === 'integrity-failure' || reason === 'launch-failed') return 'broken'
      const at = now()
      // A wall clock that was set back must not keep old ones for ever.
      times = [...times.filter((time) => time <= at && at - time < WITHIN_MS), at]
      if (times.length <= AT_SAME_PLACE) return 'same-place'
      return times.length <= AT_ALL ? 'start' : 'ask'
    },
    forget: () => {
      times = []
    },
  }
}
