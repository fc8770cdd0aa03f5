import type { NetworkState } from '../../shared/ipc/host-contract.ts'

/**
 * The one switch over all traffic. Off while `Work offline` is on, or while a page has said that the network went away;
 * turning it off aborts every request under way at once.
 */
export interface Traffic {
  readonly allowed: () => boolean
  readonly state: () => NetworkState
  readonly setWorkOffline: (on: boolean) => void
  readonly reportOnline: (online: boolean) => void
  /** A signal that aborts when traffic stops; ask for a new one per run. */
  readonly signal: () => AbortSignal
  readonly onChange: (listener: (state: NetworkState) => void) => void
}

export function createTraffic(workOffline: boolean): Traffic {
  let state: NetworkState = { online: true, workOffline }
  let abort = new AbortController()
  const listeners = new Set<(state: NetworkState) => void>()
  const allowed = (): boolean => state.online && !state.workOffline

  const change = (next: NetworkState): void => {
    if (next.online === state.online && next.workOffline === state.workOffline) return
    const before = allowed()
    state = next
    if (before && !allowed()) {
      abort.abort()
      abort = new AbortController()
    }
    for (const listener of listeners) listener(state)
  }

  return {
    allowed,
    state: () => state,
    setWorkOffline: (on) => change({ ...state, workOffline: on }),
    reportOnline: (online) => change({ ...state, online }),
    signal: () => abort.signal,
    onChange: (listener) => {
      listeners.add(listener)
    },
  }
}
