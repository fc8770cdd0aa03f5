import { expect, test } from 'vitest'
import {
  byName,
  CONNECT,
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

test('F170 undo after the edit was sent: another edit, made on what was sent, checked like any other', async () => {
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

test('F170 what has been sent and written over since is not undone, and says so; nor is an older step in its place', async () => {
  const { t, ann } = await withAnn()
  await save(t, ann.clientId, { notes: 'kept' }, { notes: null })
  await save(t, ann.clientId, { phone: '1' }, { phone: '0' })
  const { editId } = await send(t, FULL_ENGAGE)
  const theirs = remote('1', { name: 'Ann', phone: '7', notes: 'kept' })
  await settle(t, editId, {
    kind: 'done',
    record: remote('1', { name: 'Ann', phone: '1', notes: 'kept' }),
    writeSeq: 2,
  })
  await sweep(t, FULL_ENGAGE, [theirs])
  expect(await t.store.page['edit.undoLast']({})).toEqual({
    ok: false,
    error: { code: 'bad-input', field: 'undo', rule: 'changed-meanwhile' },
  })
  expect((await details(t, ann.clientId)).row.phone).toBe('7')
  // The step is gone; the next one is the user's next wish.
  expect(await undo(t)).toMatchObject({ what: 'edit' })
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([{ field: 'notes', from: 'kept', to: null }])
})

test('F170 a value that the source writes its own way is undone all the same, made on that way', async () => {
  const { t, ann } = await withAnn()
  await save(t, ann.clientId, { phone: '030 1' }, { phone: '0' })
  const { editId } = await send(t, FULL_ENGAGE)
  await settle(t, editId, {
    kind: 'done',
    record: remote('1', { name: 'Ann', phone: '+49301', notes: null }),
    writeSeq: 2,
  })
  expect(await undo(t)).toMatchObject({ compensating: true })
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([{ field: 'phone', from: '+49301', to: '0' }])
})

test('F170 a client created where nothing is deleted stays there, and that is said', async () => {
  const t = await testOpenStore()
  await sweep(t, CONNECT, [])
  value(await t.store.page['client.create']({ sourceId: CONNECT, deviceOnly: false, fields: { firstName: 'Nia' } }))
  const { editId } = await send(t, CONNECT, [])
  const refusal = (rule: string) => ({ ok: false, error: { code: 'bad-input', field: 'undo', rule } })
  // On its way nobody knows yet; the step is kept until it is known.
  expect(await t.store.page['edit.undoLast']({})).toEqual(refusal('in-flight'))
  await settle(t, editId, { kind: 'done', record: remote('9', { firstName: 'Nia' }), writeSeq: 2 })
  expect(await t.store.page['edit.undoLast']({})).toEqual(refusal('sent-create-stays'))
  expect(await names(t)).toEqual(['Nia'])
  expect(await undo(t)).toBeNull()
})

test('a delete whose fate is not known is not taken back before it is', async () => {
  const { t, ann } = await withAnn()
  value(await t.store.page['client.delete']({ clientId: ann.clientId }))
  t.time.tick(60_000)
  const { editId } = await send(t, FULL_ENGAGE)
  const error = { code: 'unreachable', reason: 'reset', sent: true, detail: null } as const
  await settle(t, editId, { kind: 'unknown', at: t.time.now(), error })
  expect(await t.store.page['edit.undoLast']({})).toMatchObject({ error: { rule: 'in-flight' } })
  await take(t, FULL_ENGAGE)
  await settle(t, editId, { kind: 'done', record: null, writeSeq: 2 })
  expect(await undo(t)).toMatchObject({ what: 'delete', compensating: true })
})
