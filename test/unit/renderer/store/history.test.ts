import { expect, test } from 'vitest'
import { trimHistory } from '../../../../renderer/store/trim-history.ts'
import { byName, FULL_ENGAGE, names, remote, save, sweep, testOpenStore, value } from './test-open-store.ts'

test('a flood of changes by a source pushes out its own oldest, and nothing that was done here', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Ann', phone: '0' }), remote('2', { name: 'Ben', phone: '0' })])
  const { clientId } = await byName(t, 'Ann')
  await save(t, clientId, { company: 'Ann Inc.' }, {})
  for (let i = 1; i <= 6; i++) {
    const phone = `${i}`
    await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Ann', phone }), remote('2', { name: 'Ben', phone })])
  }
  const story = async () => value(await t.store.page['clients.timeline']({ clientId, limit: 100 }))
  const before = await story()
  const db = t.store.context.databases.strict
  // Seven commits: too few to be counted again so soon.
  expect(await trimHistory(db, 1)).toBe(1)
  const newest = await trimHistory(db, -1000, { commits: 100, own: 10, ofSources: 5 })
  expect(newest).toBe(7)
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  const after = value(await again.store.page['clients.timeline']({ clientId, limit: 100 }))
  expect(after.filter((item) => item.kind === 'you-changed')).toHaveLength(1)
  expect(after.filter((item) => item.kind === 'source-changed').map((item) => item.fields[0]?.to)).toEqual(
    expect.arrayContaining(['6', '5']),
  )
  expect(after.filter((item) => item.kind === 'source-changed').length).toBeLessThanOrEqual(3)
  // Whoever is left keeps the name it had.
  for (const item of after)
    expect(before.find((old) => old.id === item.id)).toMatchObject({ kind: item.kind, at: item.at })
  expect(await names(again)).toEqual(['Ann', 'Ben'])
})

test('the number of commits is bounded, too', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Ann', phone: '0' })])
  const { clientId } = await byName(t, 'Ann')
  for (let i = 0; i < 5; i++) await save(t, clientId, { company: `${i}` }, i === 0 ? {} : { company: `${i - 1}` })
  const db = t.store.context.databases.strict
  await trimHistory(db, -1000, { commits: 2, own: 10, ofSources: 10 })
  expect(await db.audit.count()).toBe(2)
})

test('who changed what, when, from what to what', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Ann', phone: '0' })])
  const { clientId } = await byName(t, 'Ann')
  await save(t, clientId, { phone: '1' }, { phone: '0' })
  value(await t.store.page['edit.undoLast']({}))
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Ann', phone: '9' })])
  const story = value(await t.store.page['clients.timeline']({ clientId, limit: 100 }))
  expect(story.map(({ kind, by, fields }) => [kind, by, fields[0]?.from, fields[0]?.to])).toEqual([
    ['source-changed', 'source', '0', '9'],
    ['you-changed', 'undo', '1', '0'],
    ['you-changed', 'me', '0', '1'],
    ['source-added', 'source', undefined, undefined],
  ])
  // Each former value that is not shown now can be had back.
  expect(story.map((item) => item.canPutBack)).toEqual([['phone'], ['phone'], ['phone'], []])
})

test('what cannot be put back is refused: a value that would break a rule, or is shown already', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Ann', phone: null })])
  const { clientId } = await byName(t, 'Ann')
  await save(t, clientId, { phone: '1' }, { phone: null })
  const [item] = value(await t.store.page['clients.timeline']({ clientId, limit: 1 }))
  const itemId = item?.id ?? -1
  value(await t.store.page['timeline.putBack']({ clientId, itemId, field: 'phone' }))
  const refusal = { ok: false, error: { code: 'bad-input', rule: 'cannot-put-back' } }
  expect(await t.store.page['timeline.putBack']({ clientId, itemId, field: 'phone' })).toMatchObject(refusal)
  expect(await t.store.page['timeline.putBack']({ clientId, itemId: 99, field: 'phone' })).toMatchObject({
    error: { code: 'missing' },
  })
})
