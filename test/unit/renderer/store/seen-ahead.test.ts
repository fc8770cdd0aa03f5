import { expect, test } from 'vitest'
import {
  beginRun,
  CLNT,
  page,
  remote,
  runEnd,
  suspects,
  sweep,
  type TestStore,
  testOpenStore,
  value,
} from './test-open-store.ts'

const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => remote(`r${from + i}`, { firstName: `Client ${from + i}` }))

async function everyRow({ store }: TestStore): Promise<string> {
  const { relaxed } = store.context.databases
  const tables = await Promise.all(relaxed.tables.map(async (table) => [table.name, await table.toArray()]))
  return JSON.stringify(tables)
}

const applied = async (t: TestStore, ...given: Parameters<typeof page>) =>
  value(await t.store.sync['run.applyPage'](page(...given)))

test('a re-pull of unchanged data writes no row of any table until it ends, and the sweep proves as much as ever', async () => {
  const t = await testOpenStore()
  await sweep(t, CLNT, many(30))
  // Nobody was missing: no later sweep will ask for its ids.
  expect(await t.store.context.databases.relaxed.sweepPages.count()).toBe(0)
  t.time.tick(660_000)
  const runId = await beginRun(t, CLNT)
  const before = await everyRow(t)
  expect(await applied(t, CLNT, runId, 1, many(10))).toMatchObject({ written: 0, unchanged: 10 })
  // The eleventh is not there any more.
  await applied(t, CLNT, runId, 2, many(9, 11))
  await applied(t, CLNT, runId, 3, many(10, 20))
  expect(await everyRow(t)).toBe(before)
  expect(t.store.context.book.checkpoints.get(CLNT)?.run).toMatchObject({ seq: 3, position: 3, received: 29 })
  value(await t.store.sync['run.end'](runEnd(t, CLNT, runId, { size: 29 })))
  expect(await suspects(t, CLNT)).toMatchObject({ suspects: 1 })
  // It is what the next sweep is compared to: all of its ids are on the disk, as one row.
  const [row, ...more] = await t.store.context.databases.relaxed.sweepPages.toArray()
  expect([row?.runId, row?.seq, row?.pages, more.length]).toEqual([runId, 3, 3, 0])
  expect(JSON.parse(row?.ids ?? '')).toHaveLength(29)
})

test('killed in the middle of such a re-pull, the run goes on from what is on the disk, and nobody is missing for it', async () => {
  const t = await testOpenStore()
  await sweep(t, CLNT, many(30))
  t.time.tick(660_000)
  const runId = await beginRun(t, CLNT)
  await applied(t, CLNT, runId, 1, many(10))
  // Something new: it takes along what memory was ahead of the disk.
  await applied(t, CLNT, runId, 2, [...many(9, 10), remote('r19', { firstName: 'Renamed' })])
  await applied(t, CLNT, runId, 3, many(5, 20))
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(value(await again.store.sync['sources.checkpoints']({}))).toMatchObject([{ run: { runId, seq: 2 } }])
  const stored = await again.store.context.databases.relaxed.sweepPages.toArray()
  expect(stored.map(({ seq, pages }) => [seq, pages])).toEqual([
    [1, 1],
    [2, 1],
  ])
  expect(await beginRun(again, CLNT)).toBe(runId)
  await applied(again, CLNT, runId, 3, many(10, 20))
  value(await again.store.sync['run.end'](runEnd(again, CLNT, runId, { size: 30 })))
  expect(await suspects(again, CLNT)).toMatchObject({ suspects: 0 })
  expect(again.store.context.book.checkpoints.get(CLNT)).toMatchObject({ run: null, lastProof: 'clean' })
})

test('a slow re-pull is written down every ten seconds, and when it is cut short', async () => {
  const t = await testOpenStore()
  await sweep(t, CLNT, many(30))
  t.time.tick(660_000)
  const runId = await beginRun(t, CLNT)
  const { sweepPages, checkpoints } = t.store.context.databases.relaxed
  const onDisk = async () => {
    const rows = await sweepPages.where('[runId+seq]').between([runId, 0], [runId, 99]).toArray()
    const { run } = (await checkpoints.get(CLNT)) ?? {}
    return [run?.seq, rows.reduce((sum, row) => sum + row.pages, 0)]
  }
  for (let seq = 1; seq <= 3; seq++) {
    t.time.tick(4_000)
    await applied(t, CLNT, runId, seq, many(5, seq * 5))
  }
  expect(await onDisk()).toEqual([0, 0])
  t.time.tick(4_000)
  await applied(t, CLNT, runId, 4, many(5, 20))
  expect(await onDisk()).toEqual([4, 4])
  await applied(t, CLNT, runId, 5, many(5, 25))
  value(await t.store.sync['run.end'](runEnd(t, CLNT, runId, { outcome: 'partial' })))
  expect(await onDisk()).toEqual([5, 5])
})

test('an owner that has been overtaken may take note of such a page: nothing of it counts, and its run does not end', async () => {
  const t = await testOpenStore()
  await sweep(t, CLNT, many(30))
  t.time.tick(660_000)
  const runId = await beginRun(t, CLNT)
  await applied(t, CLNT, runId, 1, many(10))
  const next = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  // It asks nobody for a page that it does not store.
  await applied(t, CLNT, runId, 2, many(20, 10))
  expect(await t.store.sync['run.end'](runEnd(t, CLNT, runId, { size: 30 }))).toEqual({
    ok: false,
    error: { code: 'storage', kind: 'fenced' },
  })
  // The next owner knows of neither page: what comes behind them is refused, and a run begins where the disk says.
  expect(await next.store.sync['run.applyPage'](page(CLNT, runId, 3, []))).toMatchObject({
    error: { rule: 'page-gap' },
  })
  const again = await beginRun(next, CLNT)
  expect(next.store.context.book.checkpoints.get(CLNT)?.run).toMatchObject({ seq: 0, received: 0 })
  for (let seq = 1; seq <= 3; seq++) await applied(next, CLNT, again, seq, many(10, seq * 10 - 10))
  value(await next.store.sync['run.end'](runEnd(next, CLNT, again, { size: 30 })))
  expect(await suspects(next, CLNT)).toMatchObject({ suspects: 0 })
})
