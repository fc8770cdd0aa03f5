import type { ClientId } from '../../../shared/ids.ts'
import { foldText } from '../search/fold-text.ts'
import { type Filter, type ParsedQuery, parseQuery } from '../search/parse-query.ts'
import type { StoreContext } from '../store-context.ts'
import type { ClientRow, ListPage, ListQuery, Sort } from '../store-contract.ts'

const NEWEST_FIRST: Sort = { key: 'updated', direction: 'desc' }
const BY_NAME: Sort = { key: 'name', direction: 'asc' }
/** Results kept, so that scrolling through one list computes it once. */
const KEPT_RESULTS = 8

export interface ListClients {
  readonly list: (query: ListQuery & { readonly offset: number; readonly limit: number }) => ListPage
  readonly indexOf: (query: ListQuery & { readonly clientId: ClientId }) => number
  readonly results: (query: ListQuery) => readonly ClientRow[]
}

export function createListClients(context: StoreContext): ListClients {
  const { view, clock } = context
  let kept = new Map<string, { readonly rows: readonly ClientRow[]; readonly newestAt: number | null }>()
  let keptVersion = -1
  /** The last search: while somebody types on, only its results can match. */
  let narrower: { readonly parsed: ParsedQuery; readonly rows: readonly ClientRow[] } | null = null

  const find = (query: ListQuery): { readonly rows: readonly ClientRow[]; readonly newestAt: number | null } => {
    if (keptVersion !== view.version()) {
      kept = new Map()
      narrower = null
      keptVersion = view.version()
    }
    const key = JSON.stringify([query.text, query.sort])
    const known = kept.get(key)
    if (known !== undefined) return known
    const parsed = parseQuery(query.text)
    const base = narrower !== null && narrows(narrower.parsed, parsed) ? narrower.rows : null
    const rows = searchClients(context, query, parsed, base)
    narrower = parsed.tokens.length === 0 ? null : { parsed, rows }
    const found = { rows, newestAt: newest(rows) }
    const oldest = kept.keys().next()
    if (kept.size >= KEPT_RESULTS && oldest.done !== true) kept.delete(oldest.value)
    kept.set(key, found)
    return found
  }

  return {
    results: (query) => find(query).rows,
    indexOf: (query) => find(query).rows.findIndex((row) => row.clientId === query.clientId),
    list: (query) => {
      const began = clock.now()
      const { rows, newestAt } = find({ text: query.text, sort: query.sort })
      return {
        rows: rows.slice(query.offset, query.offset + query.limit),
        offset: query.offset,
        total: rows.length,
        all: view.size(),
        text: query.text,
        tookMs: clock.now() - began,
        newestAt,
      }
    },
  }
}

/** Whether everything that `next` matches was matched by `last` already: the same words, the last one gone on with. */
function narrows(last: ParsedQuery, next: ParsedQuery): boolean {
  return (
    JSON.stringify(last.filters) === JSON.stringify(next.filters) &&
    last.tokens.length <= next.tokens.length &&
    // Digits are compared loosely: a longer number can match where a shorter one does not.
    [...last.tokens, ...next.tokens].every((token) => token.digits === null) &&
    last.tokens.every((token, i) => next.tokens[i]?.text.startsWith(token.text) === true)
  )
}

export function searchClients(
  context: StoreContext,
  { text, sort }: ListQuery,
  { tokens, filters }: ParsedQuery = parseQuery(text),
  among: readonly ClientRow[] | null = null,
): readonly ClientRow[] {
  const { view, search } = context
  const order = view.ordered(sort ?? (tokens.length === 0 ? NEWEST_FIRST : BY_NAME))
  const passes = filters.map((filter) => filterTest(context, filter))
  const wanted = among === null ? null : new Set(among)
  const candidates =
    passes.length === 0 && wanted === null
      ? order
      : order.filter((row) => (wanted === null || wanted.has(row)) && passes.every((pass) => pass(row)))
  if (tokens.length === 0) return candidates
  if (sort !== null) return candidates.filter((row) => search.rank(row.clientId, tokens) > 0)
  // Best first; among equals the order of names stays, so nothing jumps.
  const byRank: ClientRow[][] = []
  for (const row of candidates) {
    const rank = search.rank(row.clientId, tokens)
    if (rank === 0) continue
    const bucket = byRank[rank]
    if (bucket === undefined) byRank[rank] = [row]
    else bucket.push(row)
  }
  return byRank.reverse().flatMap((bucket) => bucket ?? [])
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
            [source.name, source.label, source.connectorId].some(
              (name) => foldText(name) === filter.value || foldText(name).startsWith(filter.value),
            ),
          )
          .map((source) => source.sourceId),
      )
      const device = 'this device'.startsWith(filter.value)
      return (row) => (row.sourceIds.length === 0 ? device : row.sourceIds.some((id) => wanted.has(id)))
    }
  }
}

function newest(rows: readonly ClientRow[]): number | null {
  let at: number | null = null
  for (const row of rows) if (row.updatedAt !== null && (at === null || row.updatedAt > at)) at = row.updatedAt
  return at
}
