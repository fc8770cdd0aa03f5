import { expect, test } from 'vitest'
import { attemptIdSchema } from '../../shared/ids.ts'
import {
  byName,
  FULL_ENGAGE,
  remote,
  save,
  sweep,
  take,
  testOpenStore,
  value,
} from '../unit/renderer/store/test-open-store.ts'

const FIRST = attemptIdSchema.parse('att_first00000000000')
const SECOND = attemptIdSchema.parse('att_second0000000000')

test('F162 an outcome delivered twice is applied once, even while the next edit of the record is on its way', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('7', { name: 'Ann Acre', phone: '1' })])
  const { clientId } = await byName(t, 'Ann Acre')
  const send = async (attemptId: typeof FIRST) => {
    const { edit, editId } = await take(t, FULL_ENGAGE)
    if (edit === null || editId === null) throw new Error('nothing to send')
    const body = Object.fromEntries(edit.changes.map((change) => [change.field, change.to]))
    value(await t.store.sync['outbox.freeze']({ editId, attemptId, body, fence: null, at: t.time.now() }))
    return editId
  }
  await save(t, clientId, { phone: '2' }, { phone: '1' })
  const editId = await send(FIRST)
  const refused = {
    editId,
    attemptId: FIRST,
    at: t.time.now(),
    outcome: {
      kind: 'retry' as const,
      at: t.time.now(),
      error: { code: 'server-error' as const, status: 503, retryAfterMs: null, vendorText: null },
      countAttempt: true,
    },
  }
  value(await t.store.sync['outbox.settle'](refused))
  t.time.tick(60_000)
  expect(await send(SECOND)).toBe(editId)
  // The first answer once more, as after a restart that lost its acknowledgement.
  expect(value(await t.store.sync['outbox.settle'](refused))).toEqual({ commit: null })
  expect(t.store.context.book.edits.get(editId)).toMatchObject({ state: 'sending', attempts: 2, attemptId: SECOND })

  const done = {
    editId,
    attemptId: SECOND,
    at: t.time.now(),
    outcome: { kind: 'done' as const, record: remote('7', { name: 'Ann Acre', phone: '2' }), writeSeq: 5_000 },
  }
  value(await t.store.sync['outbox.settle'](done))
  const after = await t.store.page['clients.timeline']({ clientId, limit: 100 })
  expect(value(await t.store.sync['outbox.settle'](done))).toEqual({ commit: null })
  expect(await t.store.page['clients.timeline']({ clientId, limit: 100 })).toEqual(after)
  expect(t.store.context.book.edits.size).toBe(0)
})
