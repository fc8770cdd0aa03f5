import type { Clock } from '../../../shared/clock.ts'
import type { RecordId } from '../../../shared/ids.ts'
import type { Book } from '../book.ts'
import type { StoreDatabase } from '../database.ts'
import { inSlices } from '../in-slices.ts'
import { type JournalState, loadJournalState } from '../journal/load-state.ts'
import { loadBook, loadSavedBook } from '../load-book.ts'
import { type ClientView, createClientView } from '../projection/view.ts'
import { OtherCollator } from '../projection/view-parts.ts'
import { readSegments } from '../records/read-segments.ts'
import type { SearchEngine } from '../search/engine/engine-contract.ts'
import { createSearchEngine, loadSearchEngine } from '../search/engine/search-engine.ts'
import { isUnreadable, meaningOf } from '../storage-guard.ts'
import type { Preparing } from '../store-contract.ts'
import { namesOf } from './first-page.ts'
import { loadSaved, type NoForm, type SavedForm } from './load-saved.ts'
import { createPreparation, type Preparation, SMALL_BOOK } from './preparing.ts'

/** Everything that a store knows by heart. */
export interface Memory {
  readonly book: Book
  readonly view: ClientView
  readonly search: SearchEngine
  readonly journal: JournalState
  /** What it was made from; else why it was made anew from the segments. */
  readonly from: SavedForm | NoForm
  /** There is something in it that is in no form on the disk. */
  readonly isNewer: boolean
  /** Lines and search are still to be made, behind everybody's back. */
  readonly preparation: Preparation | null
}

interface MemoryDeps {
  readonly locale: string
  readonly clock: Clock
  readonly smallBook?: number
  readonly onPreparing?: (preparing: Preparing) => void
}

/**
 * A start: from the saved form and what was written since, else from all segments. Whatever does not fit in the saved
 * form is no one's trouble: what it holds stands in the segments, too.
 */
export async function openMemory(db: StoreDatabase, deps: MemoryDeps): Promise<Memory> {
  const [journal, saved] = await Promise.all([loadJournalState(db), loadSaved(db)])
  let why: NoForm = typeof saved === 'string' ? saved : 'damaged'
  if (typeof saved !== 'string') {
    const memory = await fromSaved(db, saved, journal, deps).catch((cause: unknown) => {
      if (isTroubleOfStorage(cause)) throw cause
      if (cause instanceof OtherCollator) why = 'outdated'
      return null
    })
    if (memory !== null) return memory
  }
  const book = await loadBook(db, (done, of) => deps.onPreparing?.({ part: 'records', done, of }))
  book.newestChange = Number((await db.changes.toCollection().lastKey()) ?? 0)
  const engine = createSearchEngine()
  const preparation =
    book.heads.size > (deps.smallBook ?? SMALL_BOOK) ? createPreparation(book, engine, deps.clock) : null
  const search = preparation?.search ?? engine
  const view = createClientView({ book, search, ...deps })
  if (preparation === null) await inSlices(deps.clock, view.refreshing(book.heads.keys()))
  const isNewer = book.records.slots() > 0
  return { book, view, search, journal, preparation, isNewer, from: why }
}

/** Null where the pieces do not fit each other, or the tables. */
async function fromSaved(
  db: StoreDatabase,
  saved: SavedForm,
  journal: JournalState,
  deps: MemoryDeps,
): Promise<Memory | null> {
  const loaded = await loadSavedBook(db, saved)
  const search = loadSearchEngine(saved.parts)
  if (loaded === null || search === null) return null
  const { book, replayed } = loaded
  book.newestChange = saved.change
  const view = createClientView({ book, search, ...deps, saved: saved.parts })
  if (view.size() !== search.size()) return null
  const changed = new Set<RecordId>([...saved.changed, ...replayed])
  const missing = book.records.unreadOf([...changed].map((recordId) => book.records.slotOf(recordId)))
  if ((await readSegments(db, book, missing)).length > 0) return null
  await inSlices(deps.clock, view.refreshing(changed))
  // Of these lines nobody has to read a head to show them.
  if (saved.first?.names === namesOf(book))
    view.recall(saved.first.rows.filter(({ recordId }) => !changed.has(recordId)))
  return { book, view, search, journal, preparation: null, isNewer: changed.size > 0, from: saved }
}

/** The disk itself: opening anew helps, and reading the segments would not. */
function isTroubleOfStorage(cause: unknown): boolean {
  const { trouble } = meaningOf(cause)
  return !isUnreadable(cause) && (trouble === 'closed' || trouble === 'fenced' || trouble === 'full')
}
