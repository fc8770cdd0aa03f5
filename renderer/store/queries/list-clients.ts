import type { ClientId } from '../../../shared/ids.ts'
import { HeadsNotRead } from '../records/record-contract.ts'
import type { StoreContext } from '../store-context.ts'
import type { ClientRow, ListPage, ListQuery } from '../store-contract.ts'
import { countClients, type Found, findClients, orderNeeded } from './find-clients.ts'
import { goodUntil } from './good-until.ts'
import { withMatches } from './row-match.ts'

/** Results kept, so that scrolling through one list computes it once. */
const KEPT_RESULTS = 8
/** The best so many are found at once, however few rows are asked for. */
const BEST = 100
/** Up to this many clients, all that match are found as quickly as the best of them. */
const SMALL_BOOK = 20_000

type PageQuery = ListQuery & { readonly offset: number; readonly limit: number }

export interface ListClients {
  /** Resolves when the order of the query stands: of a large book it is made in slices, when it is first asked for. */
  readonly ready: (query: ListQuery) => Promise<void>
  /** Without rows (`limit` 0) it is only their number. */
  readonly list: (query: PageQuery & { readonly quick?: boolean }) => ListPage
  readonly indexOf: (query: ListQuery & { readonly clientId: ClientId }) => number
  readonly found: (query: ListQuery) => Found
  /** The whole result, in its order. */
  readonly slots: (query: ListQuery) => Uint32Array
  /** All lines of a result, made one by one. */
  readonly rows: (query: ListQuery) => Iterable<ClientRow>
}

export function createListClients(context: StoreContext): ListClients {
  const { view, clock } = context
  let kept = new Map<string, Found>()
  /** Numbers of results of which only the best were looked for. */
  let totals = new Map<string, number>()
  let keptVersion = -1
  /** Results of `created:today` are of one day only. */
  let keptFrom = 0
  let keptUntil = Number.POSITIVE_INFINITY

  const dropOld = (): void => {
    const now = clock.now()
    if (keptVersion === view.version() && now >= keptFrom && now < keptUntil) return
    keptFrom = now
    keptUntil = Number.POSITIVE_INFINITY
    kept = new Map()
    totals = new Map()
    keptVersion = view.version()
  }
  const keyOf = ({ text, sort }: ListQuery): string => JSON.stringify([text, sort])

  /** `best`: the best so many are enough, where all of them would take longer. */
  const find = ({ text, sort }: ListQuery, best: number | null): Found => {
    dropOld()
    const key = keyOf({ text, sort })
    const known = kept.get(key)
    if (known !== undefined && (known.isTotalKnown || (best !== null && best <= known.total))) return known
    const found = findClients(context, { text, sort }, best)
    kept.delete(key)
    const oldest = kept.keys().next()
    if (kept.size >= KEPT_RESULTS && oldest.done !== true) kept.delete(oldest.value)
    kept.set(key, found)
    keptUntil = Math.min(keptUntil, goodUntil(found.query, clock.now()))
    return found
  }

  const whole = (query: ListQuery): Found => find(query, null)

  const count = (query: ListQuery, found: Found): number => {
    if (found.isTotalKnown) return found.total
    const key = keyOf(query)
    const total = totals.get(key) ?? countClients(context, query, found.close)
    totals.set(key, total)
    return total
  }
  const rowsOf = (slots: Uint32Array): readonly ClientRow[] => {
    // All that must be read is named at once, and not found out line by line.
    const missing = context.book.records.unreadOf(slots)
    if (missing.length > 0) throw new HeadsNotRead(missing)
    const rows: ClientRow[] = []
    for (const slot of slots) {
      const row = view.rowAt(slot)
      if (row !== undefined) rows.push(row)
    }
    return rows
  }

  return {
    ready: async (query) => {
      const key = orderNeeded(query)
      if (key !== null) await view.ready(key)
    },
    found: whole,
    slots: (query) => {
      const found = whole(query)
      return found.slots(0, found.total)
    },
    rows: function* (query) {
      const found = whole(query)
      for (const slot of found.slots(0, found.total)) {
        const row = view.rowAt(slot)
        if (row !== undefined) yield row
      }
    },
    indexOf: ({ text, sort, clientId }) => {
      const slot = view.slotOf(clientId)
      return slot < 0 ? -1 : whole({ text, sort }).offsetOf(slot)
    },
    list: ({ text, sort, offset, limit, quick }) => {
      const began = clock.now()
      const isLarge = view.size() > SMALL_BOOK
      const best = isLarge && (quick === true || limit === 0) ? Math.max(BEST, offset + limit) : null
      const found = find({ text, sort }, best)
      const total = limit === 0 ? count({ text, sort }, found) : (totals.get(keyOf({ text, sort })) ?? null)
      return {
        rows: withMatches(context.book, rowsOf(found.slots(offset, offset + limit)), found.query),
        offset,
        total: total ?? found.total,
        isTotalKnown: total !== null || found.isTotalKnown,
        close: found.close,
        all: view.size(),
        text,
        tookMs: clock.now() - began,
        newestAt: found.newestAt(),
      }
    },
  }
}
