import type { Clock, Random } from '../../shared/clock.ts'

/** A clock that moves only when told to. Timers run in the order of their due times. */
export interface HandClock extends Clock {
  /** Moves time on, running what comes due on the way, and lets promises settle in between. */
  readonly advance: (ms: number) => Promise<void>
}

export function testCreateClock(start = 1_700_000_000_000): HandClock {
  let now = start
  let next = 1
  const timers = new Map<number, { at: number; run: () => void }>()
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 10; i++) await new Promise<void>((resolve) => setImmediate(resolve))
  }
  return {
    now: () => now,
    schedule: (delayMs, run) => {
      const id = next++
      timers.set(id, { at: now + Math.max(0, delayMs), run })
      return () => timers.delete(id)
    },
    advance: async (ms) => {
      const target = now + ms
      await settle()
      for (;;) {
        const due = [...timers].filter(([, t]) => t.at <= target).sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0]
        if (due === undefined) break
        timers.delete(due[0])
        now = Math.max(now, due[1].at)
        due[1].run()
        await settle()
      }
      now = target
      await settle()
    },
  }
}

export const systemClock: Clock = {
  now: () => Date.now(),
  schedule: (delayMs, run) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

/** mulberry32: the same numbers for the same seed. */
export function testCreateRandom(seed: number): Random {
  let state = seed >>> 0
  return {
    next: () => {
      state = (state + 0x6d2b79f5) >>> 0
      let t = state
      t = Math.imul(t ^ (t >>> 15), t | 1)
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296
    },
  }
}
