import { type ClientId, clientIdOfRecord, type RecordId } from '../../../shared/ids.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import type { Book } from '../book.ts'
import type { SearchIndex } from '../search/search-index.ts'
import type { ClientRow, Sort, SortKey } from '../store-contract.ts'
import { clientRow, text } from './client-row.ts'

/** All clients as lines, kept in order per column. Changed lines are merged in; nothing is sorted twice. */
export interface ClientView {
  readonly row: (clientId: ClientId) => ClientRow | undefined
  readonly size: () => number
  readonly all: () => Iterable<ClientRow>
  readonly ordered: (sort: Sort) => readonly ClientRow[]
  /** Some of the lines, in the order they have among all. */
  readonly sorted: (some: ReadonlySet<ClientRow>, sort: Sort) => readonly ClientRow[]
  /** Brings the lines of these records in line with the book. */
  readonly refresh: (recordIds: Iterable<RecordId>) => void
  /** Grows with every change. */
  readonly version: () => number
}

interface Order {
  rows: ClientRow[]
  /** Lines that have changed since, by id; undefined where they are gone. */
  readonly stale: Map<ClientId, ClientRow | undefined>
}

/** Up to this many lines are sorted by themselves; of more, the order of all is walked along. */
const FEW_LINES = 500

export function createClientView(book: Book, search: SearchIndex<ClientRow>, locale: string): ClientView {
  const rows = new Map<ClientId, ClientRow>()
  const orders = new Map<SortKey, Order>()
  const collator = new Intl.Collator(locale)
  let version = 0

  const refreshOne = (recordId: RecordId): void => {
    const clientId = clientIdOfRecord(recordId)
    const row = projectRecord(book, recordId, search)
    if (row === null) {
      if (!rows.delete(clientId)) return
      search.remove(clientId)
    } else rows.set(clientId, row)
    for (const order of orders.values()) order.stale.set(clientId, row ?? undefined)
  }

  const compareBy = (key: SortKey): ((a: ClientRow, b: ClientRow) => number) => {
    const names = sourceNames(book)
    return comparator(key, collator, (id) => names.get(id) ?? '')
  }

  const ascending = (key: SortKey): readonly ClientRow[] => {
    const compare = compareBy(key)
    const order = orders.get(key)
    if (order === undefined) {
      const fresh = [...rows.values()].sort(compare)
      orders.set(key, { rows: fresh, stale: new Map() })
      return fresh
    }
    if (order.stale.size > 0) {
      order.rows = mergeOrder(order.rows, order.stale, compare)
      order.stale.clear()
    }
    return order.rows
  }

  const ordered = (sort: Sort): readonly ClientRow[] => {
    const lines = ascending(sort.key)
    return sort.direction === 'asc' ? lines : descending(lines, sort.key)
  }

  return {
    row: (clientId) => rows.get(clientId),
    size: () => rows.size,
    all: () => rows.values(),
    version: () => version,
    refresh: (recordIds) => {
      version++
      for (const recordId of recordIds) refreshOne(recordId)
    },
    sorted: (some, sort) => {
      if (some.size > FEW_LINES) return ordered(sort).filter((row) => some.has(row))
      const sorted = [...some].sort(compareBy(sort.key))
      return sort.direction === 'asc' ? sorted : descending(sorted, sort.key)
    },
    ordered,
  }
}

function sourceNames(book: Book): ReadonlyMap<string, string> {
  return new Map([...book.sources.values()].map((source) => [source.sourceId, source.name]))
}

/** A record's line, or null where it is not to be listed. */
function projectRecord(book: Book, recordId: RecordId, search: SearchIndex<ClientRow>): ClientRow | null {
  const head = book.heads.get(recordId)
  const overlay = book.overlays.get(recordId)
  if (head === undefined || book.holds.has(recordId) || (overlay !== undefined && overlay.hiddenAt !== null))
    return null
  const row = clientRow(book, {
    head,
    overlay,
    edits: book.editsOfRecord.get(recordId) ?? [],
    deviceOnly: book.locals.get(recordId)?.deviceOnly ?? false,
  })
  const fields = effectiveFields(head.fields, overlay?.fields ?? {})
  search.upsert(
    row.clientId,
    {
      name: row.name,
      near: [row.company, row.email, ...row.tags].filter((part) => part !== null),
      far: [row.jobTitle, text(fields.location), text(fields.notes), head.owner].filter((part) => part !== null),
      phones: row.phone === null ? [] : [row.phone],
    },
    row,
  )
  return row
}

/** O(n + k log k) for k changed lines among n. */
function mergeOrder(
  before: readonly ClientRow[],
  stale: ReadonlyMap<ClientId, ClientRow | undefined>,
  compare: (a: ClientRow, b: ClientRow) => number,
): ClientRow[] {
  const changed = [...stale.values()].filter((row) => row !== undefined).sort(compare)
  const merged: ClientRow[] = []
  let next = 0
  for (const row of before) {
    if (stale.has(row.clientId)) continue
    for (
      let candidate = changed[next];
      candidate !== undefined && compare(candidate, row) < 0;
      candidate = changed[next]
    ) {
      merged.push(candidate)
      next++
    }
    merged.push(row)
  }
  for (; next < changed.length; next++) {
    const row = changed[next]
    if (row !== undefined) merged.push(row)
  }
  return merged
}

/** Lines without a value stand last in both directions; among equals the order stays the same in both. */
function descending(rows: readonly ClientRow[], key: SortKey): readonly ClientRow[] {
  let empty = rows.length
  while (empty > 0 && isEmpty(rows[empty - 1], key)) empty--
  const turned = rows.slice(0, empty).reverse()
  return turned.concat(rows.slice(empty))
}

function isEmpty(row: ClientRow | undefined, key: SortKey): boolean {
  const value = row === undefined ? null : sortValue(row, key, () => '')
  return value === null || value === ''
}

function sortValue(row: ClientRow, key: SortKey, sourceName: (id: string) => string): string | number | null {
  switch (key) {
    case 'name':
      return row.name
    case 'company':
      return row.company
    case 'email':
      return row.email
    case 'phone':
      return row.phone
    case 'status':
      return row.status?.label ?? null
    case 'tags':
      return row.tags[0] ?? null
    case 'source':
      return row.sourceIds[0] === undefined ? null : sourceName(row.sourceIds[0]) || row.sourceIds[0]
    case 'updated':
      return row.updatedAt
    case 'created':
      return row.createdAt
  }
}

function comparator(key: SortKey, collator: Intl.Collator, sourceName: (id: string) => string) {
  const tie = (a: ClientRow, b: ClientRow): number =>
    (key === 'name' ? 0 : collator.compare(a.name, b.name)) || (a.clientId < b.clientId ? -1 : 1)
  return (a: ClientRow, b: ClientRow): number => {
    const left = sortValue(a, key, sourceName)
    const right = sortValue(b, key, sourceName)
    if (left === null || right === null) return left === right ? tie(a, b) : left === null ? 1 : -1
    const order =
      typeof left === 'number' && typeof right === 'number' ? left - right : collator.compare(`${left}`, `${right}`)
    return order === 0 ? tie(a, b) : order
  }
}
