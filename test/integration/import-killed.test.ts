import { expect, it, onTestFinished } from 'vitest'
import type { ImportChoices, ImportTarget } from '../../renderer/store/store-contract.ts'
import { writeCsv } from '../../shared/csv/write-csv.ts'
import type { Result } from '../../shared/result.ts'
import { kinds, offlineWorld, queue, until, workOffline } from '../faults/journal-world.ts'
import type { World } from '../support/test-create-world.ts'

const PEOPLE = 30
const FILE = writeCsv(
  ['Name', 'Phone', 'Email'],
  Array.from({ length: PEOPLE }, (_, i) => [`Imported ${i}`, `+47 900 00 ${100 + i}`, `p${i}@x.example`]),
)
const SKIP: ImportChoices = { all: 'skip', rows: {} }

function value<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`)
  return result.value
}

async function created(world: World): Promise<readonly string[]> {
  const list = value(await world.store().page['clients.list']({ text: 'imported', sort: null, offset: 0, limit: 100 }))
  return list.rows.map((row) => row.name).toSorted()
}

async function importInto(world: World, importId: string, rows: number, target: ImportTarget) {
  const { page } = world.store()
  value(await page['import.read']({ importId, fileName: 'people.csv', text: FILE, csv: null }))
  const plan = value(await page['import.plan']({ importId, target, choices: SKIP }))
  let from = 0
  while (from < Math.min(rows, plan.total)) {
    from = value(await until(world, page['import.take']({ importId, from, limit: Math.min(10, rows - from) }))).next
  }
  return plan
}

async function start(seed: number): Promise<{ readonly world: World; readonly target: ImportTarget }> {
  const world = await offlineWorld(seed)
  onTestFinished(async () => {
    await world.end()
    expect(world.bugs).toEqual([])
  })
  return { world, target: { sourceId: world.ids.fullEngage, deviceOnly: false } }
}

it('a worker killed in the middle of an import loses none that came in, and the file again brings the rest, each once', async () => {
  const { world, target } = await start(11)
  await importInto(world, 'imp-1', 20, target)
  await world.killStore()
  expect(await created(world)).toHaveLength(20)
  expect(await kinds(world)).toEqual(['import-cut'])

  expect(await importInto(world, 'imp-2', PEOPLE, target)).toMatchObject({ creates: 10, skips: 20 })
  expect(await created(world)).toHaveLength(PEOPLE)
  expect(await kinds(world)).toEqual([])
  await workOffline(world, false)
  await world.advance(300_000)
  const posts = world.traffic.filter(({ method }) => method === 'POST')
  expect(posts.map(({ body }) => body.name).toSorted(), 'every client is sent once').toEqual(await created(world))
  expect(await queue(world)).toEqual([])
})

it('a power cut that takes the whole database: what came in is in the journal, and is brought back', async () => {
  const { world, target } = await start(12)
  await importInto(world, 'imp-1', 20, target)
  const before = await created(world)
  await world.killBoth(() => world.disk.writeDatabase(null))
  await world.advance(5_000)
  expect(await created(world)).toEqual(before)
  expect(await queue(world)).toHaveLength(20)

  await importInto(world, 'imp-2', PEOPLE, target)
  expect(await created(world)).toHaveLength(PEOPLE)
})

it('an import that was half sent is taken back whole: unsent ones are gone, sent ones get a delete', async () => {
  const { world, target } = await start(13)
  await importInto(world, 'imp-1', PEOPLE, target)
  await workOffline(world, false)
  for (let waited = 0; waited < 60_000; waited += 50) {
    if (world.traffic.filter(({ method }) => method === 'POST').length >= 5) break
    await world.advance(50)
  }
  await workOffline(world, true)
  await world.advance(5_000)
  const undone = value(await until(world, world.store().page['edit.undoLast']({})))
  expect(undone?.imported).toMatchObject({ filled: 0, stay: 0, underWay: 0 })
  expect(undone?.imported?.clients).toBe(PEOPLE)
  expect(undone?.imported?.compensating).toBeGreaterThanOrEqual(5)
  await workOffline(world, false)
  await world.advance(300_000)
  expect(world.fullEngage.table.list().filter((row) => row.name.startsWith('Imported'))).toEqual([])
  expect(await created(world)).toEqual([])
})
