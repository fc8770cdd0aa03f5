import { Dexie } from 'dexie'
import { IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { loadSavedBook } from '../../../../../renderer/store/load-book.ts'
import { ensureRead, whenRead } from '../../../../../renderer/store/records/read-segments.ts'
import type { HeadRow } from '../../../../../renderer/store/rows.ts'
import type { SavedParts } from '../../../../../renderer/store/saved/saved-part.ts'
import { encodeHeads } from '../../../../../renderer/store/segments/codec.ts'
import { compactSegments } from '../../../../../renderer/store/segments/compact.ts'
import { ok } from '../../../../../shared/result.ts'
import {
  beginRun,
  byName,
  details,
  FULL_ENGAGE,
  names,
  page,
  remote,
  send,
  settle,
  sweep,
  type TestStore,
  testOpenStore,
  value,
} from '../test-open-store.ts'

async function pull(t: TestStore, pages: number, each: number) {
  const runId = await beginRun(t, FULL_ENGAGE)
  for (let seq = 1; seq <= pages; seq++) {
    const records = Array.from({ length: each }, (_, i) => remote(`r${seq}-${i}`, { name: `N${seq}-${i}` }))
    value(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, seq, records)))
  }
  return runId
}

async function remove(t: TestStore, name: string): Promise<void> {
  value(await t.store.page['client.delete']({ clientId: (await byName(t, name)).clientId }))
  t.time.tick(60_000)
  const { editId } = await send(t, FULL_ENGAGE)
  await settle(t, editId, { kind: 'done', record: null, writeSeq: 5000 })
}

test('pages of a hundred are merged by ten, and what is full is left alone', async () => {
  const t = await testOpenStore()
  await pull(t, 11, 100)
  expect(value(await compactSegments(t.store.context))).toEqual({ merged: 10 })
  expect([...t.store.context.book.segments.values()].map((info) => info.live).sort()).toEqual([100, 250, 250, 250, 250])
  expect(value(await compactSegments(t.store.context))).toEqual({ merged: 0 })
  expect((await details(t, (await byName(t, 'N7-42')).clientId)).records[0]?.raw).toMatchObject({ id: 'r7-42' })
})

test('segments of the old form are brought into the present one by housekeeping, be they ever so full', async () => {
  const t = await testOpenStore()
  await sweep(
    t,
    FULL_ENGAGE,
    Array.from({ length: 240 }, (_, i) => remote(`${i}`, { name: `N${i}` })),
  )
  const { book, databases } = t.store.context
  const [segmentId] = book.segments.keys()
  const heads = [...book.heads.values()]
  await databases.relaxed.heads.update(segmentId ?? 0, { heads: encodeHeads(heads) })
  // Smaller ones are no reason to wait.
  await sweep(t, FULL_ENGAGE, [remote('x', { name: 'X' })])
  heads.push(...[...book.heads.values()].slice(240))
  t.store.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect([...again.store.context.book.heads.values()]).toEqual(heads)
  expect(value(await compactSegments(again.store.context))).toEqual({ merged: 1 })
  expect(value(await compactSegments(again.store.context))).toEqual({ merged: 0 })
  const rows: HeadRow[] = await again.store.context.databases.relaxed.heads.toArray()
  expect(rows.map((row) => [row.n, typeof row.heads]).sort()).toEqual([
    [1, 'object'],
    [240, 'object'],
  ])
  expect([...again.store.context.book.heads.values()]).toEqual(heads)
})

test('damage in a segment costs its record, is counted, and is never merged away', async () => {
  const t = await testOpenStore()
  await pull(t, 9, 3)
  const raw = new Dexie('clientele-test', { indexedDB: t.idb, IDBKeyRange })
  t.store.close()
  await raw.open()
  const [row] = await raw.table('heads').toArray()
  row.heads[row.heads.length - 3] ^= 1
  await raw.table('heads').put(row)
  raw.close()
  const again = await testOpenStore({ idb: t.idb, time: t.time, epoch: 2 })
  expect(await names(again)).toHaveLength(26)
  expect(again.store.context.book.unreadable).toBe(1)
  expect(value(await compactSegments(again.store.context))).toEqual({ merged: 8 })
  expect(await again.store.context.databases.relaxed.heads.get(row.segmentId)).toEqual(row)
})

function partsOf(t: TestStore): SavedParts {
  return new Map(t.store.context.book.records.parts().map((part) => [part.id, part.bytes().slice()]))
}

test('a book from saved pieces knows what was written and removed since, and reads heads when they are asked for', async () => {
  const t = await testOpenStore()
  const runId = await pull(t, 9, 3)
  const parts = partsOf(t)
  const segment = Math.max(...t.store.context.book.segments.keys())
  const { relaxed } = t.store.context.databases
  // Merged since, changed since, new since.
  value(await compactSegments(t.store.context))
  const later = [remote('r1-0', { name: 'Changed' }), remote('new', { name: 'New' })]
  value(await t.store.sync['run.applyPage'](page(FULL_ENGAGE, runId, 10, later)))
  const again = partsOf(t)
  const newest = Math.max(...t.store.context.book.segments.keys())
  await remove(t, 'N5-1')
  const { book } = t.store.context
  const loaded = await loadSavedBook(relaxed, { parts, segment })
  if (loaded === null) throw new Error('the pieces do not fit')
  expect([...loaded.book.heads.keys()].sort()).toEqual([...book.heads.keys()].sort())
  expect([...loaded.book.directory].sort()).toEqual([...book.directory].sort())
  // The one that changed, the new one, and the one that is gone: all others were only moved.
  expect(loaded.replayed.size).toBe(3)

  // Only removed since: no head has been read yet.
  const second = await loadSavedBook(relaxed, { parts: again, segment: newest })
  if (second === null) throw new Error('the pieces do not fit')
  expect(second.replayed.size).toBe(1)
  expect([...second.book.heads.keys()]).toEqual([...book.heads.keys()])
  const [first] = book.heads.keys()
  const reading = { ...t.store.context, book: second.book }
  let tries = 0
  const asked = await whenRead(reading, () => {
    tries++
    return ok(first === undefined ? undefined : second.book.heads.get(first))
  })
  expect(value(asked)).toEqual(first === undefined ? undefined : book.heads.get(first))
  expect(tries).toBe(2)
  value(await ensureRead(reading, second.book.records.unread()))
  expect([...second.book.heads.values()]).toEqual([...book.heads.values()])

  // A segment that the pieces speak of was never there: they are of no use.
  expect(await loadSavedBook(relaxed, { parts, segment: segment + 99 })).toBeNull()
})
