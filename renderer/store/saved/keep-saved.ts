import type { Clock } from '../../../shared/clock.ts'
import { ok } from '../../../shared/result.ts'
import type { Book } from '../book.ts'
import type { StoreDatabase } from '../database.ts'
import { NEWEST_FIRST } from '../queries/find-clients.ts'
import { HeadsNotRead } from '../records/record-contract.ts'
import type { ClientRow } from '../store-contract.ts'
import { FIRST_ROWS, type FirstPage, namesOf } from './first-page.ts'
import type { HeadReader } from './head-reader.ts'
import type { NoForm } from './load-saved.ts'
import type { Memory } from './open-memory.ts'
import { createPartsWriter } from './save-parts.ts'
import { createSaver } from './saver.ts'

/** What the storage report says of it. */
export interface SavedReport {
  /** What this start was made from; else why not from the saved form. */
  readonly startedFrom: 'saved' | NoForm
  /** When the form that lies on the disk was made; null where there is none that this worker knows of. */
  readonly savedAt: number | null
  readonly bytes: number
}

/** Keeps the saved form of a store's memory. */
export interface SavedKeeper {
  readonly committed: () => void
  /** Lines and search, which a start had to make anew, are there: from now on there is something to save. */
  readonly prepared: () => void
  /** Records stand elsewhere on the disk. */
  readonly moved: () => void
  /** A commit that changed no record: it may have been the end of a pull. */
  readonly rested: () => void
  /** A question of the page: whoever types is not disturbed. */
  readonly asked: (name: string) => void
  /** Somebody has asked such a thing a moment ago. */
  readonly isAtWork: () => boolean
  readonly drop: () => Promise<void>
  /** A write has taken it away with what it forgets. */
  readonly forgotten: () => void
  readonly stop: () => void
  readonly report: () => SavedReport
}

/** Questions that somebody waits for with a finger on a key. */
const AT_WORK: ReadonlySet<string> = new Set(['clients.list', 'clients.jump', 'clients.ids', 'board.get'])

export function keepSaved(deps: {
  readonly memory: Memory
  readonly clock: Clock
  /** Name of this owner of the database: different each time. */
  readonly owner: string
  readonly db: StoreDatabase
  /** Answers with what is in memory, and reads heads that turn out to be missing. */
  readonly reading: HeadReader['reading']
  /** Inside a transaction: throws where the database is another's by now. */
  readonly checkOwner: (db: StoreDatabase) => Promise<void>
  /** What is reported is not so any more. */
  readonly onChange: () => void
}): SavedKeeper {
  const { memory, clock, db } = deps
  const { book, view, search, from } = memory
  const writer = createPartsWriter({
    db,
    owner: deps.owner,
    checkOwner: deps.checkOwner,
    parts: () => [...book.records.parts(), ...view.parts(), ...search.parts()],
    watermark: () => ({ segment: newestSegment(book.segments.keys()), change: book.newestChange, at: clock.now() }),
    prepareFirst: async () => {
      await view.ready(NEWEST_FIRST.key)
      await deps.reading(async () => ok(firstRows(memory)))
    },
    first: () => firstPage(memory),
    pause: () => saver.pause(),
  })
  const saver = createSaver({
    clock,
    writer,
    catchUp: async () => {
      await deps.reading(async () => ok(view.version()))
    },
    settle: (budgetMs) => search.maintain(budgetMs),
    isPulling: () => isPulling(book),
    savedAt: typeof from === 'string' ? null : from.savedAt,
    onChange: deps.onChange,
  })
  if (typeof from !== 'string') writer.adopt(from)
  // A book without a form, or one that was only just replayed.
  let isPrepared = memory.preparation === null
  const begin = (): void => {
    if (memory.isNewer) saver.committed()
  }
  if (isPrepared) begin()
  return {
    committed: () => isPrepared && saver.committed(),
    prepared: () => {
      isPrepared = true
      begin()
    },
    moved: () => isPrepared && saver.moved(),
    rested: saver.rested,
    asked: (name) => AT_WORK.has(name) && saver.asked(),
    isAtWork: saver.isAtWork,
    drop: saver.drop,
    forgotten: saver.forgotten,
    stop: saver.stop,
    report: () => ({
      startedFrom: typeof from === 'string' ? from : 'saved',
      savedAt: saver.savedAt(),
      bytes: writer.bytes(),
    }),
  }
}

function firstRows({ book, view }: Memory): readonly ClientRow[] {
  const slots = view.order(NEWEST_FIRST).slice(0, FIRST_ROWS)
  const missing = book.records.unreadOf(slots)
  if (missing.length > 0) throw new HeadsNotRead(missing)
  return [...slots].flatMap((slot) => view.rowAt(slot) ?? [])
}

/** Null where a commit has brought a line whose head is on the disk only: the next form has it. */
function firstPage(memory: Memory): FirstPage | null {
  const { book, view } = memory
  try {
    return { rows: firstRows(memory), total: view.size(), newestAt: view.newestAt(), names: namesOf(book) }
  } catch (thrown) {
    if (thrown instanceof HeadsNotRead) return null
    throw thrown
  }
}

function isPulling(book: Book): boolean {
  for (const { run } of book.checkpoints.values()) if (run !== null) return true
  return false
}

function newestSegment(ids: Iterable<number>): number {
  let newest = 0
  for (const id of ids) if (id > newest) newest = id
  return newest
}
