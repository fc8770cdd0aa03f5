import { expect, test } from 'vitest'
import {
  byName,
  CONNECT,
  details,
  FULL_ENGAGE,
  names,
  remote,
  SOURCES,
  save,
  send,
  settle,
  sweep,
  testOpenStore,
  value,
} from './test-open-store.ts'

const RESET = { code: 'unreachable', reason: 'reset', sent: true, detail: null } as const

/** Ann with a waiting edit, Ben with a local value, Cem untouched, Dua about to be deleted, Eva never sent. */
async function withOwnWork() {
  const t = await testOpenStore()
  const people = ['Ann', 'Ben', 'Cem', 'Dua']
  await sweep(
    t,
    FULL_ENGAGE,
    people.map((name, i) => remote(`${i}`, { name, phone: '0', status: 'active' })),
  )
  await sweep(t, CONNECT, [remote('7', { firstName: 'Nia' })])
  const ann = await byName(t, 'Ann')
  await save(t, ann.clientId, { phone: '1' }, { phone: '0' })
  const ben = await byName(t, 'Ben')
  await save(t, ben.clientId, { company: 'Ben Ltd' }, {})
  value(await t.store.page['client.delete']({ clientId: (await byName(t, 'Dua')).clientId }))
  const fields = { name: 'Eva', phone: '5' }
  const made = value(await t.store.page['client.create']({ sourceId: FULL_ENGAGE, deviceOnly: false, fields }))
  return { t, ann, ben, eva: made.clientId }
}
const remove = (t: Awaited<ReturnType<typeof testOpenStore>>) =>
  t.store.sync['sources.configure']({
    sources: SOURCES.filter((source) => source.sourceId !== FULL_ENGAGE),
    removed: [FULL_ENGAGE],
  })

test('F169 a source removed with edits queued: said before, and what was written here stays, as clients of this device', async () => {
  const { t, ann, ben, eva } = await withOwnWork()
  expect(value(await t.store.page['source.removal']({ sourceId: FULL_ENGAGE }))).toMatchObject({
    clients: 5,
    edits: 3,
    localValues: 1,
    kept: 3,
  })
  value(await remove(t))
  expect((await names(t)).toSorted()).toEqual(['Ann', 'Ben', 'Eva', 'Nia'])
  expect(value(await t.store.page['queue.list']({}))).toEqual([])
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  for (const [clientId, phone] of [
    [ann.clientId, '1'],
    [ben.clientId, '0'],
    [eva, '5'],
  ] as const) {
    const kept = await details(again, clientId)
    expect(kept.field('phone').value).toBe(phone)
    expect(kept.row).toMatchObject({ sourceIds: [], mark: null })
  }
  // What it was at the source, and what was done, is still told.
  const story = value(await again.store.page['clients.timeline']({ clientId: ann.clientId, limit: 20 }))
  expect(story[0]).toMatchObject({ by: 'recovery', onDevice: true, fields: [{ from: '0', to: '1' }] })
  expect(story.some((item) => item.by === 'me' && item.kind === 'you-changed')).toBe(true)
  expect((await details(again, ann.clientId)).field('status').value).toBe('Active')
})

test('F169 an edit of unknown fate stays as a value of this device, too; sample data goes whole', async () => {
  const { t, ann } = await withOwnWork()
  const { editId } = await send(t, FULL_ENGAGE)
  await settle(t, editId, { kind: 'unknown', at: t.time.now(), error: RESET })
  value(await remove(t))
  expect((await details(t, ann.clientId)).field('phone')).toMatchObject({ value: '1', origin: { kind: 'device' } })
  const sample = await withOwnWork()
  const sources = SOURCES.map((source) => ({ ...source, sample: true }))
  value(await sample.t.store.sync['sources.configure']({ sources, removed: [] }))
  expect(value(await sample.t.store.page['source.removal']({ sourceId: FULL_ENGAGE })).kept).toBe(0)
  value(await remove(sample.t))
  expect(await names(sample.t)).toEqual(['Nia'])
})
