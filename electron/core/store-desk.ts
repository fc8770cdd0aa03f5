import type { AppError } from '../../shared/app-error.ts'
import type { SourceId } from '../../shared/ids.ts'
import { noEvents } from '../../shared/ipc/host-contract.ts'
import type { Port } from '../../shared/ipc/port.ts'
import { createRpc } from '../../shared/ipc/rpc.ts'
import { leaseApi, type StoreSource, storeEvents, storeSyncApi } from '../../shared/ipc/store-sync-contract.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Connector } from '../connectors/connector.ts'
import type { Host } from '../host/host.ts'
import type { Backups } from './backups/create-backups.ts'
import type { Ballast } from './ballast.ts'
import type { Lease, LeaseDesk } from './journal/lease-desk.ts'
import type { Sequence } from './sequence.ts'
import type { Engines } from './sources/engines.ts'
import type { SourceEntry, SourceRegistry } from './sources/source-registry.ts'
import type { StoreClient } from './store-link.ts'
import { createPagePoison } from './sync/page-poison.ts'

const ADOPT_PAUSE_MS = 1_000
const HOLDER_PATIENCE_MS = 2_000
/** Longer than the longest work of the store, which is over the whole book. */
const STORE_PATIENCE_MS = 150_000

/** The store worker that holds the lease: who it is, and what it is told before the engines may use it. */
export interface StoreDesk {
  readonly current: () => StoreClient | null
  readonly attach: (port: Port) => void
  /** Sources were added, removed or changed: the store hears of it, and new ones begin. */
  readonly sourcesChanged: (added: readonly SourceId[]) => Promise<void>
  /** Forgets what the settings hide, as soon as there is a store to forget it. False where one would not. */
  readonly payPurges: (client: StoreClient) => Promise<boolean>
  readonly stop: () => void
}

export function createStoreDesk(deps: {
  readonly host: Pick<Host, 'clock' | 'log'>
  readonly registry: SourceRegistry
  readonly engines: Engines
  readonly desk: LeaseDesk
  readonly sequence: Sequence
  readonly backups: Pick<Backups, 'make'>
  readonly ballast: Pick<Ballast, 'free'>
  readonly profileId: () => string
  readonly announceSources: () => void
  readonly onBug: (what: string, cause: unknown) => string
}): StoreDesk {
  const { host, registry, engines, desk, announceSources, onBug } = deps
  const poison = createPagePoison(host.log)
  let store: StoreClient | null = null
  let storeClose: (() => void) | null = null
  let hasSyncedOnStart = false
  let stopped = false

  const storeSources = (): StoreSource[] =>
    registry.list().flatMap((entry) => storeSourceOf(entry, registry.connectorOf(entry)))

  /** Tells the store of the sources, and hands it to the engines, in the one order that loses nothing. */
  const adoptStore = async (client: StoreClient): Promise<void> => {
    const isCurrent = (): boolean => store === client && !stopped
    if (!isCurrent()) return
    const isReady =
      (await configure(client)) &&
      (await engines.deliver(client)) &&
      (await client['outbox.recover']({ at: host.clock.now() })).ok &&
      (await payPurges(client))
    if (isReady) await desk.adopted()
    if (!isCurrent()) return
    if (!isReady) {
      // A store in trouble for a moment: without this step nothing may be read into it or sent.
      host.clock.schedule(ADOPT_PAUSE_MS, () => adoptSafely(client))
      return
    }
    await engines.attachStore(client, { syncNow: !hasSyncedOnStart, isCurrent })
    hasSyncedOnStart = true
    announceSources()
  }

  const adoptSafely = (client: StoreClient): void => {
    adoptStore(client).catch((cause: unknown) => onBug('adopting the store threw', cause))
  }

  /** Does another worker hold the lease, and answer? One that hangs or is gone is replaced. */
  const isHolderThere = async (asking: StoreClient): Promise<boolean> => {
    const holder = store
    if (holder === null || holder === asking) return false
    const answer = await Promise.race([
      holder['sources.checkpoints']({}),
      new Promise<null>((resolve) => host.clock.schedule(HOLDER_PATIENCE_MS, () => resolve(null))),
    ])
    return answer?.ok === true && store === holder
  }

  const configure = async (client: StoreClient): Promise<boolean> =>
    (await client['sources.configure']({ sources: storeSources(), removed: [...registry.removed()] })).ok

  const payPurges = async (client: StoreClient): Promise<boolean> => {
    for (const entry of registry.list()) {
      if (!entry.owesPurge) continue
      const hidden = registry.connectorOf(entry)?.hiddenFields?.(entry.settings)
      if (hidden !== undefined && hidden.fields.length > 0) {
        const { sourceId } = entry
        const { fields, rawKeys } = hidden
        const purged = await client['records.purgeFields']({ sourceId, fields: [...fields], rawKeys: [...rawKeys] })
        if (!purged.ok) return false
      }
      await registry.update(entry.sourceId, { owesPurge: false })
    }
    return true
  }

  const lease = async (
    client: StoreClient,
    input: Parameters<LeaseDesk['request']>[0],
    peer: { readonly closed: () => boolean; readonly close: () => void },
  ): Promise<Result<Lent, AppError>> => {
    // Two books of one profile would not know of each other's edits: the one that is open stays.
    if (input.databaseId !== desk.databaseId() && (await isHolderThere(client)))
      return err({ code: 'storage', kind: 'elsewhere' })
    const given = await desk.request(input)
    if (!given.ok) return given
    if (peer.closed() || stopped) return err({ code: 'disconnected' })
    deps.sequence.startEpoch(given.value.epoch)
    if (store !== null) engines.detachStore()
    if (store !== client) storeClose?.()
    store = client
    storeClose = peer.close
    host.clock.schedule(0, () => adoptSafely(client))
    return ok({
      ...given.value,
      profileId: deps.profileId(),
      sources: storeSources(),
      removed: [...registry.removed()],
    })
  }

  return {
    current: () => store,
    payPurges,

    sourcesChanged: async (added) => {
      engines.reconcile()
      announceSources()
      const client = store
      if (client === null) return
      if (!(await configure(client))) return
      const isCurrent = (): boolean => store === client
      for (const sourceId of added)
        if (isCurrent()) await engines.attachOne(sourceId, client, { syncNow: true, isCurrent })
    },

    attach: (port) => {
      const peer = createRpc({
        port,
        serves: leaseApi,
        calls: storeSyncApi,
        emits: noEvents,
        hears: storeEvents,
        patience: { clock: host.clock, ms: STORE_PATIENCE_MS },
        onBug,
      })
      const client = poison.guard(peer.call)
      peer.serve({
        'lease.request': (input) => lease(client, input, peer),
        ...desk.handlers(() => store === client),
        'backup.make': ({ reason }) => deps.backups.make(reason),
      })
      peer.on('tryingRecord', ({ sourceId, remoteId }) => poison.trying(sourceId, remoteId))
      peer.on('storageFull', () => void deps.ballast.free())
      peer.on('persistence', ({ granted }) => host.log.info('storage-persistence', { granted }))
      peer.on('editsWaiting', ({ sourceId }) => engines.get(sourceId)?.push(false))
      peer.onClose(() => {
        if (store !== client) return
        store = null
        storeClose = null
        engines.detachStore()
        announceSources()
      })
    },

    stop: () => {
      stopped = true
      storeClose?.()
    },
  }
}

type Lent = Lease & { readonly profileId: string; readonly sources: StoreSource[]; readonly removed: SourceId[] }

function storeSourceOf(entry: SourceEntry, connector: Connector | undefined): StoreSource[] {
  if (connector === undefined) return []
  const { manifest } = connector
  return [
    {
      sourceId: entry.sourceId,
      connectorId: entry.connectorId,
      name: entry.name,
      label: manifest.label,
      creates: manifest.creates,
      updates: manifest.updates,
      deletes: manifest.deletes,
      testimonials: manifest.testimonials,
      nameStyle: manifest.nameStyle,
      statusOptions: manifest.statusOptions,
      statusLabel: manifest.statusLabel,
      board: manifest.board,
      sample: entry.sample,
      review: entry.review,
    },
  ]
}
