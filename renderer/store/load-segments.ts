import { type Book, remoteKey } from './book.ts'
import type { StoreDatabase } from './database.ts'
import { readAll } from './read-all.ts'
import type { HeadRow } from './rows.ts'
import { type ReadHeads, readHeads } from './segments/read-heads.ts'

/** Segments asked for at a time: bounds the memory of a start, and how long others wait between two answers. */
const SEGMENTS_PER_READ = 40

/** Puts the heads of these segments into the book, oldest first. Each part is asked for while the one before is taken in. */
export async function loadSegments(
  db: StoreDatabase,
  book: Book,
  segmentIds: readonly number[],
  take: (heads: ReadHeads) => void,
): Promise<void> {
  const read = (at: number): Promise<readonly HeadRow[]> => {
    const part = segmentIds.slice(at, at + SEGMENTS_PER_READ)
    return part.length === 0 ? Promise.resolve([]) : readPart(db, book, part)
  }
  let next = read(0)
  for (let at = 0; at < segmentIds.length; at += SEGMENTS_PER_READ) {
    const rows = await next
    next = read(at + SEGMENTS_PER_READ)
    for (const row of rows) take(readHeads(row))
  }
  await next
}

function readPart(db: StoreDatabase, book: Book, ids: readonly number[]): Promise<readonly HeadRow[]> {
  const onLost = (): void => {
    book.lost.segments++
  }
  const get = (segmentId: number): PromiseLike<HeadRow | undefined> => db.heads.get(segmentId)
  const [first = 0, last = first] = [ids[0], ids.at(-1)]
  if (last - first < 2 * ids.length) {
    const part = db.heads.where(':id').between(first, last, true, true)
    return readAll<number, HeadRow>({ toArray: () => part.toArray(), toCollection: () => part, get }, onLost)
  }
  // Far apart, as those of one page of the list are: what lies between them would be most of the book.
  const toArray = async (): Promise<HeadRow[]> => (await db.heads.bulkGet([...ids])).filter((row) => row !== undefined)
  return readAll({ toArray, toCollection: () => ({ primaryKeys: async () => [...ids] }), get }, onLost)
}

/** The newest state that there is of each of its records, unless a tombstone says that it is dead. */
export function putSegment(book: Book, { segmentId, sourceId, packed, form, isShort }: ReadHeads): void {
  if (packed === null) {
    book.records.noteSegment(segmentId, { sourceId, n: 0, live: 0, damaged: true, lost: 0, form, texts: null })
    return
  }
  const { tombstones } = book
  const info = book.records.putSegment(
    segmentId,
    sourceId,
    packed,
    tombstones.size === 0
      ? undefined
      : (remoteId) => (tombstones.get(remoteKey(sourceId, remoteId))?.cut ?? -1) >= segmentId,
  )
  book.unreadable += info.lost
  info.form = form
  if (isShort) info.damaged = true
}
