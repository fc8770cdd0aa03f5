import { IDBKeyRange } from 'fake-indexeddb'
import { expect, it } from 'vitest'
import { createBook } from '../../../../../renderer/store/book.ts'
import { openStore, type Store, type StoreDeps } from '../../../../../renderer/store/create-store.ts'
import { openStoreService } from '../../../../../renderer/store/open-store-service.ts'
import { createClientView } from '../../../../../renderer/store/projection/view.ts'
import { createPreparation } from '../../../../../renderer/store/saved/preparing.ts'
import { createSearchEngine } from '../../../../../renderer/store/search/engine/search-engine.ts'
import type { Counts } from '../../../../../renderer/store/store-contract.ts'
import type { Clock } from '../../../../../shared/clock.ts'
import { err } from '../../../../../shared/result.ts'
import {
  beginRun,
  FULL_ENGAGE,
  page,
  remote,
  type TestStore,
  testCreateRandom,
  testCreateTime,
  testOpenStore,
  value,
} from '../test-open-store.ts'

const CLIENTS = 300
const ASK = { text: '', sort: null, offset: 0, limit: 100 } as const

/** A book without a saved form: somebody pulled it, and closed the window at once. */
async function pulled(): Promise<TestStore> {
  const t = await testOpenStore()
  const runId = await beginRun(t, FULL_ENGAGE)
  const records = Array.from({ length: CLIENTS }, (_, n) => remote(`r${n}`, { name: `Name ${n}`, notes: `note n${n}` }))
  for (const [i, from] of [0, 100, 200].entries())
    value(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, i + 1, records.slice(from, from + 100))))
  t.store.close()
  return t
}

/** Time passes with every look at it; turns wait until the test gives them, and timers never come. */
class Turns implements Clock {
  #now = Date.UTC(2026, 11, 1)
  readonly #waiting: (() => void)[] = []

  now(): number {
    this.#now += 4
    return this.#now
  }

  schedule(delayMs: number, run: () => void): () => void {
    if (delayMs === 0) this.#waiting.push(run)
    return () => undefined
  }

  async goOn(until: () => Promise<boolean>): Promise<void> {
    for (let i = 0; i < 5_000; i++) {
      if (await until()) return
      this.#waiting.shift()?.()
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
    throw new Error('it does not come')
  }
}

function depsOf({ idb }: TestStore, clock: Clock): StoreDeps {
  return {
    name: 'clientele-test',
    idb: { indexedDB: idb, IDBKeyRange },
    clock: { now: () => clock.now(), schedule: (delayMs, run) => clock.schedule(delayMs, run) },
    random: testCreateRandom(5),
    locale: 'en',
    smallBook: 100,
    onChanged: () => undefined,
    onEditsWaiting: () => undefined,
  }
}

const countsOf = async (store: Store): Promise<Counts> => value(await store.page['counts.get']({}))
const part = async (store: Store): Promise<string | undefined> => (await countsOf(store)).preparing?.part
const found = async (store: Store, text: string): Promise<readonly string[]> =>
  value(await store.page['clients.list']({ ...ASK, text })).rows.map((row) => row.name)

it('without a saved form the list comes first, the search finds more and more, and what needs all waits for all', async () => {
  const t = await pulled()
  const clock = new Turns()
  const store = value(await openStore(depsOf(t, clock)))
  const answered: string[] = []
  const list = store.page['clients.list'](ASK).then((reply) => {
    answered.push('list')
    return value(reply)
  })
  const ids = store.page['clients.ids']({ text: '', sort: null, offset: 0, limit: 5_000 }).then((reply) => {
    answered.push('ids')
    return value(reply)
  })
  expect(await countsOf(store)).toMatchObject({ clients: CLIENTS, preparing: { part: 'lines', of: CLIENTS } })
  // Work does not wait.
  const last = store.context.book.directory.get(`${FULL_ENGAGE}|r299`)
  if (last === undefined) throw new Error('the last one is not there')
  const clientId = value(
    await store.page['client.create']({ sourceId: null, deviceOnly: true, fields: { name: 'Zoë New' } }),
  ).clientId
  expect(answered).toEqual([])

  await clock.goOn(async () => answered.length > 0)
  expect(answered).toEqual(['list'])
  expect((await list).total).toBe(CLIENTS + 1)
  expect(await part(store)).toBe('search')
  expect(await found(store, 'n299')).not.toContain('Name 299')
  // What is written meanwhile is found at once.
  value(await store.page['client.save']({ clientId, changes: { notes: 'met n299' }, seen: { notes: null } }))
  expect(await found(store, 'n299')).toEqual(['Zoë New'])

  await clock.goOn(async () => (await part(store)) === undefined)
  expect((await ids).total).toBe(CLIENTS + 1)
  expect([...(await found(store, 'n299'))].sort()).toEqual(['Name 299', 'Zoë New'])
  for (let n = 0; n < CLIENTS; n += 37) expect(await found(store, `n${n} note`)).toEqual([`Name ${n}`])
  store.close()
})

it('a store that closes meanwhile leaves nobody waiting', async () => {
  const t = await pulled()
  const clock = new Turns()
  const store = value(await openStore(depsOf(t, clock)))
  const list = store.page['clients.list'](ASK)
  let reply: Awaited<typeof list> | null = null
  void list.then((answer) => {
    reply = answer
  })
  store.close()
  await clock.goOn(async () => reply !== null)
  expect(reply).toMatchObject({ ok: false, error: { code: 'storage', kind: 'reopening' } })
})

it('what was made anew is saved for the next start', async () => {
  const t = await pulled()
  const time = testCreateTime()
  const first = value(await openStore(depsOf(t, time)))
  expect(first.context.saved.report()).toMatchObject({ startedFrom: 'none', savedAt: null })
  for (let i = 0; i < 2_000 && first.context.saved.report().savedAt === null; i++) {
    time.tick(50)
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  first.close()
  const next = value(await openStore(depsOf(t, time)))
  expect(next.context.saved.report().startedFrom).toBe('saved')
  expect(await found(next, 'n123')).toEqual(['Name 123'])
  expect((await countsOf(next)).preparing).toBeUndefined()
  next.close()
})

it('before it is open, a store says how far it is with reading its records', async () => {
  const t = await pulled()
  const told: Counts[] = []
  const service = openStoreService({
    ...depsOf(t, testCreateTime()),
    onReady: () => undefined,
    onChanged: () =>
      void service.page['counts.get']({}).then((reply) => {
        if (reply.ok) told.push(reply.value)
      }),
  })
  expect(value(await service.page['clients.list'](ASK)).total).toBe(CLIENTS)
  expect(told).toContainEqual(expect.objectContaining({ preparing: { part: 'records', done: 1, of: 3 } }))
  service.close()
})

it('a preparation that cannot read loses the store, which is opened anew, and leaves nobody waiting', async () => {
  const book = createBook()
  const engine = createSearchEngine()
  const preparation = createPreparation(book, engine, testCreateTime())
  const view = createClientView({ book, search: preparation.search, locale: 'en', clock: testCreateTime() })
  const failed = await new Promise((resolve) =>
    preparation.begin({
      view,
      reading: async () => err({ code: 'storage', kind: 'failed' }),
      onStep: () => undefined,
      onFailed: () => resolve('failed'),
    }),
  )
  expect(failed).toBe('failed')
  expect(await preparation.lines).toMatchObject({ ok: false, error: { kind: 'reopening' } })
  expect(await preparation.whole).toMatchObject({ ok: false, error: { kind: 'reopening' } })
})
