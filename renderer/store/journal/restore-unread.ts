import type { AppError } from '../../../shared/app-error.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Book } from '../book.ts'
import type { StoreContext } from '../store-context.ts'
import { notice } from './notice.ts'
import { type Calls, readJournal } from './recover-store.ts'
import { replayRows } from './replay.ts'

/**
 * Values that the disk would not give when the book was read (SYNC.md F128). The user's own rows come back from the
 * journal, and so does the knowledge whose edits and values of this device are; records are read again at their sources:
 * the next run of each is a full one.
 */
export async function restoreUnread(
  context: StoreContext,
  calls: Calls,
  epoch: number,
): Promise<Result<null, AppError>> {
  const { book, clock } = context
  const orphans = withoutRecord(book)
  const { rows, segments } = book.lost
  if (orphans.size === 0 && rows.size === 0 && segments === 0) return ok(null)
  const told = await readJournal(context, calls, null)
  if (!told.ok) return told
  const wanted = told.value.rows.filter(
    ({ table, key, row }) => rows.has(`${table}|${key}`) || (row !== null && orphans.has(recordIdOf(row))),
  )
  return context.writer.write<null>({ durability: 'strict', epoch }, (draft) => {
    const at = clock.now()
    replayRows(draft, wanted, { at, early: new Set(), fresh: false })
    if (segments > 0) readAllAgain(draft.book, (sourceId, row) => draft.checkpoints.set(sourceId, row))
    if (rows.size + segments > 0) notice(draft, at, 'rows-unreadable', { rows: rows.size + segments })
    draft.memoryWork.push((after) => {
      after.lost.rows.clear()
      after.lost.segments = 0
    })
    return ok(null)
  })
}

/** The next run of every source reads all of it. */
export function readAllAgain(
  book: Book,
  put: (
    sourceId: Parameters<Book['checkpoints']['get']>[0],
    row: NonNullable<ReturnType<Book['checkpoints']['get']>>,
  ) => void,
): void {
  for (const [sourceId, row] of book.checkpoints) put(sourceId, { ...row, lastFullAt: null })
}

function withoutRecord(book: Book): ReadonlySet<string> {
  const orphans = new Set<string>()
  for (const recordId of book.overlays.keys()) if (!book.heads.has(recordId)) orphans.add(recordId)
  for (const recordId of book.editsOfRecord.keys()) if (!book.heads.has(recordId)) orphans.add(recordId)
  return orphans
}

function recordIdOf(row: unknown): string {
  return typeof row === 'object' && row !== null && 'recordId' in row ? String(row.recordId) : ''
}
