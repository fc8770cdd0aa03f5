import type { VendorFailure } from '../../../shared/app-error.ts'
import type { Clock, Random } from '../../../shared/clock.ts'
import { BACKOFF_CAP_MS, backoffMs, retryFloorMs } from '../../../shared/sync/backoff.ts'
import { createRetryBudget } from './retry-budget.ts'

/** Failures in a row of the line or of the server itself that open the circuit. */
export const OPENS_AFTER = 5
/** Until the first probe; each one that fails doubles it. */
export const PROBE_AFTER_MS = 30_000

export interface PaceView {
  /** Nothing but one read that tries the line leaves, at `nextAttemptAt`. */
  readonly circuitOpen: boolean
  /** ms since the epoch, for display; null where nothing will be tried by itself. */
  readonly nextAttemptAt: number | null
}

/**
 * How fast, and whether at all, requests of one source may leave: the vendor's Retry-After, the circuit breaker and the
 * retry budget (SYNC.md 1.6). All of its waiting is done by timers, so that a wall clock that jumps makes it neither
 * early nor endless. One per source: no source waits for another.
 */
export interface SourcePace {
  /** Asked before each request leaves. Null: it may. Else why not; nothing was sent then. */
  readonly admit: (kind: 'read' | 'write') => VendorFailure | null
  /** Told what came of each request that left. Null: an answer that could be used. */
  readonly note: (failure: VendorFailure | null) => void
  /** Milliseconds until a retry after so many failures in a row; spends from the budget. */
  readonly retryDelayMs: (failures: number, failure: VendorFailure | null) => number
  /** Whether a write could leave now. */
  readonly mayWrite: () => boolean
  /** Whether a read could leave now, be it as a probe. */
  readonly mayRead: () => boolean
  /** Key, settings or network are new, or the user asks: the circuit closes. What a vendor asked for holds. */
  readonly reset: () => void
  readonly view: () => PaceView
  /** Told when something may leave that could not before, and when the circuit opens. */
  readonly onChange: (listener: () => void) => void
}

type Circuit =
  | { readonly state: 'closed' }
  /** `until` is for display. A dead key has none: only somebody who acts closes it. */
  | { readonly state: 'open'; readonly until: number | null; readonly cancel: () => void }
  | { readonly state: 'half-open'; readonly probing: boolean }

export function createSourcePace({ clock, random }: { readonly clock: Clock; readonly random: Random }): SourcePace {
  const budget = createRetryBudget(clock)
  const listeners = new Set<() => void>()
  let circuit: Circuit = { state: 'closed' }
  let inARow = 0
  let probes = 0
  let last: VendorFailure | null = null
  let floor: { readonly until: number; readonly cancel: () => void } | null = null

  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  const close = (): void => {
    const wasClosed = circuit.state === 'closed'
    if (circuit.state === 'open') circuit.cancel()
    circuit = { state: 'closed' }
    inARow = 0
    probes = 0
    if (!wasClosed) changed()
  }
  const open = (failure: VendorFailure): void => {
    if (circuit.state === 'open') circuit.cancel()
    last = failure
    if (failure.code === 'key-rejected') {
      circuit = { state: 'open', until: null, cancel: () => undefined }
      changed()
      return
    }
    // Half of it is chance, so that sources that fell together are not tried together.
    const whole = Math.min(BACKOFF_CAP_MS, PROBE_AFTER_MS * 2 ** Math.min(probes, 10))
    const delay = Math.round(whole + random.next() * (whole / 2))
    const cancel = clock.schedule(delay, () => {
      circuit = { state: 'half-open', probing: false }
      changed()
    })
    circuit = { state: 'open', until: clock.now() + delay, cancel }
    changed()
  }
  const setFloor = (ms: number): void => {
    const until = clock.now() + ms
    if (floor !== null) {
      if (floor.until >= until) return
      floor.cancel()
    }
    const cancel = clock.schedule(ms, () => {
      floor = null
      changed()
    })
    floor = { until, cancel }
  }

  return {
    admit: (kind) => {
      if (floor !== null) {
        return { code: 'rate-limited', status: 429, retryAfterMs: Math.max(1, floor.until - clock.now()) }
      }
      if (circuit.state === 'closed') {
        budget.earn()
        return null
      }
      if (circuit.state === 'half-open' && kind === 'read' && !circuit.probing) {
        circuit = { state: 'half-open', probing: true }
        budget.earn()
        return null
      }
      return last ?? { code: 'unreachable', reason: 'network', sent: false, detail: null }
    },
    note: (failure) => {
      const { state } = circuit
      if (failure?.code === 'cancelled') {
        // It said nothing about the line: the next read tries it.
        if (state === 'half-open') circuit = { state, probing: false }
        return
      }
      if (failure?.code === 'rate-limited' && failure.retryAfterMs !== null) setFloor(retryFloorMs(failure) ?? 0)
      if (failure?.code === 'server-error' && failure.retryAfterMs !== null) setFloor(retryFloorMs(failure) ?? 0)
      if (failure === null || !isOfTheLine(failure)) {
        if (failure?.code === 'key-rejected') open(failure)
        // A late answer of before does not close what has opened since; only the probe's does.
        else if (state !== 'open') close()
        return
      }
      last = failure
      inARow += 1
      if (state === 'open') return
      if (state === 'half-open') {
        probes += 1
        open(failure)
      } else if (inARow >= OPENS_AFTER || isDistrusted(failure)) open(failure)
    },
    retryDelayMs: (failures, failure) => {
      const delay = backoffMs({ failures, random, floorMs: failure === null ? null : retryFloorMs(failure) })
      return Math.max(delay, budget.spend())
    },
    mayWrite: () => floor === null && circuit.state === 'closed',
    mayRead: () =>
      floor === null && (circuit.state === 'closed' || (circuit.state === 'half-open' && !circuit.probing)),
    reset: close,
    view: () => {
      const waits = [floor?.until ?? null, circuit.state === 'open' ? circuit.until : null].filter((at) => at !== null)
      return {
        circuitOpen: circuit.state !== 'closed',
        nextAttemptAt: waits.length === 0 ? null : Math.max(...waits),
      }
    },
    onChange: (listener) => {
      listeners.add(listener)
    },
  }
}

/** The line, the server as a whole, or something in between that answers in its place. */
function isOfTheLine(failure: VendorFailure): boolean {
  switch (failure.code) {
    case 'unreachable':
    case 'server-error':
      return true
    case 'not-json':
      return failure.got === 'html'
    default:
      return false
  }
}

/** A certificate that cannot be trusted: nothing more is tried in a hurry (SYNC.md F033). */
function isDistrusted(failure: VendorFailure): boolean {
  return failure.code === 'unreachable' && failure.reason === 'tls'
}
