import type { AbortSignalLike, Clock } from '../../../shared/clock.ts'

/** Limits of one request, in milliseconds. All three are needed: one byte a second defeats the idle limit alone. */
export interface Deadlines {
  readonly headersMs: number
  readonly idleMs: number
  readonly totalMs: number
  /** In place of `totalMs` for a body that is stored while it arrives. */
  readonly streamTotalMs: number
}

export const DEADLINES: Deadlines = {
  headersMs: 30_000,
  idleMs: 20_000,
  totalMs: 120_000,
  streamTotalMs: 600_000,
}

/** Why a request was broken off from this side. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
  constructor(readonly reason: 'timeout' | 'cancelled') {
    super(reason)
  }
}

/** Watches over one request: the whole of it and each of its steps end in time, or when the caller gives up. */
export interface RequestWatch {
  /** For the transport, so that it closes the connection. */
  readonly signal: AbortSignalLike
  /** Settles as `step` does, or rejects with `Stopped` after `limitMs`, even if the transport ignores the signal. */
  readonly run: <T>(step: Promise<T>, limitMs: number) => Promise<T>
  /** Ends the watch. With `abort` the connection is closed as well. */
  readonly close: (abort: boolean) => void
}

export function createRequestWatch(clock: Clock, caller: AbortSignalLike, totalMs: number): RequestWatch {
  const controller = new AbortController()
  const waiting = new Set<(reason: Stopped['reason']) => void>()
  let stopped: Stopped['reason'] | null = null

  const stop = (reason: Stopped['reason']): void => {
    if (stopped !== null) return
    stopped = reason
    for (const reject of [...waiting]) reject(reason)
    controller.abort()
  }
  const onAbort = (): void => stop('cancelled')
  const cancelTotal = clock.schedule(totalMs, () => stop('timeout'))
  caller.addEventListener('abort', onAbort)
  if (caller.aborted) onAbort()

  return {
    signal: controller.signal,
    run: <T>(step: Promise<T>, limitMs: number) =>
      new Promise<T>((resolve, reject) => {
        const leave = (): void => {
          cancelStep()
          waiting.delete(giveUp)
        }
        const giveUp = (reason: Stopped['reason']): void => {
          leave()
          reject(new Stopped(reason))
        }
        const cancelStep = clock.schedule(limitMs, () => stop('timeout'))
        waiting.add(giveUp)
        step.then(
          (value) => {
            leave()
            resolve(value)
          },
          (error: unknown) => {
            leave()
            reject(stopped === null ? error : new Stopped(stopped))
          },
        )
        if (stopped !== null) giveUp(stopped)
      }),
    close: (abort) => {
      cancelTotal()
      caller.removeEventListener('abort', onAbort)
      if (abort) controller.abort()
    },
  }
}
