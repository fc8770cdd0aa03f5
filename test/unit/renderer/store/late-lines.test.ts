import { expect, test } from 'vitest'
import { createLateLines } from '../../../../renderer/store/late-lines.ts'
import { HeadsNotRead } from '../../../../renderer/store/records/record-contract.ts'
import { createRecordId, type RecordId } from '../../../../shared/ids.ts'
import { beginRun, FULL_ENGAGE, page, remote, testCreateRandom, testOpenStore, value } from './test-open-store.ts'

const random = testCreateRandom()
const records = (count: number): ReadonlySet<RecordId> =>
  new Set(Array.from({ length: count }, () => createRecordId(random)))

/** Late lines over a view that only notes what it was to bring up to date. */
async function testCreateLate() {
  const { store, time } = await testOpenStore()
  const { view, search } = store.context
  const brought: number[] = []
  const late = createLateLines({
    view: { ...view, refresh: (recordIds) => brought.push([...recordIds].length) },
    search,
    clock: time,
  })
  return { late, time, brought }
}

test('who asks is answered as if lines and index had been made with the commit', async () => {
  const t = await testOpenStore()
  const runId = await beginRun(t, FULL_ENGAGE)
  const { search, view } = t.store.context
  const pull = async (seq: number): Promise<void> => {
    const one = remote(`${seq}`, { name: `Client ${seq}`, notes: `word${seq}` })
    value(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, seq, [one])))
  }
  await pull(1)
  expect(view.size()).toBe(1)
  await pull(2)
  expect(search.size()).toBe(2)
  await pull(3)
  const asked = { text: 'word3', sort: null, offset: 0, limit: 10 } as const
  expect(value(await t.store.page['clients.list'](asked))).toMatchObject({ total: 1, rows: [{ name: 'Client 3' }] })
})

test('in a quiet moment a share of what is late is made, and all of it when somebody asks', async () => {
  const { late, brought } = await testCreateLate()
  late.someOfIt()
  late.touched(records(300))
  expect(brought).toEqual([])
  late.someOfIt()
  late.someOfIt()
  late.view.columns()
  late.search.maintain(1)
  expect(brought).toEqual([150, 75, 75])
})

test('where nobody asks and nothing is written, it is made a moment later, once', async () => {
  const { late, brought, time } = await testCreateLate()
  late.touched(records(3))
  late.touched(records(2))
  time.tick(40)
  expect(brought).toEqual([])
  time.tick(20)
  time.tick(1_000)
  expect(brought).toEqual([5])
  late.touched(records(1))
  late.stop()
  time.tick(1_000)
  expect(brought).toEqual([5])
})

test('a commit that touches no record may have changed the names of sources: looked at once', async () => {
  const { late, brought } = await testCreateLate()
  late.touched(new Set())
  expect(brought).toEqual([0])
})

test('a head that is not in memory: nothing is forgotten, and who asks is told which segment to read', async () => {
  const { store, time } = await testOpenStore()
  const { view, search } = store.context
  let isRead = false
  const brought: number[] = []
  const refresh = (recordIds: Iterable<RecordId>): void => {
    if (!isRead) throw new HeadsNotRead([4])
    brought.push([...recordIds].length)
  }
  const late = createLateLines({ view: { ...view, refresh }, search, clock: time })
  late.touched(records(2))
  late.someOfIt()
  time.tick(100)
  expect(() => late.view.size()).toThrow(HeadsNotRead)
  isRead = true
  late.view.size()
  expect(brought).toEqual([2])
})
