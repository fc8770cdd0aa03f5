import type { Clock } from '../../../shared/clock.ts'
import { type ClientId, type RecordId, recordIdOfClient } from '../../../shared/ids.ts'
import type { Book } from '../book.ts'
import { NO_SLOT, type Slot } from '../records/record-contract.ts'
import type { SavedPart, SavedParts } from '../saved/saved-part.ts'
import type { SearchEngine } from '../search/engine/engine-contract.ts'
import type { ClientRow, Sort, SortKey } from '../store-contract.ts'
import { lineAt, lineText, searchTextOf, type TextColumn } from './line.ts'
import { type Columns, createLineColumns, NO_INSTANT } from './line-columns.ts'
import type { LineOrder } from './line-order.ts'
import { createLineOrders } from './line-orders.ts'
import { createLineWords, type LineWords } from './line-words.ts'
import type { SortContext } from './sort-columns.ts'
import { createSortSymbols } from './sort-symbols.ts'
import { CHUNK_BITS, readSavedView, savedViewParts } from './view-parts.ts'

/**
 * All clients that are listed, by their slots: columns to count, filter and sort by, and the orders of all lines. A line
 * (`ClientRow`) is made from the book when somebody looks at it.
 */
export interface ClientView {
  readonly row: (clientId: ClientId) => ClientRow | undefined
  readonly rowAt: (slot: Slot) => ClientRow | undefined
  /** These lines are as they were made before, and need not be made again to be shown. */
  readonly recall: (rows: readonly ClientRow[]) => void
  /** -1 for a client that is not listed. */
  readonly slotOf: (clientId: ClientId) => Slot
  readonly size: () => number
  /** All lines, made one by one: for what must look at each. */
  readonly all: () => Iterable<ClientRow>
  /** One text of a line, for much less than the line. */
  readonly text: (slot: Slot, column: TextColumn) => string | null
  readonly slots: () => Iterable<Slot>
  readonly columns: () => Columns
  readonly words: LineWords
  /** Resolves when `order` costs little: a large book is put in order in slices. */
  readonly ready: (key: SortKey) => Promise<void>
  readonly order: (sort: Sort) => LineOrder
  /** Whether a line's name may begin so, without making the line. */
  readonly mayBegin: (prefix: string) => (slot: Slot) => boolean
  /** Two texts as the orders have them. */
  readonly compareTexts: (a: string, b: string) => number
  /** Newest change of all lines, or null. */
  readonly newestAt: () => number | null
  /** Brings the lines of these records in line with the book. */
  readonly refresh: (recordIds: Iterable<RecordId>) => void
  /** The same in steps: for all of a large book. */
  readonly refreshing: (recordIds: Iterable<RecordId>) => Iterator<undefined, undefined, undefined>
  /** Nothing stays of lines that are gone: their names are in no column, and their tags are no words. */
  readonly forget: () => void
  /** Grows with every change. */
  readonly version: () => number
  readonly parts: () => readonly SavedPart[]
  readonly bytes: () => number
}

export interface ViewDeps {
  readonly book: Book
  readonly search: SearchEngine
  readonly locale: string
  readonly clock: Clock
  /** What an earlier view saved; the search engine has its own. */
  readonly saved?: SavedParts
}

/** As many as are taken in between two looks at the clock. */
const LINES_PER_STEP = 64
/** Lines kept as they were last made. */
const KEPT_ROWS = 2_000

/** Throws where saved parts are given that do not fit. */
export function createClientView({ book, search, locale, clock, saved }: ViewDeps): ClientView {
  const symbols = createSortSymbols(locale)
  const read = saved === undefined ? null : readSavedView(saved, locale, book.records.slots())
  const words = createLineWords(read?.words)
  const columns = createLineColumns(words, symbols)
  const context: SortContext = { book, columns, words, collator: new Intl.Collator(locale) }
  const orders = createLineOrders(context, symbols, clock)
  const rows = new Map<Slot, ClientRow>()
  /** Grows with the changes of its part of the slots. */
  const chunks: (number | undefined)[] = []
  let namesSeen: readonly unknown[] = []
  let newest: { readonly at: number | null; readonly version: number } | null = null
  let version = 0

  if (read !== null) {
    columns.load(read.columns)
    for (const [column, { first, second, hash }] of read.texts) columns.texts.get(column)?.load(first, second, hash)
    for (const [key, ordered] of read.orders) orders.load(key, ordered)
  }

  const rowAt = (slot: Slot): ClientRow | undefined => {
    if (!columns.isListed(slot)) return undefined
    const known = rows.get(slot)
    if (known !== undefined) return known
    const row = lineAt(book, slot)?.row
    if (rows.size >= KEPT_ROWS) rows.clear()
    if (row !== undefined) rows.set(slot, row)
    return row
  }

  const refreshOne = (slot: Slot): void => {
    const line = lineAt(book, slot)
    if (line === null) {
      if (!columns.remove(slot)) return
      search.remove(slot)
    } else {
      columns.put(slot, line)
      search.upsert(slot, searchTextOf(line), line.row.updatedAt ?? 0)
    }
    rows.delete(slot)
    orders.changed(slot)
    chunks[slot >> CHUNK_BITS] = version
  }

  /** Statuses and sources are known by number: where only their names change, no line does. */
  const takeNames = (): void => {
    const names = [...book.sources.values(), ...book.vocabulary.values()]
    if (names.length === namesSeen.length && names.every((name, i) => name === namesSeen[i])) return
    namesSeen = names
    rows.clear()
    orders.forget('status')
    orders.forget('source')
  }

  const slotOf = (clientId: ClientId): Slot => {
    const slot = book.records.slotOf(recordIdOfClient(clientId))
    return slot !== NO_SLOT && columns.isListed(slot) ? slot : NO_SLOT
  }

  function* slots(): Generator<Slot> {
    const end = columns.slots()
    for (let slot = 0; slot < end; slot++) if (columns.isListed(slot)) yield slot
  }

  const refresh = (recordIds: Iterable<RecordId>): void => {
    version++
    takeNames()
    for (const recordId of recordIds) {
      const slot = book.records.slotOf(recordId)
      if (slot !== NO_SLOT) refreshOne(slot)
    }
  }

  return {
    row: (clientId) => rowAt(slotOf(clientId)),
    rowAt,
    recall: (known) => {
      for (const row of known) {
        const slot = slotOf(row.clientId)
        if (slot !== NO_SLOT) rows.set(slot, row)
      }
    },
    slotOf,
    size: columns.size,
    all: function* () {
      for (const slot of slots()) {
        const row = lineAt(book, slot)?.row
        if (row !== undefined) yield row
      }
    },
    text: (slot, column) => lineText(book, slot, column),
    slots,
    columns: columns.now,
    words,
    ready: orders.ready,
    order: orders.order,
    mayBegin: (prefix) => columns.texts.get('name')?.mayBegin(prefix) ?? (() => true),
    compareTexts: context.collator.compare,
    newestAt: () => {
      if (newest === null || newest.version !== version) newest = { at: newestOf(columns.now()), version }
      return newest.at
    },
    refresh,
    refreshing: function* (recordIds) {
      let part: RecordId[] = []
      for (const recordId of recordIds) {
        if (part.push(recordId) < LINES_PER_STEP) continue
        refresh(part)
        part = []
        yield
      }
      refresh(part)
      return undefined
    },
    forget: () => {
      version++
      columns.forget()
      words.forget()
      for (let chunk = 0; chunk << CHUNK_BITS < columns.slots(); chunk++) chunks[chunk] = version
    },
    version: () => version,
    parts: () => savedViewParts({ columns, words, orders, locale, chunks, loaded: read?.loaded ?? null }),
    bytes: () => columns.bytes() + orders.bytes() + rows.size * 600,
  }
}

function newestOf({ flags, updated }: Columns): number | null {
  let at = Number.NEGATIVE_INFINITY
  for (let slot = 0; slot < flags.length; slot++) {
    const own = updated[slot] ?? NO_INSTANT
    if (flags[slot] !== 0 && own !== NO_INSTANT && own > at) at = own
  }
  return at === Number.NEGATIVE_INFINITY ? null : at
}
