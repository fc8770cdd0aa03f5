import type { AbortSignalLike, Clock } from '../../../shared/clock.ts'

/** `edit`: an edit of the user waits for it. `background`: nobody does. */
export type ReadRank = 'edit' | 'read' | 'background'
export type RequestRank = 'write' | ReadRank

const READ_RANKS = { edit: 0, read: 1, background: 2 } as const

export interface RateBudget {
  /**
   * Resolves when one request of this kind may leave: at once while there are tokens, else in order. Writes of the
   * user have a bucket of their own, so that no background read makes them wait; of the reads, those that an edit of
   * the user waits for go first (`edit`), then pulls, then what nobody waits for. Resolves at once when `signal`
   * aborts: the request then finds itself cancelled.
   */
  readonly take: (kind: RequestRank, signal?: AbortSignalLike) => Promise<void>
}

export interface RateLimits {
  /** Tokens at rest. */
  readonly burst: number
  readonly perSecond: number
}

/**
 * Requests per source. Reads are generous: vendors document no limit, 429 is honoured when it comes, and a pull asks for a
 * page only when it has the one before, so that a vendor far away sets the pace itself. What nobody waits for is held to
 * a pace of its own.
 */
export const RATE_LIMITS: Limits = {
  reads: { burst: 250, perSecond: 400 },
  background: { burst: 100, perSecond: 50 },
  writes: { burst: 10, perSecond: 5 },
}

interface Limits {
  readonly reads: RateLimits
  readonly background?: RateLimits
  readonly writes: RateLimits
}

export function createRateBudget(clock: Clock, limits: Limits = RATE_LIMITS): RateBudget {
  const reads = createBucket(clock, limits.reads)
  const writes = createBucket(clock, limits.writes)
  const background = limits.background === undefined ? null : createBucket(clock, limits.background)
  return {
    take: async (kind, signal) => {
      if (kind === 'write') return writes.take(0, signal)
      if (kind === 'background') await background?.take(0, signal)
      return reads.take(READ_RANKS[kind], signal)
    },
  }
}

interface Waiter {
  readonly rank: number
  readonly go: () => void
}

function createBucket(clock: Clock, limits: RateLimits) {
  let tokens = limits.burst
  let filledAt = clock.now()
  let isTimerSet = false
  let waiters: readonly Waiter[] = []

  const refill = (): void => {
    const now = clock.now()
    // A clock set back neither takes tokens away nor holds them up for ever.
    const elapsedMs = Math.max(0, now - filledAt)
    tokens = Math.min(limits.burst, tokens + (elapsedMs / 1000) * limits.perSecond)
    filledAt = now
  }
  const serve = (): void => {
    refill()
    while (tokens >= 1) {
      const next = waiters.reduce<Waiter | null>((best, w) => (best === null || w.rank < best.rank ? w : best), null)
      if (next === null) return
      tokens--
      waiters = waiters.filter((waiter) => waiter !== next)
      next.go()
    }
    if (waiters.length === 0 || isTimerSet) return
    isTimerSet = true
    clock.schedule(Math.max(1, Math.ceil(((1 - tokens) / limits.perSecond) * 1000)), () => {
      isTimerSet = false
      serve()
    })
  }

  return {
    take: (rank: number, signal: AbortSignalLike | undefined): Promise<void> =>
      new Promise((resolve) => {
        if (signal?.aborted === true) {
          resolve()
          return
        }
        const leave = (): void => {
          signal?.removeEventListener('abort', leave)
          waiters = waiters.filter((other) => other !== waiter)
          resolve()
        }
        const waiter: Waiter = { rank, go: leave }
        signal?.addEventListener('abort', leave)
        waiters = [...waiters, waiter]
        serve()
      }),
  }
}
