import type { AppError } from '../../../shared/app-error.ts'
import type { RecordId } from '../../../shared/ids.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Book } from '../book.ts'
import type { Databases, StoreDatabase } from '../database.ts'
import { loadSegments } from '../load-segments.ts'
import type { StorageGuard } from '../storage-guard.ts'
import { HeadsNotRead } from './record-contract.ts'

/** What reading needs; a `StoreContext` has it. */
export interface Reading {
  readonly book: Book
  readonly databases: Databases
  readonly guard: StorageGuard
}

/**
 * Brings the heads of these segments into memory, those that are not there yet. Records that the disk does not give any
 * more are dropped; they are returned, for the lines of the list.
 */
export async function readSegments(
  db: StoreDatabase,
  book: Book,
  segmentIds: readonly number[],
): Promise<readonly RecordId[]> {
  const wanted = segmentIds.filter((id) => isUnread(book, id)).sort((a, b) => a - b)
  const gone: RecordId[] = []
  const found = new Set<number>()
  await loadSegments(db, book, wanted, ({ segmentId, packed }) => {
    found.add(segmentId)
    if (isUnread(book, segmentId)) gone.push(...book.records.fill(segmentId, packed))
  })
  for (const id of wanted) {
    if (!found.has(id) && isUnread(book, id)) gone.push(...book.records.fill(id, null))
  }
  book.unreadable += gone.length
  return gone
}

function isUnread(book: Book, segmentId: number): boolean {
  return book.segments.get(segmentId)?.texts === null
}

/** Runs `work`, and runs it again after reading whatever heads it was missing. It must not have changed anything by then. */
export async function whenRead<T>(
  reading: Reading,
  work: () => Result<T, AppError> | Promise<Result<T, AppError>>,
): Promise<Result<T, AppError>> {
  for (;;) {
    try {
      return await work()
    } catch (cause) {
      if (!(cause instanceof HeadsNotRead)) throw cause
      const read = await ensureRead(reading, cause.segmentIds)
      if (!read.ok) return read
    }
  }
}

/** Reads what is missing of these segments. */
export async function ensureRead(
  { book, databases, guard }: Reading,
  segmentIds: readonly number[],
): Promise<Result<null, AppError>> {
  if (segmentIds.every((id) => !isUnread(book, id))) return ok(null)
  const read = await guard.run(() => readSegments(databases.relaxed, book, segmentIds))
  return read.ok ? ok(null) : read
}
