import { expect, test } from 'vitest'
import { compactSegments } from '../../../../../renderer/store/segments/compact.ts'
import {
  beginRun,
  byName,
  details,
  FULL_ENGAGE,
  names,
  page,
  remote,
  runEnd,
  type TestStore,
  testOpenStore,
  value,
} from '../test-open-store.ts'

async function until(t: TestStore, holds: () => boolean): Promise<void> {
  for (let i = 0; i < 2_000 && !holds(); i++) {
    await new Promise<void>((resolve) => setImmediate(resolve))
    t.time.tick(0)
  }
  expect(holds()).toBe(true)
}

test('soon after a pull its segments are squeezed, what was saved is saved anew, and a start reads no heads for it', async () => {
  const t = await testOpenStore()
  const runId = await beginRun(t, FULL_ENGAGE)
  for (let seq = 1; seq <= 12; seq++) {
    const records = Array.from({ length: 10 }, (_, i) => remote(`r${seq}-${i}`, { name: `N${seq}-${i}` }))
    value(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, seq, records)))
  }
  value(await t.store.sync['run.end'](runEnd(t, FULL_ENGAGE, runId, { size: 120 })))
  const { saved, book } = t.store.context
  t.time.tick(1_000)
  await until(t, () => saved.report().savedAt !== null)
  const before = saved.report().savedAt ?? 0
  t.time.tick(8_000)
  await until(t, () => [...book.segments.values()].every(({ form }) => form === 'squeezed'))
  t.time.tick(1_000)
  await until(t, () => (saved.report().savedAt ?? 0) > before)
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(again.store.context.saved.report().startedFrom).toBe('saved')
  expect(await names(again, 'N7-3')).toEqual(['N7-3'])
})

test('what is written to a record while its segments are being merged is not overtaken by what it was', async () => {
  const t = await testOpenStore()
  const runId = await beginRun(t, FULL_ENGAGE)
  const send = async (seq: number, records: readonly ReturnType<typeof remote>[]) =>
    value(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, seq, records)))
  for (let seq = 1; seq <= 9; seq++) await send(seq, [remote(`r${seq}`, { name: `N${seq}` })])
  const [merged] = await Promise.all([
    compactSegments(t.store.context),
    send(10, [remote('r4', { name: 'Written meanwhile' })]),
  ])
  expect(value(merged)).toEqual({ merged: 0 })
  expect(value(await compactSegments(t.store.context)).merged).toBeGreaterThan(8)
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(await names(again, 'N4')).toEqual([])
  expect(await names(again, 'meanwhile')).toEqual(['Written meanwhile'])
})

test('values that may no longer be kept are forgotten in squeezed segments, too', async () => {
  const t = await testOpenStore()
  const runId = await beginRun(t, FULL_ENGAGE)
  for (let seq = 1; seq <= 9; seq++) {
    const records = [remote(`r${seq}`, { name: `N${seq}`, notes: 'a secret' })]
    value(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, seq, records)))
  }
  expect(value(await compactSegments(t.store.context)).merged).toBe(9)
  const purge = { sourceId: FULL_ENGAGE, fields: ['notes' as const], rawKeys: ['notes'] }
  expect(value(await t.store.sync['records.purgeFields'](purge)).changed).toBe(9)
  const { clientId } = await byName(t, 'N5')
  const { records } = await details(t, clientId)
  expect(records[0]?.raw).toEqual({ id: 'r5', name: 'N5' })
})
