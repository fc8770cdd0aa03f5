import { expect, test } from 'vitest'
import {
  byName,
  details,
  FULL_ENGAGE,
  names,
  remote,
  SPOTT,
  save,
  send,
  settle,
  sweep,
  take,
  testOpenStore,
  value,
} from './test-open-store.ts'

async function withAnn() {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Ann', phone: '0', notes: null })])
  return { t, ann: await byName(t, 'Ann') }
}
const undo = async (t: Awaited<ReturnType<typeof testOpenStore>>) => value(await t.store.page['edit.undoLast']({}))

test('an unsent edit is as if it had never been, step by step, across a restart', async () => {
  const { t, ann } = await withAnn()
  await save(t, ann.clientId, { phone: '1' }, { phone: '0' })
  await save(t, ann.clientId, { phone: '2', notes: 'n' }, { phone: '1', notes: null })
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(await undo(again)).toEqual({ clientName: 'Ann', what: 'edit', compensating: false })
  expect((await details(again, ann.clientId)).row.phone).toBe('1')
  await undo(again)
  expect(value(await again.store.page['queue.list']({}))).toEqual([])
  expect((await details(again, ann.clientId)).field('phone')).toMatchObject({ value: '0', origin: { kind: 'source' } })
  expect(await undo(again)).toBeNull()
})

test('a sent edit is undone by another edit', async () => {
  const { t, ann } = await withAnn()
  await save(t, ann.clientId, { phone: '1' }, { phone: '0' })
  const { editId } = await send(t, FULL_ENGAGE)
  await settle(t, editId, { kind: 'done', record: remote('1', { name: 'Ann', phone: '1', notes: null }), writeSeq: 2 })
  expect(await undo(t)).toMatchObject({ compensating: true })
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([{ field: 'phone', from: '1', to: '0' }])
})

test('values of this device return to what they were', async () => {
  const t = await testOpenStore()
  await sweep(t, SPOTT, [remote('s', { firstName: 'Kim' })])
  const kim = await byName(t, 'Kim')
  await save(t, kim.clientId, { notes: 'a' }, {})
  await save(t, kim.clientId, { notes: 'b' }, { notes: 'a' })
  expect(await undo(t)).toMatchObject({ what: 'local-values' })
  expect((await details(t, kim.clientId)).field('notes').value).toBe('a')
  await undo(t)
  expect((await details(t, kim.clientId)).row.hasLocalValues).toBe(false)
})

test('a create, unsent and sent', async () => {
  const { t } = await withAnn()
  value(await t.store.page['client.create']({ sourceId: FULL_ENGAGE, deviceOnly: false, fields: { name: 'Nia' } }))
  expect(await undo(t)).toMatchObject({ what: 'create', compensating: false })
  expect(await names(t)).toEqual(['Ann'])
  value(await t.store.page['client.create']({ sourceId: FULL_ENGAGE, deviceOnly: false, fields: { name: 'Nia' } }))
  const { editId } = await send(t, FULL_ENGAGE, [])
  await settle(t, editId, { kind: 'done', record: remote('2', { name: 'Nia' }), writeSeq: 2 })
  expect(await undo(t)).toMatchObject({ what: 'create', compensating: true })
  expect(await byName(t, 'Nia')).toMatchObject({ deleting: true })
})

test('a delete, unsent and sent', async () => {
  const { t, ann } = await withAnn()
  value(await t.store.page['client.delete']({ clientId: ann.clientId }))
  expect(await undo(t)).toMatchObject({ what: 'delete', compensating: false })
  expect(await byName(t, 'Ann')).toMatchObject({ deleting: false, mark: null })
  value(await t.store.page['client.delete']({ clientId: ann.clientId }))
  t.time.tick(60_000)
  const { editId } = await send(t, FULL_ENGAGE)
  await settle(t, editId, { kind: 'done', record: null, writeSeq: 2 })
  expect(await names(t)).toEqual([])
  expect(await undo(t)).toEqual({ clientName: 'Ann', what: 'delete', compensating: true })
  expect((await take(t, FULL_ENGAGE)).edit).toMatchObject({ operation: 'create', clientId: ann.clientId })
})
