import type { AppError } from '../../shared/app-error.ts'
import type { Clock, Random } from '../../shared/clock.ts'
import type { SourceId } from '../../shared/ids.ts'
import type { Handlers } from '../../shared/ipc/rpc.ts'
import type { StoreSyncApi } from '../../shared/ipc/store-sync-contract.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type IdbFactory, openDatabases, refuseNewer } from './database.ts'
import { loadBook } from './load-book.ts'
import { scheduleMaintenance } from './maintain.ts'
import { type Changes, createNotifier } from './notifier.ts'
import { pageHandlers } from './page-handlers.ts'
import { createClientView } from './projection/view.ts'
import { createSearchIndex } from './search/search-index.ts'
import { createStorageGuard, LONG_WORK_MS, type StorageState } from './storage-guard.ts'
import type { StoreContext } from './store-context.ts'
import type { ClientRow, StorePageApi } from './store-contract.ts'
import { syncHandlers } from './sync/sync-handlers.ts'
import { createWriter } from './writer.ts'

export interface StoreDeps {
  readonly name: string
  readonly idb: IdbFactory
  readonly clock: Clock
  readonly random: Random
  readonly locale: string
  readonly onChanged: (changes: Changes) => void
  readonly onEditsWaiting: (sourceId: SourceId) => void
  readonly onStorage?: (state: StorageState) => void
  /** What the browser says of the room used; null where it says nothing. */
  readonly estimate?: () => Promise<{
    readonly bytes: number | null
    readonly quotaBytes: number | null
    readonly persisted: boolean
  }>
}

/** The store: opened, in memory, and answering both its neighbours. */
export interface Store {
  readonly page: Handlers<StorePageApi>
  readonly sync: Handlers<StoreSyncApi>
  /** The core's lease: from here on its writes are stored under this epoch, and older ones refused. */
  readonly lease: (epoch: number) => Promise<Result<null, AppError>>
  /** Tells everyone to look again: a new owner has taken over. */
  readonly announce: () => void
  readonly context: StoreContext
  readonly close: () => void
}

/** Takes the database over and reads it. Nobody else's writes pass from here on. */
export async function openStore(deps: StoreDeps): Promise<Result<Store, AppError>> {
  const { clock, random } = deps
  const databases = openDatabases(deps.name, deps.idb)
  const guard = createStorageGuard(clock, (state) => deps.onStorage?.(state))
  const close = (): void => {
    databases.strict.close()
    databases.relaxed.close()
  }
  // Another tab holds an older version open: it closes by itself, but until then the user should know.
  for (const db of [databases.strict, databases.relaxed]) db.on('blocked', () => guard.setState('blocked'))
  const opened = await guard.run(async () => {
    await refuseNewer(deps.name, deps.idb)
    await databases.strict.open()
    await databases.relaxed.open()
    return loadBook(databases.relaxed)
  }, LONG_WORK_MS)
  if (!opened.ok) {
    close()
    return opened
  }
  const book = opened.value
  const search = createSearchIndex<ClientRow>()
  const view = createClientView(book, search, deps.locale)
  view.refresh(book.heads.keys())
  const notifier = createNotifier(clock, deps.onChanged, deps.onEditsWaiting)
  const writer = createWriter({
    book,
    databases,
    guard,
    onCommitted: (committed) => {
      if (committed.draft.quiet) return
      view.refresh(committed.touched)
      notifier.committed(committed)
    },
  })
  const claimed = await writer.claim(Math.floor(random.next() * Number.MAX_SAFE_INTEGER).toString(36))
  if (!claimed.ok) {
    close()
    return claimed
  }
  const context: StoreContext = { book, databases, guard, writer, view, search, clock, random }
  const stopMaintenance = scheduleMaintenance(context)
  let epoch: number | null = null
  const estimate = deps.estimate ?? (async () => ({ bytes: null, quotaBytes: null, persisted: false }))
  return ok({
    context,
    close: () => {
      stopMaintenance()
      close()
    },
    page: pageHandlers(context, estimate),
    sync: syncHandlers({ ...context, epoch: () => epoch }),
    announce: () => notifier.all(),
    lease: async (next) => {
      const set = await writer.setEpoch(next)
      if (!set.ok) return err(set.error)
      epoch = next
      return ok(null)
    },
  })
}
