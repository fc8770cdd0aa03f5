import { expect, test } from 'vitest'
import { openStore } from '../../renderer/store/create-store.ts'
import { allJournaledRows } from '../../renderer/store/journal/journaled-rows.ts'
import { restoreUnread } from '../../renderer/store/journal/restore-unread.ts'
import { compactSegments } from '../../renderer/store/segments/compact.ts'
import { ok } from '../../shared/result.ts'
import { testCreateFaultyIdb } from '../support/test-create-faulty-idb.ts'
import {
  byName,
  details,
  FULL_ENGAGE,
  names,
  remote,
  SOURCES,
  save,
  sweep,
  type TestStore,
  testCreateRandom,
  testCreateTime,
  value,
} from '../unit/renderer/store/test-open-store.ts'

const faulty = () => testCreateFaultyIdb()

async function testOpen(idb: ReturnType<typeof testCreateFaultyIdb>, epoch: number, time = testCreateTime()) {
  const random = testCreateRandom(epoch * 31)
  const store = value(
    await openStore({
      name: 'clientele-test',
      idb: idb.idb,
      clock: time,
      random,
      locale: 'en',
      onChanged: () => undefined,
      onEditsWaiting: () => undefined,
    }),
  )
  value(await store.lease(epoch))
  value(await store.sync['sources.configure']({ sources: SOURCES, removed: [] }))
  const test: TestStore = { store, time, random, idb: idb.idb.indexedDB, changes: [], waiting: [] }
  return test
}

/** The journal as it was, for `journal.read`. */
function journalOf(t: TestStore) {
  const rows = allJournaledRows(t.store.context.book)
  return { 'journal.read': async () => ok({ rows, commit: 1, complete: true, next: null }) } as never
}

const ANNA = remote('1', { name: 'Anna Larsen', phone: '1' })
const BEN = remote('2', { name: 'Ben' })

test('F128 the disk lost the bodies of a segment: the clients and what lies over them stay, and the next sweep brings the rest back', async () => {
  const idb = faulty()
  const t = await testOpen(idb, 1)
  await sweep(t, FULL_ENGAGE, [ANNA, BEN])
  const { clientId } = await byName(t, 'Anna Larsen')
  await save(t, clientId, { phone: '99' }, { phone: '1' })
  const segmentId = [...t.store.context.book.segments.keys()][0] ?? 0
  idb.unreadable({ table: 'bodies', key: segmentId })
  const broken = await details(t, clientId)
  expect(broken.records[0]?.raw).toBeNull()
  expect(broken.field('phone')?.value).toBe('99')
  await expect.poll(() => t.store.context.book.checkpoints.get(FULL_ENGAGE)?.lastFullAt).toBeNull()
  expect(t.store.context.guard.state()).toBe('ok')
  expect([...(await names(t))].sort()).toEqual(['Anna Larsen', 'Ben'])
  // Unchanged at the source, and written all the same.
  const { receipt } = await sweep(t, FULL_ENGAGE, [ANNA, BEN])
  expect(receipt).toMatchObject({ written: 2, unchanged: 0 })
  const whole = await details(t, clientId)
  expect(whole.records[0]?.raw).toMatchObject({ id: '1' })
  expect(whole.field('phone')).toMatchObject({ value: '99', sourceValue: '1' })
})

test('F128 the disk lost a segment of records: the book opens without them, edits find theirs again through the journal, and all is read anew', async () => {
  const idb = faulty()
  const t = await testOpen(idb, 1)
  await sweep(t, FULL_ENGAGE, [ANNA])
  const { clientId } = await byName(t, 'Anna Larsen')
  await save(t, clientId, { phone: '99' }, { phone: '1' })
  const segmentId = [...t.store.context.book.segments.keys()][0] ?? 0
  await sweep(t, FULL_ENGAGE, [ANNA, BEN])
  const journal = journalOf(t)
  t.store.close()
  idb.unreadable({ table: 'heads', key: segmentId })
  const again = await testOpen(idb, 2, t.time)
  expect(await names(again)).toEqual(['Ben'])
  expect(again.store.context.book.lost.segments).toBe(1)
  expect(value(await again.store.page['queue.list']({}))).toHaveLength(1)
  value(await restoreUnread(again.store.context, journal, 2))
  // Known again by what the journal says of it, until its source has been read.
  expect([...(await names(again))].sort()).toEqual(['Anna Larsen', 'Ben'])
  expect(again.store.context.book.checkpoints.get(FULL_ENGAGE)?.lastFullAt).toBeNull()
  expect(value(await again.store.page['notices.list']({}))).toMatchObject([{ kind: 'rows-unreadable' }])
  await sweep(again, FULL_ENGAGE, [ANNA, BEN])
  expect(await names(again)).toHaveLength(2)
  expect((await details(again, clientId)).field('phone')).toMatchObject({ value: '99', sourceValue: '1' })
  expect((await details(again, clientId)).edits).toHaveLength(1)
})

test('F128 the disk lost an edit of its own: it comes back from the journal', async () => {
  const idb = faulty()
  const t = await testOpen(idb, 1)
  await sweep(t, FULL_ENGAGE, [ANNA, BEN])
  const { clientId } = await byName(t, 'Anna Larsen')
  const { editId } = await save(t, clientId, { phone: '99' }, { phone: '1' })
  await save(t, (await byName(t, 'Ben')).clientId, { phone: '22' }, {})
  const journal = journalOf(t)
  t.store.close()
  idb.unreadable({ table: 'outbox', key: editId ?? '' })
  const again = await testOpen(idb, 2, t.time)
  expect(value(await again.store.page['queue.list']({}))).toHaveLength(1)
  idb.unreadable(null)
  value(await restoreUnread(again.store.context, journal, 2))
  expect(value(await again.store.page['queue.list']({}))).toHaveLength(2)
  expect((await details(again, clientId)).field('phone')?.value).toBe('99')
  // Once is enough: there is nothing left to bring back.
  expect(again.store.context.book.lost.rows.size).toBe(0)
})

test('F128 segments are merged although the bodies of one are lost', async () => {
  const idb = faulty()
  const t = await testOpen(idb, 1)
  for (let n = 1; n <= 12; n++) {
    const all = Array.from({ length: n }, (_, i) => remote(`r${i}`, { name: `N${i}` }))
    await sweep(t, FULL_ENGAGE, all)
  }
  const [lost] = t.store.context.book.segments.keys()
  idb.unreadable({ table: 'bodies', key: lost ?? 0 })
  expect(value(await compactSegments(t.store.context, 2)).merged).toBeGreaterThan(1)
  expect(await names(t)).toHaveLength(12)
  const whole = await details(t, (await byName(t, 'N11')).clientId)
  expect(whole.records[0]?.raw).toMatchObject({ id: 'r11' })
  expect([...t.store.context.book.heads.values()].filter((head) => head.hash === '').length).toBeGreaterThan(0)
})
