import type { Clock, Random } from '../../shared/clock.ts'
import type { Port } from '../../shared/ipc/port.ts'
import { createRpc, type Emit } from '../../shared/ipc/rpc.ts'
import { leaseApi, type StoreEvents, storeEvents, storeSyncApi } from '../../shared/ipc/store-sync-contract.ts'
import type { Store } from './create-store.ts'

const RECONNECT_CAP_MS = 5_000
const RECONNECT_BASE_MS = 200

export interface CoreLinkDeps {
  readonly store: Store
  readonly database: string
  /** A new connection each time, or null where one that ended cannot be opened again (Electron hands ports out). */
  readonly connect: () => Promise<Port | null>
  readonly clock: Clock
  readonly random: Random
  readonly onLink: (connected: boolean) => void
  readonly onBug: (what: string, cause: unknown) => string
}

export interface CoreLink {
  readonly emit: Emit<StoreEvents>
  readonly stop: () => void
}

/**
 * The worker's line to the core: connect → ask for the lease → store its epoch → answer the core's calls. A line that
 * ends is opened again with full jitter; the core may be gone for a while, the book is not.
 */
export function createCoreLink(deps: CoreLinkDeps): CoreLink {
  const { store, clock, random } = deps
  let stopped = false
  let failures = 0
  let emit: Emit<StoreEvents> | null = null
  let close = (): void => undefined

  const again = (): void => {
    if (stopped) return
    const delay = random.next() * Math.min(RECONNECT_CAP_MS, RECONNECT_BASE_MS * 2 ** failures)
    failures++
    clock.schedule(delay, () => void open())
  }

  const open = async (): Promise<void> => {
    if (stopped) return
    const port = await deps.connect().catch(() => null)
    if (port === null) {
      again()
      return
    }
    const peer = createRpc({
      port,
      serves: storeSyncApi,
      calls: leaseApi,
      emits: storeEvents,
      hears: {},
      onBug: deps.onBug,
    })
    close = peer.close
    peer.onClose(() => {
      emit = null
      deps.onLink(false)
      again()
    })
    const lease = await peer.call['lease.request']({
      database: deps.database,
      databaseId: null,
      commit: 0,
      unconfirmedFrom: null,
      journaledRows: 0,
      clients: store.context.book.heads.size,
    })
    if (!lease.ok || stopped) {
      peer.close()
      return
    }
    const kept = await store.lease(lease.value.epoch)
    const { sources, removed } = lease.value
    const configured = kept.ok ? await store.sync['sources.configure']({ sources, removed }) : kept
    if (!configured.ok) {
      peer.close()
      return
    }
    failures = 0
    // Only now: nothing of the core may be stored before its lease is.
    peer.serve(store.sync)
    emit = peer.emit
    deps.onLink(true)
    for (const sourceId of new Set([...store.context.book.edits.values()].map((edit) => edit.sourceId))) {
      peer.emit('editsWaiting', { sourceId })
    }
  }

  void open()
  return {
    emit: (name, data) => emit?.(name, data),
    stop: () => {
      stopped = true
      close()
    },
  }
}
