import {
  type HostApi,
  type HostEvents,
  hostApi,
  hostEvents,
  noCalls,
  noEvents,
} from '../../shared/ipc/host-contract.ts'
import { type Client, createRpc, type Listen, type RpcPeer } from '../../shared/ipc/rpc.ts'
import type { CoreAccess } from './open-core-port.ts'
import { reportBug } from './report-bug.ts'

type HostPeer = RpcPeer<typeof noCalls, HostApi, typeof noEvents, HostEvents>

/** The core, seen from the page: calls and announcements that outlive any single port. */
export interface HostLink {
  readonly call: Client<HostApi>
  readonly on: Listen<HostEvents>
  readonly connected: () => boolean
  readonly onConnection: (listener: (connected: boolean) => void) => () => void
}

/** How long a call waits for a lost core before it answers `disconnected`, in ms. */
const CALL_PATIENCE = 4000
const FIRST_PAUSE = 150
const LONGEST_PAUSE = 3000

export function createHostLink(access: CoreAccess): HostLink {
  let peer: HostPeer | null = null
  const listeners = new Map<keyof HostEvents, Set<(data: never) => void>>()
  const watchers = new Set<(connected: boolean) => void>()
  const waiting = new Set<() => void>()

  const connect = async (pause: number): Promise<void> => {
    const port = await access.openPage()
    if (port === null) {
      setTimeout(() => void connect(Math.min(pause * 2, LONGEST_PAUSE)), pause)
      return
    }
    const next: HostPeer = createRpc({
      port,
      serves: noCalls,
      calls: hostApi,
      emits: noEvents,
      hears: hostEvents,
      onBug: reportBug,
    })
    for (const name of hostEventNames) {
      next.on(name, (data) => {
        // Each set was filled under this very name by `on`.
        for (const listener of listeners.get(name) ?? []) listener(data as never)
      })
    }
    next.onClose(() => {
      peer = null
      for (const watcher of watchers) watcher(false)
      if (access.reopens) void connect(FIRST_PAUSE)
    })
    peer = next
    for (const resume of waiting) resume()
    waiting.clear()
    for (const watcher of watchers) watcher(true)
  }
  void connect(FIRST_PAUSE)

  const connectedPeer = (): Promise<HostPeer | null> => {
    if (peer !== null) return Promise.resolve(peer)
    return new Promise((resolve) => {
      const resume = (): void => {
        clearTimeout(timer)
        resolve(peer)
      }
      const timer = setTimeout(() => {
        waiting.delete(resume)
        resolve(null)
      }, CALL_PATIENCE)
      waiting.add(resume)
    })
  }

  const call: Record<string, (input: never) => Promise<unknown>> = {}
  for (const name of hostCallNames) {
    call[name] = async (input) => {
      const ready = await connectedPeer()
      return ready === null ? { ok: false, error: { code: 'disconnected' } } : ready.call[name](input)
    }
  }

  return {
    // One forwarding function per name of the contract, built right above.
    call: call as unknown as Client<HostApi>,
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      // Called with the data of this very name only.
      const untyped = listener as (data: never) => void
      set.add(untyped)
      return () => set.delete(untyped)
    },
    connected: () => peer !== null,
    onConnection: (listener) => {
      watchers.add(listener)
      return () => watchers.delete(listener)
    },
  }
}

// `Object.keys` widens to string; these are literally the keys of the two contracts.
const hostEventNames = Object.keys(hostEvents) as (keyof HostEvents)[]
const hostCallNames = Object.keys(hostApi) as (keyof HostApi)[]
