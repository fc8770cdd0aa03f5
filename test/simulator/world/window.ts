import type { Store } from '../../../renderer/store/create-store.ts'
import { openOwnerDesk } from '../../../renderer/store/open-owner-desk.ts'
import { type StorePageApi, storePageApi, storePageEvents } from '../../../renderer/store/store-contract.ts'
import { joinTabs, type OwnerDesk } from '../../../renderer/store/tabs.ts'
import type { Random } from '../../../shared/clock.ts'
import { type HostApi, hostApi, hostEvents, noCalls, noEvents } from '../../../shared/ipc/host-contract.ts'
import type { Port } from '../../../shared/ipc/port.ts'
import { type Client, createRpc } from '../../../shared/ipc/rpc.ts'
import { type Broadcast, createLine, type LineOptions, type SimLocks } from './lines.ts'
import type { SimStorage } from './storage.ts'
import type { Life, SimTime } from './time.ts'

/** A window with its store worker: what the page of the app calls, and what becomes of it when it dies. */
export interface SimWindow {
  readonly n: number
  readonly life: Life
  readonly page: Client<StorePageApi>
  /** Null while there is no core to talk to. */
  readonly host: () => Client<HostApi> | null
  /** The store of this worker, once it owns the database. It may have been fenced since. */
  readonly store: () => Store | null
  /** When it came to own it, in turns. */
  readonly ownedAt: () => number
  readonly connected: () => boolean
  readonly reachCore: () => void
  readonly kill: () => void
  readonly cutLines: () => void
}

export interface WindowDeps {
  readonly n: number
  readonly time: SimTime
  readonly random: Random
  readonly storage: SimStorage
  readonly locks: SimLocks
  readonly broadcast: Broadcast
  readonly profileId: string
  readonly line: Pick<LineOptions, 'trouble' | 'lateMs' | 'tap'>
  /** Opens a port to the core, or null where there is none. */
  readonly toCore: (door: 'attachStore' | 'attachPage', life: Life, name: string) => Port | null
  readonly onBug: (who: string, what: string, cause: unknown) => string
}

/** Wires a window as `renderer/store/worker.ts` and the page's bridge do, with the machine's parts replaced. */
export function openWindow(deps: WindowDeps): SimWindow {
  const { n, time, random, storage, locks, broadcast } = deps
  const life: Life = { alive: true }
  const database = `clientele-${deps.profileId}`
  const clock = time.clockOf(life)
  const opened: { readonly kill: () => void }[] = []
  const coreLines = new Set<Port>()
  let store: Store | null = null
  let ownedAt = 0
  let connected = false
  let hostClient: Client<HostApi> | null = null
  const onBug = (what: string, cause: unknown): string => (life.alive ? deps.onBug(`window ${n}`, what, cause) : '')

  const toStore = async (): Promise<Port | null> => {
    const port = life.alive ? deps.toCore('attachStore', life, `store ${n}`) : null
    if (port !== null) coreLines.add(port)
    return port
  }
  const own = async (askToClose: () => void): Promise<OwnerDesk> => {
    const idb = storage.open(life)
    opened.push(idb)
    return openOwnerDesk({
      database,
      idb,
      door: {
        open: toStore,
        borrow: async () => {
          const port = await toStore()
          return port === null ? null : { port, giveBack: port.close }
        },
      },
      clock,
      random,
      locale: 'en',
      estimate: async () => ({ bytes: null, quotaBytes: null, persisted: false }),
      askToClose,
      onStore: (ready) => {
        store = ready
        ownedAt = time.turns()
      },
      onLink: (up) => {
        connected = up
      },
      onBug,
    })
  }

  const pageLine = createLine({ ...deps.line, trouble: () => null, time, name: `page ${n}`, left: life, right: life })
  const page = createRpc({
    port: pageLine.left,
    serves: noCalls,
    calls: storePageApi,
    emits: noEvents,
    hears: storePageEvents,
    onBug,
  })
  joinTabs({
    name: `clientele-store-${deps.profileId}`,
    tabId: `tab${n}`,
    page: pageLine.right,
    channel: broadcast.join(life),
    locks: locks.of(life),
    clock,
    random,
    becomeOwner: ({ askToClose }) => own(askToClose),
  })

  const reachCore = (): void => {
    if (!life.alive || hostClient !== null) return
    const port = deps.toCore('attachPage', life, `host ${n}`)
    if (port === null) return
    coreLines.add(port)
    const peer = createRpc({ port, serves: noCalls, calls: hostApi, emits: noEvents, hears: hostEvents, onBug })
    hostClient = peer.call
    peer.onClose(() => {
      if (hostClient === peer.call) hostClient = null
    })
  }
  reachCore()

  return {
    n,
    life,
    page: withCommandIds(page.call, n),
    host: () => hostClient,
    store: () => store,
    ownedAt: () => ownedAt,
    connected: () => connected,
    reachCore,
    cutLines: () => {
      for (const port of coreLines) port.close()
      coreLines.clear()
    },
    kill: () => {
      if (!life.alive) return
      life.alive = false
      for (const idb of opened) idb.kill()
      for (const port of coreLines) port.close()
      locks.free(life)
    },
  }
}

/** As the page's own bridge does: a command that is asked again is recognised by its name, and done once. */
function withCommandIds(calls: Client<StorePageApi>, n: number): Client<StorePageApi> {
  let next = 0
  const named: Record<string, unknown> = {}
  for (const [name, call] of Object.entries(calls)) {
    named[name] = (input: object) =>
      (call as (input: object) => unknown)({ commandId: `command-${n}-${++next}`, ...input })
  }
  // Built from the very table that it stands for.
  return named as unknown as Client<StorePageApi>
}
