import type { NetworkState } from '../../shared/ipc/host-contract.ts'

/**
 * The one switch over all traffic. Off while `Work offline` is on, or while a page has said that the network went away;
 * turning it off aborts every request under way at once. Off, too, while the machine sleeps: then nothing new is begun,
 * and what is under way may end, because a write that is cut off is a write of which nobody knows whether it arrived.
 */
export interface Traffic {
  readonly allowed: () => boolean
  readonly state: () => NetworkState
  readonly setWorkOffline: (on: boolean) => void
  readonly reportOnline: (online: boolean) => void
  readonly setAsleep: (asleep: boolean) => void
  readonly isAsleep: () => boolean
  /** A signal that aborts when traffic stops; ask for a new one per run. */
  readonly signal: () => AbortSignal
  readonly onChange: (listener: (state: NetworkState) => void) => void
}

export function createTraffic(workOffline: boolean): Traffic {
  let state: NetworkState = { online: true, workOffline }
  let asleep = false
  let abort = new AbortController()
  const listeners = new Set<(state: NetworkState) => void>()
  const isOpen = (): boolean => state.online && !state.workOffline
  const tell = (): void => {
    for (const listener of listeners) listener(state)
  }

  const change = (next: NetworkState): void => {
    if (next.online === state.online && next.workOffline === state.workOffline) return
    const before = isOpen()
    state = next
    if (before && !isOpen()) {
      abort.abort()
      abort = new AbortController()
    }
    tell()
  }

  return {
    allowed: () => isOpen() && !asleep,
    state: () => state,
    setWorkOffline: (on) => change({ ...state, workOffline: on }),
    reportOnline: (online) => change({ ...state, online }),
    setAsleep: (next) => {
      if (next === asleep) return
      asleep = next
      tell()
    },
    isAsleep: () => asleep,
    signal: () => abort.signal,
    onChange: (listener) => {
      listeners.add(listener)
    },
  }
}
