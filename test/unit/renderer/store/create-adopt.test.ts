import { expect, test } from 'vitest'
import { clientIdOfRecord } from '../../../../shared/ids.ts'
import { testRefuseWrites } from '../../../support/test-refuse-writes.ts'
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

const RESET = { code: 'unreachable', reason: 'reset', sent: true, detail: null } as const

async function created(fields = { name: 'Nia New', phone: '123', company: 'Acme' }) {
  const t = await testOpenStore()
  const saved = value(await t.store.page['client.create']({ sourceId: FULL_ENGAGE, deviceOnly: false, fields }))
  return { t, saved }
}

test('a create keeps its client id, gets the vendor id, and what the source does not take stays here', async () => {
  const { t, saved } = await created()
  expect(saved).toMatchObject({ sent: 2, local: 1 })
  expect(await byName(t, 'Nia New')).toMatchObject({
    clientId: saved.clientId,
    mark: 'waiting',
    sourceIds: [FULL_ENGAGE],
  })
  const { editId, edit } = await send(t, FULL_ENGAGE, [])
  expect(edit).toMatchObject({ operation: 'create', remoteId: null })
  await settle(t, editId, {
    kind: 'done',
    record: remote('77', { name: 'Nia New', phone: '123', status: 'active' }),
    writeSeq: 4,
  })
  const after = await details(t, saved.clientId)
  expect(after.records[0]).toMatchObject({ remoteId: '77' })
  expect(after.field('company')).toMatchObject({ value: 'Acme', origin: { kind: 'device' } })
  expect(after.row.mark).toBeNull()
  await sweep(t, FULL_ENGAGE, [remote('77', { name: 'Nia New', phone: '123', status: 'active' })])
  expect(await names(t)).toEqual(['Nia New'])
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(await byName(again, 'Nia New')).toMatchObject({ clientId: saved.clientId, company: 'Acme' })
})

test('what was sent and the answer leaves out is there still, and is the base of the next edit', async () => {
  const { t, saved } = await created()
  const { editId } = await send(t, FULL_ENGAGE, [])
  await settle(t, editId, { kind: 'done', record: remote('77', { name: 'Nia New' }), writeSeq: 4 })
  expect((await details(t, saved.clientId)).field('phone')).toMatchObject({ value: '123', origin: { kind: 'source' } })
  await save(t, saved.clientId, { phone: '456' }, { phone: '123' })
  const { editId: next, edit } = await send(t, FULL_ENGAGE, [])
  expect(edit.changes).toMatchObject([{ field: 'phone', from: '123', to: '456' }])
  await settle(t, next, { kind: 'done', record: remote('77', { name: 'Nia New' }), writeSeq: 5 })
  await sweep(t, FULL_ENGAGE, [remote('77', { name: 'Nia New' })])
  expect((await details(t, saved.clientId)).field('phone')).toMatchObject({ value: '456' })
  await sweep(t, FULL_ENGAGE, [remote('77', { name: 'Nia New', phone: null })])
  expect((await details(t, saved.clientId)).field('phone')).toMatchObject({ value: null })
})

test('words of this device on both halves of one client: the later one counts, the other can be put back', async () => {
  const { t, saved } = await created()
  const { editId } = await send(t, FULL_ENGAGE, [])
  await settle(t, editId, { kind: 'unknown', at: t.time.now() + 1, error: RESET })
  const there = remote('77', { name: 'Nia New', phone: '123' })
  await sweep(t, FULL_ENGAGE, [there])
  const twin = [...t.store.context.book.heads.values()].find(({ remoteId }) => remoteId === '77')
  if (twin === undefined) throw new Error('not pulled')
  await save(t, clientIdOfRecord(twin.recordId), { company: 'Later Ltd' }, {})
  await settle(t, editId, { kind: 'done', record: there, writeSeq: 4 })
  expect((await details(t, saved.clientId)).field('company')).toMatchObject({ value: 'Later Ltd' })
  const story = value(await t.store.page['clients.timeline']({ clientId: saved.clientId, limit: 50 }))
  expect(story.find(({ by }) => by === 'recovery')).toMatchObject({
    fields: [{ field: 'company', from: 'Acme', to: 'Later Ltd' }],
    canPutBack: ['company'],
  })
})

test('a pull that is faster than the answer makes no second line, before or after the create is adopted', async () => {
  const { t, saved } = await created()
  const { editId } = await send(t, FULL_ENGAGE, ['5'])
  await settle(t, editId, { kind: 'unknown', at: t.time.now() + 1, error: RESET })
  await sweep(t, FULL_ENGAGE, [
    remote('77', { name: 'nia  NEW', phone: '1-2-3' }),
    remote('8', { name: 'Someone Else', phone: '9' }),
  ])
  expect([...(await names(t))].sort()).toEqual(['Nia New', 'Someone Else'])
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect([...(await names(again))].sort()).toEqual(['Nia New', 'Someone Else'])
  await take(again, FULL_ENGAGE)
  await settle(again, editId, { kind: 'done', record: remote('77', { name: 'Nia New', phone: '123' }), writeSeq: 5 })
  expect([...(await names(again))].sort()).toEqual(['Nia New', 'Someone Else'])
  expect((await byName(again, 'Nia New')).clientId).toBe(saved.clientId)
  again.store.close()
  const third = await testOpenStore({ idb: t.idb, time: t.time, epoch: 3 })
  expect([...(await names(third))].sort()).toEqual(['Nia New', 'Someone Else'])
  expect((await byName(third, 'Nia New')).clientId).toBe(saved.clientId)
})

test('a match that was there before the create was sent is somebody else', async () => {
  const { t } = await created()
  const { editId } = await send(t, FULL_ENGAGE, ['77'])
  await settle(t, editId, { kind: 'unknown', at: t.time.now() + 1, error: RESET })
  await sweep(t, FULL_ENGAGE, [remote('77', { name: 'Nia New', phone: '123' })])
  expect(await names(t)).toEqual(['Nia New', 'Nia New'])
})

test('a create that is given up shows what was held aside for it', async () => {
  const { t } = await created()
  const { editId } = await send(t, FULL_ENGAGE, [])
  await settle(t, editId, { kind: 'unknown', at: t.time.now() + 1, error: RESET })
  await sweep(t, FULL_ENGAGE, [remote('77', { name: 'Nia New', phone: '123' })])
  expect(await names(t)).toHaveLength(1)
  value(await t.store.page['edit.discard']({ editId }))
  expect(await names(t)).toEqual(['Nia New'])
  expect((await details(t, (await byName(t, 'Nia New')).clientId)).records[0]).toMatchObject({ remoteId: '77' })
})

test('Connect: edits fold into a waiting create; after it has been sent they stay on this device', async () => {
  const t = await testOpenStore()
  const { clientId } = value(
    await t.store.page['client.create']({
      sourceId: CONNECT,
      deviceOnly: false,
      fields: { firstName: 'Al', status: '3' },
    }),
  )
  expect(await save(t, clientId, { lastName: 'Orr', website: 'https://example.org' }, {})).toMatchObject({
    sent: 1,
    local: 1,
  })
  expect(value(await t.store.page['queue.list']({}))).toHaveLength(1)
  expect((await details(t, clientId)).field('lastName').destination.kind).toBe('sends')
  const { editId, edit } = await send(t, CONNECT, [])
  expect(edit.changes.map((change) => change.field)).toEqual(['firstName', 'status', 'lastName'])
  expect(await save(t, clientId, { jobTitle: 'Cook' }, {})).toMatchObject({ sent: 0, local: 1 })
  await settle(t, editId, {
    kind: 'done',
    record: remote('9', { firstName: 'Al', lastName: 'Orr', status: '3' }),
    writeSeq: 3,
  })
  expect(await save(t, clientId, { firstName: 'Alan' }, { firstName: 'Al' })).toMatchObject({ sent: 0, local: 1 })
  const after = await details(t, clientId)
  expect(after.row.name).toBe('Alan Orr')
  expect(after.field('firstName')).toMatchObject({
    sourceValue: 'Al',
    origin: { kind: 'device' },
    destination: { kind: 'device' },
  })
})

test('a client beside a read-only source lives on this device and is never queued', async () => {
  const t = await testOpenStore()
  const saved = value(
    await t.store.page['client.create']({ sourceId: SPOTT, deviceOnly: true, fields: { lastName: 'Solo' } }),
  )
  expect(saved).toMatchObject({ editId: null, sent: 0 })
  const found = await details(t, saved.clientId)
  expect(found.row).toMatchObject({ name: 'Solo', sourceIds: [], hasLocalValues: true, mark: null })
  expect(found.records[0]?.sourceId).toBeNull()
  value(await t.store.page['client.delete']({ clientId: saved.clientId }))
  expect(await names(t)).toEqual([])
  expect(value(await t.store.page['edit.undoLast']({}))).toEqual({
    clientName: 'Solo',
    what: 'delete',
    compensating: false,
  })
  expect(await names(t)).toEqual(['Solo'])
})

test('deleting a client whose create has not left takes both out of the world, and undo brings both back', async () => {
  const { t, saved } = await created()
  value(await t.store.page['client.delete']({ clientId: saved.clientId }))
  expect(await names(t)).toEqual([])
  expect(value(await t.store.page['queue.list']({}))).toEqual([])
  value(await t.store.page['edit.undoLast']({}))
  expect(await names(t)).toEqual(['Nia New'])
  expect((await take(t, FULL_ENGAGE)).edit).toMatchObject({ operation: 'create' })
})

test('a crash between accepting the answer and storing it changes nothing: the transaction is whole or absent', async () => {
  const { t, saved } = await created()
  const { editId } = await send(t, FULL_ENGAGE, [])
  // A record that IndexedDB cannot store makes the whole settling fail.
  const poison = { ...remote('77', { name: 'Nia New' }) }
  const failing = t.store.context.databases.strict
  testRefuseWrites(failing.outbox, ({ type }) => type === 'delete')
  const refused = await t.store.sync['outbox.settle']({
    editId,
    attemptId: null,
    outcome: { kind: 'done', record: poison, writeSeq: 3 },
    at: t.time.now(),
  })
  expect(refused).toMatchObject({ ok: false, error: { code: 'storage' } })
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect((await details(again, saved.clientId)).records[0]?.remoteId).toBeNull()
  expect(value(await again.store.page['queue.list']({}))).toMatchObject([{ state: 'sending', operation: 'create' }])
})
