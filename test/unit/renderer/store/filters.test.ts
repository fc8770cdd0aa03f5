import { expect, test } from 'vitest'
import { instantSchema } from '../../../../shared/ids.ts'
import {
  byName,
  FULL_ENGAGE,
  names,
  remote,
  SPOTT,
  save,
  sweep,
  testCreateTime,
  testOpenStore,
  value,
} from './test-open-store.ts'

const at = (day: string) => ({ createdAt: instantSchema.parse(`${day}T12:00:00.000Z`) })

/** Six clients of every kind; Zoe lives here only, Nia is on her way to her source. */
async function book() {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [
    remote('1', { name: 'Ada Berg', company: 'Acme AS', phone: '+47 22 12 34 56', status: 'active' }, at('2025-12-31')),
    remote('2', { name: 'Bo Acme', company: 'Fjord', email: 'bo@acme.example', status: 'inactive' }, at('2026-01-01')),
  ])
  await sweep(t, SPOTT, [
    remote('3', { firstName: 'Cy', lastName: 'Dahl', status: 'stage-1', tags: ['VIP', 'north'] }, at('2026-01-02')),
    remote('4', { firstName: 'Di', lastName: 'Eide', tags: ['very important'], notes: 'Renewal' }, at('2026-03-31')),
  ])
  const create = async (name: string, deviceOnly: boolean) =>
    value(
      await t.store.page['client.create']({
        sourceId: deviceOnly ? null : FULL_ENGAGE,
        deviceOnly,
        fields: { name },
      }),
    )
  await create('Nia New', false)
  await create('Zoe Here', true)
  return t
}

test('each filter finds who it says', async () => {
  const t = await book()
  await save(t, (await byName(t, 'Ada Berg')).clientId, { phone: '+47 1' }, { phone: '+47 22 12 34 56' })
  const { editId } = await save(t, (await byName(t, 'Bo Acme')).clientId, { notes: 'x' }, { notes: null })
  if (editId !== null) value(await t.store.page['edit.hold']({ editId }))
  const found: readonly (readonly [query: string, ...names: string[]])[] = [
    // A text in one field, several, and not
    ['acme', 'Ada Berg', 'Bo Acme'],
    ['company:acme', 'Ada Berg'],
    ['name:acme', 'Bo Acme'],
    ['email:acme.example', 'Bo Acme'],
    ['company:acme,fjord', 'Ada Berg', 'Bo Acme'],
    ['acme -company:fjord', 'Ada Berg'],
    ['notes:renewal', 'Di Eide'],
    ['"bo acme"', 'Bo Acme'],
    ['"acme bo"'],
    ['name:"o ac"', 'Bo Acme'],
    // Named values
    ['status:active,inactive', 'Ada Berg', 'Bo Acme'],
    ['status:"first talk"', 'Cy Dahl'],
    ['source:spott -tag:vip ', 'Di Eide'],
    ['source:"this device"', 'Zoe Here'],
    ['tag:vip tag:north ', 'Cy Dahl'],
    ['tag:vi '],
    // What it has, and is
    ['has:tags', 'Cy Dahl', 'Di Eide'],
    ['has:email,notes', 'Bo Acme', 'Di Eide'],
    ['-has:company source:studio', 'Nia New'],
    ['is:local', 'Zoe Here'],
    ['is:new', 'Nia New'],
    ['is:held', 'Bo Acme'],
    ['is:waiting', 'Ada Berg', 'Bo Acme', 'Nia New'],
    ['is:waiting -is:held -is:new', 'Ada Berg'],
    ['is:read-only', 'Cy Dahl', 'Di Eide'],
    ['is:conflict'],
    // Times
    ['created:>2026-01-01 source:spott,studio -is:new', 'Cy Dahl', 'Di Eide'],
    ['created:2026-01', 'Bo Acme', 'Cy Dahl'],
    ['created:..2025', 'Ada Berg'],
    ['created:2025-12..2026-01 -company:acme', 'Bo Acme', 'Cy Dahl'],
  ]
  for (const [query, ...expected] of found) expect([...(await names(t, query))].sort(), query).toEqual(expected)
})

test('a filter on its way filters nothing, one that cannot be read neither, and text stays text', async () => {
  const t = await book()
  for (const query of ['tag:vi', 'status:act', 'source:zebra', 'is:', 'is:wating ', 'created:>20', 'phone:+4']) {
    expect(await names(t, query), query).toHaveLength(6)
  }
  expect(await names(t, 'foo:acme')).toEqual([])
  expect(await names(t, '"company:" acme')).toEqual([])
})

test('who has testimonials, and a video among them', async () => {
  const t = await book()
  const tell = async (id: string, type: string) => {
    const item = { testimonialId: id, type, rating: null, name: null, text: 'x', createdAt: null, video: null }
    const items = [{ ...item, sourceCreatedAt: '2026-03-01T00:00:00Z' }]
    const { remoteId } = remote(id, {})
    value(await t.store.sync['testimonials.put']({ sourceId: SPOTT, remoteId, items, readAt: 77, mayBeCut: false }))
  }
  await tell('3', 'text')
  await tell('4', 'video')
  expect([...(await names(t, 'has:testimonial'))].sort()).toEqual(['Cy Dahl', 'Di Eide'])
  expect(await names(t, 'has:video')).toEqual(['Di Eide'])
})

test('a list by testimonials is told when a client gets its first one, and not of each that is read again', async () => {
  const t = await testOpenStore()
  const kim = remote('s1', { firstName: 'Kim' })
  await sweep(t, SPOTT, [kim])
  const isTold = async (type: string, readAt: number) => {
    t.time.tick(1_000)
    t.changes.length = 0
    const item = { testimonialId: 'one', type, rating: null, name: null, text: 'x', createdAt: null, video: null }
    const items = [{ ...item, sourceCreatedAt: null }]
    const { remoteId } = kim
    value(await t.store.sync['testimonials.put']({ sourceId: SPOTT, remoteId, items, readAt, mayBeCut: false }))
    t.time.tick(1_000)
    return t.changes.some(({ topics }) => topics.includes('clients'))
  }
  expect([await isTold('text', 1), await isTold('text', 2), await isTold('video', 3)]).toEqual([true, false, true])
})

test('what was created today is asked for anew when the day is over, though nothing has changed', async () => {
  const start = new Date(2026, 10, 1, 23, 58).getTime()
  const t = await testOpenStore({ time: testCreateTime(start) })
  value(await t.store.page['client.create']({ sourceId: null, deviceOnly: true, fields: { name: 'Eve' } }))
  expect(await names(t, 'created:today ')).toEqual(['Eve'])
  expect(await names(t, 'created:1h ')).toEqual(['Eve'])
  t.time.tick(100)
  t.changes.splice(0)
  t.time.tick(120_000)
  t.time.tick(100)
  expect(t.changes.flatMap(({ topics }) => topics)).toContain('clients')
  expect(await names(t, 'created:today ')).toEqual([])
  expect(await names(t, 'created:yesterday ')).toEqual(['Eve'])
  t.time.tick(3_600_000)
  expect(await names(t, 'created:1h ')).toEqual([])
  t.store.close()
})
