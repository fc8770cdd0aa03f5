import type { AppError } from '../../shared/app-error.ts'
import type { Clock, Random } from '../../shared/clock.ts'
import type { Port } from '../../shared/ipc/port.ts'
import { createRpc, type Emit } from '../../shared/ipc/rpc.ts'
import { leaseApi, type StoreEvents, storeEvents, storeSyncApi } from '../../shared/ipc/store-sync-contract.ts'
import type { Store } from './create-store.ts'
import { inTime } from './journal/in-time.ts'
import { countJournaledRows } from './journal/journaled-rows.ts'
import { rebuildJournal, recoverStore } from './journal/recover-store.ts'
import { restoreUnread } from './journal/restore-unread.ts'

const RECONNECT_CAP_MS = 5_000
const RECONNECT_BASE_MS = 200
/** A core that is just starting reads its journal first. */
const LEASE_MS = 30_000

export interface CoreLinkDeps {
  readonly store: Store
  readonly database: string
  /** A new connection each time, or null where one that ended cannot be opened again (Electron hands ports out). */
  readonly connect: () => Promise<Port | null>
  readonly clock: Clock
  readonly random: Random
  readonly onLink: (connected: boolean) => void
  /** What the core said to the lease, and to each second copy: why not (another browser has the profile, its disk takes nothing). */
  readonly onLease?: (refused: AppError | null) => void
  /** Another worker has claimed the database since: this one asks for nothing more. */
  readonly onDisowned?: () => void
  readonly onBug: (what: string, cause: unknown) => string
}

export interface CoreLink {
  readonly emit: Emit<StoreEvents>
  readonly stop: () => void
}

/**
 * The worker's line to the core: connect → ask for the lease → store its epoch → bring database and journal together →
 * answer the core's calls. A line that ends is opened again with full jitter; the core may be gone for a while, the book is not.
 */
export function createCoreLink(deps: CoreLinkDeps): CoreLink {
  const { store, clock, random } = deps
  const { copies } = store.context
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
    // The newest to ask gets the lease: an owner that was asleep must not take it back from the one that replaced it.
    if (!(await store.context.writer.owns())) {
      if (!stopped && store.context.guard.state() === 'ok') deps.onDisowned?.()
      again()
      return
    }
    const port = await deps.connect().catch(() => null)
    if (port === null) {
      copies.lineDown()
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
      copies.lineDown()
      deps.onLink(false)
      again()
    })
    const { databaseId = null, commit = 0 } = copies.identity() ?? {}
    const lease = await inTime(
      clock,
      peer.call['lease.request']({
        database: deps.database,
        databaseId,
        commit,
        unconfirmedFrom: copies.unconfirmedFrom(),
        journaledRows: countJournaledRows(store.context.book),
        clients: store.context.book.heads.size,
        epoch: copies.epoch(),
      }),
      LEASE_MS,
    )
    if (lease !== null && !stopped) deps.onLease?.(lease.ok ? null : lease.error)
    if (lease === null || !lease.ok || stopped) {
      peer.close()
      return
    }
    const { epoch, sources, removed, recovery } = lease.value
    const kept = await store.lease(epoch)
    const recovered = kept.ok ? await recoverStore(store.context, peer.call, { epoch, ...recovery }) : kept
    // What the disk would not give at the start, as far as the journal has it; the rest is read again at the sources.
    if (recovered.ok) await restoreUnread(store.context, peer.call, epoch)
    const configured = recovered.ok ? await store.sync['sources.configure']({ sources, removed }) : recovered
    if (!configured.ok) {
      peer.close()
      return
    }
    copies.lineUp({
      epoch,
      call: {
        'journal.append': async (input) => {
          const reply = await peer.call['journal.append'](input)
          // The profile's disk may be full or read-only while this one is well: said, and over with the next success.
          if (!stopped) deps.onLease?.(reply.ok ? null : reply.error)
          return reply
        },
      },
      rebuild: async () => (await rebuildJournal(store.context, peer.call, epoch)).ok,
    })
    failures = 0
    // Only now: nothing of the core may be stored before its lease is.
    peer.serve(store.sync)
    emit = peer.emit
    deps.onLink(true)
    for (const sourceId of new Set([...store.context.book.edits.values()].map((edit) => edit.sourceId))) {
      peer.emit('editsWaiting', { sourceId })
    }
  }

  copies.expect()
  void open()
  return {
    emit: (name, data) => emit?.(name, data),
    stop: () => {
      stopped = true
      close()
    },
  }
}
