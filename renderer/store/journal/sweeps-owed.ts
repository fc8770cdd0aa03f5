import type { SourceId } from '../../../shared/ids.ts'
import type { Book } from '../book.ts'
import type { Draft } from '../draft.ts'

/**
 * After the records of this device were lost, what is here says nothing about what a source had: nobody is taken for
 * removed until two clean sweeps of the source have been completed (SYNC.md 1.4).
 */
const SWEEPS_OWED = 2

/** Clean sweeps that a source still owes before absence may count. Zero, always, where nothing was ever lost. */
export function sweepsOwed(book: Book, sourceId: SourceId): number {
  if (book.rebuilt === null) return 0
  return Math.max(0, SWEEPS_OWED - (book.rebuilt.clean[sourceId] ?? 0))
}

/** A complete and proven full sweep, counted in the transaction that ends it. */
export function noteCleanSweep(draft: Draft, sourceId: SourceId): void {
  if (sweepsOwed(draft.book, sourceId) === 0 || draft.book.rebuilt === null) return
  const { rebuilt } = draft.book
  const next = { ...rebuilt, clean: { ...rebuilt.clean, [sourceId]: (rebuilt.clean[sourceId] ?? 0) + 1 } }
  draft.tableWork.push((db) => db.meta.put(next))
  draft.memoryWork.push((book) => {
    book.rebuilt = next
  })
}
