import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Channel, joinTabs, type Locks } from '../../../../renderer/store/tabs.ts'
import { createRpc } from '../../../../shared/ipc/rpc.ts'
import { ok } from '../../../../shared/result.ts'
import { testCreatePortPair } from '../../../support/test-create-port-pair.ts'

/** Locks that pass on when their holder dies. */
function testCreateLocks() {
  const queues = new Map<string, { tab: string; run: () => Promise<void> }[]>()
  const holders = new Map<string, string>()
  const dead = new Set<string>()
  const next = (name: string): void => {
    if (holders.has(name)) return
    const waiting = queues.get(name)?.shift()
    if (waiting === undefined) return
    if (dead.has(waiting.tab)) {
      next(name)
      return
    }
    holders.set(name, waiting.tab)
    void waiting.run().then(() => {
      holders.delete(name)
      next(name)
    })
  }
  return {
    of: (tab: string): Locks => ({
      hold: (name, run) => {
        queues.set(name, [...(queues.get(name) ?? []), { tab, run }])
        next(name)
      },
    }),
    kill: (tab: string) => {
      dead.add(tab)
      for (const [name, holder] of [...holders]) {
        if (holder !== tab) continue
        holders.delete(name)
        next(name)
      }
    },
  }
}

function testCreateChannels() {
  const listeners = new Map<string, ((event: { readonly data: unknown }) => void)[]>()
  return {
    of: (tab: string): Channel => ({
      postMessage: (message) => {
        for (const [other, all] of listeners) {
          if (other !== tab)
            for (const listener of all) queueMicrotask(() => listener({ data: structuredClone(message) }))
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
  never: { input: z.object({}), output: z.null() },
} as const
const events = { changed: z.unknown() } as const
const onBug = (what: string): string => {
  throw new Error(what)
}
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 20))

function openTab(
  tab: string,
  locks: ReturnType<typeof testCreateLocks>,
  channels: ReturnType<typeof testCreateChannels>,
) {
  const [pageEnd, workerEnd] = testCreatePortPair()
  const served: number[] = []
  joinTabs({
    name: 'store',
    tabId: tab,
    page: workerEnd,
    channel: channels.of(tab),
    locks: locks.of(tab),
    becomeOwner: async () => ({
      servePage: (port) => {
        served.push(1)
        const peer = createRpc({ port, serves: api, calls: {}, emits: events, hears: {}, onBug })
        peer.onClose(() => served.pop())
        peer.serve({ who: async () => ok(tab), never: () => new Promise(() => undefined) })
      },
    }),
  })
  const changes: unknown[] = []
  const page = createRpc({ port: pageEnd, serves: {}, calls: api, emits: {}, hears: events, onBug })
  page.on('changed', (change) => changes.push(change))
  return { page, changes, served }
}

test('the second tab is answered by the first, and by itself once the first is gone', async () => {
  const locks = testCreateLocks()
  const channels = testCreateChannels()
  const a = openTab('a', locks, channels)
  const b = openTab('b', locks, channels)
  expect(await a.page.call.who({})).toEqual(ok('a'))
  expect(await b.page.call.who({})).toEqual(ok('a'))
  await settle()
  expect(a.served).toHaveLength(2)
  const before = b.changes.length
  const hanging = b.page.call.never({})
  await settle()
  channels.of('a').close()
  locks.kill('a')
  expect(await hanging).toEqual({ ok: false, error: { code: 'disconnected' } })
  expect(await b.page.call.who({})).toEqual(ok('b'))
  await settle()
  expect(b.changes.length).toBeGreaterThan(before)
})

test('calls made before there is an owner wait for it, and a tab that closes is let go', async () => {
  const locks = testCreateLocks()
  const channels = testCreateChannels()
  const a = openTab('a', locks, channels)
  const b = openTab('b', locks, channels)
  const c = openTab('c', locks, channels)
  expect(await Promise.all([a.page.call.who({}), b.page.call.who({}), c.page.call.who({})])).toEqual([
    ok('a'),
    ok('a'),
    ok('a'),
  ])
  await settle()
  expect(a.served).toHaveLength(3)
  locks.kill('c')
  await settle()
  expect(a.served).toHaveLength(2)
})
