import type { VendorFailure } from '../app-error.ts'
import type { Random } from '../clock.ts'

export const BACKOFF_BASE_MS = 1_000
export const BACKOFF_CAP_MS = 300_000
/** Longest wait that a vendor can ask for; more is clamped to it (SYNC.md F012). */
export const RETRY_AFTER_MAX_MS = 3_600_000

export interface BackoffInput {
  /** Failures in a row so far, from 1. */
  readonly failures: number
  readonly random: Random
  /** What the vendor asked for, already clamped; a floor, never a ceiling. */
  readonly floorMs: number | null
}

/**
 * Milliseconds until the next try: full jitter, uniform in [0, min(cap, base·2^(n-1))], but never before the vendor's
 * Retry-After. Full jitter keeps many clients from coming back in the same second (AWS "Exponential Backoff and
 * Jitter"; SYNC.md 1.6). At least a tenth of a second, so that a loop cannot spin.
 */
export function backoffMs({ failures, random, floorMs }: BackoffInput): number {
  const exponent = Math.min(Math.max(failures, 1) - 1, 30)
  const ceiling = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** exponent)
  const jittered = Math.round(random.next() * ceiling)
  const floor = floorMs === null || !Number.isFinite(floorMs) ? 0 : Math.ceil(floorMs)
  return Math.min(RETRY_AFTER_MAX_MS, Math.max(100, jittered, floor))
}

/** The floor that a failure sets: what the vendor asked for, and where it said "too many", at least the base. */
export function retryFloorMs(error: VendorFailure): number | null {
  if (error.code === 'rate-limited') return Math.max(BACKOFF_BASE_MS, error.retryAfterMs ?? 0)
  if (error.code === 'server-error' && error.retryAfterMs !== null) return Math.max(BACKOFF_BASE_MS, error.retryAfterMs)
  return null
}
