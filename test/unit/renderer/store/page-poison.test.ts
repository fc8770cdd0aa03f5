import { expect, test } from 'vitest'
import type { StoreClient } from '../../../../electron/core/store-link.ts'
import { createPagePoison } from '../../../../electron/core/sync/page-poison.ts'
import { openStore, type Store } from '../../../../renderer/store/create-store.ts'
import type { HeadRow } from '../../../../renderer/store/rows.ts'
import { err, type Result } from '../../../../shared/result.ts'
import { testCreateFaultyIdb } from '../../../support/test-create-faulty-idb.ts'
import {
  beginRun,
  FULL_ENGAGE,
  page,
  remote,
  runEnd,
  SOURCES,
  type TestStore,
  testCreateRandom,
  testCreateTime,
  value,
} from './test-open-store.ts'

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
const RECORDS = ['a', 'b', 'poison', 'd', 'e'].map((id) => remote(id, { name: `Name ${id}` }))

/** A store that can be killed and opened again on the same database, and a core that outlives it. */
async function testCreateCore() {
  const faulty = testCreateFaultyIdb()
  const time = testCreateTime()
  const random = testCreateRandom(3)
  const poison = createPagePoison(log)
  let epoch = 0
  let store: Store
  /** Kills the worker when the core hears that this record is being tried, or when a page with it arrives whole. */
  let deadly: string | null = null
  let died: ((result: Result<never, { code: 'disconnected' }>) => void) | null = null
  const kill = (): void => died?.(err({ code: 'disconnected' }))
  const open = async (): Promise<TestStore> => {
    const life = { alive: true }
    store = value(
      await openStore({
        name: 'clientele-test',
        idb: faulty.idb,
        clock: time,
        random,
        locale: 'en',
        onChanged: () => undefined,
        onEditsWaiting: () => undefined,
        onTrying: (sourceId, remoteId) => {
          // A dead worker says nothing more.
          if (!life.alive) return
          poison.trying(sourceId, remoteId)
          if (remoteId === null || remoteId !== deadly) return
          life.alive = false
          kill()
        },
      }),
    )
    value(await store.lease(++epoch))
    value(await store.sync['sources.configure']({ sources: SOURCES, removed: [] }))
    return { store, time, random, idb: faulty.idb.indexedDB, changes: [], waiting: [] }
  }
  let deaths = 0
  const careful: number[] = []
  const client = (): StoreClient =>
    poison.guard({
      ...store.sync,
      'run.applyPage': async (sent: Parameters<StoreClient['run.applyPage']>[0]) => {
        const death = new Promise<Result<never, { code: 'disconnected' }>>((resolve) => {
          died = resolve
        })
        const parsed = page(FULL_ENGAGE, '' as never, 1, [])
        const whole = { ...parsed, ...sent } as typeof parsed
        if (whole.careful === true) careful.push(whole.seq)
        // Whole, it dies in the middle; record by record, the core hears of which.
        if (whole.careful !== true && whole.records.some((record) => record.remoteId === deadly)) kill()
        const reply = await Promise.race([death, store.sync['run.applyPage'](whole)])
        died = null
        if (!reply.ok && reply.error.code === 'disconnected') {
          deaths++
          store.close()
          await open()
        }
        return reply
      },
      // Handlers and client differ in what is parsed on the way, and nothing is parsed here.
    } as unknown as StoreClient)
  return {
    open,
    faulty,
    client,
    store: () => store,
    deaths: () => deaths,
    /** Places of pages that were tried record by record. */
    careful: () => careful,
    setDeadly: (id: string | null) => {
      deadly = id
    },
    names: async () => {
      const list = value(await store.page['clients.list']({ text: '', sort: null, offset: 0, limit: 100 }))
      return list.rows.map((row) => row.name).sort()
    },
    problems: async () => value(await store.page['problems.list']({ sourceId: FULL_ENGAGE })),
  }
}

/** What stands in a segment: its heads are bytes. */
const textOf = (row: unknown): string => new TextDecoder().decode((row as HeadRow).heads as Uint8Array)

const REST = ['Name a', 'Name b', 'Name d', 'Name e']

test('F124 one row that cannot be stored: the whole page aborts, three times; then that row is set aside and the rest is stored', async () => {
  const t = await testCreateCore()
  const runId = await beginRun(await t.open(), FULL_ENGAGE)
  t.faulty.refuse((table, row) => table === 'heads' && textOf(row).includes('Name poison'))
  const sent = page(FULL_ENGAGE, runId, 1, RECORDS)
  for (let attempt = 0; attempt < 3; attempt++) {
    expect(await t.client()['run.applyPage'](sent)).toMatchObject({ ok: false, error: { kind: 'failed' } })
    expect(await t.names()).toEqual([])
    expect(t.store().context.book.checkpoints.get(FULL_ENGAGE)?.run?.seq).toBe(0)
  }
  const receipt = value(await t.client()['run.applyPage'](sent))
  expect(receipt).toMatchObject({ received: 5, written: 4, quarantined: 1 })
  expect(await t.names()).toEqual(REST)
  expect(await t.problems()).toMatchObject([{ remoteId: 'poison', found: 'one that cannot' }])
  // It has been seen: nobody takes it for removed.
  expect(t.store().context.book.checkpoints.get(FULL_ENGAGE)?.run?.seq).toBe(1)
  const [seen] = await t.store().context.databases.relaxed.sweepPages.toArray()
  expect(JSON.parse(seen?.ids ?? '[]')).toContain('poison')
})

test('F143 a page that ends the window each time: after three times record by record, and the one that it dies of is set aside', async () => {
  const t = await testCreateCore()
  const runId = await beginRun(await t.open(), FULL_ENGAGE)
  t.setDeadly('poison')
  const sent = page(FULL_ENGAGE, runId, 1, RECORDS)
  let attempts = 0
  for (;;) {
    attempts++
    const receipt = await t.client()['run.applyPage'](sent)
    if (receipt.ok) break
    expect(receipt.error.code).toBe('disconnected')
    if (attempts > 20) throw new Error('it never ends')
  }
  // Three times the page, twice the record: once could have been a window that was closed.
  expect([attempts, t.deaths()]).toEqual([6, 5])
  expect(await t.names()).toEqual(REST)
  expect(await t.problems()).toMatchObject([{ remoteId: 'poison', found: 'one that ends the window' }])
  // In the next sweep it is kept from the store at once; once it has changed, it gets another chance.
  const next = await beginRun({ ...(await t.open()) }, FULL_ENGAGE)
  value(await t.client()['run.applyPage'](page(FULL_ENGAGE, next, 2, RECORDS)))
  expect(t.deaths()).toBe(5)
  t.setDeadly(null)
  const healed = RECORDS.map((record) => (record.remoteId === 'poison' ? remote('poison', { name: 'Healed' }) : record))
  value(await t.client()['run.applyPage'](page(FULL_ENGAGE, next, 3, healed)))
  expect(await t.names()).toEqual(['Healed', ...REST].sort())
})

test('F124 two pages on their way, and the first fails each time: the second is not blamed, waits for the trials, and is stored behind it', async () => {
  const t = await testCreateCore()
  const runId = await beginRun(await t.open(), FULL_ENGAGE)
  t.faulty.refuse((table, row) => table === 'heads' && textOf(row).includes('Name poison'))
  const client = t.client()
  const first = page(FULL_ENGAGE, runId, 1, RECORDS)
  const second = page(FULL_ENGAGE, runId, 2, [remote('f', { name: 'Name f' })])
  const both = () => Promise.all([client['run.applyPage'](first), client['run.applyPage'](second)])
  for (let attempt = 0; attempt < 3; attempt++) {
    const [failed, refused] = await both()
    expect(failed).toMatchObject({ ok: false, error: { kind: 'failed' } })
    expect(refused).toMatchObject({ ok: false, error: { rule: 'page-gap' } })
  }
  const [tried, behind] = await both()
  expect(value(tried)).toMatchObject({ written: 4, quarantined: 1 })
  expect(value(behind)).toMatchObject({ written: 1, quarantined: 0 })
  expect(await t.names()).toEqual([...REST, 'Name f'])
  expect(await t.problems()).toHaveLength(1)
})

test('F143 two pages on their way when the window dies of the first: only that one is tried record by record', async () => {
  const t = await testCreateCore()
  const runId = await beginRun(await t.open(), FULL_ENGAGE)
  t.setDeadly('poison')
  const first = page(FULL_ENGAGE, runId, 1, RECORDS)
  const second = page(FULL_ENGAGE, runId, 2, [remote('f', { name: 'Name f' })])
  let attempts = 0
  for (;;) {
    attempts++
    if (attempts > 20) throw new Error('it never ends')
    const client = t.client()
    const [receipt, behind] = await Promise.all([client['run.applyPage'](first), client['run.applyPage'](second)])
    if (!receipt.ok) continue
    expect(value(behind)).toMatchObject({ written: 1, quarantined: 0 })
    break
  }
  expect(attempts).toBe(6)
  expect(t.careful()).toEqual([1, 1, 1])
  expect(await t.names()).toEqual([...REST, 'Name f'])
})

test('F124 a page that fails is remembered over pages of the next run that are stored before it', async () => {
  const t = await testCreateCore()
  const store = await t.open()
  t.faulty.refuse((table, row) => table === 'heads' && textOf(row).includes('Name poison'))
  const before = [remote('0', { name: 'Name 0' })]
  let last: unknown = null
  // A list that cannot be gone on with begins anew each time.
  for (let run = 0; run < 4; run++) {
    const runId = await beginRun(store, FULL_ENGAGE)
    value(await t.client()['run.applyPage'](page(FULL_ENGAGE, runId, 1, before)))
    last = await t.client()['run.applyPage'](page(FULL_ENGAGE, runId, 2, RECORDS))
    await store.store.sync['run.end'](runEnd(store, FULL_ENGAGE, runId, { outcome: 'void' }))
  }
  expect(last).toMatchObject({ ok: true, value: { written: 4, quarantined: 1 } })
})

test('a full disk, a takeover or a book in other hands is no fault of the page', async () => {
  const t = await testCreateCore()
  const runId = await beginRun(await t.open(), FULL_ENGAGE)
  const sent = page(FULL_ENGAGE, runId, 1, RECORDS)
  t.faulty.full(true)
  for (let attempt = 0; attempt < 6; attempt++) {
    expect(await t.client()['run.applyPage'](sent)).toMatchObject({ ok: false, error: { kind: 'full' } })
  }
  t.faulty.full(false)
  t.store().context.guard.setState('ok')
  expect(value(await t.client()['run.applyPage'](sent))).toMatchObject({ written: 5, quarantined: 0 })
})
