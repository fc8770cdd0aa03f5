import { createContext, type ReactNode, useContext } from 'react'
import { recallLock, useLockState } from '../state/lock-state.ts'
import { createHostLink, type HostLink } from './create-host-link.ts'
import { followHost, rememberedProfile } from './follow-host.ts'
import { followLock } from './follow-lock.ts'
import { payForgotten } from './forget-locally.ts'
import { keepStorage } from './keep-storage.ts'
import { createLockableLink } from './lockable-link.ts'
import { type CoreAccess, coreAccess } from './open-core-port.ts'
import { type StoreLink, startStoreWorker } from './start-store-worker.ts'
import { followCounts } from './use-counts.ts'

/** The two sides that the page talks to. */
export interface AppLinks {
  readonly host: HostLink
  readonly store: StoreLink
}

/** Opens both. The store waits for the profile's name on the very first start of a window, and for the lock. */
export function openApp(access: CoreAccess = coreAccess()): AppLinks {
  payForgotten()
  recallLock()
  const host = createHostLink(access)
  const remembered = rememberedProfile()
  let used = remembered
  let named: (profileId: string) => void = () => {}
  const profile =
    remembered === null ? new Promise<string>((resolve) => (named = resolve)) : Promise.resolve(remembered)
  const store = createLockableLink({
    start: () => profile.then((profileId) => startStoreWorker(access, profileId)),
    locked: useLockState.getState().lock.locked,
    newCommandId: () => crypto.randomUUID(),
  })
  const refresh = followHost(host, (profileId) => {
    if (used === null) {
      used = profileId
      named(profileId)
    } else if (used !== profileId) {
      // Another profile is served under this address now; its name is remembered already.
      location.reload()
    }
  })
  followLock(host, {
    onLock: store.lock,
    onUnlock: () => {
      store.unlock()
      refresh()
    },
  })
  followCounts(store)
  keepStorage()
  return { host, store }
}

const AppContext = createContext<AppLinks | null>(null)

export function AppProvider(props: { readonly links: AppLinks; readonly children: ReactNode }) {
  return <AppContext value={props.links}>{props.children}</AppContext>
}

function useLinks(): AppLinks {
  const links = useContext(AppContext)
  if (links === null) throw new Error('AppProvider is missing')
  return links
}

/** The core: `host.call['sources.sync']({…})`, `host.on('sourcesChanged', …)`. */
export function useHost(): HostLink {
  return useLinks().host
}

/** The store worker: `store.call['client.save']({…})`. Queries that repaint by themselves: `useStoreQuery`. */
export function useStore(): StoreLink {
  return useLinks().store
}
