import type { Clock } from '../../../shared/clock.ts'

/** How long the moments were in which somebody else could have written unseen: what promise P6 cannot close. */
export interface GapFigures {
  readonly count: number
  readonly maxMs: number
  readonly p50Ms: number
}

/** Measures from the answer of the checking read to the answer of the write, per write. */
export interface GapMeter {
  /** Called when the read has answered; what it returns is called when the write has. */
  readonly start: () => () => void
  readonly figures: () => GapFigures
}

/** The newest so many gaps stand for the median. */
const KEPT = 1_000

export function createGapMeter(clock: Pick<Clock, 'now'>): GapMeter {
  let count = 0
  let maxMs = 0
  const kept: number[] = []
  return {
    start: () => {
      const from = clock.now()
      return () => {
        const ms = clock.now() - from
        // A clock that was set back in between has measured nothing.
        if (ms < 0) return
        kept[count % KEPT] = ms
        count++
        maxMs = Math.max(maxMs, ms)
      }
    },
    figures: () => {
      const sorted = kept.toSorted((a, b) => a - b)
      return { count, maxMs, p50Ms: sorted[Math.floor(sorted.length / 2)] ?? 0 }
    },
  }
}
