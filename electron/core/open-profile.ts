import type { AppError } from '../../shared/app-error.ts'
import type { HostApi, HostEvents, hostEvents } from '../../shared/ipc/host-contract.ts'
import type { Port } from '../../shared/ipc/port.ts'
import type { Emit, Handlers } from '../../shared/ipc/rpc.ts'
import type { JournaledRow } from '../../shared/model/journal.ts'
import type { Settings } from '../../shared/model/settings.ts'
import type { SourceView } from '../../shared/model/source.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Connector } from '../connectors/connector.ts'
import type { Host } from '../host/host.ts'
import { createBackups } from './backups/create-backups.ts'
import type { Ballast } from './ballast.ts'
import { createAppHandlers } from './handlers/app-handlers.ts'
import { createDesktopHandlers } from './handlers/desktop-handlers.ts'
import type { LockCalls } from './handlers/lock-handlers.ts'
import { createSourceHandlers } from './handlers/source-handlers.ts'
import { createVaultHandlers } from './handlers/vault-handlers.ts'
import { createIntentJournal, type IntentJournal } from './journal/intent-journal.ts'
import { createLeaseDesk, profileSchema } from './journal/lease-desk.ts'
import type { AtRest, ProfileLock } from './lock/app-lock.ts'
import { openKeyRing } from './lock/key-ring.ts'
import { createKeyStoreView } from './lock/key-store-view.ts'
import { rewriteAtRest } from './lock/rewrite-at-rest.ts'
import { sealingFiles } from './lock/seals.ts'
import type { Redactor } from './log/redact.ts'
import { mortalHost, ProfileClosed } from './mortal-host.ts'
import { openProfileDocument, type ProfileDocument } from './profile-document.ts'
import { createSampleData, type StartSimulator } from './sample/sample-data.ts'
import { createSequence } from './sequence.ts'
import { createEngines } from './sources/engines.ts'
import { openSourceRegistry } from './sources/source-registry.ts'
import { createStoreDesk } from './store-desk.ts'
import { followSleep } from './sync/sleep-watch.ts'
import { createTraffic } from './traffic.ts'

/** Between two announcements. The first of a quiet time goes at once. */
const EVENT_PAUSE_MS = 200

export interface OpenProfileDeps {
  /** Its files give the ballast free on a full disk. */
  readonly host: Host
  readonly connectors: readonly Connector[]
  readonly startSimulator: StartSimulator
  readonly ballast: Ballast
  readonly redactor: Redactor
  readonly lock: Pick<ProfileLock, 'atRest' | 'box'>
  readonly settings: ProfileDocument<Settings>
  /** To every page. */
  readonly emit: Emit<HostEvents>
  readonly onSettings: (settings: Settings) => void
  /** A page listens to the desktop now. */
  readonly onDesktopReady: () => void
  readonly newName: () => string
  readonly onBug: (what: string, cause: unknown) => string
}

/** All of the core that works on a profile: what the lock opens, and ends. */
export interface OpenProfile {
  readonly handlers: Omit<Handlers<HostApi>, keyof LockCalls>
  readonly attachStore: (port: Port) => void
  /** What a page that has just come must know. */
  readonly greet: (emit: Emit<typeof hostEvents>) => void
  /** The hint of a page that is gone is worth nothing. */
  readonly noPages: () => void
  readonly isTrafficAllowed: () => boolean
  readonly profileId: () => string
  /** Journal and backups, as the lock now has them. False where not all could be. */
  readonly rewriteAtRest: (onLeft: (files: number) => void) => Promise<boolean>
  /** Keys of sources, with what they are sealed with now. */
  readonly sealKeysAnew: () => Promise<Result<null, AppError>>
  /** Nothing is written after it, whatever is still under way. */
  readonly stop: () => Promise<void>
}

export async function openProfile(deps: OpenProfileDeps): Promise<OpenProfile> {
  const { connectors, settings, redactor, emit, onBug } = deps
  let isOver = false
  const host = mortalHost(deps.host, () => isOver)
  /** Once the lock has closed, it knows no keys: what asked it then would write in plain. */
  const atRest = (): AtRest => {
    if (isOver) throw new ProfileClosed()
    return deps.lock.atRest()
  }
  const journal = createIntentJournal({
    files: host.journal,
    log: host.log,
    rules: () => {
      const { writes, reads, believesPlain } = atRest()
      return { writes: writes?.lines ?? null, reads: reads?.lines ?? null, believesPlain }
    },
  })
  const newName = deps.newName()
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
  const keys = await openKeyRing({ host, box: deps.lock.box })
  const registry = await openSourceRegistry({ host, connectors, redactor, keys })
  const backups = createBackups({
    files: sealingFiles(host.backups, () => {
      const { writes, reads, believesPlain } = atRest()
      return { writes: writes?.files ?? null, reads: reads?.files ?? null, believesPlain }
    }),
    log: host.log,
    clock: host.clock,
    version: host.version,
    rows: () => allRowsOf(journal),
    sourceName: (sourceId) => registry.list().find((entry) => entry.sourceId === sourceId)?.name ?? null,
  })
  const traffic = createTraffic(settings.get().workOffline)
  const sequence = createSequence()
  let stopped = false

  const views = (): SourceView[] => registry.list().map((entry) => engines.view(entry))
  let announcing: (() => void) | null = null
  let announcedAt = Number.NEGATIVE_INFINITY
  const announceSources = (): void => {
    if (announcing !== null || stopped) return
    const sinceMs = Math.max(0, host.clock.now() - announcedAt)
    announcing = host.clock.schedule(Math.max(0, EVENT_PAUSE_MS - sinceMs), () => {
      announcing = null
      announcedAt = host.clock.now()
      emit('sourcesChanged', views())
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
  const stores = createStoreDesk({
    host,
    registry,
    engines,
    desk,
    sequence,
    backups,
    ballast: deps.ballast,
    profileId: () => profile.get().profileId,
    announceSources,
    onBug,
  })

  const sample = createSampleData({
    host,
    registry,
    startSimulator: deps.startSimulator,
    sourcesChanged: stores.sourcesChanged,
    reconfigured: (sourceId) => engines.get(sourceId)?.reconfigured({ resync: false }),
  })
  await sample.restore()
  engines.reconcile()

  const heedNoSleep = followSleep({ ...host, traffic })
  traffic.onChange(() => {
    emit('networkChanged', traffic.state())
    engines.trafficChanged()
    announceSources()
  })

  let syncInterval = settings.get().syncIntervalMinutes
  const keyStore = createKeyStoreView({
    clock: host.clock,
    registry,
    keys,
    onChange: announceSources,
    // It stood still for want of its key.
    onOpened: (sourceId) => engines.get(sourceId)?.sync(false),
  })
  const handlers = {
    ...createVaultHandlers({
      registry,
      keys,
      view: keyStore,
      onChosen: announceSources,
    }),
    ...createAppHandlers({
      host,
      keyStore,
      profileId: () => profile.get().profileId,
      connectors,
      settings,
      traffic,
      sample,
      onSettings: (next) => {
        traffic.setWorkOffline(next.workOffline)
        // Only then: it would put off the read that the end of Work offline has just asked for.
        if (next.syncIntervalMinutes !== syncInterval) {
          syncInterval = next.syncIntervalMinutes
          engines.intervalChanged()
        }
        deps.onSettings(next)
      },
    }),
    ...createSourceHandlers({
      registry,
      engines,
      traffic,
      views,
      sourcesChanged: stores.sourcesChanged,
      payPurges: stores.payPurges,
      store: stores.current,
      clock: host.clock,
    }),
    ...createDesktopHandlers({
      host,
      settings: settings.get,
      isStopped: () => stopped,
      onReady: deps.onDesktopReady,
      backup: () => backups.make('before-update'),
    }),
    'backups.list': async () => ok([...(await backups.list())]),
    'backups.make': () => backups.make('asked'),
    'backups.restore': ({ name }) => backups.restore(name, stores.current()),
  } satisfies OpenProfile['handlers']
  deps.ballast.start()
  backups.start()

  return {
    handlers,
    isTrafficAllowed: traffic.allowed,
    profileId: () => profile.get().profileId,
    attachStore: stores.attach,
    greet: (greeting) => {
      greeting('sourcesChanged', views())
      greeting('settingsChanged', settings.get())
      greeting('networkChanged', traffic.state())
    },
    noPages: () => traffic.reportOnline(true),
    rewriteAtRest: (onLeft) =>
      rewriteAtRest({
        journal,
        journalFiles: host.journal,
        backupFiles: host.backups,
        atRest,
        log: host.log,
        onLeft,
      }),
    sealKeysAnew: () => registry.sealAnew(),

    stop: async () => {
      stopped = true
      heedNoSleep()
      deps.ballast.stop()
      backups.stop()
      announcing?.()
      engines.stop()
      stores.stop()
      await journal.close()
      await sample.stop()
      isOver = true
    },
  }
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
