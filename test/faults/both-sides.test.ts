import { expect, test } from 'vitest'
import { type TestPush, testCreatePush, value } from '../support/test-create-push.ts'

const MINUTE = 60_000
type Field = 'phone' | 'notes'

/** Two people at one client: the user here, offline for a moment, and somebody at the source. */
async function bothSides() {
  const t = await testCreatePush()
  const ada = await t.nth(0)
  const online = async (on: boolean) => value(await t.world.host()['settings.set']({ workOffline: !on }))
  return {
    ...t,
    ada,
    remote: () => t.there(ada.remoteId),
    theirs: (change: Partial<Record<Field, string>>) => t.world.fullEngage.table.update(ada.remoteId, change),
    mine: async (change: Partial<Record<Field, string>>) => {
      await online(false)
      await t.save(ada.clientId, change)
    },
    meet: async () => {
      await online(true)
      await t.world.advance(20_000)
    },
    pull: async () => {
      value(await t.world.host()['sources.sync']({ sourceId: t.world.ids.fullEngage, full: true }))
      await t.world.advance(20_000)
    },
    story: async () => value(await t.page()['clients.timeline']({ clientId: ada.clientId, limit: 50 })),
  }
}
const writes = (t: TestPush) => t.world.traffic.filter(({ method }) => method !== 'GET')

test('F153 the remote edits the same field to the same value: no conflict, and no write', async () => {
  const t = await bothSides()
  await t.mine({ phone: '+1 555 0001' })
  t.theirs({ phone: '+1 555 0001' })
  await t.meet()
  expect(await t.conflicts()).toEqual([])
  expect(await t.queue()).toEqual([])
  expect(writes(t)).toEqual([])
})

test('F154 the remote edits another field: both are there afterwards, on both sides, and nobody was asked', async () => {
  const t = await bothSides()
  await t.mine({ phone: '+1 555 0002' })
  t.theirs({ notes: 'theirs' })
  await t.meet()
  expect(await t.conflicts()).toEqual([])
  expect(t.remote()).toMatchObject({ phone: '+1 555 0002', notes: 'theirs' })
  expect(await t.shown(t.ada.clientId, 'notes')).toBe('theirs')
  expect(writes(t).map(({ body }) => body)).toEqual([{ phone: '+1 555 0002' }])
})

test('both edit one field to different values: nothing is written over, both are shown, the choice is what counts', async () => {
  for (const side of ['mine', 'theirs'] as const) {
    const t = await bothSides()
    const before = t.remote()?.phone
    await t.mine({ phone: '+1 555 0003', notes: 'merged' })
    t.theirs({ phone: '+1 555 0004' })
    await t.meet()
    const [conflict] = await t.conflicts()
    expect(conflict).toMatchObject({
      kind: 'field',
      merged: ['notes'],
      fields: [{ field: 'phone', base: before, mine: '+1 555 0003', theirs: '+1 555 0004' }],
    })
    expect(writes(t)).toEqual([])
    if (conflict === undefined) throw new Error('no conflict')
    const { conflictId } = conflict
    const seen = { phone: '+1 555 0004' }
    value(await t.page()['conflict.resolve']({ conflictId, choices: { phone: side }, seen }))
    await t.world.advance(20_000)
    expect(t.remote()).toMatchObject({ phone: side === 'mine' ? '+1 555 0003' : '+1 555 0004', notes: 'merged' })
    const resolved = (await t.story()).find((item) => item.kind === 'resolved')
    expect(resolved?.fields).toEqual([
      { field: 'phone', from: side === 'mine' ? '+1 555 0004' : '+1 555 0003', to: t.remote()?.phone },
    ])
    // What was left out can still be had, as an edit that is checked like any other.
    const putBack = { clientId: t.ada.clientId, itemId: resolved?.id ?? -1, field: 'phone' } as const
    value(await t.page()['timeline.putBack'](putBack))
    await t.world.advance(20_000)
    expect(t.remote()?.phone).toBe(side === 'mine' ? '+1 555 0004' : '+1 555 0003')
  }
})

test('F156 theirs changes again while a conflict is open: shown anew, and a decision about the older value writes nothing', async () => {
  const t = await bothSides()
  await t.mine({ phone: '+1 555 0005' })
  t.theirs({ phone: '+1 555 0006' })
  await t.meet()
  const [looked] = await t.conflicts()
  if (looked === undefined) throw new Error('no conflict')
  t.theirs({ phone: '+1 555 0007' })
  await t.pull()
  const { conflictId } = looked
  const decide = (phone: string) =>
    t.page()['conflict.resolve']({ conflictId, choices: { phone: 'mine' }, seen: { phone } })
  expect(await decide('+1 555 0006')).toMatchObject({ ok: false, error: { field: 'phone', rule: 'changed-meanwhile' } })
  expect((await t.conflicts())[0]?.fields[0]?.theirs).toBe('+1 555 0007')
  // Once more, after the decision and before it is sent: it is read again, and asked again.
  value(await t.world.host()['settings.set']({ workOffline: true }))
  value(await decide('+1 555 0007'))
  t.theirs({ phone: '+1 555 0008' })
  await t.meet()
  expect(writes(t)).toEqual([])
  expect(await t.conflicts()).toMatchObject([{ fields: [{ mine: '+1 555 0005', theirs: '+1 555 0008' }] }])
})

test('F158 deleted here, changed there: asked with the record back in the list, and gone only by a second wish', async () => {
  for (const record of ['theirs', 'mine'] as const) {
    const t = await bothSides()
    value(await t.world.host()['settings.set']({ workOffline: true }))
    value(await t.page()['client.delete']({ clientId: t.ada.clientId }))
    t.theirs({ phone: '+1 555 0009' })
    await t.world.advance(MINUTE)
    await t.meet()
    expect(t.remote()).not.toBeNull()
    const [conflict] = await t.conflicts()
    expect(conflict).toMatchObject({ kind: 'changed-before-delete', fields: [{ theirs: '+1 555 0009' }] })
    expect(await t.shown(t.ada.clientId, 'phone')).toBe('+1 555 0009')
    const conflictId = conflict?.conflictId
    if (conflictId === undefined) throw new Error('no conflict')
    value(await t.page()['conflict.resolve']({ conflictId, choices: { record }, seen: { phone: '+1 555 0009' } }))
    await t.world.advance(MINUTE)
    expect(t.remote() === undefined || t.remote() === null).toBe(record === 'mine')
    expect((await t.rows()).some((row) => row.clientId === t.ada.clientId)).toBe(record === 'theirs')
  }
})

test('F159 edited here, deleted there: the edit is kept and asked about, and nothing is made anew unasked', async () => {
  for (const record of ['theirs', 'mine'] as const) {
    const t = await bothSides()
    await t.mine({ phone: '+1 555 0010' })
    t.world.fullEngage.table.remove(t.ada.remoteId)
    await t.meet()
    const [conflict] = await t.conflicts()
    expect(conflict).toMatchObject({ kind: 'gone', fields: [{ mine: '+1 555 0010' }] })
    await t.pull()
    await t.world.advance(10 * MINUTE)
    expect(writes(t)).toEqual([])
    expect(await t.shown(t.ada.clientId, 'phone')).toBe('+1 555 0010')
    const conflictId = conflict?.conflictId
    if (conflictId === undefined) throw new Error('no conflict')
    value(await t.page()['conflict.resolve']({ conflictId, choices: { record }, seen: { phone: null } }))
    await t.world.advance(20_000)
    const made = t.world.fullEngage.table.list().filter((row) => row.phone === '+1 555 0010')
    expect(made.map((row) => row.name)).toEqual(record === 'mine' ? [t.ada.name] : [])
    // Given up, it lies where it can be had back for 30 days.
    expect(value(await t.page()['tray.list']({})).map((item) => item.name)).toEqual(
      record === 'mine' ? [] : [t.ada.name],
    )
  }
})

test('F170 undo after it was sent: an inverse edit, read before it is written, and a conflict if somebody came between', async () => {
  const t = await bothSides()
  const before = t.remote()?.phone
  await t.save(t.ada.clientId, { phone: '+1 555 0011' })
  await t.world.advance(20_000)
  expect(t.remote()?.phone).toBe('+1 555 0011')
  value(await t.world.host()['settings.set']({ workOffline: true }))
  expect(value(await t.page()['edit.undoLast']({}))).toMatchObject({ compensating: true })
  t.theirs({ phone: '+1 555 0012' })
  await t.meet()
  expect(t.remote()?.phone).toBe('+1 555 0012')
  expect(await t.conflicts()).toMatchObject([
    { fields: [{ base: '+1 555 0011', mine: before, theirs: '+1 555 0012' }] },
  ])
})

test('F169 a source is removed with edits in its queue: nothing is sent, nothing is lost', async () => {
  const t = await bothSides()
  await t.mine({ phone: '+1 555 0013' })
  value(await t.world.host()['sources.remove']({ sourceId: t.world.ids.fullEngage }))
  await t.world.advance(MINUTE)
  expect(writes(t)).toEqual([])
  expect(await t.queue()).toEqual([])
  expect(await t.shown(t.ada.clientId, 'phone')).toBe('+1 555 0013')
  const [kept, ...others] = (await t.rows()).filter((row) => row.sourceIds.length === 0)
  expect([kept?.clientId, others]).toEqual([t.ada.clientId, []])
})
