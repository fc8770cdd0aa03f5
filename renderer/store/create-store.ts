import type { AppError } from '../../shared/app-error.ts'
import type { Clock, Random } from '../../shared/clock.ts'
import type { RemoteId, SourceId } from '../../shared/ids.ts'
import type { Handlers } from '../../shared/ipc/rpc.ts'
import type { StoreSyncApi } from '../../shared/ipc/store-sync-contract.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type IdbFactory, refuseNewer, type StoreDatabase } from './database.ts'
import { createSecondCopy } from './journal/second-copy.ts'
import { createLateLines } from './late-lines.ts'
import { everyMidnight, scheduleMaintenance } from './maintain.ts'
import { type Changes, createNotifier } from './notifier.ts'
import { isCommand, onceEach } from './once-each.ts'
import { openWhole } from './open-whole.ts'
import { pageHandlers } from './page-handlers.ts'
import { noteDamage } from './saved/damage.ts'
import { type FirstPage, readFirst } from './saved/first-page.ts'
import { createHeadReader, whenHeadsAreRead } from './saved/head-reader.ts'
import { keepSaved } from './saved/keep-saved.ts'
import { type Memory, openMemory } from './saved/open-memory.ts'
import { whenPrepared } from './saved/preparing.ts'
import { createStorageGuard, LONG_WORK_MS, type StorageState } from './storage-guard.ts'
import { createStorageKeeper, type Lost, type StorageKeeper } from './storage-keeper.ts'
import type { StoreContext } from './store-context.ts'
import type { Preparing, StorePageApi } from './store-contract.ts'
import { syncHandlers } from './sync/sync-handlers.ts'
import { claimDatabase, createWriter } from './writer.ts'

/** How long an opening waits for other windows by itself (SYNC.md 1.10). */
const BLOCKED_PATIENCE_MS = 3_000

export interface StoreDeps {
  readonly name: string
  readonly idb: IdbFactory
  readonly clock: Clock
  readonly random: Random
  readonly locale: string
  readonly onChanged: (changes: Changes) => void
  readonly onEditsWaiting: (sourceId: SourceId) => void
  readonly onStorage?: (state: StorageState) => void
  /** Long before the store is open, where it can be had: what the list begins with. */
  readonly onFirst?: (page: FirstPage) => void
  /** A book of more records answers before its lines and its search are made, where these must be made. */
  readonly smallBook?: number
  /** How far it is with what has to be made anew before it is open. */
  readonly onPreparing?: (preparing: Preparing) => void
  /** The store is of no use any more: closed by the browser, dead, or taken over. It is to be opened anew. */
  readonly onLost?: (why: Lost) => void
  /** Another window has held up the opening for too long: it is to be asked to let go. */
  readonly onBlocked?: () => void
  /** A record of a page that has failed before is tried alone; null: no more. Whoever dies now has died of it. */
  readonly onTrying?: (sourceId: SourceId, remoteId: RemoteId | null) => void
  /** The disk is full: whoever keeps room in reserve gives it now. */
  readonly freeRoom?: () => void
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

/** Behind a write that forgets: what memory keeps of those who are gone would be saved with the rest. */
function forget({ book, view, search }: Memory): void {
  book.records.forgetKeys()
  view.forget()
  search.forget()
}

/** Takes the database over and reads it. Nobody else's writes pass from here on. */
export async function openStore(deps: StoreDeps): Promise<Result<Store, AppError>> {
  const { clock, random } = deps
  const opening: StoreDatabase[] = []
  let keeper: StorageKeeper | null = null
  const guard = createStorageGuard(
    clock,
    (state) => deps.onStorage?.(state),
    (trouble) => keeper?.onTrouble(trouble),
  )
  let closing = false
  let unblock = (): void => undefined
  const close = (): void => {
    closing = true
    keeper?.stop()
    unblock()
    for (const db of opening) db.close()
  }
  const watch = (db: StoreDatabase): void => {
    opening.push(db)
    // Another tab holds an older version open: it closes by itself, but until then the user should know.
    db.on('blocked', () => {
      guard.setState('blocked')
      unblock()
      unblock = clock.schedule(BLOCKED_PATIENCE_MS, () => deps.onBlocked?.())
    })
    // Dexie would open again by itself; what it would open may be another database than the one in memory.
    db.on('close', () => {
      if (!closing) keeper?.onTrouble('closed')
    })
  }
  const owner = Math.floor(random.next() * Number.MAX_SAFE_INTEGER).toString(36)
  const opened = await guard.run(async (onGiveUp) => {
    await refuseNewer(deps.name, deps.idb)
    // Asked for before the claim, which waits for the disk. Should another owner write meanwhile, all are told to look again.
    const databases = await openWhole(deps.name, deps.idb, watch, (db) => {
      void readFirst(db).then(
        (first) => first !== null && !closing && deps.onFirst?.(first),
        () => undefined,
      )
    })
    await claimDatabase(databases, owner, onGiveUp)
    return { databases, memory: await openMemory(databases.relaxed, deps) }
  }, LONG_WORK_MS)
  unblock()
  if (!opened.ok) {
    close()
    return opened
  }
  const { databases } = opened.value
  const { book, journal } = opened.value.memory
  const late = createLateLines({ ...opened.value.memory, clock })
  const { view, search } = late
  const memory: Memory = { ...opened.value.memory, view, search }
  const notifier = createNotifier(clock, deps.onChanged, deps.onEditsWaiting)
  const copies = createSecondCopy({ clock, state: journal, onChange: () => notifier.topic('counts') })
  const lose = (why: Lost): void => {
    guard.setState('reopening')
    deps.onLost?.(why)
  }
  const reader = createHeadReader({
    book,
    databases,
    guard,
    onMisfit: () => void noteMisfit().then(() => lose('misfit')),
  })
  const writer = createWriter({
    book,
    databases,
    owner,
    guard,
    copies,
    whenRead: reader.all,
    onWaiting: late.someOfIt,
    onCommitted: (committed) => {
      // Most of what a source says beside its records is in no piece.
      if (committed.draft.forgets) saved.forgotten()
      if (committed.touched.size > 0) housekeeping.committed()
      if (committed.touched.size > 0 || committed.draft.forgets) saved.committed()
      else saved.rested()
      if (committed.draft.quiet) return
      late.touched(committed.touched)
      if (committed.draft.forgets) forget(memory)
      notifier.committed(committed)
    },
  })
  const saved = keepSaved({
    memory,
    clock,
    owner,
    db: databases.relaxed,
    reading: reader.reading,
    checkOwner: writer.check,
    onChange: () => notifier.topic('storage'),
  })
  const damaged = (): Promise<void> => noteDamage(databases.relaxed, writer.check, clock.now()).catch(() => undefined)
  const noteMisfit = async (): Promise<void> => {
    await damaged()
    await saved.drop()
  }
  if (memory.from === 'damaged') void damaged().then(() => notifier.topic('storage'))
  const context: StoreContext = { book, databases, guard, writer, copies, view, search, saved, clock, random }
  const { preparation } = memory
  preparation?.begin({
    // As it is, and not the one that makes up for what is late with each question.
    view: opened.value.memory.view,
    reading: reader.reading,
    onStep: (what) => {
      if (what === 'progress') notifier.topic('counts')
      else notifier.all()
      if (preparation.progress() === null) saved.prepared()
    },
    onFailed: () => lose('misfit'),
  })
  keeper = createStorageKeeper({
    clock,
    guard,
    databases,
    freeRoom: () => {
      deps.freeRoom?.()
      void saved.drop()
    },
    onLost: lose,
  })
  const housekeeping = scheduleMaintenance(context)
  const stopMidnights = everyMidnight(clock, notifier.all)
  let epoch: number | null = null
  const estimate = deps.estimate ?? (async () => ({ bytes: null, quotaBytes: null, persisted: false }))
  return ok({
    context,
    close: () => {
      housekeeping.stop()
      stopMidnights()
      preparation?.stop()
      late.stop()
      reader.stop()
      saved.stop()
      close()
    },
    page: whenPrepared(
      whenHeadsAreRead(
        onceEach(context, (own) => pageHandlers(own, estimate)),
        reader,
        (name) => {
          saved.asked(name)
          return !isCommand(name)
        },
      ),
      preparation,
      book,
    ),
    sync: whenHeadsAreRead(
      syncHandlers({ ...context, onTrying: deps.onTrying ?? (() => undefined), epoch: () => epoch }),
      reader,
      () => false,
    ),
    announce: () => notifier.all(),
    lease: async (next) => {
      const set = await writer.setEpoch(next)
      if (!set.ok) return err(set.error)
      epoch = next
      return ok(null)
    },
  })
}
