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

const NETWORK = { code: 'unreachable', reason: 'refused', sent: false, detail: null } as const
const RESET = { code: 'unreachable', reason: 'reset', sent: true, detail: null } as const
const REFUSED = { code: 'refused', status: 422, vendorText: 'no', field: null } as const

async function withBob() {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [
    remote('1', { name: 'Zoë Ångström', phone: '+44 20 7946 0958', status: 'active', notes: null }),
    remote('2', { name: 'Bob Stone', phone: null, status: 'active' }),
  ])
  return { t, bob: await byName(t, 'Bob Stone') }
}

test('an edit shows at once, says where each field goes, travels, and its answer becomes the base', async () => {
  const { t, bob } = await withBob()
  const saved = await save(t, bob.clientId, { phone: '555 1', email: 'bob@example.org' }, { phone: null, email: null })
  expect(saved).toMatchObject({ sent: 1, local: 1 })
  const before = await details(t, bob.clientId)
  expect(before.field('phone')).toMatchObject({
    value: '555 1',
    origin: { kind: 'waiting' },
    sourceValue: null,
    destination: { kind: 'sends' },
  })
  expect(before.field('email')).toMatchObject({
    value: 'bob@example.org',
    origin: { kind: 'device' },
    destination: { kind: 'device' },
  })
  expect(before.row).toMatchObject({ mark: 'waiting', hasLocalValues: true })
  expect(t.waiting).toContain(FULL_ENGAGE)

  const { edit, editId } = await send(t, FULL_ENGAGE)
  expect(edit).toMatchObject({
    remoteId: '2',
    operation: 'update',
    changes: [{ field: 'phone', from: null, to: '555 1' }],
  })
  await settle(t, editId, {
    kind: 'done',
    record: remote('2', { name: 'Bob Stone', phone: '5551', status: 'active' }),
    writeSeq: 5000,
  })
  const after = await details(t, bob.clientId)
  expect(after.field('phone')).toMatchObject({ value: '5551', origin: { kind: 'source' } })
  expect(after.field('email')).toMatchObject({ value: 'bob@example.org', origin: { kind: 'device' } })
  expect(after.row.mark).toBeNull()
  expect(value(await t.store.page['counts.get']({})).edits).toBe(0)
})

test('everything is still there after a restart, unsent edits included', async () => {
  const { t, bob } = await withBob()
  await save(t, bob.clientId, { name: 'Robert', company: 'Acme' }, { name: 'Bob Stone', company: null })
  value(await t.store.page['client.create']({ sourceId: CONNECT, deviceOnly: false, fields: { firstName: 'Cy' } }))
  t.store.close()

  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect([...(await names(again))].sort()).toEqual(['Cy', 'Robert', 'Zoë Ångström'])
  expect(await byName(again, 'Robert')).toMatchObject({ clientId: bob.clientId, company: 'Acme', mark: 'waiting' })
  expect(await names(again, 'robert')).toEqual(['Robert'])
  const taken = await take(again, FULL_ENGAGE)
  expect(taken.edit?.changes).toEqual([{ field: 'name', from: 'Bob Stone', to: 'Robert' }])
})

test('edits of an unsent edit fold into it, and taking them back leaves nothing to send', async () => {
  const { t, bob } = await withBob()
  await save(t, bob.clientId, { phone: '1' }, { phone: null })
  await save(t, bob.clientId, { phone: '2' }, { phone: '1' })
  expect(value(await t.store.page['queue.list']({}))).toMatchObject([
    { changes: [{ field: 'phone', from: null, to: '2' }] },
  ])
  await save(t, bob.clientId, { phone: '' }, { phone: '2' })
  expect(value(await t.store.page['queue.list']({}))).toEqual([])
  expect((await details(t, bob.clientId)).field('phone')).toMatchObject({ value: null, origin: { kind: 'source' } })
})

test('an edit on its way is frozen: the next one waits behind it and starts from the answer', async () => {
  const { t, bob } = await withBob()
  await save(t, bob.clientId, { phone: '1' }, { phone: null })
  const { editId } = await send(t, FULL_ENGAGE)
  await save(t, bob.clientId, { phone: '2' }, { phone: '1' })
  expect((await take(t, FULL_ENGAGE)).edit).toBeNull()
  await settle(t, editId, { kind: 'done', record: remote('2', { name: 'Bob Stone', phone: '+1' }), writeSeq: 9000 })
  const next = await take(t, FULL_ENGAGE)
  expect(next.edit?.changes).toEqual([{ field: 'phone', from: '+1', to: '2' }])
  expect((await details(t, bob.clientId)).field('phone')).toMatchObject({ value: '2', sourceValue: '+1' })
})

test('one record that is stuck holds up no other; refused edits wait for the user and can be corrected', async () => {
  const { t, bob } = await withBob()
  const zoe = await byName(t, 'Zoë Ångström')
  await save(t, bob.clientId, { phone: '1' }, { phone: null })
  t.time.tick(5)
  await save(t, zoe.clientId, { notes: 'n' }, { notes: null })
  const first = await send(t, FULL_ENGAGE)
  expect(first.edit.clientId).toBe(bob.clientId)
  await settle(t, first.editId, { kind: 'needs-attention', error: REFUSED })
  const second = await send(t, FULL_ENGAGE)
  expect(second.edit.clientId).toBe(zoe.clientId)
  await settle(t, second.editId, { kind: 'retry', at: t.time.now() + 60_000, error: NETWORK, countAttempt: false })
  expect((await take(t, FULL_ENGAGE)).nextDueAt).toBe(t.time.now() + 60_000)
  expect((await take(t, FULL_ENGAGE, true)).edit).toMatchObject({ clientId: zoe.clientId, attempts: 0 })

  await save(t, bob.clientId, { phone: '22' }, { phone: '1' })
  expect((await take(t, FULL_ENGAGE)).edit).toMatchObject({
    clientId: bob.clientId,
    changes: [{ field: 'phone', from: null, to: '22' }],
    attempts: 0,
  })
})

test('a wish of the vendor to wait holds even in a hurry', async () => {
  const { t, bob } = await withBob()
  await save(t, bob.clientId, { phone: '1' }, { phone: null })
  const { editId } = await send(t, FULL_ENGAGE)
  const error = { code: 'rate-limited', status: 429, retryAfterMs: 9000 } as const
  await settle(t, editId, { kind: 'retry', at: t.time.now() + 9000, error, countAttempt: false })
  expect((await take(t, FULL_ENGAGE, true)).edit).toBeNull()
})

test('a crash while sending: frozen edits are of unknown outcome, the others simply wait', async () => {
  const { t, bob } = await withBob()
  const zoe = await byName(t, 'Zoë Ångström')
  await save(t, bob.clientId, { phone: '1' }, { phone: null })
  t.time.tick(5)
  await save(t, zoe.clientId, { notes: 'n' }, { notes: null })
  const { editId } = await send(t, FULL_ENGAGE)
  const sentAt = t.time.now()
  await take(t, FULL_ENGAGE)
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(value(await again.store.sync['outbox.recover']({ at: t.time.now() }))).toEqual({ unknown: 1 })
  t.time.tick(500)
  // What was never tried goes before what was.
  expect((await take(again, FULL_ENGAGE)).edit).toMatchObject({ clientId: zoe.clientId })
  const look = await take(again, FULL_ENGAGE)
  expect(look).toMatchObject({
    wasUnknown: true,
    edit: { editId, looks: 1, attemptedAt: sentAt, frozenBody: { phone: '1' } },
  })
  // An answer of the old days that comes late is still the answer.
  await settle(again, editId, { kind: 'unknown', at: t.time.now(), error: RESET })
  await settle(again, editId, { kind: 'done', record: remote('2', { name: 'Bob Stone', phone: '1' }), writeSeq: 2 })
  expect(value(await again.store.page['queue.list']({}))).toHaveLength(1)
})

test('a settled edit settled again changes nothing', async () => {
  const { t, bob } = await withBob()
  await save(t, bob.clientId, { phone: '1' }, { phone: null })
  const { editId } = await send(t, FULL_ENGAGE)
  const done = { kind: 'done', record: remote('2', { name: 'Bob Stone', phone: '1' }), writeSeq: 7 } as const
  await settle(t, editId, done)
  await settle(t, editId, { ...done, record: remote('2', { name: 'Mallory' }) })
  expect(await names(t, 'mallory')).toEqual([])
})

test('a delete is struck, held a moment, sent, and gone; discarding it brings everything back', async () => {
  const { t, bob } = await withBob()
  await save(t, bob.clientId, { phone: '1' }, { phone: null })
  const { editId } = value(await t.store.page['client.delete']({ clientId: bob.clientId }))
  expect(await byName(t, 'Bob Stone')).toMatchObject({ deleting: true, mark: 'waiting' })
  expect(value(await t.store.page['queue.list']({}))).toMatchObject([{ operation: 'delete' }])
  expect((await take(t, FULL_ENGAGE, true)).edit).toBeNull()
  if (editId === null) throw new Error('not queued')
  value(await t.store.page['edit.discard']({ editId }))
  expect(value(await t.store.page['queue.list']({}))).toMatchObject([{ operation: 'update', changes: [{ to: '1' }] }])
  expect((await details(t, bob.clientId)).field('phone').value).toBe('1')

  value(await t.store.page['client.delete']({ clientId: bob.clientId }))
  t.time.tick(10_000)
  const sent = await send(t, FULL_ENGAGE)
  await settle(t, sent.editId, { kind: 'done', record: null, writeSeq: 9 })
  expect(await names(t)).toEqual(['Zoë Ångström'])
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(await names(again)).toEqual(['Zoë Ångström'])
})

test('a client of a read-only source is edited and deleted on this device only, through every later pull', async () => {
  const t = await testOpenStore()
  const rows = [remote('s1', { firstName: 'Iris', lastName: 'Day', status: 'stage-1' })]
  await sweep(t, SPOTT, rows)
  const iris = await byName(t, 'Iris Day')
  expect(await save(t, iris.clientId, { status: 'x', email: 'i@example.org' }, {})).toMatchObject({
    sent: 0,
    local: 2,
    editId: null,
  })
  await sweep(t, SPOTT, [remote('s1', { firstName: 'Iris', lastName: 'Night', status: 'stage-2' })])
  const after = await details(t, iris.clientId)
  expect(after.row.name).toBe('Iris Night')
  expect(after.field('status')).toMatchObject({ value: 'x', sourceValue: 'stage-2', origin: { kind: 'device' } })
  // The source comes to agree: nothing of this device is left.
  await sweep(t, SPOTT, [remote('s1', { firstName: 'Iris', lastName: 'Night', status: 'x' })])
  expect((await details(t, iris.clientId)).field('status')).toMatchObject({
    origin: { kind: 'source' },
    sourceValue: undefined,
  })

  value(await t.store.page['client.dropLocal']({ clientId: iris.clientId, field: 'email' }))
  expect((await details(t, iris.clientId)).row.hasLocalValues).toBe(false)
  value(await t.store.page['client.delete']({ clientId: iris.clientId }))
  await sweep(t, SPOTT, [remote('s1', { firstName: 'Iris', lastName: 'Noon' })])
  expect(await names(t)).toEqual([])
  expect(value(await t.store.page['edit.undoLast']({}))).toMatchObject({ what: 'delete', compensating: false })
  expect(await names(t)).toEqual(['Iris Noon'])
})

test('a cleared field is sent as null; a field left alone is not sent', async () => {
  const { t } = await withBob()
  const zoe = await byName(t, 'Zoë Ångström')
  await save(
    t,
    zoe.clientId,
    { phone: '  ', notes: null, name: 'Zoë Ångström' },
    { phone: '+44 20 7946 0958', notes: null, name: 'Zoë Ångström' },
  )
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([{ field: 'phone', from: '+44 20 7946 0958', to: null }])
})

test('what cannot be stored is refused with the field and the rule, and nothing is stored', async () => {
  const { t, bob } = await withBob()
  const refused = await t.store.page['client.save']({
    clientId: bob.clientId,
    changes: { name: ' ', phone: '5' },
    seen: {},
  })
  expect(refused).toEqual({ ok: false, error: { code: 'bad-input', field: 'name', rule: 'required' } })
  const create = await t.store.page['client.create']({
    sourceId: CONNECT,
    deviceOnly: false,
    fields: { status: '99', firstName: 'X' },
  })
  expect(create).toMatchObject({ ok: false, error: { field: 'status', rule: 'unknown-status' } })
  expect(value(await t.store.page['queue.list']({}))).toEqual([])
  expect((await details(t, bob.clientId)).field('phone').value).toBeNull()
})
