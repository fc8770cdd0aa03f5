import { expect, test } from 'vitest'
import { byName, FULL_ENGAGE, remote, save, send, settle, sweep, take, testOpenStore } from './test-open-store.ts'

test('a change behind one that its source cannot take starts from what the source has: no conflict with oneself', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Ada', notes: 'theirs' })])
  const { clientId } = await byName(t, 'Ada')
  await save(t, clientId, { notes: 'first' }, { notes: 'theirs' })
  const first = await send(t, FULL_ENGAGE)
  // On its way: the second is an edit of its own, made on the value of the first.
  await save(t, clientId, { notes: 'second' }, { notes: 'first' })
  await settle(t, first.editId, { kind: 'kept-here', error: { code: 'not-supported', status: 405 } })
  const second = await take(t, FULL_ENGAGE)
  expect(second.edit?.changes).toEqual([{ field: 'notes', from: 'theirs', to: 'second' }])
})
