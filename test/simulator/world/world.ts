import type { ConnectorId } from '../../../electron/simulator/divide-clients.ts'
import type { Store } from '../../../renderer/store/create-store.ts'
import type { SourceId } from '../../../shared/ids.ts'
import type { PageReceipt } from '../../../shared/ipc/store-sync-contract.ts'
import type { InnerFault, Mutant, NetworkFault } from '../fault-mix.ts'
import { type CoreProcess, type ProfileDisk, startCoreProcess } from './core-process.ts'
import { type Dice, hash } from './dice.ts'
import { createJournalDisk } from './journal-disk.ts'
import { createBroadcast, createLine, createSimLocks } from './lines.ts'
import { createNetwork, type SimNetwork } from './network.ts'
import { createOracle, type Oracle } from './oracle.ts'
import { createSimStorage, type SimStorage } from './storage.ts'
import { createSimTime, type Life, type SimTime } from './time.ts'
import { createSimVendor, type SimVendor } from './vendors.ts'
import { openWindow, type SimWindow } from './window.ts'

export interface WorldOptions {
  readonly dice: Dice
  readonly vendors: readonly { readonly id: ConnectorId; readonly count: number }[]
  readonly pageRows: number
  readonly mutant: { readonly vendor: ConnectorId; readonly rule: Mutant } | null
  /** Whether this fault strikes now. */
  readonly strike: (name: InnerFault) => boolean
  readonly strikeRequest: (vendor: ConnectorId, method: string) => NetworkFault | null
  /** How much of what happened can be read afterwards. */
  readonly keptLines?: number
}

/** The whole app in one process: core, windows, stores, vendors; each can die on its own and be started again. */
export interface SimWorld {
  readonly time: SimTime
  readonly oracle: Oracle
  readonly network: SimNetwork
  readonly storage: SimStorage
  readonly disk: ProfileDisk
  readonly vendors: readonly SimVendor[]
  readonly sources: Map<ConnectorId, SourceId>
  readonly windows: () => readonly SimWindow[]
  /** The worker that owns the database, as far as it knows and lives. */
  readonly owner: () => { readonly window: SimWindow; readonly store: Store } | null
  readonly core: () => CoreProcess | null
  readonly openWindow: () => SimWindow
  readonly startCore: () => Promise<void>
  readonly killCore: () => void
  readonly quitCore: () => Promise<void>
  /** The newest of those who waited takes over, although the owner lives and does not hear of it for a while. */
  readonly makeZombie: (deafMs: number) => boolean
  /** Everything that must never happen and did. */
  readonly wrong: string[]
  /** What happened, newest last; and all of it as one number. */
  readonly trace: { readonly lines: readonly string[]; readonly sum: () => number }
  readonly note: (line: string) => void
  readonly receipts: { pages: number }
  /** Rows that a list lacked although the vendor has them. */
  readonly leftOut: ReadonlySet<string>
  readonly end: () => void
}

const START = Date.UTC(2026, 5, 1)
const KEPT_LINES = 60

export async function createWorld(options: WorldOptions): Promise<SimWorld> {
  const { dice, strike } = options
  const time = createSimTime(START, dice.stream('turns'))
  const oracle = createOracle()
  const wrong: string[] = []
  const lines: string[] = []
  const leftOut = new Set<string>()
  let sum = 0x811c9dc5
  const note = (line: string): void => {
    const text = `${time.now() - START} ${line}`
    sum = hash(text, sum)
    lines.push(text)
    if (lines.length > (options.keptLines ?? KEPT_LINES)) lines.shift()
  }
  const fail = (what: string): void => {
    if (!wrong.includes(what)) {
      wrong.push(what)
      note(`WRONG ${what}`)
    }
  }
  let actor: 'app' | 'other' = 'other'
  const asApp = <T>(work: () => T): T => {
    actor = 'app'
    try {
      return work()
    } finally {
      actor = 'other'
    }
  }
  const vendors = options.vendors.map(({ id, count }) =>
    createSimVendor({ id, count, dice: dice.stream(id), now: time.now, startedAt: START, oracle, actor: () => actor }),
  )
  const netDice = dice.stream('network')
  const network = createNetwork({
    time,
    dice: netDice,
    oracle,
    vendors,
    mutant: options.mutant,
    pageRows: options.pageRows,
    strike: ({ id }, method) => options.strikeRequest(id, method),
    asApp,
    wrong: fail,
    noted: note,
    leftOut: (key) => {
      leftOut.add(key)
      note(`left out ${key}`)
    },
  })
  const storage = createSimStorage({
    time,
    dice: dice.stream('storage'),
    trouble: () =>
      strike('tx-abort')
        ? 'abort'
        : strike('tx-quota')
          ? 'quota'
          : strike('tx-hang')
            ? 'hang'
            : strike('tx-slow')
              ? 'slow'
              : null,
  })
  const diskDice = dice.stream('disk')
  const disk: ProfileDisk = {
    documents: new Map(),
    journal: createJournalDisk({ time, dice: diskDice, refuses: () => strike('journal-refuses') }),
    // The ballast is there already: sixteen megabytes of noise per run would be most of its work.
    backups: createJournalDisk({ time, dice: dice.stream('backups'), refuses: () => false, names: ['ballast'] }),
  }
  const broadcast = createBroadcast(time)
  const locks = createSimLocks(time)
  const lineDice = dice.stream('lines')
  const receipts = { pages: 0 }
  const tap = createTap(vendors, receipts, fail)
  const line = {
    trouble: () =>
      strike('line-cut')
        ? ('cut' as const)
        : strike('message-twice')
          ? ('twice' as const)
          : strike('message-late')
            ? ('late' as const)
            : null,
    lateMs: () => lineDice.between(1, 3_000),
    tap,
  }
  let core: CoreProcess | null = null
  let coreStarts = 0
  let windows: SimWindow[] = []
  let windowCount = 0
  let lineCount = 0

  const onBug = (who: string, what: string, cause: unknown): string => {
    fail(
      `bug of ${who}: ${what}: ${cause instanceof Error ? `${cause.message} ${cause.stack?.split('\n').slice(1, 4).join(' ')}` : String(cause)}`,
    )
    return 'bug'
  }

  const startCore = async (): Promise<void> => {
    if (core !== null) return
    const started = startCoreProcess({
      time,
      random: dice.stream(`core ${++coreStarts}`),
      disk,
      network,
      onLog: (level, text) => {
        for (const { key, id } of vendors) if (text.includes(key)) fail(`I15 the key of ${id} is in the log`)
        // Trouble of the disk is told, too, and is no bug.
        if (text.startsWith('bug ')) fail(`bug of core: ${text}`)
        else if (level === 'error') note(`core: ${text}`)
      },
    })
    let ready: CoreProcess | null = null
    let failure: unknown = null
    started.then(
      (process) => {
        ready = process
      },
      (cause: unknown) => {
        failure = cause
      },
    )
    await time.settle()
    if (failure !== null) throw failure
    core = ready
    for (const window of windows) window.reachCore()
  }
  const killCore = (): void => {
    if (core === null) return
    core.life.alive = false
    core = null
    for (const window of windows) window.cutLines()
  }

  const world: SimWorld = {
    time,
    oracle,
    network,
    storage,
    disk,
    vendors,
    sources: new Map(),
    windows: () => windows.filter(({ life }) => life.alive),
    owner: () => {
      // The newest owner: an older one that still lives is a zombie.
      const owners = windows.filter((window) => window.life.alive && window.store() !== null)
      const window = owners.sort((a, b) => a.ownedAt() - b.ownedAt()).at(-1)
      const store = window?.store() ?? null
      return window === undefined || store === null ? null : { window, store }
    },
    core: () => core,
    openWindow: () => {
      const n = ++windowCount
      const window = openWindow({
        n,
        time,
        random: dice.stream(`window ${n}`),
        storage,
        locks,
        broadcast,
        profileId: 'simulated',
        line,
        toCore: (door, life, name) => {
          const target = core
          if (target === null || !target.life.alive) return null
          const made = createLine({ ...line, time, name: `${name} ${++lineCount}`, left: target.life, right: life })
          target.core[door](made.left)
          return made.right
        },
        onBug,
      })
      windows = [...windows.filter(({ life }) => life.alive), window]
      return window
    },
    startCore,
    killCore,
    quitCore: async () => {
      const quitting = core
      if (quitting === null) return
      void quitting.core.stop().catch((cause: unknown) => fail(`bug of core: stop: ${String(cause)}`))
      await time.settle()
      killCore()
    },
    makeZombie: (deafMs) => {
      const owner = world.owner()
      if (owner !== null) broadcast.deafen(owner.window.life, deafMs)
      return locks.steal('clientele-store-simulated')
    },
    wrong,
    trace: { lines, sum: () => sum >>> 0 },
    note,
    receipts,
    leftOut,
    end: () => {
      for (const window of windows) window.kill()
      killCore()
      time.end()
    },
  }
  return world
}

/** Looks into every message between processes: no key, and pages that add up. */
function createTap(vendors: readonly SimVendor[], receipts: { pages: number }, fail: (what: string) => void) {
  const pages = new Map<string, number>()
  return (line: string, way: 'to-left' | 'to-right', text: string): void => {
    for (const { key, id } of vendors) {
      // Keys go in by these calls, and nowhere out.
      if (text.includes(key) && !/^\{"t":"call","id":\d+,"name":"sources\.(add|update|test)"/.test(text)) {
        fail(`I15 the key of ${id} is in a message on ${line}`)
      }
    }
    if (!line.startsWith('store')) return
    const call = /^\{"t":"call","id":(\d+),"name":"run\.applyPage"/.exec(text)
    if (call !== null && way === 'to-right') {
      const message: {
        readonly input: Readonly<Record<'records' | 'same' | 'problems', readonly unknown[]>>
      } = JSON.parse(text)
      const { records, same, problems } = message.input
      pages.set(`${line} ${call[1]}`, records.length + same.length + problems.length)
      return
    }
    const reply = /^\{"t":"ok","id":(\d+)/.exec(text)
    const received = reply === null ? undefined : pages.get(`${line} ${reply[1]}`)
    if (reply === null || received === undefined || way !== 'to-left') return
    const { output }: { readonly output: Partial<PageReceipt> | null } = JSON.parse(text)
    if (output === null) return
    // Where some are asked for in whole, nothing has been counted yet.
    if (output.received === undefined || (output.wanted ?? []).length > 0) return
    receipts.pages++
    const { written = 0, unchanged = 0, stale = 0, quarantined = 0, duplicates = 0 } = output
    const parts = written + unchanged + stale + quarantined + duplicates
    if (output.received !== parts && parts !== 0)
      fail(`I14 a page of ${output.received} adds up to ${parts}: ${JSON.stringify(output)}`)
    if (output.received !== received && parts !== 0) fail(`I14 a page of ${received} was counted as ${output.received}`)
  }
}

export type { Life }
