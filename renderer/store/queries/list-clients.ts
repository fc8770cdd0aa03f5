import type { ClientId } from '../../../shared/ids.ts'
import { foldText } from '../search/fold-text.ts'
import { type Filter, parseQuery } from '../search/parse-query.ts'
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

export function searchClients(context: StoreContext, { text, sort }: ListQuery): Found {
  const { view, search } = context
  const { tokens, filters } = parseQuery(text)
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

function filterTest({ book, clock }: StoreContext, filter: Filter): (row: ClientRow) => boolean {
  switch (filter.kind) {
    case 'status':
      return (row) =>
        row.status !== null && (foldText(row.status.label) === filter.value || foldText(row.status.id) === filter.value)
    case 'tag':
      return (row) => row.tags.some((tag) => foldText(tag) === filter.value)
    case 'updated': {
      const since = clock.now() - filter.withinMs
      return (row) => row.updatedAt !== null && row.updatedAt >= since
    }
    case 'source': {
      const wanted = new Set(
        [...book.sources.values()]
          .filter((source) =>
            [source.name, source.label, source.connectorId].some((name) => foldText(name).startsWith(filter.value)),
          )
          .map((source) => source.sourceId),
      )
      const device = 'this device'.startsWith(filter.value)
      return (row) => (row.sourceIds.length === 0 ? device : row.sourceIds.some((id) => wanted.has(id)))
    }
  }
}

function newestOf(rows: readonly ClientRow[]): number | null {
  let at: number | null = null
  for (const row of rows) if (row.updatedAt !== null && (at === null || row.updatedAt > at)) at = row.updatedAt
  return at
}
