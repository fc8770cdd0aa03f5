import { type Columns, NO_INSTANT } from '../projection/line-columns.ts'
import type { LineOrder } from '../projection/line-order.ts'
import type { Slot } from '../records/record-contract.ts'
import type { SearchHow } from '../search/engine/engine-contract.ts'
import { parseQuery } from '../search/parse-query.ts'
import type { ParsedQuery } from '../search/query/query.ts'
import type { StoreContext } from '../store-context.ts'
import type { ListQuery, Sort, SortKey } from '../store-contract.ts'
import { compileFilters, type Passes } from './filter-lines.ts'

/** What a list without words begins with. */
export const NEWEST_FIRST: Sort = { key: 'updated', direction: 'desc' }

/** What a query found, as slots. Lines are made of those that somebody looks at. */
export interface Found {
  readonly query: ParsedQuery
  readonly total: number
  /** False: there are at least so many; only the best were asked for. */
  readonly isTotalKnown: boolean
  /** Nobody has all words as they were typed: these have words that are nearly so. */
  readonly close: boolean
  readonly slots: (from: number, to: number) => Uint32Array
  /** -1 where it was not found. */
  readonly offsetOf: (slot: Slot) => number
  readonly newestAt: () => number | null
}

/** The order that must stand before the query can be answered at once. */
export function orderNeeded({ text, sort }: ListQuery): SortKey | null {
  if (sort !== null) return sort.key
  return parseQuery(text).tokens.length > 0 ? null : NEWEST_FIRST.key
}

/** `best`: that many of the best are enough. */
export function findClients(context: StoreContext, { text, sort }: ListQuery, best: number | null): Found {
  const { view } = context
  const query = parseQuery(text)
  const passes = compileFilters(context, query.filters)
  if (query.tokens.length > 0) return findWords(context, query, sort, passes, best)
  const order = view.order(sort ?? NEWEST_FIRST)
  if (passes === null) return ofOrder(context, query, order)
  const { slots, newestAt } = passing(order, passes, view.columns())
  return ofSlots(context, query, slots, { close: false, isTotalKnown: true, newestAt })
}

/** How many a query with words finds, for less than finding them. `close`: nobody has them as they were typed. */
export function countClients(context: StoreContext, { text }: ListQuery, close: boolean): number {
  const { tokens, filters } = parseQuery(text)
  const passes = compileFilters(context, filters)
  return context.search.count(tokens, passes === null ? { errors: close } : { errors: close, accept: passes })
}

/**
 * Slots of an order that pass. The questions are asked in the order of the slots, as the columns lie in memory, and not in
 * that of the list: several times as quick.
 */
function passing(order: LineOrder, passes: Passes, { flags, updated }: Columns) {
  const marks = new Uint8Array(flags.length)
  let total = 0
  let newest = Number.NEGATIVE_INFINITY
  for (let slot = 0; slot < flags.length; slot++) {
    if (flags[slot] === 0 || !passes(slot)) continue
    marks[slot] = 1
    total++
    const at = updated[slot] ?? NO_INSTANT
    if (at !== NO_INSTANT && at > newest) newest = at
  }
  return { slots: markedIn(order, marks, total), newestAt: newest === Number.NEGATIVE_INFINITY ? null : newest }
}

function markedIn(order: LineOrder, marks: Uint8Array, total: number): Uint32Array {
  const slots = new Uint32Array(total)
  const all = order.all()
  let at = 0
  for (let i = 0; i < all.length && at < total; i++) {
    const slot = all[i] ?? 0
    if (marks[slot] === 1) slots[at++] = slot
  }
  return slots
}

function findWords(
  context: StoreContext,
  query: ParsedQuery,
  sort: Sort | null,
  passes: Passes | null,
  best: number | null,
): Found {
  const { view, search } = context
  const limit = sort === null ? best : null
  const ask = (errors: boolean): Uint32Array => {
    const how: SearchHow = passes === null ? { errors } : { errors, accept: passes }
    return limit === null ? search.all(query.tokens, how).docs : search.top(query.tokens, limit, how).docs
  }
  const exact = ask(false)
  const close = exact.length === 0
  const slots = close ? ask(true) : exact
  const how = { close: close && slots.length > 0, isTotalKnown: limit === null || slots.length < limit }
  return ofSlots(context, query, sort === null ? slots : inOrder(slots, view.order(sort)), how)
}

/** Beyond this part of all lines, walking along all of them costs less than finding each one's place. */
const FEW = 256

function inOrder(slots: Uint32Array, order: LineOrder): Uint32Array {
  if (slots.length * FEW < order.size) {
    const places = Float64Array.from(slots, order.offsetOf).sort()
    return Uint32Array.from(places, (place) => order.slice(place, place + 1)[0] ?? 0)
  }
  let highest = 0
  for (const slot of slots) if (slot > highest) highest = slot
  const marks = new Uint8Array(highest + 1)
  for (const slot of slots) marks[slot] = 1
  return markedIn(order, marks, slots.length)
}

function ofOrder({ view }: StoreContext, query: ParsedQuery, order: LineOrder): Found {
  return {
    query,
    total: order.size,
    isTotalKnown: true,
    close: false,
    slots: order.slice,
    offsetOf: order.offsetOf,
    newestAt: view.newestAt,
  }
}

function ofSlots(
  { view }: StoreContext,
  query: ParsedQuery,
  slots: Uint32Array,
  { newestAt, ...how }: Pick<Found, 'close' | 'isTotalKnown'> & { readonly newestAt?: number | null },
): Found {
  const { updated } = view.columns()
  let newest = newestAt
  return {
    query,
    ...how,
    total: slots.length,
    slots: (from, to) => slots.subarray(from, to),
    offsetOf: (slot) => slots.indexOf(slot),
    newestAt: () => {
      if (newest === undefined) newest = newestOf(slots, updated)
      return newest
    },
  }
}

function newestOf(slots: Uint32Array, updated: Float64Array): number | null {
  let newest = Number.NEGATIVE_INFINITY
  for (const slot of slots) {
    const at = updated[slot] ?? NO_INSTANT
    if (at !== NO_INSTANT && at > newest) newest = at
  }
  return newest === Number.NEGATIVE_INFINITY ? null : newest
}
