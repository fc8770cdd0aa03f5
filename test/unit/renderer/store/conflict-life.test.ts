import { expect, test } from 'vitest'
import type { Outcome } from '../../../../shared/ipc/store-sync-contract.ts'
import type { FieldKey, Fields } from '../../../../shared/model/field.ts'
import {
  byName,
  details,
  FULL_ENGAGE,
  names,
  remote,
  save,
  send,
  settle,
  sweep,
  type TestStore,
  take,
  testOpenStore,
  value,
} from './test-open-store.ts'

const BASE = { name: 'Ann', phone: '0', notes: 'old' } as const

/** Ann's phone (and what else is given) was changed here and there. */
async function disputed(mine: Fields = { phone: '1' }, theirs: Fields = { phone: '2' }) {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', BASE)])
  const { clientId } = await byName(t, 'Ann')
  await save(t, clientId, mine, BASE)
  const { editId } = await take(t, FULL_ENGAGE)
  if (editId === null) throw new Error('nothing taken')
  await settle(t, editId, conflictOf(mine, theirs))
  return { t, clientId, editId, conflict: await open(t) }
}

function conflictOf(mine: Fields, theirs: Fields): Outcome {
  const keys = Object.keys(mine) as FieldKey[] // written as Fields above
  const both = keys.filter((key) => theirs[key] !== undefined)
  return {
    kind: 'conflict',
    conflict: 'field',
    remote: remote('1', { ...BASE, ...theirs }),
    fields: both.map((field) => ({
      field,
      base: field === 'phone' ? BASE.phone : BASE.notes,
      mine: mine[field] ?? null,
      theirs: theirs[field] ?? null,
    })),
    merged: keys.filter((key) => !both.includes(key)),
    candidates: [],
  }
}

async function open({ store }: TestStore) {
  const [conflict] = value(await store.page['conflicts.list']({}))
  if (conflict === undefined) throw new Error('no conflict')
  return conflict
}
const story = async ({ store }: TestStore, clientId: Awaited<ReturnType<typeof disputed>>['clientId']) =>
  value(await store.page['clients.timeline']({ clientId, limit: 50 }))

test('F156 a conflict closes by itself where the source comes to say what was wanted here', async () => {
  const { t, clientId } = await disputed({ phone: '1', notes: 'mine' })
  await sweep(t, FULL_ENGAGE, [remote('1', { ...BASE, phone: '1' })])
  expect(value(await t.store.page['conflicts.list']({}))).toEqual([])
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toContainEqual({ field: 'notes', from: 'old', to: 'mine' })
  expect((await story(t, clientId))[0]).toMatchObject({ kind: 'resolved', by: 'source' })
})

test('F156 back to the base at the source: nothing is disputed, and what was written here goes on', async () => {
  const { t } = await disputed()
  await sweep(t, FULL_ENGAGE, [remote('1', BASE)])
  expect(value(await t.store.page['conflicts.list']({}))).toEqual([])
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([{ field: 'phone', from: '0', to: '1' }])
})

test('what is written while a conflict is open becomes its mine; back to the base, nothing is left of it', async () => {
  const { t, clientId } = await disputed()
  await save(t, clientId, { phone: '11', notes: 'more' }, { phone: '1', notes: 'old' })
  const conflict = await open(t)
  expect(conflict.fields).toEqual([{ field: 'phone', base: '0', mine: '11', theirs: '2' }])
  expect(conflict.merged).toEqual(['notes'])
  expect(value(await t.store.page['queue.list']({}))).toHaveLength(1)
  await save(t, clientId, { phone: '0', notes: 'old' }, { phone: '11', notes: 'more' })
  expect(value(await t.store.page['conflicts.list']({}))).toEqual([])
  expect(value(await t.store.page['queue.list']({}))).toEqual([])
  expect((await details(t, clientId)).field('phone')).toMatchObject({ value: '2', origin: { kind: 'source' } })
})

test('an edit that waits behind one that comes into conflict joins it: the question is about the newest value', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', BASE)])
  const { clientId } = await byName(t, 'Ann')
  await save(t, clientId, { phone: '1' }, BASE)
  const { editId } = await take(t, FULL_ENGAGE)
  if (editId === null) throw new Error('nothing taken')
  await save(t, clientId, { phone: '5', notes: 'later' }, { phone: '1', notes: 'old' })
  await settle(t, editId, conflictOf({ phone: '1' }, { phone: '2' }))
  expect((await open(t)).fields).toEqual([{ field: 'phone', base: '0', mine: '5', theirs: '2' }])
  const { conflictId } = await open(t)
  value(await t.store.page['conflict.resolve']({ conflictId, choices: { phone: 'mine' }, seen: { phone: '2' } }))
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([
    { field: 'phone', from: '2', to: '5' },
    { field: 'notes', from: 'old', to: 'later' },
  ])
})

test('behind one that may have left nothing is folded: it waits its turn, on what is decided', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', BASE)])
  const { clientId } = await byName(t, 'Ann')
  await save(t, clientId, { phone: '1' }, BASE)
  const { editId } = await send(t, FULL_ENGAGE)
  await save(t, clientId, { phone: '0' }, { phone: '1' })
  await settle(t, editId, conflictOf({ phone: '1' }, { phone: '2' }))
  const { conflictId, fields } = await open(t)
  expect(fields).toEqual([{ field: 'phone', base: '0', mine: '1', theirs: '2' }])
  value(await t.store.page['conflict.resolve']({ conflictId, choices: { phone: 'theirs' }, seen: { phone: '2' } }))
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([{ field: 'phone', from: '2', to: '0' }])
})

test('put back behind an edit that comes into conflict: nothing is left to ask, and theirs shows', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', BASE)])
  const { clientId } = await byName(t, 'Ann')
  await save(t, clientId, { phone: '1' }, BASE)
  const { editId } = await take(t, FULL_ENGAGE)
  if (editId === null) throw new Error('nothing taken')
  await save(t, clientId, { phone: '0' }, { phone: '1' })
  await settle(t, editId, conflictOf({ phone: '1' }, { phone: '2' }))
  expect(value(await t.store.page['conflicts.list']({}))).toEqual([])
  expect(value(await t.store.page['queue.list']({}))).toEqual([])
  expect((await details(t, clientId)).field('phone')).toMatchObject({ value: '2', origin: { kind: 'source' } })
})

test('the value left out stays in the history and can be put back, as a checked edit', async () => {
  const { t, clientId, conflict } = await disputed()
  value(
    await t.store.page['conflict.resolve']({
      conflictId: conflict.conflictId,
      choices: { phone: 'theirs' },
      seen: { phone: '2' },
    }),
  )
  const [item] = await story(t, clientId)
  expect(item).toMatchObject({ kind: 'resolved', by: 'me', fields: [{ from: '1', to: '2' }], canPutBack: ['phone'] })
  value(await t.store.page['timeline.putBack']({ clientId, itemId: item?.id ?? -1, field: 'phone' }))
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([{ field: 'phone', from: '2', to: '1' }])
  expect((await story(t, clientId))[0]).toMatchObject({ kind: 'you-changed', by: 'put-back' })
})

test('entries of the history keep their ids over a restart', async () => {
  const { t, clientId } = await disputed()
  const before = await story(t, clientId)
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect((await story(again, clientId)).map((item) => [item.id, item.kind, item.by])).toEqual(
    before.map((item) => [item.id, item.kind, item.by]),
  )
  expect(new Set(before.map((item) => item.id)).size).toBe(before.length)
})

test('a decision is opened again as long as nothing of it was sent, and shows the newest of theirs', async () => {
  for (const choice of ['mine', 'theirs'] as const) {
    const { t, clientId, conflict } = await disputed()
    const { conflictId } = conflict
    value(await t.store.page['conflict.resolve']({ conflictId, choices: { phone: choice }, seen: { phone: '2' } }))
    value(await t.store.page['conflict.reopen']({ conflictId }))
    expect(await open(t)).toMatchObject({ conflictId, fields: conflict.fields, resolvedAt: null })
    expect((await details(t, clientId)).row).toMatchObject({ mark: 'conflict', phone: '1' })
    expect((await take(t, FULL_ENGAGE)).edit).toBeNull()
    t.store.close()
  }
})

test('a decision that was sent is not opened again, and says so; Ctrl+Z queues the other value instead', async () => {
  const { t, conflict } = await disputed()
  const { conflictId } = conflict
  value(await t.store.page['conflict.resolve']({ conflictId, choices: { phone: 'mine' }, seen: { phone: '2' } }))
  const { editId } = await send(t, FULL_ENGAGE)
  const refusal = { ok: false, error: { code: 'bad-input', field: 'conflictId', rule: 'already-sent' } }
  expect(await t.store.page['conflict.reopen']({ conflictId })).toEqual(refusal)
  await settle(t, editId, { kind: 'done', record: remote('1', { ...BASE, phone: '1' }), writeSeq: 5 })
  expect(await t.store.page['conflict.reopen']({ conflictId })).toEqual(refusal)
  expect(value(await t.store.page['edit.undoLast']({}))).toMatchObject({ what: 'resolve', compensating: true })
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([{ field: 'phone', from: '1', to: '2' }])
})

test('an edit made after a decision is not lost by opening the decision again', async () => {
  const { t, clientId, conflict } = await disputed()
  const { conflictId } = conflict
  value(await t.store.page['conflict.resolve']({ conflictId, choices: { phone: 'mine' }, seen: { phone: '2' } }))
  await save(t, clientId, { notes: 'after' }, { notes: 'old' })
  expect(await t.store.page['conflict.reopen']({ conflictId })).toMatchObject({
    ok: false,
    error: { rule: 'changed-meanwhile' },
  })
  expect((await details(t, clientId)).field('notes').value).toBe('after')
})

test('Ctrl+Z right after a decision opens it again, and never takes an older edit back in its place', async () => {
  const { t, conflict } = await disputed()
  const { conflictId } = conflict
  value(await t.store.page['conflict.resolve']({ conflictId, choices: { phone: 'theirs' }, seen: { phone: '2' } }))
  expect(value(await t.store.page['edit.undoLast']({}))).toMatchObject({ what: 'resolve', compensating: false })
  expect((await open(t)).conflictId).toBe(conflictId)
})

test('F159 gone at the source and edited here: the edit is kept, nothing is recreated unasked; a decision for theirs can be opened again, the client is back as it was', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', BASE)])
  const { clientId } = await byName(t, 'Ann')
  await save(t, clientId, { phone: '1' }, BASE)
  const { editId } = await take(t, FULL_ENGAGE)
  if (editId === null) throw new Error('nothing taken')
  const fields = [{ field: 'phone', base: '0', mine: '1', theirs: null }] as const
  await settle(t, editId, { kind: 'conflict', conflict: 'gone', remote: null, fields, merged: [], candidates: [] })
  for (const record of ['theirs', 'mine'] as const) {
    const { conflictId } = await open(t)
    value(await t.store.page['conflict.resolve']({ conflictId, choices: { record }, seen: { phone: null } }))
    expect(await names(t)).toEqual(record === 'mine' ? ['Ann'] : [])
    value(await t.store.page['conflict.reopen']({ conflictId }))
    expect((await details(t, clientId)).records[0]?.remoteId).toBe('1')
    expect((await details(t, clientId)).field('phone').value).toBe('1')
    expect(value(await t.store.page['tray.list']({}))).toEqual([])
  }
})

test('F159 its source has the client again: the edit goes on as if nothing had been', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', BASE)])
  const { clientId } = await byName(t, 'Ann')
  await save(t, clientId, { phone: '1' }, BASE)
  const { editId } = await take(t, FULL_ENGAGE)
  if (editId === null) throw new Error('nothing taken')
  await settle(t, editId, { kind: 'conflict', conflict: 'gone', remote: null, fields: [], merged: [], candidates: [] })
  await sweep(t, FULL_ENGAGE, [remote('1', BASE)])
  expect(value(await t.store.page['conflicts.list']({}))).toEqual([])
  expect((await take(t, FULL_ENGAGE)).edit).toMatchObject({ operation: 'update', editId })
})

test('several candidates: the one that was chosen is adopted, the others are clients of their own; and back again', async () => {
  const t = await testOpenStore()
  const { clientId } = value(
    await t.store.page['client.create']({
      sourceId: FULL_ENGAGE,
      deviceOnly: false,
      fields: { name: 'Nia', phone: '4' },
    }),
  )
  const { editId } = await send(t, FULL_ENGAGE, [])
  const error = { code: 'unreachable', reason: 'reset', sent: true, detail: null } as const
  await settle(t, editId, { kind: 'unknown', at: t.time.now(), error })
  await sweep(t, FULL_ENGAGE, [
    remote('5', { name: 'Nia', phone: '4' }),
    remote('6', { name: 'Nia', phone: '4', notes: 'six' }),
  ])
  await take(t, FULL_ENGAGE)
  const candidates = ['5', '6']
  await settle(t, editId, { kind: 'conflict', conflict: 'duplicate', remote: null, fields: [], merged: [], candidates })
  const { conflictId } = await open(t)
  expect(
    await t.store.page['conflict.resolve']({ conflictId, choices: { record: 'theirs' }, candidate: '7' }),
  ).toMatchObject({ ok: false, error: { field: 'candidate', rule: 'unknown-candidate' } })
  value(await t.store.page['conflict.resolve']({ conflictId, choices: { record: 'theirs' }, candidate: '6' }))
  expect((await details(t, clientId)).records[0]?.remoteId).toBe('6')
  expect((await details(t, clientId)).field('notes').value).toBe('six')
  expect(await names(t)).toEqual(['Nia', 'Nia'])
  value(await t.store.page['conflict.reopen']({ conflictId }))
  expect(await names(t)).toEqual(['Nia'])
  expect((await open(t)).candidateViews.map((c) => c.name)).toEqual(['Nia', 'Nia'])
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(await names(again)).toEqual(['Nia'])
  expect((await details(again, clientId)).records[0]?.remoteId).toBeNull()
})

test('what was written behind a lost create does not go over what others wrote into the one that is chosen: it asks', async () => {
  const t = await testOpenStore()
  const fields = { name: 'Nia', notes: 'first', phone: '+49 151' }
  const { clientId } = value(await t.store.page['client.create']({ sourceId: FULL_ENGAGE, deviceOnly: false, fields }))
  const { editId } = await send(t, FULL_ENGAGE, [])
  const error = { code: 'not-json', got: 'empty', status: 201 } as const
  await settle(t, editId, { kind: 'unknown', at: t.time.now(), error })
  await save(t, clientId, { notes: 'second', phone: '+49 152' }, { notes: 'first', phone: '+49 151' })
  // Others have been at it before anybody here could know of it; the phone number is ours in the form of the source.
  await sweep(t, FULL_ENGAGE, [remote('5', { name: 'Nia', notes: 'theirs', phone: '+49151' })])
  await take(t, FULL_ENGAGE)
  const candidates = ['5']
  await settle(t, editId, { kind: 'conflict', conflict: 'duplicate', remote: null, fields: [], merged: [], candidates })
  const { conflictId } = await open(t)
  value(await t.store.page['conflict.resolve']({ conflictId, choices: { record: 'theirs' } }))
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([
    { field: 'notes', from: 'first', to: 'second' },
    { field: 'phone', from: '+49151', to: '+49 152' },
  ])
})

test('a discarded edit is queued again by Ctrl+Z, in the state it had', async () => {
  const { t, clientId, editId } = await disputed()
  value(await t.store.page['edit.discard']({ editId }))
  expect((await story(t, clientId))[0]).toMatchObject({ kind: 'discarded', canPutBack: ['phone'] })
  expect(value(await t.store.page['edit.undoLast']({}))).toMatchObject({ what: 'discard' })
  expect((await open(t)).fields).toEqual([{ field: 'phone', base: '0', mine: '1', theirs: '2' }])
  expect((await details(t, clientId)).row.phone).toBe('1')
})
