import type { ClientId } from '../../../shared/ids.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import { text } from '../projection/client-row.ts'
import { foldText } from '../search/fold-text.ts'
import { parseQuery } from '../search/parse-query.ts'
import type { Has, Is, QueryFilter } from '../search/query/query.ts'
import { resolveSpan } from '../search/query/read-span.ts'
import type { Hit } from '../search/search-index.ts'
import type { StoreContext } from '../store-context.ts'
import type { ClientRow, ListPage, ListQuery, Sort } from '../store-contract.ts'

const NEWEST_FIRST: Sort = { key: 'updated', direction: 'desc' }
/** Results kept, so that scrolling through one list computes it once. */
const KEPT_RESULTS = 8

/** What a query found. Rows are put in order only as far as somebody looks. */
export interface Found {
  readonly total: number
  readonly newestAt: number | null
  readonly slice: (from: number, to: number) => readonly ClientRow[]
}

export interface ListClients {
  readonly list: (query: ListQuery & { readonly offset: number; readonly limit: number }) => ListPage
  readonly indexOf: (query: ListQuery & { readonly clientId: ClientId }) => number
  readonly results: (query: ListQuery) => readonly ClientRow[]
}

export function createListClients(context: StoreContext): ListClients {
  const { view, clock } = context
  let kept = new Map<string, Found>()
  let keptVersion = -1

  const find = (query: ListQuery): Found => {
    if (keptVersion !== view.version()) {
      kept = new Map()
      keptVersion = view.version()
    }
    const key = JSON.stringify([query.text, query.sort])
    const known = kept.get(key)
    if (known !== undefined) return known
    const found = searchClients(context, query)
    const oldest = kept.keys().next()
    if (kept.size >= KEPT_RESULTS && oldest.done !== true) kept.delete(oldest.value)
    kept.set(key, found)
    return found
  }

  return {
    results: (query) => {
      const found = find(query)
      return found.slice(0, found.total)
    },
    indexOf: ({ text, sort, clientId }) => {
      const found = find({ text, sort })
      return found.slice(0, found.total).findIndex((row) => row.clientId === clientId)
    },
    list: ({ text, sort, offset, limit }) => {
      const began = clock.now()
      const found = find({ text, sort })
      return {
        rows: found.slice(offset, offset + limit),
        offset,
        total: found.total,
        all: view.size(),
        text,
        tookMs: clock.now() - began,
        newestAt: found.newestAt,
      }
    },
  }
}

export function searchClients(context: StoreContext, query: ListQuery): Found {
  const { view, search } = context
  const { sort } = query
  const { tokens, filters } = parseQuery(query.text)
  const passes = filters.map((filter) => filterTest(context, filter))
  const passesAll = (row: ClientRow): boolean => passes.every((pass) => pass(row))
  if (tokens.length === 0) {
    const order = view.ordered(sort ?? NEWEST_FIRST)
    return inOrder(passes.length === 0 ? order : order.filter(passesAll))
  }
  const all = search.query(tokens)
  const hits = passes.length === 0 ? all : all.filter((hit) => passesAll(hit.of))
  return sort === null ? bestFirst(hits) : inOrder(view.sorted(new Set(hits.map((hit) => hit.of)), sort))
}

function inOrder(rows: readonly ClientRow[]): Found {
  return { total: rows.length, newestAt: newestOf(rows), slice: (from, to) => rows.slice(from, to) }
}

/** Best first, equals by name. Only the ranks that are looked at are sorted: nobody reads 40,000 hits of one letter. */
function bestFirst(hits: readonly Hit<ClientRow>[]): Found {
  const byRank: Hit<ClientRow>[][] = []
  for (const hit of hits) {
    const bucket = byRank[hit.rank]
    if (bucket === undefined) byRank[hit.rank] = [hit]
    else bucket.push(hit)
  }
  const waiting = byRank.filter((bucket) => bucket !== undefined)
  const sorted: ClientRow[] = []
  return {
    total: hits.length,
    newestAt: newestOf(hits.map((hit) => hit.of)),
    slice: (from, to) => {
      while (sorted.length < to) {
        const bucket = waiting.pop()
        if (bucket === undefined) break
        bucket.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.of.clientId < b.of.clientId ? -1 : 1))
        for (const hit of bucket) sorted.push(hit.of)
      }
      return sorted.slice(from, to)
    },
  }
}

function filterTest(context: StoreContext, filter: QueryFilter): (row: ClientRow) => boolean {
  const test = positiveTest(context, filter)
  return filter.not ? (row) => !test(row) : test
}

function positiveTest({ book, clock, view, search }: StoreContext, filter: QueryFilter): (row: ClientRow) => boolean {
  switch (filter.kind) {
    case 'text': {
      const found = new Set(filter.any.flatMap((tokens) => search.query(tokens).map((hit) => hit.of)))
      return (row) => found.has(row)
    }
    case 'status':
    case 'tag': {
      const namesOf = (row: ClientRow): readonly string[] =>
        filter.kind === 'tag' ? row.tags : row.status === null ? [] : [row.status.label, row.status.id]
      const passes = (row: ClientRow): boolean => namesOf(row).some((name) => filter.any.includes(foldText(name)))
      return filter.open && ![...view.all()].some(passes) ? () => !filter.not : passes
    }
    case 'source': {
      const wanted = new Set(
        [...book.sources.values()]
          .filter((source) =>
            [source.name, source.label, source.connectorId].some((name) =>
              filter.any.some((value) => foldText(name).startsWith(value)),
            ),
          )
          .map((source) => source.sourceId),
      )
      const device = filter.any.some((value) => 'this device'.startsWith(value))
      if (filter.open && wanted.size === 0 && !device) return () => !filter.not
      return (row) => (row.sourceIds.length === 0 ? device : row.sourceIds.some((id) => wanted.has(id)))
    }
    case 'created':
    case 'updated': {
      const spans = filter.any.map((span) => resolveSpan(span, clock.now()))
      return (row) => {
        const at = filter.kind === 'created' ? row.createdAt : row.updatedAt
        return at !== null && spans.some(({ from, until }) => at >= from && at < until)
      }
    }
    case 'has':
      return (row) => filter.any.some((what) => hasAny(book, row, what))
    case 'is':
      return (row) => filter.any.some((what) => isSo(book, row, what))
  }
}

function hasAny(book: StoreContext['book'], row: ClientRow, what: Has): boolean {
  const fields = effectiveFields(
    book.heads.get(row.recordId)?.fields ?? {},
    book.overlays.get(row.recordId)?.fields ?? {},
  )
  const stories = book.testimonials.get(row.recordId)?.items ?? []
  switch (what) {
    case 'testimonial':
      return stories.length > 0
    case 'video':
      return stories.some((item) => item.video)
    case 'title':
      return row.jobTitle !== null
    case 'location':
    case 'notes':
    case 'website':
      return text(fields[what]) !== null
    case 'tags':
      return row.tags.length > 0
    case 'photo':
      return row.avatar !== null
    case 'local':
      return row.hasLocalValues
    default:
      return row[what] !== null
  }
}

function isSo(book: StoreContext['book'], row: ClientRow, what: Is): boolean {
  const edits = book.editsOfRecord.get(row.recordId) ?? []
  switch (what) {
    case 'waiting':
      return edits.some((edit) => edit.state !== 'conflict')
    case 'conflict':
      return row.mark === 'conflict'
    case 'failed':
      return edits.some((edit) => edit.state === 'needs-attention')
    case 'unknown':
      return edits.some((edit) => edit.state === 'unknown-outcome')
    case 'held':
      return edits.some((edit) => edit.hold !== null)
    case 'new':
      return edits.some((edit) => edit.operation === 'create')
    case 'deleting':
      return row.deleting
    case 'local':
      return row.sourceIds.length === 0
    case 'read-only':
      return row.sourceIds.some((id) => (book.sources.get(id)?.updates?.length ?? 0) === 0)
  }
}

function newestOf(rows: readonly ClientRow[]): number | null {
  let at: number | null = null
  for (const row of rows) if (row.updatedAt !== null && (at === null || row.updatedAt > at)) at = row.updatedAt
  return at
}
