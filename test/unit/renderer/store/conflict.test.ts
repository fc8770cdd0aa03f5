import { expect, test } from 'vitest'
import type { Outcome } from '../../../../shared/ipc/store-sync-contract.ts'
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
  take,
  testOpenStore,
  value,
} from './test-open-store.ts'

async function inConflict(outcome: (now: number) => Outcome, changes = { phone: '1', notes: 'mine' }) {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Ann', phone: null, notes: null })])
  const ann = await byName(t, 'Ann')
  await save(t, ann.clientId, changes, { phone: null, notes: null })
  const { edit, editId } = await take(t, FULL_ENGAGE)
  if (edit === null || editId === null) throw new Error('nothing taken')
  await settle(t, editId, outcome(t.time.now()))
  const [conflict] = value(await t.store.page['conflicts.list']({}))
  if (conflict === undefined) throw new Error('no conflict')
  return { t, ann, conflict, editId }
}

const field = (): Outcome => ({
  kind: 'conflict',
  conflict: 'field',
  remote: remote('1', { name: 'Ann', phone: '2', notes: null }),
  fields: [{ field: 'phone', base: null, mine: '1', theirs: '2' }],
  merged: ['notes'],
  candidates: [],
})
const gone = (): Outcome => ({
  kind: 'conflict',
  conflict: 'gone',
  remote: null,
  fields: [],
  merged: [],
  candidates: [],
})

test('a conflict keeps both values, marks the client, and survives a restart', async () => {
  const { t, ann, conflict } = await inConflict(field)
  expect(conflict).toMatchObject({ kind: 'field', clientName: 'Ann', fields: [{ base: null, mine: '1', theirs: '2' }] })
  const shown = await details(t, ann.clientId)
  expect(shown.row.mark).toBe('conflict')
  expect(shown.field('phone')).toMatchObject({
    value: '1',
    sourceValue: '2',
    origin: { kind: 'conflict', conflictId: conflict.conflictId },
  })
  expect((await take(t, FULL_ENGAGE)).edit).toBeNull()
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(value(await again.store.page['conflicts.list']({}))).toEqual([conflict])
})

test('every field needs a choice', async () => {
  const { t, conflict } = await inConflict(field)
  const refused = await t.store.page['conflict.resolve']({ conflictId: conflict.conflictId, choices: {} })
  expect(refused).toMatchObject({ ok: false, error: { code: 'bad-input', field: 'phone', rule: 'choice-required' } })
  expect(value(await t.store.page['conflicts.list']({}))).toHaveLength(1)
})

test('mine: sent again, made on what the source has now; what had merged goes along', async () => {
  const { t, ann, conflict } = await inConflict(field)
  value(await t.store.page['conflict.resolve']({ conflictId: conflict.conflictId, choices: { phone: 'mine' } }))
  expect(value(await t.store.page['conflicts.list']({}))).toEqual([])
  expect(value(await t.store.page['conflicts.resolvedCount']({ since: 0 }))).toBe(1)
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([
    { field: 'phone', from: '2', to: '1' },
    { field: 'notes', from: null, to: 'mine' },
  ])
  expect((await details(t, ann.clientId)).row).toMatchObject({ mark: 'waiting', phone: '1' })
})

test('theirs: their value shows, nothing of it is sent, the rest goes on', async () => {
  const { t, ann, conflict } = await inConflict(field)
  value(await t.store.page['conflict.resolve']({ conflictId: conflict.conflictId, choices: { phone: 'theirs' } }))
  const shown = await details(t, ann.clientId)
  expect(shown.field('phone')).toMatchObject({ value: '2', origin: { kind: 'source' } })
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([{ field: 'notes', from: null, to: 'mine' }])
})

test('theirs in every field leaves nothing waiting', async () => {
  const { t, ann, conflict } = await inConflict(() => ({ ...field(), merged: [] }) as Outcome, {
    phone: '1',
    notes: '',
  })
  value(await t.store.page['conflict.resolve']({ conflictId: conflict.conflictId, choices: { phone: 'theirs' } }))
  expect(value(await t.store.page['queue.list']({}))).toEqual([])
  expect((await details(t, ann.clientId)).row).toMatchObject({ mark: null, phone: '2' })
})

test('gone at the source, mine: made anew there under the same client, with all the source takes', async () => {
  const { t, ann, conflict } = await inConflict(gone)
  expect(conflict.recreateFields).toBe(3)
  expect((await details(t, ann.clientId)).records[0]?.present).toBe(false)
  value(await t.store.page['conflict.resolve']({ conflictId: conflict.conflictId, choices: { record: 'mine' } }))
  const { edit, editId } = await send(t, FULL_ENGAGE, [])
  expect(edit).toMatchObject({ operation: 'create', clientId: ann.clientId, remoteId: null })
  expect(edit.changes.map((change) => change.field).sort()).toEqual(['name', 'notes', 'phone'])
  await settle(t, editId, {
    kind: 'done',
    record: remote('2', { name: 'Ann', phone: '1', notes: 'mine' }),
    writeSeq: 3,
  })
  await sweep(t, FULL_ENGAGE, [remote('2', { name: 'Ann', phone: '1', notes: 'mine' })])
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(await names(again)).toEqual(['Ann'])
  expect((await byName(again, 'Ann')).clientId).toBe(ann.clientId)
})

test('gone at the source, theirs: gone here too, with what waited', async () => {
  const { t, conflict } = await inConflict(gone)
  value(await t.store.page['conflict.resolve']({ conflictId: conflict.conflictId, choices: { record: 'theirs' } }))
  expect(await names(t)).toEqual([])
  expect(value(await t.store.page['counts.get']({}))).toMatchObject({ edits: 0, conflicts: 0, clients: 0 })
})

test('discarding the edit of a conflict settles the conflict', async () => {
  const { t, ann, editId } = await inConflict(field)
  value(await t.store.page['edit.discard']({ editId }))
  expect(value(await t.store.page['conflicts.list']({}))).toEqual([])
  expect((await details(t, ann.clientId)).row).toMatchObject({ mark: null, phone: '2' })
})

test('changed before our delete: keep theirs, or delete all the same', async () => {
  for (const choice of ['mine', 'theirs'] as const) {
    const t = await testOpenStore()
    await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Ann', phone: null })])
    value(await t.store.page['client.delete']({ clientId: (await byName(t, 'Ann')).clientId }))
    t.time.tick(60_000)
    const { editId } = await take(t, FULL_ENGAGE)
    if (editId === null) throw new Error('nothing taken')
    await settle(t, editId, {
      kind: 'conflict',
      conflict: 'changed-before-delete',
      remote: remote('1', { name: 'Anne', phone: null }),
      fields: [{ field: 'name', base: 'Ann', mine: 'Ann', theirs: 'Anne' }],
      merged: [],
      candidates: [],
    })
    const [conflict] = value(await t.store.page['conflicts.list']({}))
    if (conflict === undefined) throw new Error('no conflict')
    value(await t.store.page['conflict.resolve']({ conflictId: conflict.conflictId, choices: { record: choice } }))
    expect(await byName(t, 'Anne')).toMatchObject({ deleting: choice === 'mine' })
    expect((await take(t, FULL_ENGAGE)).edit?.operation).toBe(choice === 'mine' ? 'delete' : undefined)
    t.store.close()
  }
})

test('several candidates for a lost create: one of them is it, or none', async () => {
  for (const choice of ['mine', 'theirs'] as const) {
    const t = await testOpenStore()
    const { clientId } = value(
      await t.store.page['client.create']({ sourceId: FULL_ENGAGE, deviceOnly: false, fields: { name: 'Nia' } }),
    )
    const { editId } = await send(t, FULL_ENGAGE, [])
    await settle(t, editId, {
      kind: 'unknown',
      at: t.time.now(),
      error: { code: 'unreachable', reason: 'reset', sent: true, detail: null },
    })
    await sweep(t, FULL_ENGAGE, [remote('5', { name: 'Nia', phone: '5' }), remote('6', { name: 'Nia', phone: '6' })])
    expect(await names(t)).toEqual(['Nia'])
    await take(t, FULL_ENGAGE)
    await settle(t, editId, {
      kind: 'conflict',
      conflict: 'duplicate',
      remote: null,
      fields: [],
      merged: [],
      candidates: ['5', '6'],
    })
    const [conflict] = value(await t.store.page['conflicts.list']({}))
    if (conflict === undefined) throw new Error('no conflict')
    value(await t.store.page['conflict.resolve']({ conflictId: conflict.conflictId, choices: { record: choice } }))
    if (choice === 'theirs') {
      expect(await names(t)).toEqual(['Nia', 'Nia'])
      expect((await details(t, clientId)).records[0]?.remoteId).toBe('5')
      expect(value(await t.store.page['queue.list']({}))).toEqual([])
    } else {
      expect(await names(t)).toEqual(['Nia', 'Nia', 'Nia'])
      expect((await take(t, FULL_ENGAGE)).edit).toMatchObject({ operation: 'create', attempts: 0, fence: ['5', '6'] })
    }
    t.store.close()
  }
})
