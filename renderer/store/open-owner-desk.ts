import type { AppError } from '../../shared/app-error.ts'
import type { Clock, Random } from '../../shared/clock.ts'
import type { SourceId } from '../../shared/ids.ts'
import type { Port } from '../../shared/ipc/port.ts'
import { createRpc, type Emit } from '../../shared/ipc/rpc.ts'
import { askForBackup } from './ask-for-backup.ts'
import type { CoreDoor } from './core-door.ts'
import { type CoreLink, createCoreLink } from './core-link.ts'
import type { Store, StoreDeps } from './create-store.ts'
import type { IdbFactory } from './database.ts'
import { openStoreService } from './open-store-service.ts'
import { type StorePageEvents, storePageApi, storePageEvents } from './store-contract.ts'
import type { OwnerDesk } from './tabs.ts'

export interface OwnerDeskDeps {
  readonly database: string
  readonly idb: IdbFactory
  readonly door: CoreDoor
  readonly clock: Clock
  readonly random: Random
  readonly locale: string
  readonly estimate: NonNullable<StoreDeps['estimate']>
  /** Another worker keeps the database open: it is asked to let go. */
  readonly askToClose: () => void
  /** A store has been opened, the first one or the next. */
  readonly onStore?: (store: Store) => void
  readonly onLink?: (connected: boolean) => void
  readonly onBug: (what: string, cause: unknown) => string
}

/** What the worker that owns the database is made of: the store, its line to the core, and a peer for each page. */
export function openOwnerDesk(deps: OwnerDeskDeps): OwnerDesk {
  const { database, idb, door, clock, random, onBug } = deps
  const pages = new Set<ReturnType<typeof peerOf>>()
  const link: { current: CoreLink | null; connected: boolean } = { current: null, connected: false }
  const tell: Emit<StorePageEvents> = (name, data) => {
    for (const peer of pages) peer.emit(name, data)
  }
  /** Whether the browser has promised to keep the book, for the log of the core. Nothing rests on the promise. */
  const tellPersistence = async (): Promise<void> => {
    const { persisted } = await deps.estimate()
    link.current?.emit('persistence', { granted: persisted })
  }
  const service = openStoreService({
    name: database,
    idb,
    clock,
    random,
    locale: deps.locale,
    onChanged: (changes) => tell('changed', changes),
    onEditsWaiting: (sourceId: SourceId) => link.current?.emit('editsWaiting', { sourceId }),
    estimate: deps.estimate,
    onBlocked: deps.askToClose,
    onTrying: (sourceId, remoteId) => link.current?.emit('tryingRecord', { sourceId, remoteId }),
    freeRoom: () => link.current?.emit('storageFull', {}),
    prepare: async () => void (await askForBackup({ name: database, idb, door, clock, onBug })),
    restartWorker: () => tell('restart', null),
    onGone: () => {
      link.current?.stop()
      link.current = null
    },
    onReady: (store) => {
      deps.onStore?.(store)
      link.current = createCoreLink({
        store,
        database,
        connect: async () => {
          const port = await door.open()
          // Electron gives a port to a worker once: the next worker gets another.
          if (port === null && door.isSpent?.() === true) tell('restart', null)
          return port
        },
        clock,
        random,
        onLink: (connected) => {
          link.connected = connected
          deps.onLink?.(connected)
          tell('coreLink', { connected })
          if (connected) void tellPersistence()
        },
        onLease: (refused) => store.context.guard.impose(imposedBy(refused)),
        onDisowned: () => service.disowned(),
        onBug,
      })
    },
  })
  const peerOf = (port: Port) =>
    createRpc({ port, serves: storePageApi, calls: {}, emits: storePageEvents, hears: {}, onBug })
  return {
    servePage: (port) => {
      const peer = peerOf(port)
      pages.add(peer)
      peer.onClose(() => pages.delete(peer))
      peer.serve(service.page)
      peer.emit('coreLink', { connected: link.connected })
    },
    close: service.close,
  }
}

function imposedBy(refused: AppError | null): 'read-only' | 'elsewhere' | null {
  if (refused?.code !== 'storage') return null
  return refused.kind === 'read-only' || refused.kind === 'elsewhere' ? refused.kind : null
}
