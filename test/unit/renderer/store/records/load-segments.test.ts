import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { expect, test } from 'vitest'
import { createBook } from '../../../../../renderer/store/book.ts'
import { StoreDatabase } from '../../../../../renderer/store/database.ts'
import { loadSegments } from '../../../../../renderer/store/load-segments.ts'
import { packHeads } from '../../../../../renderer/store/segments/packed-heads.ts'
import { SPOTT } from '../test-open-store.ts'

test('segments far apart are read without those that lie between', async () => {
  const db = new StoreDatabase('segments-test', 'relaxed', { indexedDB: new IDBFactory(), IDBKeyRange })
  for (let segmentId = 1; segmentId <= 60; segmentId++)
    await db.heads.add({ segmentId, sourceId: SPOTT, n: 0, heads: packHeads([]) })
  const readBy = async (ids: readonly number[]): Promise<number[]> => {
    const read: number[] = []
    await loadSegments(db, createBook(), ids, ({ segmentId }) => read.push(segmentId))
    return read
  }
  expect(await readBy([1, 30, 60])).toEqual([1, 30, 60])
  expect(await readBy([2, 3, 59, 77])).toEqual([2, 3, 59])
  const all = Array.from({ length: 60 }, (_, i) => i + 1)
  expect(await readBy(all)).toEqual(all)
  db.close()
})
