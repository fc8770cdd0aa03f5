import { expect, test } from 'vitest'
import { beginRun, FULL_ENGAGE, page, remote, sweep, testOpenStore, value } from './test-open-store.ts'

test('records that are tried alone and bring nothing new move nothing: the page behind them is still stored', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('a', { name: 'Name a' }), remote('b', { name: 'Name b' })])
  const runId = await beginRun(t, FULL_ENGAGE)
  const records = [remote('a', { name: 'Name a' }), remote('b', { name: 'Renamed' }), remote('c', { name: 'Name c' })]
  const receipt = await t.store.sync['run.applyPage']({ ...page(FULL_ENGAGE, runId, 1, records), careful: true })
  expect(value(receipt)).toMatchObject({ received: 3, written: 2, unchanged: 1, quarantined: 0 })
  const list = value(await t.store.page['clients.list']({ text: '', sort: null, offset: 0, limit: 10 }))
  expect(list.rows.map((row) => row.name).sort()).toEqual(['Name a', 'Name c', 'Renamed'])
  const seen = (await t.store.context.databases.relaxed.sweepPages.toArray()).filter((row) => row.runId === runId)
  expect(seen.flatMap((row) => JSON.parse(row.ids))).toEqual(['a', 'b', 'c'])
})
