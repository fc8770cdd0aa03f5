import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { createConnectors } from '../../electron/connectors/registry.ts'
import { type Core, createCore } from '../../electron/core/create-core.ts'
import type { StartSimulator } from '../../electron/core/sample/sample-data.ts'
import { createNodeHost } from '../../electron/host/node/create-node-host.ts'
import { openProfileFolder } from '../../electron/host/profile-folder.ts'
import { openStore, type Store } from '../../renderer/store/create-store.ts'
import type { Clock } from '../../shared/clock.ts'
import type { SourceId } from '../../shared/ids.ts'
import {
  type HostApi,
  type HostEvents,
  hostApi,
  hostEvents,
  noCalls,
  noEvents,
} from '../../shared/ipc/host-contract.ts'
import { type Client, createRpc, type Listen } from '../../shared/ipc/rpc.ts'
import type { SourceView } from '../../shared/model/source.ts'
import { systemClock, testCreateRandom } from './test-create-clock.ts'
import { testCreatePortPair } from './test-create-port-pair.ts'
import { testLinkStore } from './test-link-store.ts'

/**
 * The whole app but the pixels: the real core on the real Node host, the real store on an IndexedDB in memory, joined
 * by in-memory ports. `restart` ends both and starts them again on the same profile and database.
 */
export interface TestApp {
  readonly host: Client<HostApi>
  readonly on: Listen<HostEvents>
  readonly store: () => Store
  readonly sources: () => Promise<readonly SourceView[]>
  readonly addSource: (draft: {
    readonly connectorId: string
    readonly name?: string
    readonly key: string
    readonly settings: Readonly<Record<string, string | boolean>>
  }) => Promise<SourceId>
  /** Resolves when the source is in one of these states and not syncing; rejects after ten seconds. */
  readonly settled: (sourceId: SourceId, ...states: readonly SourceView['state'][]) => Promise<SourceView>
  readonly profileFolder: string
  /** `passphrase`: given at once; null: the core stays locked, and no store is opened. */
  readonly restart: (options?: { readonly passphrase: string | null }) => Promise<void>
  /** Ends the core alone; `restart` begins again on what the profile then holds. */
  readonly stopCore: () => Promise<void>
  /** Takes the worker away, as a closed window does. */
  readonly closeStore: () => void
  /** `empty`: as if the browser had thrown the database away. */
  readonly openStoreAgain: (options?: { readonly empty: boolean }) => Promise<void>
  /** The wall clock of core and store moves on; nothing is waited for. */
  readonly passTime: (ms: number) => void
  readonly stop: () => Promise<void>
}

export async function testCreateApp(
  options: {
    readonly startSimulator?: StartSimulator
    /** A profile to begin with; copied. */
    readonly from?: string
  } = {},
): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-test-'))
  const profileFolder = await openProfileFolder(folder)
  if (options.from !== undefined) await cp(options.from, profileFolder, { recursive: true })
  let idb = new IDBFactory()
  let core: Core
  let store: Store
  let host: Client<HostApi>
  let on: Listen<HostEvents>
  let closeStorePort: () => void = () => undefined
  let ahead = 0
  const clock: Clock = { now: () => systemClock.now() + ahead, schedule: systemClock.schedule }

  const attachStore = async (): Promise<void> => {
    let editsWaiting: (sourceId: SourceId) => void = () => undefined
    const opened = await openStore({
      name: `clientele-${core.profileId()}`,
      idb: { indexedDB: idb, IDBKeyRange },
      clock,
      random: testCreateRandom(Date.now()),
      locale: 'en',
      onChanged: () => undefined,
      onEditsWaiting: (sourceId) => editsWaiting(sourceId),
    })
    if (!opened.ok) throw new Error(`store: ${opened.error.code}`)
    store = opened.value
    const linked = testLinkStore({
      store,
      database: 'test',
      connect: () => {
        const [coreEnd, storeEnd] = testCreatePortPair()
        core.attachStore(coreEnd)
        return storeEnd
      },
      clock,
      random: testCreateRandom(Date.now()),
      onBug: (what, cause) => {
        throw new Error(`${what}: ${String(cause)}`)
      },
    })
    editsWaiting = (sourceId) => linked.link.emit('editsWaiting', { sourceId })
    closeStorePort = linked.link.stop
    await linked.up
  }

  const start = async (passphrase: string | null = null): Promise<void> => {
    const machine = await createNodeHost({ profileFolder, version: '0.0.0-test', tell: () => undefined })
    core = await createCore({
      host: { ...machine, clock },
      stretchCost: { N: 2 ** 14, r: 8, p: 1 },
      connectors: createConnectors(),
      startSimulator:
        options.startSimulator ??
        (async () => ({ sources: [], ports: {}, save: () => null, close: async () => undefined })),
    })
    const [coreEnd, pageEnd] = testCreatePortPair()
    const page = createRpc({
      port: pageEnd,
      serves: noCalls,
      calls: hostApi,
      emits: noEvents,
      hears: hostEvents,
      onBug: (what) => {
        throw new Error(what)
      },
    })
    core.attachPage(coreEnd)
    host = page.call
    on = page.on
    if (passphrase !== null) {
      const unlocked = await host['lock.unlock']({ passphrase })
      if (!unlocked.ok) throw new Error(unlocked.error.code)
    }
    if (core.profileId() !== '') await attachStore()
  }

  await start()

  const sources = async (): Promise<readonly SourceView[]> => {
    const list = await host['sources.list']({})
    if (!list.ok) throw new Error(list.error.code)
    return list.value
  }

  return {
    get host() {
      return host
    },
    get on() {
      return on
    },
    store: () => store,
    sources,
    profileFolder,
    passTime: (ms) => {
      ahead += ms
    },
    addSource: async ({ connectorId, name, key, settings }) => {
      const added = await host['sources.add']({
        draft: { connectorId, name: name ?? connectorId, settings, key },
        check: false,
      })
      if (!added.ok) throw new Error(JSON.stringify(added.error))
      return added.value.sourceId
    },
    settled: async (sourceId, ...states) => {
      const deadline = Date.now() + 10_000
      for (;;) {
        const view = (await sources()).find((s) => s.sourceId === sourceId)
        if (view !== undefined && states.includes(view.state)) return view
        if (Date.now() > deadline)
          throw new Error(`source is ${view?.state} (${JSON.stringify(view?.error)}), not ${states.join(' or ')}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    closeStore: () => {
      closeStorePort()
      store.close()
    },
    openStoreAgain: async (options) => {
      if (options?.empty === true) idb = new IDBFactory()
      await attachStore()
    },
    stopCore: () => core.stop(),
    restart: async (options) => {
      await core.stop()
      closeStorePort()
      store.close()
      await start(options?.passphrase ?? null)
    },
    stop: async () => {
      await core.stop()
      store.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
    },
  }
}
