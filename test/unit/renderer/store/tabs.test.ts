import { expect, test } from 'vitest'
import { z } from 'zod'
import { BEAT_MS, type Channel, HUNG_MS, joinTabs, type Locks } from '../../../../renderer/store/tabs.ts'
import { createRpc, type Emit } from '../../../../shared/ipc/rpc.ts'
import { err, ok } from '../../../../shared/result.ts'
import { testCreatePortPair } from '../../../support/test-create-port-pair.ts'
import { type TestTime, testCreateTime } from './test-open-store.ts'

/** Locks that pass on when their holder dies, and can be stolen. A stopped process hears of nothing until it goes on. */
function testCreateLocks() {
  interface Wish {
    readonly tab: string
    readonly run: () => Promise<void>
    readonly onLost: (() => void) | undefined
  }
  const queues = new Map<string, Wish[]>()
  const holders = new Map<string, Wish>()
  const dead = new Set<string>()
  const stopped = new Map<string, (() => void)[]>()
  const grant = (name: string, wish: Wish): void => {
    holders.set(name, wish)
    void wish.run().then(() => {
      if (holders.get(name) !== wish) return
      holders.delete(name)
      next(name)
    })
  }
  const next = (name: string): void => {
    if (holders.has(name)) return
    const wish = queues.get(name)?.shift()
    if (wish === undefined) return
    if (dead.has(wish.tab)) next(name)
    else grant(name, wish)
  }
  return {
    of: (tab: string): Locks => ({
      hold: (name, run, { steal = false, onLost } = {}) => {
        const wish: Wish = { tab, run, onLost }
        if (steal) {
          const robbed = holders.get(name)
          if (robbed !== undefined) {
            const tell = (): void => robbed.onLost?.()
            const waiting = stopped.get(robbed.tab)
            if (waiting === undefined) queueMicrotask(tell)
            else waiting.push(tell)
          }
          grant(name, wish)
        } else {
          queues.set(name, [...(queues.get(name) ?? []), wish])
          next(name)
        }
        return () => {
          const queue = queues.get(name) ?? []
          queues.set(
            name,
            queue.filter((other) => other !== wish),
          )
        }
      },
    }),
    kill: (tab: string) => {
      dead.add(tab)
      for (const [name, holder] of [...holders]) {
        if (holder.tab !== tab) continue
        holders.delete(name)
        next(name)
      }
    },
    stop: (tab: string) => stopped.set(tab, []),
    go: (tab: string) => {
      const waiting = stopped.get(tab) ?? []
      stopped.delete(tab)
      for (const tell of waiting) tell()
    },
  }
}

function testCreateChannels() {
  const listeners = new Map<string, ((event: { readonly data: unknown }) => void)[]>()
  /** What has come for a stopped process. */
  const held = new Map<string, (() => void)[]>()
  return {
    stop: (tab: string) => held.set(tab, []),
    go: (tab: string) => {
      const waiting = held.get(tab) ?? []
      held.delete(tab)
      for (const deliver of waiting) deliver()
    },
    of: (tab: string): Channel => ({
      postMessage: (message) => {
        for (const [other, all] of listeners) {
          if (other !== tab)
            for (const listener of all) {
              const deliver = (): void => listener({ data: structuredClone(message) })
              const waiting = held.get(other)
              if (waiting === undefined) queueMicrotask(deliver)
              else waiting.push(deliver)
            }
        }
      },
      addEventListener: (_type, listener) => {
        listeners.set(tab, [...(listeners.get(tab) ?? []), listener])
      },
      close: () => listeners.delete(tab),
    }),
  }
}

const api = {
  who: { input: z.object({}), output: z.string() },
  hang: { input: z.object({ command: z.string() }), output: z.string() },
} as const
const events = { changed: z.unknown(), restart: z.null() } as const
const onBug = (what: string): string => {
  throw new Error(what)
}
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 20))

function testCreateTabs() {
  const locks = testCreateLocks()
  const channels = testCreateChannels()
  const times = new Map<string, TestTime>()
  const closed: string[] = []
  const stopped = new Set<string>()
  const open = (tab: string, refuse: { fenced: boolean } = { fenced: false }) => {
    const [pageEnd, workerEnd] = testCreatePortPair()
    const served: number[] = []
    const peers = new Set<{ readonly emit: Emit<typeof events> }>()
    const asked: string[] = []
    const time = testCreateTime()
    times.set(tab, time)
    joinTabs({
      name: 'store',
      tabId: tab,
      page: workerEnd,
      channel: channels.of(tab),
      locks: locks.of(tab),
      clock: time,
      random: { next: () => 0 },
      becomeOwner: async () => ({
        servePage: (port) => {
          served.push(1)
          const peer = createRpc({ port, serves: api, calls: {}, emits: events, hears: {}, onBug })
          peers.add(peer)
          peer.onClose(() => {
            served.pop()
            peers.delete(peer)
          })
          peer.serve({
            who: async () => (refuse.fenced ? err({ code: 'storage', kind: 'fenced' }) : ok(tab)),
            // Whoever is asked first never answers, as a worker that hangs.
            hang: async ({ command }) => {
              asked.push(command)
              return tab === 'a' ? new Promise(() => undefined) : ok(tab)
            },
          })
        },
        close: () => closed.push(tab),
      }),
    })
    const changes: unknown[] = []
    const page = createRpc({ port: pageEnd, serves: {}, calls: api, emits: {}, hears: events, onBug })
    page.on('changed', (change) => changes.push(change))
    const emit: Emit<typeof events> = (name, data) => {
      for (const peer of peers) peer.emit(name, data)
    }
    return { page, changes, served, asked, emit }
  }
  return {
    open,
    locks,
    channels,
    closed,
    /** The process is stopped (SIGSTOP, a frozen tab, a worker in an endless loop): no timer, no message, no lock event. */
    stop: (tab: string) => {
      stopped.add(tab)
      locks.stop(tab)
      channels.stop(tab)
    },
    go: (tab: string) => {
      stopped.delete(tab)
      locks.go(tab)
      channels.go(tab)
    },
    /** All sleep, and wake up so much later. */
    jump: (ms: number) => {
      for (const time of times.values()) time.tick(ms)
    },
    pass: async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 1_000) {
        for (const [tab, time] of times) if (!stopped.has(tab)) time.tick(1_000)
        await new Promise<void>((resolve) => setTimeout(resolve, 1))
      }
      await settle()
    },
  }
}

test('the second tab is answered by the first, and by itself once the first is gone', async () => {
  const t = testCreateTabs()
  const a = t.open('a')
  const b = t.open('b')
  expect(await a.page.call.who({})).toEqual(ok('a'))
  expect(await b.page.call.who({})).toEqual(ok('a'))
  await settle()
  expect(a.served).toHaveLength(2)
  const before = b.changes.length
  // Not answered yet when the first dies: the next owner is asked the same again, under the same name.
  const hanging = b.page.call.hang({ command: 'once' })
  await settle()
  t.channels.of('a').close()
  t.locks.kill('a')
  expect(await hanging).toEqual(ok('b'))
  expect([a.asked, b.asked]).toEqual([['once'], ['once']])
  expect(await b.page.call.who({})).toEqual(ok('b'))
  await settle()
  expect(b.changes.length).toBeGreaterThan(before)
})

test('calls made before there is an owner wait for it, and a tab that closes is let go', async () => {
  const t = testCreateTabs()
  const a = t.open('a')
  const b = t.open('b')
  const c = t.open('c')
  expect(await Promise.all([a.page.call.who({}), b.page.call.who({}), c.page.call.who({})])).toEqual([
    ok('a'),
    ok('a'),
    ok('a'),
  ])
  await settle()
  expect(a.served).toHaveLength(3)
  t.locks.kill('c')
  await settle()
  expect(a.served).toHaveLength(2)
})

test('F148 F160 an owner that is stopped is replaced after a while, and joins as an ordinary tab when it goes on', async () => {
  const t = testCreateTabs()
  const a = t.open('a')
  const b = t.open('b')
  expect(await b.page.call.who({})).toEqual(ok('a'))
  t.stop('a')
  const waiting = b.page.call.who({})
  await t.pass(HUNG_MS - 3_000)
  expect(b.served).toHaveLength(0)
  await t.pass(3 * BEAT_MS)
  expect(await waiting).toEqual(ok('b'))
  t.go('a')
  await t.pass(2_000)
  // Its database and its line to the core are let go, and its own page asks the new owner.
  expect(t.closed).toEqual(['a'])
  expect(a.served).toHaveLength(0)
  expect(await a.page.call.who({})).toEqual(ok('b'))
  expect(b.served).toHaveLength(2)
  // And the other way round: the one that woke up is there when the new owner dies.
  t.channels.of('b').close()
  t.locks.kill('b')
  expect(await a.page.call.who({})).toEqual(ok('a'))
})

test('F146 an owner that answers, however long nobody asks it anything, is left alone; nor is one replaced after our own sleep', async () => {
  const t = testCreateTabs()
  t.open('a')
  const b = t.open('b')
  expect(await b.page.call.who({})).toEqual(ok('a'))
  await t.pass(60_000)
  expect(b.served).toHaveLength(0)
  // The whole machine sleeps for ten minutes: both wake up, and nobody has hung.
  t.jump(600_000)
  await t.pass(10_000)
  expect(await b.page.call.who({})).toEqual(ok('a'))
  expect(t.closed).toEqual([])
})

test('a call that is refused as taken over is asked again, and said in the end', async () => {
  const t = testCreateTabs()
  const refuse = { fenced: true }
  const a = t.open('a', refuse)
  const passing = a.page.call.who({})
  await t.pass(1_000)
  refuse.fenced = false
  await t.pass(2_000)
  expect(await passing).toEqual(ok('a'))
  refuse.fenced = true
  const lasting = a.page.call.who({})
  await t.pass(10_000)
  expect(await lasting).toEqual(err({ code: 'storage', kind: 'fenced' }))
})

test('an owner that wants to be started anew says so to its own page only', async () => {
  const t = testCreateTabs()
  const a = t.open('a')
  const b = t.open('b')
  expect(await Promise.all([a.page.call.who({}), b.page.call.who({})])).toEqual([ok('a'), ok('a')])
  const heard: string[] = []
  a.page.on('restart', () => heard.push('a'))
  b.page.on('restart', () => heard.push('b'))
  b.page.on('changed', () => heard.push('b changed'))
  a.emit('restart', null)
  a.emit('changed', null)
  await settle()
  expect(heard).toEqual(['a', 'b changed'])
})

test('an owner lets go of the database when another waits for it', async () => {
  const t = testCreateTabs()
  const a = t.open('a')
  const b = t.open('b')
  expect(await b.page.call.who({})).toEqual(ok('a'))
  t.channels.of('c').postMessage({ k: 'close-database', tab: 'c' })
  await settle()
  expect(t.closed).toEqual(['a'])
  expect(await a.page.call.who({})).toEqual(ok('b'))
})
