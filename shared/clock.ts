/**
 * Time, chance and identity come in from outside, so that the engine runs the same under a hand clock.
 * `shared/` has no runtime: there is no `setTimeout` and no `Date.now()` of its own to reach for.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch, from the machine's wall clock. For display and due times, never for ordering. */
  readonly now: () => number
  /** Calls `run` once after `delayMs`; the returned function cancels it. Delays over 2^31-1 ms are clamped. */
  readonly schedule: (delayMs: number, run: () => void) => () => void
}

export interface Random {
  /** Uniform in [0, 1). */
  readonly next: () => number
}

/** Resolves after `delayMs`, or at once when `signal` aborts. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignalLike): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve()
      return
    }
    const done = (): void => {
      signal?.removeEventListener('abort', done)
      cancel()
      resolve()
    }
    const cancel = clock.schedule(delayMs, done)
    signal?.addEventListener('abort', done)
  })
}

/** The part of `AbortSignal` that rules without a runtime may rely on; the platform's own satisfies it. */
export interface AbortSignalLike {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}
