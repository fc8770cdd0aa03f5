import { expect, test } from 'vitest'
import {
  byName,
  details,
  FULL_ENGAGE,
  remote,
  save,
  send,
  settle,
  sweep,
  type TestStore,
  take,
  testOpenStore,
  value,
} from './test-open-store.ts'

const CLIENTS = ['Ann', 'Ben', 'Cem'] as const

/** Each client's phone was changed on both sides; Ann's notes too. */
async function threeConflicts() {
  const t = await testOpenStore()
  await sweep(
    t,
    FULL_ENGAGE,
    CLIENTS.map((name, i) => remote(`${i}`, { name, phone: '0', notes: 'old' })),
  )
  for (const name of CLIENTS) await collide(t, name)
  return t
}

async function collide(t: TestStore, name: string, mine = '1', theirs = '2') {
  const { clientId } = await byName(t, name)
  const shown = await details(t, clientId)
  const base = { phone: shown.field('phone').value, notes: shown.field('notes').value }
  const both = name === 'Ann'
  await save(t, clientId, both ? { phone: mine, notes: 'mine' } : { phone: mine }, base)
  const { editId, edit } = await take(t, FULL_ENGAGE)
  if (editId === null || edit === null) throw new Error('nothing taken')
  const phone = { field: 'phone', base: base.phone, mine, theirs } as const
  const notes = { field: 'notes', base: base.notes, mine: 'mine', theirs: 'theirs' } as const
  await settle(t, editId, {
    kind: 'conflict',
    conflict: 'field',
    remote: remote(edit.remoteId ?? '', { name, phone: theirs, notes: both ? 'theirs' : base.notes }),
    fields: both ? [phone, notes] : [phone],
    merged: [],
    candidates: [],
  })
  return { clientId, editId }
}
const open = async ({ store }: TestStore) => value(await store.page['conflicts.list']({}))
const PHONE = { sourceId: FULL_ENGAGE, field: 'phone' } as const

test('a rule says what it would decide, decides it, and the next one when it arises', async () => {
  const t = await threeConflicts()
  const [ann] = await open(t)
  if (ann === undefined) throw new Error('no conflict')
  expect(
    value(await t.store.page['fieldRules.preview']({ ...PHONE, choice: 'theirs', except: ann.conflictId })),
  ).toEqual({ conflicts: 2, clients: ['Ben', 'Cem'] })
  expect(value(await t.store.page['fieldRules.make']({ ...PHONE, choice: 'theirs' }))).toMatchObject({ decided: 3 })
  // Ann's other field is still the user's to decide, and it alone.
  expect((await open(t)).map((c) => [c.clientName, c.fields.map((f) => f.field)])).toEqual([['Ann', ['notes']]])
  const ben = await byName(t, 'Ben')
  expect(ben).toMatchObject({ phone: '2', mark: null })
  const story = value(await t.store.page['clients.timeline']({ clientId: ben.clientId, limit: 5 }))
  expect(story[0]).toMatchObject({
    kind: 'resolved',
    by: 'rule',
    fields: [{ from: '1', to: '2' }],
    canPutBack: ['phone'],
  })

  await collide(t, 'Ben', '3', '4')
  expect((await open(t)).map((c) => c.clientName)).toEqual(['Ann'])
  expect((await byName(t, 'Ben')).phone).toBe('4')
  expect(value(await t.store.page['fieldRules.list']({}))).toMatchObject([
    { used: 4, wouldDecide: 0, choice: 'theirs' },
  ])
})

test('keep mine: sent on what theirs was when the rule decided, so that a further change is noticed', async () => {
  const t = await threeConflicts()
  value(await t.store.page['fieldRules.make']({ ...PHONE, choice: 'mine' }))
  expect((await take(t, FULL_ENGAGE)).edit?.changes).toEqual([{ field: 'phone', from: '2', to: '1' }])
})

test('one rule per field of a source; removed, the user is asked again; it outlives a restart', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('0', { name: 'Ben', phone: '0', notes: 'old' })])
  value(await t.store.page['fieldRules.make']({ ...PHONE, choice: 'mine' }))
  value(await t.store.page['fieldRules.make']({ ...PHONE, choice: 'theirs' }))
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  const [rule, other] = value(await again.store.page['fieldRules.list']({}))
  expect(rule?.choice).toBe('theirs')
  expect(other).toBeUndefined()
  if (rule === undefined) throw new Error('no rule')
  value(await again.store.page['fieldRules.remove']({ ruleId: rule.ruleId }))
  await collide(again, 'Ben')
  expect(await open(again)).toHaveLength(1)
})

test('Ctrl+Z after a rule: the rule goes, and what it decided and was not sent is asked again', async () => {
  const t = await threeConflicts()
  value(await t.store.page['fieldRules.make']({ ...PHONE, choice: 'mine' }))
  const { editId } = await send(t, FULL_ENGAGE)
  expect(value(await t.store.page['edit.undoLast']({}))).toMatchObject({ what: 'rule' })
  expect(value(await t.store.page['fieldRules.list']({}))).toEqual([])
  const left = value(await t.store.page['queue.list']({})).find((edit) => edit.editId === editId)
  expect(left?.state).toBe('sending')
  expect((await open(t)).map((c) => c.fields.length).sort()).toEqual([1, 2])
})

test('a rule made from a decision, with nothing else open: Ctrl+Z takes the rule back first, then the decision', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('0', { name: 'Ben', phone: '0', notes: 'old' })])
  await collide(t, 'Ben')
  const [conflict] = await open(t)
  if (conflict === undefined) throw new Error('no conflict')
  const { conflictId } = conflict
  value(await t.store.page['conflict.resolve']({ conflictId, choices: { phone: 'mine' }, seen: { phone: '2' } }))
  value(await t.store.page['fieldRules.make']({ ...PHONE, choice: 'mine' }))
  expect(value(await t.store.page['edit.undoLast']({}))).toMatchObject({ what: 'rule', clientName: 'Ben' })
  expect([value(await t.store.page['fieldRules.list']({})), await open(t)]).toEqual([[], []])
  expect(value(await t.store.page['edit.undoLast']({}))).toMatchObject({ what: 'resolve' })
  expect(await open(t)).toHaveLength(1)
})

test('one of those that a rule decided is opened again alone: the rule and the others stay', async () => {
  const t = await threeConflicts()
  const ben = (await open(t)).find((c) => c.clientName === 'Ben')
  if (ben === undefined) throw new Error('no conflict')
  value(await t.store.page['fieldRules.make']({ ...PHONE, choice: 'theirs' }))
  value(await t.store.page['conflict.reopen']({ conflictId: ben.conflictId }))
  const left = (await open(t)).map((c) => `${c.clientName}: ${c.fields[0]?.field}`)
  expect(left.toSorted()).toEqual(['Ann: notes', 'Ben: phone'])
  expect(value(await t.store.page['fieldRules.list']({}))).toHaveLength(1)
  expect((await byName(t, 'Ben')).phone).toBe('1')
  expect((await byName(t, 'Cem')).phone).toBe('2')
})
