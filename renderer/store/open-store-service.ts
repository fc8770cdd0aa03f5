import type { AppError } from '../../shared/app-error.ts'
import type { Handlers } from '../../shared/ipc/rpc.ts'
import { err, type Result } from '../../shared/result.ts'
import { openStore, type Store, type StoreDeps } from './create-store.ts'
import type { StorageState } from './storage-guard.ts'
import { type StorePageApi, storePageApi } from './store-contract.ts'

/** How often a store that would not open is tried again. */
const RETRY_OPEN_MS = 5_000

/**
 * The store for the page, from the first moment: calls wait while it opens, and say what is wrong where it does not.
 * `counts.get` always answers, because it is what tells the user.
 */
export function openStoreService(deps: StoreDeps & { readonly onReady: (store: Store) => void }): {
  readonly page: Handlers<StorePageApi>
} {
  let state: StorageState = 'opening'
  let store: Result<Store, AppError> | null = null
  let ready: Promise<Result<Store, AppError>>

  const open = async (): Promise<Result<Store, AppError>> => {
    const opened = await openStore({ ...deps, onStorage: (next) => setState(next) })
    store = opened
    if (opened.ok) {
      state = 'ok'
      deps.onReady(opened.value)
      opened.value.announce()
    } else if (state !== 'newer') {
      // A newer app's database is never opened by an older one; everything else may pass.
      deps.clock.schedule(RETRY_OPEN_MS, () => {
        ready = open()
      })
    }
    return opened
  }
  const setState = (next: StorageState): void => {
    state = next
    deps.onChanged({ topics: ['counts'], clientIds: null })
  }
  ready = open()

  const handlers: Record<string, (input: unknown) => Promise<unknown>> = {}
  for (const name of Object.keys(storePageApi)) {
    handlers[name] = async (input) => {
      if (name === 'counts.get' && (store === null || !store.ok))
        return { ok: true, value: { ...NO_COUNTS, storage: state } }
      const opened = await ready
      if (!opened.ok) return err(opened.error)
      // Names are those of the very table that the page's calls are typed by.
      const table = opened.value.page as unknown as typeof handlers
      return table[name]?.(input)
    }
  }
  return { page: handlers as unknown as Handlers<StorePageApi> }
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
