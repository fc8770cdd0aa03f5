import { expect, test } from 'vitest'
import { DELETE_HOLD_MS } from '../../renderer/store/commands/queue-edit.ts'
import { answers, lostAfter, lostBefore, takesAndAnswers, testCreatePush, value } from '../support/test-create-push.ts'

async function withDelete() {
  const t = await testCreatePush()
  const ada = await t.nth(0)
  return {
    ...t,
    ada,
    remote: () => t.there(ada.remoteId),
    deletes: () => t.sent('DELETE').length,
    ask: async () => value(await t.page()['client.delete']({ clientId: ada.clientId })),
  }
}

test('a delete is held for ten seconds, across a restart, however much one hurries; undo costs nothing', async () => {
  const t = await withDelete()
  await t.ask()
  await t.world.advance(DELETE_HOLD_MS - 4_000)
  await t.world.killCore()
  await t.world.host()['edits.push']({ sourceId: null })
  await t.world.advance(2_000)
  expect(t.deletes()).toBe(0)
  value(await t.page()['edit.undoLast']({}))
  await t.world.advance(60_000)
  expect(t.deletes()).toBe(0)
  expect(t.remote()).not.toBeNull()
  await t.ask()
  await t.world.advance(DELETE_HOLD_MS + 2_000)
  expect(t.deletes()).toBe(1)
  expect(t.remote()).toBeNull()
})

test('F018 404 on the first DELETE, and on the read before it: done', async () => {
  const t = await withDelete()
  t.script({ DELETE: [takesAndAnswers(404)] })
  await t.ask()
  await t.world.advance(30_000)
  expect(await t.queue()).toEqual([])
  expect(t.deletes()).toBe(1)
  const bob = await t.nth(1)
  await t.page()['client.delete']({ clientId: bob.clientId })
  t.world.fullEngage.table.remove(bob.remoteId)
  await t.world.advance(30_000)
  expect(await t.queue()).toEqual([])
  expect(t.deletes()).toBe(1)
})

test('F035 200 without success:true, and gone: the record itself says so', async () => {
  const t = await withDelete()
  t.script({ DELETE: [takesAndAnswers(200, {})] })
  await t.ask()
  await t.world.advance(30_000)
  expect(await t.queue()).toEqual([])
  expect(t.deletes()).toBe(1)
})

test('F035 200 without success:true, and still there: looked at, tried once more, then said', async () => {
  const t = await withDelete()
  t.world.script((request, act) =>
    request.method === 'DELETE' ? Promise.resolve(act.answer(200, { success: false })) : null,
  )
  await t.ask()
  await t.world.advance(600_000)
  expect(t.deletes()).toBe(2)
  expect(await t.queue()).toMatchObject([{ operation: 'delete', state: 'needs-attention' }])
  expect(t.remote()).not.toBeNull()
})

test('a delete that was lost after it was taken is done; one lost before it is sent again', async () => {
  const t = await withDelete()
  t.script({ DELETE: [lostAfter] })
  await t.ask()
  await t.world.advance(30_000)
  expect([await t.queue(), t.deletes()]).toEqual([[], 1])
  const bob = await t.nth(1)
  t.script({ DELETE: [lostBefore] })
  await t.page()['client.delete']({ clientId: bob.clientId })
  await t.world.advance(30_000)
  expect([await t.queue(), t.deletes(), t.there(bob.remoteId)]).toEqual([[], 3, null])
})

test('405 on a DELETE: out of sight on this device, still at the source, and the user is told', async () => {
  const t = await withDelete()
  t.script({ DELETE: [answers(405)] })
  await t.ask()
  await t.world.advance(30_000)
  expect(await t.queue()).toEqual([])
  expect(t.remote()).not.toBeNull()
  expect((await t.rows()).some((row) => row.clientId === t.ada.clientId)).toBe(false)
  expect(await t.notices()).toMatchObject([{ kind: 'edit-kept-here', facts: { operation: 'delete' } }])
})
