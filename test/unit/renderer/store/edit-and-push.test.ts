import { expect, test } from 'vitest'
import { byName, CONNECT, FULL_ENGAGE, names, remote, sweep, testOpenStore, value } from './test-open-store.ts'

test('a page becomes clients, found by name, and an edit of one travels and becomes the base', async () => {
  const t = await testOpenStore()
  const { receipt } = await sweep(t, FULL_ENGAGE, [
    remote('1', { name: 'Zoë Ångström', phone: '+44 20 7946 0958', status: 'active', notes: null }),
    remote('2', { name: 'Bob Stone', phone: null, status: 'active' }),
  ])
  expect(receipt).toMatchObject({ received: 2, written: 2 })
  expect(await names(t, 'angst')).toEqual(['Zoë Ångström'])
  expect(await names(t, '2079460')).toEqual(['Zoë Ångström'])

  const bob = await byName(t, 'Bob Stone')
  const saved = value(
    await t.store.page['client.save']({
      clientId: bob.clientId,
      changes: { phone: '555 1', email: 'bob@example.org' },
      seen: { phone: null, email: null },
    }),
  )
  expect(saved).toMatchObject({ sent: 1, local: 1 })
  const details = value(await t.store.page['clients.get']({ clientId: bob.clientId }))
  expect(details?.fields.find((f) => f.field === 'phone')).toMatchObject({
    value: '555 1',
    origin: { kind: 'waiting' },
    sourceValue: null,
  })
  expect(details?.fields.find((f) => f.field === 'email')).toMatchObject({
    value: 'bob@example.org',
    origin: { kind: 'device' },
  })
  expect(t.waiting).toContain(FULL_ENGAGE)

  const taken = value(await t.store.sync['outbox.take']({ sourceId: FULL_ENGAGE, at: t.time.now() }))
  expect(taken.edit).toMatchObject({
    remoteId: '2',
    operation: 'update',
    state: 'sending',
    changes: [{ field: 'phone', from: null, to: '555 1' }],
  })
  if (taken.edit === null) throw new Error('nothing taken')
  const { editId } = taken.edit
  value(await t.store.sync['outbox.freeze']({ editId, body: { phone: '555 1' }, fence: null, at: t.time.now() }))
  value(
    await t.store.sync['outbox.settle']({
      editId,
      outcome: {
        kind: 'done',
        record: remote('2', { name: 'Bob Stone', phone: '5551', status: 'active' }),
        writeSeq: 5000,
      },
      at: t.time.now(),
    }),
  )
  const after = value(await t.store.page['clients.get']({ clientId: bob.clientId }))
  expect(after?.fields.find((f) => f.field === 'phone')).toMatchObject({ value: '5551', origin: { kind: 'source' } })
  expect(after?.row.mark).toBeNull()
  expect(value(await t.store.page['counts.get']({})).edits).toBe(0)
})

test('everything is still there after a restart, an unsent edit included', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Ann', phone: null })])
  const ann = await byName(t, 'Ann')
  value(await t.store.page['client.save']({ clientId: ann.clientId, changes: { name: 'Anna' }, seen: { name: 'Ann' } }))
  value(await t.store.page['client.create']({ sourceId: CONNECT, deviceOnly: false, fields: { firstName: 'Cy' } }))
  t.store.close()

  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect([...(await names(again))].sort()).toEqual(['Anna', 'Cy'])
  expect((await byName(again, 'Anna')).clientId).toBe(ann.clientId)
  const taken = value(await again.store.sync['outbox.take']({ sourceId: FULL_ENGAGE, at: t.time.now() }))
  expect(taken.edit?.changes).toEqual([{ field: 'name', from: 'Ann', to: 'Anna' }])
})
