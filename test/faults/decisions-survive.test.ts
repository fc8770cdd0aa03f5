import { expect, test } from 'vitest'
import { testCreatePush, value } from '../support/test-create-push.ts'

const MINUTE = 60_000

test('F115 the database is gone: rules, an open conflict and the tray come back from the journal, and can be decided', async () => {
  const t = await testCreatePush()
  const { fullEngage } = t.world.ids
  const [ada, bob, cem] = [await t.nth(0), await t.nth(1), await t.nth(2)]
  // Bob is deleted, Ada disputed, and a rule stands for notes.
  value(await t.page()['client.delete']({ clientId: bob.clientId }))
  await t.world.advance(MINUTE)
  value(await t.world.host()['settings.set']({ workOffline: true }))
  await t.save(ada.clientId, { phone: '+1 555 0100' })
  await t.save(cem.clientId, { notes: 'mine' })
  t.world.fullEngage.table.update(ada.remoteId, { phone: '+1 555 0200' })
  t.world.fullEngage.table.update(cem.remoteId, { notes: 'theirs' })
  value(await t.page()['fieldRules.make']({ sourceId: fullEngage, field: 'notes', choice: 'theirs' }))
  value(await t.world.host()['settings.set']({ workOffline: false }))
  await t.world.advance(MINUTE)
  const before = {
    rules: value(await t.page()['fieldRules.list']({})),
    conflicts: (await t.conflicts()).map((c) => [c.conflictId, c.fields]),
    tray: value(await t.page()['tray.list']({})).map((item) => [item.key, item.name, item.proof]),
  }
  expect(before.rules).toMatchObject([{ used: 1 }])
  expect([before.conflicts.length, before.tray.length]).toEqual([1, 1])

  await t.world.killBoth(() => t.world.disk.writeDatabase(null))
  await t.world.advance(5 * MINUTE)
  expect(value(await t.page()['fieldRules.list']({}))).toEqual(before.rules)
  expect((await t.conflicts()).map((c) => [c.conflictId, c.fields])).toEqual(before.conflicts)
  expect(value(await t.page()['tray.list']({})).map((item) => [item.key, item.name, item.proof])).toEqual(before.tray)

  const [conflict] = await t.conflicts()
  if (conflict === undefined) throw new Error('no conflict')
  const { conflictId } = conflict
  const seen = { phone: '+1 555 0200' }
  value(await t.page()['conflict.resolve']({ conflictId, choices: { phone: 'mine' }, seen }))
  value(await t.page()['edits.releaseAll']({ sourceId: null }))
  await t.world.advance(MINUTE)
  expect(t.there(ada.remoteId)).toMatchObject({ phone: '+1 555 0100' })
  const key = before.tray[0]?.[0] ?? ''
  expect(value(await t.page()['tray.restore']({ key })).clientId).toBe(bob.clientId)
})
