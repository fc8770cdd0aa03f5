import type { AppError } from '../../shared/app-error.ts'
import type { Handlers } from '../../shared/ipc/rpc.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { openStore, type Store, type StoreDeps } from './create-store.ts'
import { hasCommandId, isCommand } from './once-each.ts'
import { FIRST_ROWS, type FirstPage, listPageOf } from './saved/first-page.ts'
import type { StorageState } from './storage-guard.ts'
import type { Lost } from './storage-keeper.ts'
import { type Preparing, type StorePageApi, storePageApi } from './store-contract.ts'

/** How often a store that would not open is tried again. */
export const RETRY_OPEN_MS = 5_000
/** A call waits so long for a store that is being opened; then it is told why. */
export const CALL_PATIENCE_MS = 10_000
/** A connection that broke is opened again so often at once; then the worker itself is started anew. */
export const REOPENINGS = 3
const REOPEN_PAUSE_MS = 500

export interface StoreServiceDeps extends Omit<StoreDeps, 'onStorage' | 'onLost' | 'onFirst' | 'onPreparing'> {
  readonly onReady: (store: Store) => void
  /** The store that was ready is not any more: nothing of the core may reach it. */
  readonly onGone?: () => void
  /** Before the database is opened, each time: a copy of what an upgrade will touch. Bounded by the one who gives it. */
  readonly prepare?: () => Promise<void>
  /** Opening again did not help. */
  readonly restartWorker?: () => void
}

export interface StoreService {
  readonly page: Handlers<StorePageApi>
  /** The database says that it is another's: claims it again, or finds that it has been replaced. */
  readonly disowned: () => void
  /** For good: another worker takes over. */
  readonly close: () => void
}

type Reply = Result<unknown, AppError>

/**
 * The store for the page, from the first moment: calls wait while it opens, and say what is wrong where it does not.
 *
 *   opening ─► ok ─► (closed, dead, fenced) ─► reopening ─► ok
 *      └─ newer: left as it is        └─ three times in vain: worker restarted; again every 5 s
 *
 * A store that is lost goes on answering from memory until there is another one: reading, and the export of unsent work.
 */
export function openStoreService(deps: StoreServiceDeps): StoreService {
  const { clock } = deps
  let state: StorageState = 'opening'
  let store: Result<Store, AppError> | null = null
  /** The last one that was open, for what can be answered from memory. */
  let last: Store | null = null
  let ready: Promise<Result<Store, AppError>>
  let closed = false
  let reopenings = 0
  let opening = 0
  /** What has to be made anew before the store is open, and when it was told last. */
  let preparing: Preparing | null = null
  let preparingAt = Number.NEGATIVE_INFINITY
  /** What the list begins with, from the first start's saved form until the store itself answers. */
  let tellFirst: (page: FirstPage | null) => void = () => undefined
  const first = new Promise<FirstPage | null>((resolve) => {
    tellFirst = resolve
  })

  const setState = (next: StorageState): void => {
    if (closed) return
    state = next
    deps.onChanged({ topics: ['counts'], clientIds: null, pulled: false })
  }

  const onPreparing = (now: Preparing): void => {
    preparing = now
    if (closed || clock.now() < preparingAt + TELL_MS) return
    preparingAt = clock.now()
    deps.onChanged({ topics: ['counts'], clientIds: null, pulled: false })
  }

  const open = async (): Promise<Result<Store, AppError>> => {
    await deps.prepare?.()
    const mine = ++opening
    // What a store says that has been given up is of no interest.
    const onStorage = (next: StorageState): void => {
      if (mine === opening) setState(next)
    }
    const opened = await openStore({ ...deps, onStorage, onLost: reopen, onFirst: tellFirst, onPreparing })
    tellFirst(null)
    preparing = null
    if (closed) {
      if (opened.ok) opened.value.close()
      return err({ code: 'storage', kind: 'fenced' })
    }
    store = opened
    if (opened.ok) {
      last = opened.value
      state = 'ok'
      deps.onReady(opened.value)
      opened.value.announce()
    } else if (state !== 'newer') {
      // A newer app's database is never opened by an older one; everything else may pass.
      again()
    }
    return opened
  }

  const again = (): void => {
    reopenings++
    if (reopenings === REOPENINGS + 1) deps.restartWorker?.()
    const pause = reopenings <= REOPENINGS ? REOPEN_PAUSE_MS * reopenings : RETRY_OPEN_MS
    const next = new Promise<void>((resolve) => clock.schedule(pause, resolve)).then(() =>
      closed ? err({ code: 'storage', kind: 'fenced' } as const) : open(),
    )
    ready = next
  }

  const reopen = (_why: Lost): void => {
    if (closed || store === null || !store.ok) return
    const lost = store.value
    store = null
    opening++
    deps.onGone?.()
    lost.close()
    // One that opens and breaks at once, over and over, is slowed down like one that does not open.
    const calm = clock.schedule(CALM_AFTER_MS, () => {
      reopenings = 0
    })
    stopCalm()
    stopCalm = calm
    setState('reopening')
    again()
  }
  let stopCalm = (): void => undefined

  const within = async (): Promise<Result<Store, AppError>> => {
    if (store?.ok === true) return store
    let cancel = (): void => undefined
    const late = new Promise<Result<Store, AppError>>((resolve) => {
      const wait = (): void => {
        cancel = clock.schedule(CALL_PATIENCE_MS, () => {
          // A large book that is made anew takes longer, and says how far it is.
          if (preparing !== null && clock.now() < preparingAt + CALL_PATIENCE_MS) wait()
          else resolve(err(troubleOf(state)))
        })
      }
      wait()
    })
    const opened = await Promise.race([ready, late])
    cancel()
    return opened
  }

  const answer = async (name: string, input: unknown): Promise<Reply> => {
    if (name === 'counts.get' && (store === null || !store.ok)) {
      const counts = last === null ? null : await last.page['counts.get']({})
      const known = counts?.ok === true ? counts.value : NO_COUNTS
      return ok({ ...known, storage: state, ...(preparing === null ? {} : { preparing }) })
    }
    if ((store === null || !store.ok) && last !== null && !isCommand(name)) return callOf(last, name)(input)
    const asked = within()
    const wanted = store === null && name === 'clients.list' ? firstRowsWanted(input) : null
    if (wanted !== null) {
      const page = await Promise.race([first, asked.then(() => null)])
      if (page !== null && store === null && !closed) return ok(listPageOf(page, wanted))
    }
    const opened = await asked
    if (!opened.ok) return err(opened.error)
    const health = opened.value.context.guard.state()
    if (health === 'elsewhere' && isCommand(name)) return err({ code: 'storage', kind: 'elsewhere' })
    const reply = await callOf(opened.value, name)(input)
    if (reply.ok || closed || !isBroken(reply.error) || (isCommand(name) && !hasCommandId(input))) return reply
    // The connection broke under it. A command that was done all the same is answered from what it left.
    const anew = await within()
    return anew.ok && anew.value !== opened.value ? callOf(anew.value, name)(input) : reply
  }

  ready = open()
  const handlers: Record<string, (input: unknown) => Promise<Reply>> = {}
  for (const name of Object.keys(storePageApi)) handlers[name] = (input) => answer(name, input)
  return {
    page: handlers as unknown as Handlers<StorePageApi>,
    disowned: () => reopen('fenced'),
    close: () => {
      closed = true
      stopCalm()
      if (store?.ok === true) {
        deps.onGone?.()
        store.value.close()
      }
      store = null
    },
  }
}

const CALM_AFTER_MS = 60_000
const TELL_MS = 250

function callOf(store: Store, name: string): (input: unknown) => Promise<Reply> {
  // Names are those of the very table that the page's calls are typed by.
  const table = store.page as unknown as Record<string, (input: unknown) => Promise<Reply>>
  return table[name] ?? (async () => err({ code: 'missing', what: name }))
}

/** How many rows are asked for, where it is the beginning of the list as it stands by itself. */
function firstRowsWanted(input: unknown): number | null {
  // The very table that the page's calls are typed by has it so.
  const { text, sort, offset, limit } = input as Parameters<Handlers<StorePageApi>['clients.list']>[0]
  return text === '' && sort === null && offset === 0 && limit <= FIRST_ROWS ? limit : null
}

function isBroken(error: AppError): boolean {
  return error.code === 'storage' && (error.kind === 'reopening' || error.kind === 'fenced')
}

function troubleOf(state: StorageState): AppError {
  return { code: 'storage', kind: state === 'ok' || state === 'opening' ? 'failed' : state }
}

const NO_COUNTS = {
  clients: 0,
  edits: 0,
  needsAttention: 0,
  unknownOutcome: 0,
  conflicts: 0,
  heldRemovals: 0,
  bySource: {},
  testimonials: 0,
  oldestEditAt: null,
  held: 0,
  unjournaled: 0,
  tray: 0,
  notices: 0,
} as const
