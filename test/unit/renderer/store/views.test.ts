import { expect, test } from 'vitest'
import {
  byName,
  CONNECT,
  FULL_ENGAGE,
  remote,
  SPOTT,
  save,
  send,
  settle,
  sweep,
  testOpenStore,
  value,
} from './test-open-store.ts'

test('the board: columns in the vendor order, a move stays or waits, empty columns stay', async () => {
  const t = await testOpenStore()
  const option = (id: string, label: string, order: number) => ({ id, label, order, color: '#112233', type: 'stage' })
  value(
    await t.store.sync['vocabulary.put']({
      sourceId: SPOTT,
      statusOptions: [option('b', 'Second', 2), option('a', 'First', 1), option('c', 'Third', 3)],
    }),
  )
  await sweep(t, SPOTT, [
    remote(
      '1',
      { firstName: 'Kim', status: 'a' },
      { extra: [{ key: 'fit', label: 'Fit', value: '82', filledBy: 'vendor-ai' }], updatedAt: '2026-01-02T00:00:00Z' },
    ),
    remote('2', { firstName: 'Lee', status: 'a' }, { updatedAt: '2026-01-03T00:00:00Z' }),
    remote('3', { firstName: 'Max' }),
  ])
  await sweep(t, FULL_ENGAGE, [remote('f', { name: 'Fay', status: 'active' })])
  const get = async () => value(await t.store.page['board.get']({ mode: 'stage', text: '', limit: 10 }))
  const board = await get()
  expect(board.columns.map((column) => [column.status.label, column.count])).toEqual([
    ['First', 2],
    ['Second', 0],
    ['Third', 0],
    ['No status', 1],
  ])
  expect(board.columns[0]?.cards.map((card) => [card.row.name, card.aiValue])).toEqual([
    ['Lee', null],
    ['Kim', 'fit 82'],
  ])
  expect(board).toMatchObject({ total: 3, destination: 'device' })
  expect(board.modes).toEqual([
    { mode: 'stage', label: 'Stage', count: 3 },
    { mode: 'status', label: 'Status', count: 1 },
  ])
  await save(t, (await byName(t, 'Lee')).clientId, { status: 'c' }, { status: 'a' })
  expect((await get()).columns.find((column) => column.id === 'c')?.cards).toMatchObject([
    { row: { name: 'Lee' }, moved: 'device' },
  ])
})

test('testimonials: due until read, due again when the client changes, listed newest first', async () => {
  const t = await testOpenStore()
  await sweep(t, SPOTT, [remote('1', { firstName: 'Kim', company: 'Acme' }), remote('2', { firstName: 'Lee' })])
  const due = async () => value(await t.store.sync['testimonials.due']({ sourceId: SPOTT, limit: 10 }))
  expect(await due()).toEqual({ remoteIds: ['1', '2'], total: 2, read: 0 })
  const item = (testimonialId: string, type: string, rating: number | null, day: string) => ({
    testimonialId,
    type,
    rating,
    name: null,
    text: `says ${testimonialId}`,
    sourceCreatedAt: `2026-03-${day}T00:00:00Z`,
    createdAt: null,
    video: null,
  })
  const items = [item('a', 'text', 5, '01'), item('b', 'video', 3, '02'), item('c', 'text', null, '03')]
  value(
    await t.store.sync['testimonials.put']({
      sourceId: SPOTT,
      remoteId: remote('1', {}).remoteId,
      items,
      readAt: 77,
      mayBeCut: false,
    }),
  )
  expect(await due()).toEqual({ remoteIds: ['2'], total: 2, read: 1 })
  const list = async (kind: 'all' | 'video' | 'text', minRating: number) =>
    value(await t.store.page['testimonials.list']({ kind, minRating, offset: 0, limit: 10 }))
  expect((await list('all', 0)).items.map((x) => [x.testimonialId, x.clientName, x.company])).toEqual([
    ['c', 'Kim', 'Acme'],
    ['b', 'Kim', 'Acme'],
    ['a', 'Kim', 'Acme'],
  ])
  expect(await list('text', 4)).toMatchObject({ total: 1, coverage: { read: 1, of: 2 }, readAt: 77 })
  await sweep(t, SPOTT, [remote('1', { firstName: 'Kim', company: 'Other' }), remote('2', { firstName: 'Lee' })])
  expect((await due()).remoteIds).toEqual(['1', '2'])
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  const { clientId } = await byName(again, 'Kim')
  expect(value(await again.store.page['testimonials.ofClient']({ clientId }))).toMatchObject({
    readAt: 77,
    cut: false,
    supported: true,
    items: [{}, {}, {}],
  })
  expect(value(await again.store.page['counts.get']({})).testimonials).toBe(3)
})

test('the timeline tells what happened here and at the source, newest first, across a restart', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Ann', phone: '0' })])
  const { clientId } = await byName(t, 'Ann')
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Ann', phone: '5' })])
  await save(t, clientId, { phone: '6' }, { phone: '5' })
  const { editId } = await send(t, FULL_ENGAGE)
  await settle(t, editId, { kind: 'done', record: remote('1', { name: 'Ann', phone: '6' }), writeSeq: 2 })
  const kinds = async (store: typeof t.store) =>
    value(await store.page['clients.timeline']({ clientId, limit: 10 })).map((item) => [
      item.kind,
      ...item.fields.map((f) => `${f.from}>${f.to}`),
    ])
  const story = [['sent', '5>6'], ['you-changed', '5>6'], ['source-changed', '0>5'], ['source-added']]
  expect(await kinds(t.store)).toEqual(story)
  await save(t, clientId, { company: 'Acme' }, {})
  expect((await kinds(t.store))[0]).toEqual(['you-changed', 'null>Acme'])
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect((await kinds(again.store)).slice(1)).toEqual(story)
})

test('insights count clients by source, status and month, and tell how the last day went', async () => {
  const t = await testOpenStore()
  await sweep(t, FULL_ENGAGE, [
    remote('1', { name: 'Ann', status: 'active' }, { createdAt: '2026-10-05T00:00:00Z' }),
    remote('2', { name: 'Bob', status: 'inactive' }, { createdAt: '2024-10-05T00:00:00Z' }),
    remote('3', { name: 'Cy' }),
  ])
  await sweep(t, CONNECT, [remote('9', { firstName: 'Di', status: '3' })])
  const found = value(await t.store.page['insights.get']({}))
  expect(found).toMatchObject({ clients: 4, withoutCreationDate: 2, edits: 0 })
  expect(found.bySource[0]).toEqual({ sourceId: FULL_ENGAGE, clients: 3 })
  expect(found.byStatus.map((s) => [s.group, s.clients]).sort()).toEqual([
    ['active', 1],
    ['inactive', 1],
    ['lead', 1],
    ['none', 1],
  ])
  expect(found.byMonth).toHaveLength(12)
  expect(found.byMonth.at(-1)?.month).toBe('2026-11')
  expect(found.byMonth.find((m) => m.month === '2026-10')?.clients).toBe(1)
  const health = found.health.find((h) => h.sourceId === FULL_ENGAGE)
  expect(health?.hours).toHaveLength(24)
  expect(health?.hours.at(-1)).toBe('complete')
  expect(found.health.find((h) => h.sourceId === SPOTT)?.hours.every((hour) => hour === 'none')).toBe(true)
})

test('the empty form says where each field will go', async () => {
  const t = await testOpenStore()
  const form = value(await t.store.page['form.blank']({ sourceId: CONNECT }))
  expect(form.fields.slice(0, 3).map((f) => [f.field, f.destination.kind])).toEqual([
    ['firstName', 'sends'],
    ['lastName', 'sends'],
    ['email', 'sends'],
  ])
  expect(form.fields.find((f) => f.field === 'tags')?.destination.kind).toBe('device')
  expect(form).toMatchObject({ nameStyle: 'split', statusLabel: 'Lead status', statusOptions: [{ label: 'Warm' }] })
  expect(
    value(await t.store.page['form.blank']({ sourceId: null })).fields.every((f) => f.destination.kind === 'device'),
  ).toBe(true)
})

test('changes are told at most every 50 ms, with the clients they are about', async () => {
  const t = await testOpenStore()
  t.time.tick(100)
  t.changes.length = 0
  await sweep(t, FULL_ENGAGE, [remote('1', { name: 'Ann' })])
  const { clientId } = await byName(t, 'Ann')
  t.time.tick(60)
  t.changes.length = 0
  await save(t, clientId, { notes: 'a' }, {})
  await save(t, clientId, { notes: 'b' }, { notes: 'a' })
  expect(t.changes).toHaveLength(0)
  t.time.tick(60)
  expect(t.changes).toHaveLength(1)
  expect(t.changes[0]?.clientIds).toEqual([clientId])
  expect(t.changes[0]?.topics).toEqual(expect.arrayContaining(['clients', 'edits', 'counts']))
})
