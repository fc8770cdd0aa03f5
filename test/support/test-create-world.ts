import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { createConnectors } from '../../electron/connectors/registry.ts'
import { type Core, createCore } from '../../electron/core/create-core.ts'
import { type Host, HostFetchError, type HostRequest, type HostResponse } from '../../electron/host/host.ts'
import { createHostCrypto } from '../../electron/host/host-crypto.ts'
import { createNoDesktop, createNoPower, createNoUpdater } from '../../electron/host/no-desktop.ts'
import { type ConnectContact, createConnect } from '../../electron/simulator/vendors/connect.ts'
import { createFullEngage, type FullEngageClient } from '../../electron/simulator/vendors/full-engage.ts'
import type { Vendor, VendorReply } from '../../electron/simulator/vendors/vendor.ts'
import { openStore, type Store } from '../../renderer/store/create-store.ts'
import type { Clock, Random } from '../../shared/clock.ts'
import type { SourceId } from '../../shared/ids.ts'
import { type HostApi, hostApi, hostEvents, noCalls, noEvents } from '../../shared/ipc/host-contract.ts'
import type { Port } from '../../shared/ipc/port.ts'
import { type Client, createRpc } from '../../shared/ipc/rpc.ts'
import { testCreateRandom } from './test-create-clock.ts'
import { testCreateInstallation } from './test-create-installation.ts'
import { type JournalFaults, testCreateJournalFiles } from './test-create-journal-files.ts'
import { testCreatePortPair } from './test-create-port-pair.ts'
import { type DatabaseDump, testDumpDatabase, testRestoreDatabase } from './test-dump-database.ts'
import { testLinkStore } from './test-link-store.ts'

/**
 * The real core, the real store and the vendors of the simulator in one process under one hand clock: no socket, no
 * file, no timer of the machine, so that one seed gives one course of events. Requests take a seeded time, during
 * which anything may happen; a killed core or worker never hears its answers, as a killed process would not.
 */
export interface World {
  readonly host: () => Client<HostApi>
  readonly store: () => Store
  readonly fullEngage: Vendor<FullEngageClient>
  readonly connect: Vendor<ConnectContact>
  readonly ids: { readonly fullEngage: SourceId; readonly connect: SourceId }
  readonly random: Random
  readonly now: () => number
  /** Share of requests that something happens to. */
  readonly setWeather: (badness: number) => void
  /** What becomes of single requests; null lets one go its way. */
  readonly script: (plan: Plan | null) => void
  /** Every request that left the core, in order, with the moment. */
  readonly sent: readonly Sent[]
  /** Every write that reached a vendor and was applied, and every single record that was read, in order. */
  readonly traffic: readonly Traffic[]
  readonly bugs: readonly string[]
  /** What the core has logged for information. */
  readonly logged: readonly { readonly event: string; readonly facts: Readonly<Record<string, unknown>> }[]
  /** The clock of this machine is wrong by so much; timers and vendors go by the true time. */
  readonly setSkew: (ms: number) => void
  /** The machine goes to sleep, or wakes. */
  readonly power: (event: 'suspend' | 'resume') => void
  readonly advance: (ms: number) => Promise<void>
  /** Runs the next timer and then only so many turns: what it set off is left in the middle. */
  readonly stumble: (turns: number) => Promise<void>
  readonly killCore: () => Promise<void>
  readonly killStore: (meanwhile?: () => void | Promise<void>) => Promise<void>
  /** Both at once, as a power cut does; `meanwhile` may do to the disks what it likes. */
  readonly killBoth: (meanwhile?: () => void | Promise<void>) => Promise<void>
  readonly disk: WorldDisk
  /** From this instant nothing that the core does reaches a disk, a vendor or the store. `killBoth` starts it again. */
  readonly stopHeart: () => void
  /** Ends both as a user does, and starts them again. */
  readonly restart: () => Promise<void>
  /** Messages between core and worker for which this says true never arrive. */
  readonly line: { drops: (message: unknown) => boolean }
  readonly end: () => Promise<void>
}

export type Plan = (request: HostRequest, act: Act) => Promise<HostResponse> | null

/** What a plan can do with a request. */
export interface Act {
  /** The vendor takes it, and this is its answer. */
  readonly serve: () => HostResponse
  readonly answer: (status: number, body: unknown, headers?: Readonly<Record<string, string>>) => HostResponse
  /** Rejects where the request is aborted meanwhile. */
  readonly wait: (ms: number) => Promise<void>
}

export interface Sent {
  readonly at: number
  readonly method: string
  readonly path: string
  readonly key: string
}

/** What outlives the processes. */
export interface WorldDisk {
  readonly journal: Map<string, Uint8Array>
  /** What goes wrong with the journal's files. */
  readonly faults: JournalFaults
  readonly documents: Map<string, string>
  /** What this machine keeps outside of the profile. */
  readonly notes: Map<string, number>
  machine: string
  readonly readDatabase: () => Promise<DatabaseDump>
  /** Null: empty, as after the browser has thrown it away. Only while nobody has it open. */
  readonly writeDatabase: (dump: DatabaseDump | null) => Promise<void>
}

export interface Traffic {
  readonly at: number
  readonly method: string
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  /** The row before and after a write, or as read. */
  readonly before: Readonly<Record<string, unknown>> | null
}

const START = Date.UTC(2026, 5, 1)
/** Pages this small make a sweep of several. */
const PAGE_ROWS = 8

export async function testCreateWorld(
  seed: number,
  counts: { fullEngage: number; connect: number },
  /** `passphrase`: the journal is sealed from the beginning, and each start of the core is unlocked at once. */
  options: { readonly passphrase?: string } = {},
): Promise<World> {
  const random = testCreateRandom(seed)
  const time = createTime()
  const traffic: Traffic[] = []
  const bugs: string[] = []
  const logged: { readonly event: string; readonly facts: Readonly<Record<string, unknown>> }[] = []
  let badness = 0
  let powerChanged: (event: 'suspend' | 'resume') => void = () => undefined
  let plan: Plan | null = null
  const sent: Sent[] = []
  const setup = (count: number, key: string) => ({
    count,
    seed: 7,
    key,
    now: time.now,
    startedAt: START,
    origin: () => 'http://127.0.0.1',
    saved: null,
    changed: () => undefined,
  })
  const fullEngage = createFullEngage(setup(counts.fullEngage, 'ba_key_of_world'))
  const connect = createConnect(setup(counts.connect, 'sk_key_of_world'))

  const serve = ({ method, url, headers, body }: HostRequest): VendorReply => {
    const { pathname, searchParams: query } = new URL(url)
    const vendor: Vendor = pathname.startsWith('/api/connect') ? connect : fullEngage
    if (query.has('limit')) query.set('limit', String(Math.min(PAGE_ROWS, Number(query.get('limit')))))
    const id = decodeURIComponent(pathname.split('/')[4] ?? '')
    const before = vendor === fullEngage && id !== '' ? fullEngage.table.get(id) : null
    const reply = vendor.handle({ method, path: pathname, query, headers, body: body ?? '', cursorLoop: false })
    const isGood = reply.kind === 'list' || reply.status < 300
    if (isGood && (method !== 'GET' || before !== null)) {
      const parsed: unknown = body === null ? {} : JSON.parse(body)
      traffic.push({ at: time.now(), method, path: pathname, body: { ...Object(parsed) }, before })
    }
    return reply
  }

  const files = new Map<string, string>()
  const journalDisk = new Map<string, Uint8Array>()
  const notes = new Map<string, number>()
  const faults: JournalFaults = {}
  const line: World['line'] = { drops: () => false }
  const disk: WorldDisk = {
    journal: journalDisk,
    faults,
    documents: files,
    notes,
    machine: 'this-machine',
    readDatabase: () => testDumpDatabase(idb, 'world'),
    writeDatabase: async (dump) => {
      idb = dump === null ? new IDBFactory() : await testRestoreDatabase('world', dump)
    },
  }
  let idb = new IDBFactory()
  let coreLife = { alive: true }
  let core: Core
  let hostClient: Client<HostApi>
  let storeLife = { alive: true }
  let store: Store
  let closeLine: () => void = () => undefined

  const fetch = async (request: HostRequest, life: { alive: boolean }): Promise<HostResponse> => {
    const { signal } = request
    const wait = (ms: number): Promise<void> =>
      new Promise((resolve, reject) => {
        const cancel = time.schedule(ms, () => life.alive && resolve())
        signal.addEventListener('abort', () => {
          cancel()
          if (life.alive) reject(new HostFetchError('aborted', true, null))
        })
      })
    const { pathname } = new URL(request.url)
    sent.push({
      at: time.now(),
      method: request.method,
      path: pathname,
      key: request.headers.authorization ?? '',
    })
    const act: Act = {
      serve: () => responseOf(serve(request)),
      answer: (status, body, headers = {}) =>
        answer(status, headers, typeof body === 'string' ? body : JSON.stringify(body)),
      wait,
    }
    const planned = plan?.(request, act) ?? null
    if (planned !== null) return planned
    const isWrite = request.method !== 'GET'
    const luck = random.next()
    const kind = luck < badness ? Math.floor((luck / badness) * 7) : -1
    await wait(5 + Math.floor(random.next() * 60))
    if (kind === 0) throw new HostFetchError('reset', true, 'ECONNRESET')
    if (kind === 1) throw new HostFetchError('refused', false, 'ECONNREFUSED')
    if (kind === 2) return answer(500, {}, '{"error":"x"}')
    if (kind === 3) return answer(429, { 'retry-after': '3' }, '{"error":"slow"}')
    if (kind === 4 && request.method === 'POST') {
      // Done long after the line broke, within the time that we guard against.
      time.schedule(20_000, () => serve(request))
      throw new HostFetchError('timeout', true, null)
    }
    const reply = serve(request)
    await wait(5 + Math.floor(random.next() * 60))
    if (kind === 5 && isWrite) throw new HostFetchError('reset', true, 'ECONNRESET')
    if (kind === 6 && isWrite) return answer(502, {}, 'bad gateway')
    return responseOf(reply)
  }

  const attachStore = async (): Promise<void> => {
    storeLife = { alive: true }
    let editsWaiting: (sourceId: SourceId) => void = () => undefined
    const opened = await openStore({
      name: 'world',
      idb: { indexedDB: idb, IDBKeyRange },
      clock: time.of(storeLife),
      random,
      locale: 'en',
      onChanged: () => undefined,
      onEditsWaiting: (sourceId) => editsWaiting(sourceId),
    })
    if (!opened.ok) throw new Error(`store: ${opened.error.code}`)
    store = opened.value
    const life = storeLife
    const linked = testLinkStore({
      store,
      database: 'world',
      connect: () => {
        if (!life.alive) return null
        const [coreEnd, storeEnd] = testCreatePortPair()
        core.attachStore(lossy(coreEnd, line))
        return lossy(storeEnd, line)
      },
      clock: time.of(life),
      random,
      onBug: (what, cause) => String(bugs.push(`${what}: ${String(cause)}`)),
    })
    editsWaiting = (sourceId) => linked.link.emit('editsWaiting', { sourceId })
    closeLine = linked.link.stop
    await linked.up
  }

  const startCore = async (): Promise<void> => {
    const life = { alive: true }
    coreLife = life
    const host: Host = {
      kind: 'node',
      platform: 'linux',
      version: '0',
      profileFolder: '-',
      vault: {
        kind: 'key-file',
        detail: '-',
        trouble: async () => 'none',
        seal: async (secret) => ({ v: 1, vault: 'key-file', data: secret }),
        open: async (sealed) => ({ secret: sealed.data, isStale: false }),
      },
      files: {
        read: async (name) => JSON.parse(files.get(name) ?? 'null'),
        write: async (name, value) => void (life.alive && files.set(name, JSON.stringify(value))),
        remove: async (name) => void files.delete(name),
        setAside: async (name) => void files.delete(name),
      },
      journal: testCreateJournalFiles(journalDisk, withLife(faults, life)),
      backups: testCreateJournalFiles(),
      installation: testCreateInstallation(notes, disk.machine),
      fetch: (request) => fetch(request, life),
      shell: { openLink: async () => undefined },
      clock: time.of(life),
      random,
      log: {
        info: (event, facts) => void logged.push({ event, facts: facts ?? {} }),
        warn: () => undefined,
        error: (event, facts) => void bugs.push(`${event} ${JSON.stringify(facts ?? {})}`),
      },
      sign: (text) => text,
      online: () => true,
      power: {
        ...createNoPower(),
        listen: (listener) => {
          powerChanged = (event) => life.alive && listener(event)
          return () => undefined
        },
      },
      desktop: createNoDesktop(),
      updater: createNoUpdater('development'),
      keyFile: null,
      crypto: createHostCrypto(),
      eraseCaches: async () => undefined,
    }
    core = await createCore({
      host,
      stretchCost: { N: 2 ** 14, r: 8, p: 1 },
      connectors: createConnectors(),
      startSimulator: async () => ({ sources: [], ports: {}, save: () => null, close: async () => undefined }),
    })
    const [coreEnd, pageEnd] = testCreatePortPair()
    hostClient = createRpc({
      port: pageEnd,
      serves: noCalls,
      calls: hostApi,
      emits: noEvents,
      hears: hostEvents,
      onBug: (what) => String(bugs.push(what)),
    }).call
    core.attachPage(coreEnd)
    if (options.passphrase !== undefined) await giveIn(options.passphrase)
    await attachStore()
  }

  const giveIn = async (passphrase: string): Promise<void> => {
    const state = await hostClient['lock.state']({})
    const isSet = state.ok && state.value.encrypted
    const opened = isSet
      ? await hostClient['lock.unlock']({ passphrase })
      : await hostClient['lock.change']({ current: null, next: passphrase })
    if (!opened.ok) throw new Error(`passphrase: ${opened.error.code}`)
  }

  const dropStore = (): void => {
    storeLife.alive = false
    closeLine()
    store.close()
  }
  /** A killed process takes its timers and its open requests along; what it had sent goes on at the vendor. */
  const killBoth = async (meanwhile: () => void | Promise<void> = () => undefined): Promise<void> => {
    dropStore()
    coreLife.alive = false
    // A killed process says no farewell; what `stop` still does is not heard of.
    void core.stop()
    await meanwhile()
    await startCore()
  }

  await startCore()
  const add = async (connectorId: string, settings: Vendor['settings'], key: string): Promise<SourceId> => {
    const draft = {
      connectorId,
      name: connectorId,
      key,
      settings: { ...settings, baseUrl: `http://127.0.0.1/${connectorId === 'connect' ? 'api/connect' : ''}` },
    }
    const added = await hostClient['sources.add']({ draft, check: false })
    if (!added.ok) throw new Error(JSON.stringify(added.error))
    return added.value.sourceId
  }
  const ids = {
    fullEngage: await add('full-engage', fullEngage.settings, fullEngage.keyPlace.key),
    connect: await add('connect', connect.settings, connect.keyPlace.key),
  }
  return {
    host: () => hostClient,
    store: () => store,
    fullEngage,
    connect,
    ids,
    random,
    now: time.now,
    setWeather: (next) => {
      badness = next
    },
    script: (next) => {
      plan = next
    },
    sent,
    traffic,
    bugs,
    logged,
    setSkew: time.setSkew,
    power: (event) => powerChanged(event),
    advance: time.advance,
    stumble: time.stumble,
    killCore: () => killBoth(),
    killBoth,
    disk,
    line,
    stopHeart: () => {
      coreLife.alive = false
      closeLine()
    },
    restart: async () => {
      const stopped = core.stop()
      await time.advance(100)
      await stopped
      await killBoth()
    },
    killStore: async (meanwhile = () => undefined) => {
      dropStore()
      await meanwhile()
      await attachStore()
    },
    end: async () => {
      dropStore()
      coreLife.alive = false
      await core.stop()
      idb = new IDBFactory()
    },
  }
}

function responseOf(reply: VendorReply): HostResponse {
  if (reply.kind === 'json') return answer(reply.status, {}, JSON.stringify(reply.body))
  return answer(200, {}, `${reply.before}${[...reply.rows].map((row) => JSON.stringify(row)).join()}${reply.after}`)
}

function answer(status: number, headers: Readonly<Record<string, string>>, text: string): HostResponse {
  return {
    status,
    header: (name) => headers[name] ?? null,
    body: (async function* () {
      yield new TextEncoder().encode(text)
    })(),
  }
}

function lossy(port: Port, line: World['line']): Port {
  return {
    post: (message) => {
      if (!line.drops(message)) port.post(message)
    },
    onMessage: (listener) => port.onMessage(listener),
    onClose: (listener) => port.onClose(listener),
    close: () => port.close(),
  }
}

function withLife(faults: JournalFaults, life: { readonly alive: boolean }): JournalFaults {
  // Faults are looked up at each call: a test changes them as it goes.
  return {
    alive: () => life.alive,
    append: (name, text) => faults.append?.(name, text) ?? null,
    appended: (name, text) => faults.appended?.(name, text),
    remove: (name) => faults.remove?.(name) ?? true,
    get unavailable() {
      return faults.unavailable ?? false
    },
  }
}

interface WorldTime extends Clock {
  readonly setSkew: (ms: number) => void
  readonly of: (life: { readonly alive: boolean }) => Clock
  readonly advance: (ms: number) => Promise<void>
  readonly stumble: (turns: number) => Promise<void>
}

function createTime(): WorldTime {
  let now = START
  let skew = 0
  let nextId = 1
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>()
  const schedule: Clock['schedule'] = (delayMs, run) => {
    const id = nextId++
    timers.set(id, { at: now + Math.max(0, delayMs), run })
    return () => timers.delete(id)
  }
  const next = (until: number): (() => void) | null => {
    let due: { id: number; at: number; run: () => void } | null = null
    for (const [id, timer] of timers) {
      if (timer.at <= until && (due === null || timer.at < due.at)) due = { id, ...timer }
    }
    if (due === null) return null
    timers.delete(due.id)
    now = Math.max(now, due.at)
    return due.run
  }
  return {
    now: () => now,
    schedule,
    stumble: async (turns) => {
      next(now + 60_000)?.()
      for (let turn = 0; turn < turns; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
    },
    setSkew: (ms) => {
      skew = ms
    },
    of: (life) => ({ now: () => now + skew, schedule: (delayMs, run) => schedule(delayMs, () => life.alive && run()) }),
    advance: async (ms) => {
      const target = now + ms
      for (;;) {
        await settle()
        const run = next(target)
        if (run === null) break
        run()
      }
      now = target
    },
  }
}

/** Until nothing is under way that needs no clock: messages, transactions and promises all end in immediates here. */
async function settle(): Promise<void> {
  for (let quiet = 0, round = 0; quiet < 3 && round < 100_000; round++) {
    await new Promise<void>((resolve) => setImmediate(resolve))
    quiet = process.getActiveResourcesInfo().includes('Immediate') ? 0 : quiet + 1
  }
}
