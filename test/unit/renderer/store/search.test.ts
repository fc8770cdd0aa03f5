import { expect, test } from 'vitest'
import { foldDigits, foldText } from '../../../../renderer/store/search/fold-text.ts'
import type { Sort } from '../../../../renderer/store/store-contract.ts'
import {
  byName,
  FULL_ENGAGE,
  names,
  remote,
  SOURCES,
  SPOTT,
  save,
  sweep,
  testOpenStore,
  value,
} from './test-open-store.ts'

test('case, accents, ligatures and width do not matter', () => {
  expect(foldText('ÉCOLE Straße Łódź Ørsted Æther ＦＵＬＬ')).toBe('ecole strasse lodz orsted aether full')
  expect(foldText('Ёлка')).toBe(foldText('елка'))
  expect(foldDigits('+44 (0)20-7946 ０９５８')).toBe('4402079460958')
})

async function book() {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [
    remote('1', {
      name: 'Jürgen Müller',
      phone: '+49 (30) 123-4567',
      status: 'active',
      notes: 'prefers anna as contact',
    }),
    remote('2', { name: 'Anna Larsen', phone: '020 7946 0958', status: 'inactive', notes: null }),
    remote('3', { name: 'Joanna Reed', phone: null, status: 'active', notes: 'renewal in june' }),
    remote('4', { name: '山田 太郎', phone: null, status: 'active' }),
    remote('5', { name: "Ó'Brien Annabel", phone: null, status: 'active' }),
  ])
  await sweep(t, SPOTT, [
    remote('s', { firstName: 'Bo', lastName: 'Ek', company: 'Annex AB', tags: ['VIP', 'north'], status: 'stage-1' }),
  ])
  return t
}

test('found by name, prefix, middle, accents or none, other scripts, note words and phone digits in any form', async () => {
  const t = await book()
  expect(await names(t, 'muller')).toEqual(['Jürgen Müller'])
  expect(await names(t, 'MÜLL jur')).toEqual(['Jürgen Müller'])
  expect(await names(t, '太郎')).toEqual(['山田 太郎'])
  expect(await names(t, "o'brien")).toEqual(["Ó'Brien Annabel"])
  expect(await names(t, 'renewal')).toEqual(['Joanna Reed'])
  expect(await names(t, '4930123')).toEqual(['Jürgen Müller'])
  expect(await names(t, '(30) 1234567')).toEqual(['Jürgen Müller'])
  expect(await names(t, '79460958')).toEqual(['Anna Larsen'])
  expect(await names(t, 'larsen june')).toEqual([])
  expect(await names(t, 'vip annex')).toEqual(['Bo Ek'])
})

test('a whole word beats a beginning, a beginning beats a part, and names beat the rest', async () => {
  const t = await book()
  expect(await names(t, 'anna')).toEqual(['Anna Larsen', 'Jürgen Müller', "Ó'Brien Annabel", 'Joanna Reed'])
  expect(await names(t, 'ann')).toEqual(['Anna Larsen', "Ó'Brien Annabel", 'Bo Ek', 'Jürgen Müller', 'Joanna Reed'])
})

test('typing errors are forgiven where nothing is found as typed, and the page says so', async () => {
  const t = await book()
  const list = async (text: string) =>
    value(await t.store.page['clients.list']({ text, sort: null, offset: 0, limit: 10 }))
  const close = await list('jurgen mulelr')
  expect([close.close, close.rows.map((row) => row.name)]).toEqual([true, ['Jürgen Müller']])
  expect(await list('jurgen')).toMatchObject({ close: false, total: 1, isTotalKnown: true })
  expect(await list('zzzzzz')).toMatchObject({ close: false, total: 0 })
})

test('typing on gives the same results as asking at once', async () => {
  const t = await book()
  for (const whole of ['anna', 'jur mul', 'an ex', 'ann status:active', '020 79']) {
    for (let length = 1; length <= whole.length; length++) await names(t, whole.slice(0, length))
    const typed = await names(t, whole)
    await names(t, '')
    expect(typed).toEqual(await names(t, ` ${whole}`))
  }
})

test('filters by status, source, tag and age', async () => {
  const t = await book()
  expect([...(await names(t, 'status:inactive'))]).toEqual(['Anna Larsen'])
  expect(await names(t, 'status:"first talk"')).toEqual(['Bo Ek'])
  expect(await names(t, 'source:spott')).toEqual(['Bo Ek'])
  expect(await names(t, 'source:"studio a" anna')).toHaveLength(4)
  expect(await names(t, 'tag:vip')).toEqual(['Bo Ek'])
  expect(await names(t, 'updated:7d')).toEqual([])
  await save(t, (await byName(t, 'Joanna Reed')).clientId, { notes: 'x' }, {})
  expect(await names(t, 'updated:7d')).toEqual(['Joanna Reed'])
})

test('sorted by any column in both directions, the empty ones last, and nothing jumps among equals', async () => {
  let t = await book()
  const list = async (key: 'phone' | 'name' | 'status', direction: 'asc' | 'desc') =>
    value(await t.store.page['clients.list']({ text: '', sort: { key, direction }, offset: 0, limit: 10 })).rows.map(
      (row) => row.name,
    )
  expect(await list('name', 'asc')).toEqual([
    'Anna Larsen',
    'Bo Ek',
    'Joanna Reed',
    'Jürgen Müller',
    "Ó'Brien Annabel",
    '山田 太郎',
  ])
  expect((await list('phone', 'asc')).slice(0, 2)).toEqual(['Jürgen Müller', 'Anna Larsen'])
  expect((await list('phone', 'desc')).slice(0, 2)).toEqual(['Anna Larsen', 'Jürgen Müller'])
  expect((await list('phone', 'desc')).slice(2)).toEqual((await list('phone', 'asc')).slice(2))
  // An order that has been changed is the order that a fresh sort gives.
  for (const [i, name] of ['Anna Larsen', 'Joanna Reed'].entries()) {
    await save(t, (await byName(t, name)).clientId, { name: `Zed ${name}`, phone: '+1' }, {})
    const changed = await list('phone', 'asc')
    t.store.close()
    t = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 + i })
    expect(await list('phone', 'asc')).toEqual(changed)
  }
})

test('a list goes to the name that is typed, in an order by name and in any other', async () => {
  const t = await book()
  const jump = async (prefix: string, sort: Sort | null, from = 0) =>
    value(await t.store.page['clients.jump']({ text: '', sort, prefix, from }))
  const named = { key: 'name', direction: 'asc' } as const
  expect(await jump('jo', named)).toEqual({ index: 2, name: 'Joanna Reed' })
  expect(await jump('Jür', named)).toEqual({ index: 3, name: 'Jürgen Müller' })
  expect(await jump('k', named)).toEqual({ index: 4, name: "Ó'Brien Annabel" })
  expect(await jump('山', named)).toEqual({ index: 5, name: '山田 太郎' })
  expect(await jump('jo', { key: 'name', direction: 'desc' })).toEqual({ index: 3, name: 'Joanna Reed' })
  const byPhone = { key: 'phone', direction: 'asc' } as const
  expect(await jump('j', byPhone, 1)).toMatchObject({ name: 'Joanna Reed' })
  expect(await jump('jur', byPhone, 3)).toEqual({ index: 0, name: 'Jürgen Müller' })
  expect(await jump('xyz', byPhone)).toBeNull()
})

test('new words for a status and a new name of a source reach every line and order, though no line has changed', async () => {
  const t = await book()
  const list = async (key: 'status' | 'source') =>
    value(
      await t.store.page['clients.list']({ text: '', sort: { key, direction: 'asc' }, offset: 0, limit: 10 }),
    ).rows.map((row) => row.status?.label)
  expect(await list('status')).toEqual(['Active', 'Active', 'Active', 'Active', 'First talk', 'Inactive'])
  expect((await list('source'))[0]).toBe('First talk')
  t.changes.length = 0
  const option = { id: 'stage-1', label: 'A first talk', color: '#ff8800', order: 1, type: 'stage' }
  value(await t.store.sync['vocabulary.put']({ sourceId: SPOTT, statusOptions: [option] }))
  expect(await list('status')).toEqual(['A first talk', 'Active', 'Active', 'Active', 'Active', 'Inactive'])
  const renamed = SOURCES.map((source) => (source.sourceId === FULL_ENGAGE ? { ...source, name: 'A studio' } : source))
  value(await t.store.sync['sources.configure']({ sources: renamed, removed: [] }))
  expect((await list('source')).at(-1)).toBe('A first talk')
  t.time.tick(1_000)
  expect(t.changes.every((change) => change.topics.includes('clients') && change.clientIds === null)).toBe(true)
  expect(t.changes.length).toBeGreaterThan(0)
})

test('a page of a list knows its total, the whole, and the place of a client', async () => {
  const t = await book()
  const page = value(await t.store.page['clients.list']({ text: 'anna', sort: null, offset: 1, limit: 2 }))
  expect(page).toMatchObject({ total: 4, all: 6, offset: 1, text: 'anna' })
  expect(page.rows).toHaveLength(2)
  const { clientId } = await byName(t, 'Joanna Reed')
  expect(value(await t.store.page['clients.indexOf']({ text: 'anna', sort: null, clientId }))).toBe(3)
  expect(value(await t.store.page['clients.indexOf']({ text: 'zzz', sort: null, clientId }))).toBe(-1)
})
