import { z } from 'zod'
import type { AppError } from '../../shared/app-error.ts'
import type { SourceId } from '../../shared/ids.ts'
import {
  type HostApi,
  type HostEvents,
  hostApi,
  hostEvents,
  noCalls,
  noEvents,
} from '../../shared/ipc/host-contract.ts'
import type { Port } from '../../shared/ipc/port.ts'
import { createRpc, type Handlers, type RpcPeer } from '../../shared/ipc/rpc.ts'
import { leaseApi, type StoreSource, storeEvents, storeSyncApi } from '../../shared/ipc/store-sync-contract.ts'
import type { JournaledRow } from '../../shared/model/journal.ts'
import { settingsSchema } from '../../shared/model/settings.ts'
import type { SourceView } from '../../shared/model/source.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Connector } from '../connectors/connector.ts'
import type { CoreDoors, Host } from '../host/host.ts'
import { createBackups } from './backups/create-backups.ts'
import { createBallast, journalWithBallast, writingWithBallast } from './ballast.ts'
import { namingDiskTrouble } from './disk-trouble.ts'
import { createAppHandlers } from './handlers/app-handlers.ts'
import { createDesktopHandlers } from './handlers/desktop-handlers.ts'
import { createLockHandlers } from './handlers/lock-handlers.ts'
import { createSourceHandlers } from './handlers/source-handlers.ts'
import { createIntentJournal, type IntentJournal } from './journal/intent-journal.ts'
import { createLeaseDesk, profileSchema } from './journal/lease-desk.ts'
import { createRedactor } from './log/redact.ts'
import { openProfileDocument } from './profile-document.ts'
import { createSampleData, type StartSimulator } from './sample/sample-data.ts'
import { createSequence } from './sequence.ts'
import { createEngines } from './sources/engines.ts'
import { openSourceRegistry, type SourceEntry } from './sources/source-registry.ts'
import type { StoreClient } from './store-link.ts'
import { createPagePoison } from './sync/page-poison.ts'
import { createTraffic } from './traffic.ts'

export interface CoreOptions {
  readonly host: Host
  readonly connectors: readonly Connector[]
  readonly startSimulator: StartSimulator
}

export interface Core extends CoreDoors {
  /** False while nothing may leave the machine; media then come from the cache alone. */
  readonly isTrafficAllowed: () => boolean
  readonly profileId: () => string
  readonly stop: () => Promise<void>
}

/** Between two announcements. The first of a quiet time goes at once. */
const EVENT_PAUSE_MS = 200
const ADOPT_PAUSE_MS = 1_000
const HOLDER_PATIENCE_MS = 2_000
/** Longer than the longest work of the store, which is over the whole book. */
const STORE_PATIENCE_MS = 150_000

/** The app without a machine: everything it needs comes in through `host`, everything it offers goes out by ports. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { connectors } = options
  const ballast = createBallast({ files: options.host.backups, clock: options.host.clock, log: options.host.log })
  const host: Host = {
    ...options.host,
    files: writingWithBallast(options.host.files, ballast),
    journal: journalWithBallast(options.host.journal, ballast),
  }
  const redactor = createRedactor()
  const journal = createIntentJournal({ files: host.journal, log: host.log })
  const newName = randomName(host)
  const profile = await openProfileDocument({
    files: host.files,
    log: host.log,
    name: 'profile.json',
    schema: profileSchema,
    initial: profileSchema.parse({ v: 1, profileId: newName, epoch: 0 }),
  })
  if (profile.get().profileId === newName) {
    // Lost or unreadable, perhaps: under a new name the book would open empty, beside the one that is still there.
    const known = await journal.open()
    if (known.profileId !== null)
      await profile.set({ ...profile.get(), profileId: known.profileId, epoch: known.epoch, hadWork: known.commit > 0 })
  }
  await profile.set(profile.get())
  const desk = createLeaseDesk({ host, journal, profile })
  const settings = await openProfileDocument({
    files: host.files,
    log: host.log,
    name: 'settings.json',
    schema: settingsSchema,
    initial: settingsSchema.parse({}),
  })
  const registry = await openSourceRegistry({ host, connectors, redactor })
  const backups = createBackups({
    files: host.backups,
    log: host.log,
    clock: host.clock,
    version: host.version,
    rows: () => allRowsOf(journal),
    sourceName: (sourceId) => registry.list().find((entry) => entry.sourceId === sourceId)?.name ?? null,
  })
  const traffic = createTraffic(settings.get().workOffline)
  const sequence = createSequence()
  const poison = createPagePoison(host.log)

  type PagePeer = RpcPeer<typeof hostApi, typeof noCalls, HostEvents, typeof noEvents>
  const pages = new Set<PagePeer>()
  let store: StoreClient | null = null
  let storeClose: (() => void) | null = null
  let hasSyncedOnStart = false
  let stopped = false

  const onBug = (what: string, cause: unknown): string => {
    const incident = randomName(host).slice(0, 8)
    host.log.error('bug', { what: redactor.redact(what), incident, cause: redactor.redact(causeText(cause)) })
    return incident
  }

  const views = (): SourceView[] => registry.list().map((entry) => engines.view(entry))
  let announcing: (() => void) | null = null
  let announcedAt = Number.NEGATIVE_INFINITY
  const announceSources = (): void => {
    if (announcing !== null || stopped) return
    const sinceMs = Math.max(0, host.clock.now() - announcedAt)
    announcing = host.clock.schedule(Math.max(0, EVENT_PAUSE_MS - sinceMs), () => {
      announcing = null
      announcedAt = host.clock.now()
      const sources = views()
      for (const page of pages) page.emit('sourcesChanged', sources)
    })
  }

  const engines = createEngines({
    host,
    registry,
    traffic,
    sequence,
    redactor,
    journal,
    intervalMs: () => (settings.get().syncIntervalMinutes === 0 ? null : settings.get().syncIntervalMinutes * 60_000),
    onChange: announceSources,
    onBug,
  })

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

  /** Forgets what the settings hide, as soon as there is a store to forget it. False where one would not. */
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

  const sourcesChanged = async (added: readonly SourceId[]): Promise<void> => {
    engines.reconcile()
    announceSources()
    const client = store
    if (client === null) return
    if (!(await configure(client))) return
    const isCurrent = (): boolean => store === client
    for (const sourceId of added)
      if (isCurrent()) await engines.attachOne(sourceId, client, { syncNow: true, isCurrent })
  }

  const sample = createSampleData({
    host,
    registry,
    startSimulator: options.startSimulator,
    sourcesChanged,
    reconfigured: (sourceId) => engines.get(sourceId)?.reconfigured({ resync: false }),
  })
  await sample.restore()
  engines.reconcile()

  const announceNetwork = (): void => {
    for (const page of pages) page.emit('networkChanged', traffic.state())
  }
  traffic.onChange(() => {
    announceNetwork()
    engines.trafficChanged()
    announceSources()
  })

  /** From the first page that listens on: what came in before, such as a deep link at the start, has waited for it. */
  let deafen: (() => void) | null = null
  const hearDesktop = (): void => {
    deafen ??= host.desktop.listen((event) => {
      for (const page of pages) page.emit('desktop', event)
    })
  }
  const unhearUpdates = host.updater.listen((state) => {
    for (const page of pages) page.emit('updateChanged', state)
  })
  host.desktop.follow(settings.get())
  host.updater.follow(settings.get().updates)

  let syncInterval = settings.get().syncIntervalMinutes
  const handlers = namingDiskTrouble<Handlers<HostApi>>({
    ...createAppHandlers({
      host,
      profileId: () => profile.get().profileId,
      connectors,
      settings,
      traffic,
      sample,
      onSettings: (next) => {
        traffic.setWorkOffline(next.workOffline)
        host.desktop.follow(next)
        host.updater.follow(next.updates)
        // Only then: it would put off the read that the end of Work offline has just asked for.
        if (next.syncIntervalMinutes !== syncInterval) {
          syncInterval = next.syncIntervalMinutes
          engines.intervalChanged()
        }
        for (const page of pages) page.emit('settingsChanged', next)
      },
    }),
    ...createSourceHandlers({
      registry,
      engines,
      traffic,
      views,
      sourcesChanged,
      payPurges,
      store: () => store,
      clock: host.clock,
    }),
    ...createDesktopHandlers({ host, settings: settings.get, isStopped: () => stopped, onReady: hearDesktop }),
    ...createLockHandlers(),
    'backups.list': async () => ok([...(await backups.list())]),
    'backups.make': () => backups.make('asked'),
    'backups.restore': ({ name }) => backups.restore(name, store),
  })
  ballast.start()
  backups.start()

  return {
    isTrafficAllowed: traffic.allowed,
    profileId: () => profile.get().profileId,

    attachPage: (port: Port) => {
      const peer: PagePeer = createRpc({
        port,
        serves: hostApi,
        calls: noCalls,
        emits: hostEvents,
        hears: noEvents,
        onBug,
      })
      pages.add(peer)
      peer.onClose(() => {
        pages.delete(peer)
        // The hint of a page that is gone is worth nothing.
        if (pages.size === 0) traffic.reportOnline(true)
      })
      peer.serve(handlers)
      peer.emit('sourcesChanged', views())
      peer.emit('settingsChanged', settings.get())
      peer.emit('networkChanged', traffic.state())
    },

    attachStore: (port: Port) => {
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
        'lease.request': async (input) => {
          // Two books of one profile would not know of each other's edits: the one that is open stays.
          if (input.databaseId !== desk.databaseId() && (await isHolderThere(client)))
            return err({ code: 'storage', kind: 'elsewhere' })
          const given = await desk.request(input)
          if (!given.ok) return given
          if (peer.closed()) return err({ code: 'disconnected' })
          const lease = given.value
          sequence.startEpoch(lease.epoch)
          if (store !== null) engines.detachStore()
          if (store !== client) storeClose?.()
          store = client
          storeClose = peer.close
          host.clock.schedule(0, () => adoptSafely(client))
          return ok({
            ...lease,
            profileId: profile.get().profileId,
            sources: storeSources(),
            removed: [...registry.removed()],
          })
        },
        ...desk.handlers(() => store === client),
        'backup.make': ({ reason }) => backups.make(reason),
      })
      peer.on('tryingRecord', ({ sourceId, remoteId }) => poison.trying(sourceId, remoteId))
      peer.on('storageFull', () => void ballast.free())
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

    stop: async () => {
      stopped = true
      deafen?.()
      unhearUpdates()
      ballast.stop()
      backups.stop()
      announcing?.()
      engines.stop()
      for (const page of pages) page.close()
      storeClose?.()
      await journal.close()
      await sample.stop()
    },
  }
}

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

/** As the journal has them now; an error where it cannot be read whole. */
async function allRowsOf(journal: IntentJournal): Promise<Result<readonly JournaledRow[], AppError>> {
  const rows: JournaledRow[] = []
  for (let cursor: string | null = null; ; ) {
    const part: Awaited<ReturnType<IntentJournal['readRows']>> = await journal.readRows(null, cursor)
    if (!part.ok) return part
    rows.push(...part.value.rows)
    cursor = part.value.next
    if (cursor === null) return ok(rows)
  }
}

function randomName(host: Host): string {
  let name = ''
  while (name.length < 16) name += Math.floor(host.random.next() * 36).toString(36)
  return name
}

function causeText(cause: unknown): string {
  if (cause instanceof z.ZodError)
    return cause.issues.map((i) => `${i.path.map(String).join('.')}: ${i.code}`).join('; ')
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : typeof cause
}
