import { expect, test } from 'vitest'
import { maintain } from '../../../../renderer/store/maintain.ts'
import {
  byName,
  details,
  FULL_ENGAGE,
  names,
  remote,
  removeBySweeps,
  SPOTT,
  save,
  send,
  settle,
  sweep,
  type TestStore,
  take,
  testOpenStore,
  value,
} from './test-open-store.ts'

const DAY_MS = 86_400_000
const ANN = remote('1', { name: 'Ann', phone: '0', notes: 'old' })
const REST = ['2', '3', '4', '5', '6', '7', '8', '9'].map((id) => remote(id, { name: `Other ${id}`, phone: null }))

/** Ann had a local value, and her source has lost her. */
async function withoutAnn() {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [ANN, ...REST])
  const { clientId } = await byName(t, 'Ann')
  await save(t, clientId, { company: 'Ann Inc.' }, {})
  value(await t.store.page['client.delete']({ clientId }))
  t.time.tick(60_000)
  const { editId } = await send(t, FULL_ENGAGE)
  await settle(t, editId, { kind: 'done', record: null, writeSeq: 2 })
  const [item] = await tray(t)
  if (item === undefined) throw new Error('an empty tray')
  return { t, clientId, item }
}
const tray = async ({ store }: TestStore) => value(await store.page['tray.list']({}))
const shown = async (t: TestStore) => (await names(t)).filter((name) => !name.startsWith('Other'))

test('who was deleted lies in the tray, with last state, proof and time left; counted', async () => {
  const { t, item, clientId } = await withoutAnn()
  expect(item).toMatchObject({ clientId, name: 'Ann', company: 'Ann Inc.', proof: 'own-delete', canRecreate: true })
  expect(item.restoreUntil).toBe(item.removedAt + 30 * DAY_MS)
  expect(value(await t.store.page['counts.get']({})).tray).toBe(1)
})

test('restored: a client of this device, under its id, with its history and local values; over a restart', async () => {
  const { t, item, clientId } = await withoutAnn()
  expect(value(await t.store.page['tray.restore']({ key: item.key }))).toMatchObject({ clientId, sent: 0, local: 1 })
  expect(await tray(t)).toEqual([])
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  const back = await details(again, clientId)
  expect([back.field('phone').value, back.field('company').value]).toEqual(['0', 'Ann Inc.'])
  expect(back.row.sourceIds).toEqual([])
  const story = value(await again.store.page['clients.timeline']({ clientId, limit: 50 }))
  expect(story.map((item) => item.kind)).toEqual(expect.arrayContaining(['you-changed', 'you-deleted', 'you-created']))
  expect((await take(again, FULL_ENGAGE)).edit).toBeNull()
})

test('F099 restored, and its source has it again: one client, in its old place, local values on top', async () => {
  const { t, item, clientId } = await withoutAnn()
  value(await t.store.page['tray.restore']({ key: item.key }))
  await save(t, clientId, { phone: '5' }, { phone: '0' })
  t.time.tick(1000)
  await sweep(t, FULL_ENGAGE, [ANN, ...REST])
  expect(await shown(t)).toEqual(['Ann'])
  const back = await details(t, clientId)
  expect(back.row.sourceIds).toEqual([FULL_ENGAGE])
  expect(back.field('phone')).toMatchObject({ value: '5', sourceValue: '0', origin: { kind: 'device' } })
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(await shown(again)).toEqual(['Ann'])
})

test('made anew at the source: what it takes is sent, the rest stays here, and the client keeps its id', async () => {
  const { t, item, clientId } = await withoutAnn()
  expect(value(await t.store.page['tray.recreate']({ key: item.key }))).toMatchObject({ clientId, sent: 3, local: 1 })
  const { edit, editId } = await send(t, FULL_ENGAGE, [])
  expect(edit).toMatchObject({ operation: 'create', clientId, remoteId: null })
  await settle(t, editId, {
    kind: 'done',
    record: remote('77', { name: 'Ann', phone: '0', notes: 'old' }),
    writeSeq: 9,
  })
  expect(await tray(t)).toEqual([])
  // The old id is back as well: there are two at the source, and two are shown.
  await sweep(t, FULL_ENGAGE, [ANN, remote('77', { name: 'Ann', phone: '0', notes: 'old' }), ...REST])
  expect(await shown(t)).toEqual(['Ann', 'Ann'])
  expect((await details(t, clientId)).records[0]?.remoteId).toBe('77')
})

test('made anew, not sent yet, and its source has it again: nothing is made, what was written goes as an edit', async () => {
  const { t, item, clientId } = await withoutAnn()
  value(await t.store.page['tray.recreate']({ key: item.key }))
  await save(t, clientId, { phone: '8' }, { phone: '0' })
  await sweep(t, FULL_ENGAGE, [ANN, ...REST])
  expect(await shown(t)).toEqual(['Ann'])
  expect((await take(t, FULL_ENGAGE)).edit).toMatchObject({
    operation: 'update',
    remoteId: '1',
    changes: [{ field: 'phone', from: '0', to: '8' }],
  })
})

test('made anew and the edit discarded, or restored and deleted again: it lies in the tray as before', async () => {
  const { t, item, clientId } = await withoutAnn()
  const { editId } = value(await t.store.page['tray.recreate']({ key: item.key }))
  if (editId === null) throw new Error('nothing queued')
  value(await t.store.page['edit.discard']({ editId }))
  expect(await tray(t)).toEqual([item])
  value(await t.store.page['tray.restore']({ key: item.key }))
  value(await t.store.page['client.delete']({ clientId }))
  expect(await tray(t)).toEqual([item])
})

test('each step out of the tray is taken back by Ctrl+Z', async () => {
  const { t, item } = await withoutAnn()
  for (const step of ['tray.restore', 'tray.recreate', 'tray.forget'] as const) {
    value(await t.store.page[step]({ key: item.key }))
    expect(await tray(t)).toEqual([])
    expect(value(await t.store.page['edit.undoLast']({}))).toMatchObject({ what: 'tray', compensating: false })
    expect(await tray(t)).toEqual([item])
    expect(await shown(t)).toEqual([])
    expect(value(await t.store.page['queue.list']({}))).toEqual([])
  }
})

test('forgotten, or after 30 days: not in the tray, nothing left of it, and it cannot be had back', async () => {
  for (const how of ['forget', 'wait'] as const) {
    const { t, item } = await withoutAnn()
    if (how === 'forget') value(await t.store.page['tray.forget']({ key: item.key }))
    else {
      t.time.tick(31 * DAY_MS)
      expect(await tray(t)).toEqual([])
      value(await maintain(t.store.context))
    }
    expect(await t.store.page['tray.restore']({ key: item.key })).toMatchObject({
      ok: false,
      error: { code: 'missing' },
    })
    expect(JSON.stringify(await t.store.context.databases.relaxed.tombstones.toArray())).not.toContain('Ann')
    t.store.close()
  }
})

test('removed on this device only: nothing is hidden for good, it is shown again with what was written into it', async () => {
  const t = await testOpenStore()
  await sweep(t, SPOTT, [remote('a', { firstName: 'Kim' })])
  const { clientId } = await byName(t, 'Kim')
  await save(t, clientId, { notes: 'mine' }, {})
  value(await t.store.page['client.delete']({ clientId }))
  const [item] = await tray(t)
  expect(item).toMatchObject({ name: 'Kim', proof: 'hidden-here', restoreUntil: null, canRecreate: false })
  expect(value(await t.store.page['counts.get']({}))).toMatchObject({ clients: 0, tray: 1 })
  const key = item?.key ?? ''
  expect(await t.store.page['tray.forget']({ key })).toMatchObject({ ok: false, error: { code: 'missing' } })
  value(await t.store.page['tray.restore']({ key }))
  expect([await names(t), await tray(t)]).toEqual([['Kim'], []])
  expect((await details(t, clientId)).field('notes').value).toBe('mine')
  expect(value(await t.store.page['edit.undoLast']({}))).toMatchObject({ what: 'tray' })
  expect(await tray(t)).toEqual([item])
})

test('a source that takes no new clients offers none, and refuses', async () => {
  const t = await testOpenStore()
  await sweep(t, SPOTT, [remote('a', { firstName: 'Kim' }), remote('b', { firstName: 'Lee' })])
  expect(await removeBySweeps(t, SPOTT, [remote('b', { firstName: 'Lee' })])).toBe(1)
  const [item] = await tray(t)
  expect(item).toMatchObject({ name: 'Kim', proof: 'sweep', canRecreate: false })
  expect(await t.store.page['tray.recreate']({ key: item?.key ?? '' })).toEqual({
    ok: false,
    error: { code: 'bad-input', field: 'key', rule: 'cannot-create' },
  })
})
