import type { AppError, VendorFailure } from '../../../shared/app-error.ts'
import type { Host } from '../../host/host.ts'
import type { SourcePace } from '../http/source-pace.ts'
import { failurePolicy } from './failure-policy.ts'

/** After a bug of ours: never at once, so that a loop cannot spin. */
const PAUSE_AFTER_BUG_MS = 5_000
const PAUSE_AFTER_STORE_MS = 1_000
/** Back on the network: at once, but not all sources in the same instant. */
const SPREAD_MS = 400

/** When the next pull of a source goes, and what keeps it from going. */
export interface PullSchedule {
  /** The failure that stands until an answer has come. */
  readonly error: () => AppError | null
  /** Stands still until the key, the settings or the user say otherwise. */
  readonly standstill: () => 'key' | 'settings' | null
  /** Failures in a row that are worth another try. */
  readonly failures: () => number
  readonly nextAt: () => number | null
  readonly isDue: () => boolean
  /** It has been waited for in full, whatever the wall clock says by now. */
  readonly cameDue: () => void
  /** The user asks, or the settings are new. */
  readonly want: (full: boolean) => void
  readonly unwant: () => void
  readonly isWanted: () => boolean
  /** A pull begins: what was wanted is being done. */
  readonly take: () => { readonly full: boolean; readonly wasStanding: boolean }
  readonly failed: (failure: VendorFailure) => void
  readonly completed: () => void
  /** A store that went away comes back by itself; one that refuses is asked again, ever more rarely. */
  readonly storeFailed: (error: AppError) => void
  readonly threw: (error: AppError) => void
  readonly stopped: () => void
  readonly keyRejected: (failure: VendorFailure) => void
  /** Another key or other settings: as if nothing had failed. */
  readonly forgive: () => void
  readonly reconnected: () => void
  readonly at: (time: number | null) => void
  /** At the next regular time. */
  readonly regular: () => void
}

export function createPullSchedule({
  host: { clock, random, log },
  pace,
  intervalMs,
}: {
  readonly host: Pick<Host, 'clock' | 'random' | 'log'>
  readonly pace: Pick<SourcePace, 'retryDelayMs'>
  readonly intervalMs: () => number | null
}): PullSchedule {
  let error: AppError | null = null
  let standstill: 'key' | 'settings' | null = null
  let failures = 0
  let nextAt: number | null = null
  let wanted: { full: boolean } | null = null

  const regular = (): void => {
    const interval = intervalMs()
    nextAt = interval === null ? null : clock.now() + interval
  }
  const backOff = (failure: VendorFailure | null, atLeastMs: number): void => {
    failures += 1
    nextAt = clock.now() + Math.max(atLeastMs, pace.retryDelayMs(failures, failure))
  }

  return {
    error: () => error,
    standstill: () => standstill,
    failures: () => failures,
    nextAt: () => nextAt,
    isDue: () => wanted !== null || (standstill === null && nextAt !== null && nextAt <= clock.now()),
    cameDue: () => {
      if (nextAt !== null) nextAt = Math.min(nextAt, clock.now())
    },
    isWanted: () => wanted !== null,
    want: (full) => {
      wanted = { full: full || (wanted?.full ?? false) }
    },
    unwant: () => {
      wanted = null
    },
    take: () => {
      const full = wanted?.full ?? false
      const wasStanding = standstill !== null
      if (wanted !== null) failures = 0
      wanted = null
      standstill = null
      return { full, wasStanding }
    },
    failed: (failure) => {
      const policy = failurePolicy(failure)
      if (error === null || error.code !== failure.code) log.warn('source-failing', { code: failure.code, policy })
      error = failure
      if (policy === 'key' || policy === 'settings') {
        standstill = policy
        failures = 0
        nextAt = null
      } else if (policy === 'retry') {
        backOff(failure, 0)
      } else {
        failures = 0
        regular()
      }
    },
    completed: () => {
      if (error !== null) log.info('source-recovered')
      error = null
      failures = 0
      regular()
    },
    storeFailed: (reason) => {
      if (reason.code !== 'disconnected') error = reason
      backOff(null, PAUSE_AFTER_STORE_MS)
    },
    threw: (reason) => {
      error = reason
      backOff(null, PAUSE_AFTER_BUG_MS)
    },
    stopped: () => {
      if (nextAt !== null && nextAt <= clock.now()) nextAt = clock.now() + PAUSE_AFTER_STORE_MS
    },
    keyRejected: (failure) => {
      error = failure
      standstill = 'key'
      nextAt = null
    },
    forgive: () => {
      standstill = null
      error = null
      failures = 0
    },
    reconnected: () => {
      if (standstill !== null) return
      failures = 0
      nextAt = clock.now() + Math.round(random.next() * SPREAD_MS)
    },
    at: (time) => {
      nextAt = time
    },
    regular,
  }
}
