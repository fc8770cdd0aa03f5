import { expect, test } from 'vitest'
import type { StoreClient } from '../../../../electron/core/store-link.ts'
import { createPageSender, hashRecords } from '../../../../electron/core/sync/send-page.ts'
import { editIdSchema } from '../../../../shared/ids.ts'
import type { PullPage } from '../../../../shared/ipc/store-sync-contract.ts'
import type { RemoteRecord } from '../../../../shared/model/record.ts'
import {
  beginRun,
  byName,
  FULL_ENGAGE,
  names,
  page,
  remote,
  runEnd,
  save,
  sweep,
  testOpenStore,
  value,
} from '../../renderer/store/test-open-store.ts'

const many = (count: number) =>
  Array.from({ length: count }, (_, i) => remote(`r${i}`, { name: `Client ${i}`, phone: String(i) }))

/** A store behind the border, and the way from the core to it: what of each page was whole, and what only named. */
async function testSendTo() {
  const t = await testOpenStore()
  const sent: string[] = []
  const client = {
    'run.applyPage': (given: PullPage) => {
      sent.push(`${given.records.length} whole, ${given.same.length} named`)
      return t.store.sync['run.applyPage'](given)
    },
  } as unknown as StoreClient
  let runId = await beginRun(t, FULL_ENGAGE)
  let seq = 0
  return {
    t,
    sent,
    anew: async () => {
      value(await t.store.sync['run.end'](runEnd(t, FULL_ENGAGE, runId)))
      t.time.tick(60_000)
      runId = await beginRun(t, FULL_ENGAGE)
      seq = 0
    },
    sender: (knowsList: boolean) => {
      const { send } = createPageSender(client, knowsList)
      return async (records: readonly RemoteRecord[], requestSeq = 5_000) => {
        seq++
        const { records: _records, same: _same, ...rest } = page(FULL_ENGAGE, runId, seq, [])
        return value(await send({ ...rest, requestSeq }, hashRecords(records)))
      }
    },
  }
}

test('the first pull of a list sends it whole; the next one names it, and sends what the store asks for', async () => {
  const { t, sent, anew, sender } = await testSendTo()
  expect(await sender(false)(many(10))).toMatchObject({ written: 10 })
  await anew()
  const send = sender(true)
  expect(await send(many(10))).toMatchObject({ received: 10, written: 0, unchanged: 10 })
  const changed = many(10).map((record, i) => (i === 4 ? remote('r4', { name: 'Four', phone: '4' }) : record))
  expect(await send([...changed, remote('r10', { name: 'New' })])).toMatchObject({ written: 2, unchanged: 9 })
  expect(sent).toEqual(['10 whole, 0 named', '0 whole, 10 named', '0 whole, 11 named', '2 whole, 9 named'])
  expect(await names(t)).toHaveLength(11)
  expect((await byName(t, 'Four')).name).toBe('Four')
})

test('where most of a page is new, pages go whole for a while; an id that comes twice always does', async () => {
  const { sent, sender } = await testSendTo()
  const send = sender(true)
  await send(many(3))
  await send(many(3))
  expect(sent).toEqual(['0 whole, 3 named', '3 whole, 0 named', '3 whole, 0 named'])
  const twice = await sender(true)([remote('r0', { name: 'First' }), remote('r0', { name: 'Last' })])
  expect(twice).toMatchObject({ received: 2, written: 1, duplicates: 1 })
  expect(sent.at(-1)).toBe('2 whole, 0 named')
})

test('F090 a record that we wrote after its page was asked for is not taken for the same, though it is', async () => {
  const { t, sent, anew, sender } = await testSendTo()
  await sender(false)([remote('1', { name: 'Old' })])
  const { clientId } = await byName(t, 'Old')
  await save(t, clientId, { name: 'New' }, { name: 'Old' })
  const taken = value(await t.store.sync['outbox.take']({ sourceId: FULL_ENGAGE, at: t.time.now(), hurry: false }))
  const outcome = { kind: 'done' as const, record: remote('1', { name: 'New' }), writeSeq: 9_999 }
  const editId = editIdSchema.parse(taken.edit?.editId)
  value(await t.store.sync['outbox.settle']({ editId, attemptId: null, at: t.time.now(), outcome }))
  await anew()
  expect(await sender(true)([remote('1', { name: 'New' })])).toMatchObject({ stale: 1, unchanged: 0 })
  expect(sent.slice(1)).toEqual(['0 whole, 1 named', '1 whole, 0 named'])
  expect(await names(t)).toEqual(['New'])
})

test('what is only named counts as seen: nobody is missing for it', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, many(12))
  t.time.tick(660_000)
  const runId = await beginRun(t, FULL_ENGAGE)
  const { records, hashes } = hashRecords(many(12))
  const same = records.map((record, i): [typeof record.remoteId, string] => [record.remoteId, hashes[i] ?? ''])
  const named = value(await t.store.sync['run.applyPage']({ ...page(FULL_ENGAGE, runId, 1, []), same }))
  expect(named).toMatchObject({ unchanged: 12, wanted: [] })
  value(await t.store.sync['run.end'](runEnd(t, FULL_ENGAGE, runId, { size: 12 })))
  expect(t.store.context.book.suspects.size).toBe(0)
  expect(t.store.context.book.checkpoints.get(FULL_ENGAGE)).toMatchObject({ lastProof: 'clean' })
})
