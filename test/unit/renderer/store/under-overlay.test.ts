import { expect, test } from 'vitest'
import { byName, details, remote, SPOTT, save, sweep, testOpenStore, value } from './test-open-store.ts'

async function kimWithNotes() {
  const t = await testOpenStore()
  await sweep(t, SPOTT, [remote('s', { firstName: 'Kim', notes: 'theirs' })])
  const kim = await byName(t, 'Kim')
  await save(t, kim.clientId, { notes: 'mine' }, { notes: 'theirs' })
  return { t, kim, notices: async () => value(await t.store.page['notices.list']({})) }
}

test('F175 a value changes at the source under a local one: the local stays, a quiet word and the history tell', async () => {
  const { t, kim, notices } = await kimWithNotes()
  await sweep(t, SPOTT, [remote('s', { firstName: 'Kim', notes: 'newer' })])
  expect((await details(t, kim.clientId)).field('notes')).toMatchObject({ value: 'mine', sourceValue: 'newer' })
  expect(await notices()).toMatchObject([{ kind: 'overlay-source-changed', clientId: kim.clientId, sourceId: SPOTT }])
  const [item] = value(await t.store.page['clients.timeline']({ clientId: kim.clientId, limit: 1 }))
  expect(item).toMatchObject({ kind: 'source-changed', fields: [{ field: 'notes', from: 'theirs', to: 'newer' }] })
  // Once for a client, however often it changes; nothing is sent, nothing is asked.
  await sweep(t, SPOTT, [remote('s', { firstName: 'Kim', notes: 'newest' })])
  expect(await notices()).toHaveLength(1)
  expect(value(await t.store.page['counts.get']({}))).toMatchObject({ edits: 0, conflicts: 0 })
})

test('F175 a field without a local value changes, or the source comes to say the same: no word, and no local value', async () => {
  const { t, kim, notices } = await kimWithNotes()
  await sweep(t, SPOTT, [remote('s', { firstName: 'Kimberly', notes: 'mine' })])
  expect(await notices()).toEqual([])
  expect((await details(t, kim.clientId)).field('notes')).toMatchObject({ value: 'mine', origin: { kind: 'source' } })
})
