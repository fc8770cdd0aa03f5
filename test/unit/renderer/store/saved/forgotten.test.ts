import { expect, test } from 'vitest'
import {
  byName,
  CLNT,
  everythingOnDisk,
  FULL_ENGAGE,
  names,
  remote,
  SPOTT,
  sweep,
  type TestStore,
  testOpenStore,
  value,
} from '../test-open-store.ts'

/** Long enough for a save, in turns in which the fake database does its work. */
async function untilSaved(t: TestStore): Promise<void> {
  const before = t.store.context.saved.report().savedAt
  t.time.tick(120_000)
  for (let i = 0; i < 2_000 && t.store.context.saved.report().savedAt === before; i++) {
    await new Promise<void>((resolve) => setImmediate(resolve))
    t.time.tick(0)
  }
  expect(t.store.context.saved.report().savedAt).not.toBe(before)
}

/** Others, so that what is forgotten is the smaller part of what was saved together. */
const OTHERS = Array.from({ length: 40 }, (_, i) => remote(`o${i}`, { name: `Other ${i}` }))

test('values that are forgotten are not in the saved form either: not at once, and not in the next', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, OTHERS)
  await sweep(t, CLNT, [remote('c1', { firstName: 'Wanda', email: 'secret@example.org' }, { fallbackName: 'REF-1' })])
  await untilSaved(t)
  expect(await everythingOnDisk(t)).toMatch(/wanda|secret/i)
  const fields: ('email' | 'firstName')[] = ['email', 'firstName']
  value(await t.store.sync['records.purgeFields']({ sourceId: CLNT, fields, rawKeys: ['email', 'firstName'] }))
  expect(await everythingOnDisk(t)).not.toMatch(/wanda|secret/i)
  await untilSaved(t)
  expect(await everythingOnDisk(t)).not.toMatch(/wanda|secret/i)
  t.store.close()
})

test('a source that is removed is not in the saved form either', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, OTHERS)
  const wanda = { firstName: 'Wanda', notes: 'secretive', tags: ['Divorced'] }
  await sweep(t, SPOTT, [remote('w.doe@example.org', wanda)])
  await untilSaved(t)
  expect(await everythingOnDisk(t)).toMatch(/secretive/)
  value(await t.store.sync['sources.configure']({ sources: [], removed: [SPOTT] }))
  expect(await everythingOnDisk(t)).not.toMatch(/wanda|secretive|divorced|doe@/i)
  await untilSaved(t)
  // Remote ids and tags stood in the columns of memory, and would be saved with these.
  expect(await everythingOnDisk(t)).not.toMatch(/wanda|secretive|divorced|doe@/i)
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(again.store.context.saved.report().startedFrom).toBe('saved')
  expect(await names(again)).toHaveLength(OTHERS.length)
  // The same record and tag may come back.
  await sweep(again, SPOTT, [remote('w.doe@example.org', wanda)])
  expect(await names(again, 'tag:divorced')).toEqual(['Wanda'])
  again.store.close()
  t.store.close()
})

/** One tag for all clients, as one step of undo. */
async function tagAll(t: TestStore): Promise<void> {
  const { page } = t.store
  const change = { kind: 'add-tag', tag: 'autumn' } as const
  const selection = { query: { text: '', sort: null }, all: true, ids: [] }
  value(await page['bulk.begin']({ bulkId: 'b', selection }))
  value(await page['bulk.take']({ bulkId: 'b', change, from: 0, limit: 250 }))
  value(await page['bulk.end']({ bulkId: 'b' }))
}

/** On the disk and in memory. */
async function undoSteps({ store }: TestStore): Promise<string> {
  const { book, databases } = store.context
  return JSON.stringify([await databases.relaxed.undo.toArray(), book.undo])
}

test('a step of undo of many clients keeps nothing of a source that is removed, and goes on for the others', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, OTHERS.slice(0, 2))
  await sweep(t, SPOTT, [remote('s1', { firstName: 'Wanda', tags: ['Divorced'] })])
  await tagAll(t)
  // Deleted, she is nobody's work: she goes with her source.
  value(await t.store.page['client.delete']({ clientId: (await byName(t, 'Wanda')).clientId }))
  expect(await undoSteps(t)).toMatch(/divorced/i)
  value(await t.store.sync['sources.configure']({ sources: [], removed: [SPOTT] }))
  expect(await undoSteps(t)).not.toMatch(/divorced/i)
  expect(await names(t, 'tag:autumn ')).toHaveLength(2)
  expect(value(await t.store.page['edit.undoLast']({}))).toMatchObject({ what: 'import' })
  expect(await names(t, 'tag:autumn ')).toHaveLength(0)
  t.store.close()
})

test('values that are forgotten are in no step of undo of many clients either', async () => {
  const t = await testOpenStore()
  await sweep(t, CLNT, [remote('c1', { firstName: 'Cleo', tags: ['Widowed'] })])
  await sweep(t, FULL_ENGAGE, OTHERS.slice(0, 2))
  await tagAll(t)
  expect(await undoSteps(t)).toMatch(/widowed/i)
  value(await t.store.sync['records.purgeFields']({ sourceId: CLNT, fields: ['tags'], rawKeys: ['tags'] }))
  expect(await undoSteps(t)).not.toMatch(/widowed/i)
  t.store.close()
})
