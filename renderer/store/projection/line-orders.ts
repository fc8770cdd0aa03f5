import type { Clock } from '../../../shared/clock.ts'
import { atOnce, inSlices } from '../in-slices.ts'
import { HeadsNotRead, type Slot } from '../records/record-contract.ts'
import type { Sort, SortKey } from '../store-contract.ts'
import { type BlockOrder, createBlockOrder } from './block-order.ts'
import { lineText } from './line.ts'
import { type LineOrder, lineOrder } from './line-order.ts'
import {
  type Compare,
  compareBy,
  frozenColumn,
  isTextColumn,
  keptIdOrder,
  type SortContext,
  sortColumn,
} from './sort-columns.ts'
import { sortSlots } from './sort-slots.ts'
import type { SortSymbols } from './sort-symbols.ts'
import { createTextKeys } from './text-keys.ts'

/** The orders of all lines, one per sort key, each made when it is first asked for. */
export interface LineOrders {
  /** In an order that does not show this line as it is. */
  readonly changed: (slot: Slot) => void
  /** Brings an order up to date, and makes it where it is missing: in slices where the book is large. */
  readonly ready: (key: SortKey) => Promise<void>
  /** The same at one go. */
  readonly order: (sort: Sort) => LineOrder
  /** What names of statuses or sources stand for has changed. */
  readonly forget: (key: SortKey) => void
  /** Orders that stand as they are, to be saved. */
  readonly built: (key: SortKey) => { readonly order: BlockOrder; readonly version: number } | null
  readonly load: (key: SortKey, ordered: Uint32Array) => void
  readonly bytes: () => number
}

interface Kept {
  readonly order: BlockOrder
  /** Lines that have changed since: they stand where they stood. */
  readonly stale: Set<Slot>
  readonly version: number
}

/** Up to here nobody notices that an order is made at one go. */
const AT_ONCE = 20_000
/** With more to be moved, an order is made anew. */
const MOST_MOVED = 50_000
const LINES_PER_STEP = 256

export function createLineOrders(context: SortContext, symbols: SortSymbols, clock: Clock): LineOrders {
  const kept = new Map<SortKey, Kept>()
  /** Being made, and lines that changed meanwhile. */
  const making = new Map<SortKey, Promise<void>>()
  const meanwhile = new Set<Set<Slot>>()
  const { book, columns } = context
  let versions = 0

  /** Since they began to be made. */
  const forgotten = new Set<SortKey>()

  /** All of one order from nothing. Equals stand by name: so all others begin with the order by name, and leave it as it is. */
  function* make(key: SortKey): Generator<undefined, Uint32Array, undefined> {
    const missing = new Set<number>()
    const read = <T>(get: () => T, otherwise: T): T => {
      try {
        return get()
      } catch (thrown) {
        if (!(thrown instanceof HeadsNotRead)) throw thrown
        // All that is not in memory is named at once, and not found out one by one.
        for (const segmentId of thrown.segmentIds) missing.add(segmentId)
        return otherwise
      }
    }
    const slots = key === 'name' ? listedSlots() : yield* inNameOrder()
    if (isTextColumn(key) && !columns.texts.has(key)) {
      const keys = createTextKeys(symbols)
      columns.texts.set(key, keys)
      for (const [i, slot] of slots.entries()) {
        keys.set(
          slot,
          read(() => lineText(book, slot, key), null),
        )
        if (i % LINES_PER_STEP === 0) yield
      }
      if (missing.size > 0) columns.texts.delete(key)
    }
    if (missing.size > 0) throw new HeadsNotRead([...missing])
    const column = frozenColumn(context, key, (slot, text) => read(() => lineText(book, slot, text) ?? '', ''))
    const { roughly } = column
    const byId = key === 'name' ? keptIdOrder(book) : null
    const compare: Compare = byId === null ? column.compare : (a, b) => column.compare(a, b) || byId(a, b)
    const sorted = yield* sortSlots(slots, { compare, roughly })
    if (missing.size > 0) throw new HeadsNotRead([...missing])
    return sorted
  }

  function* inNameOrder(): Generator<undefined, Uint32Array, undefined> {
    const names = kept.get('name')
    if (names === undefined || isTooFar(names)) {
      const changed = new Set<Slot>()
      meanwhile.add(changed)
      try {
        keep('name', yield* make('name'), changed)
      } finally {
        meanwhile.delete(changed)
      }
    }
    const order = current('name')
    return order.slice(0, order.size())
  }

  const listedSlots = (): Uint32Array => {
    const slots = new Uint32Array(columns.size())
    let at = 0
    for (let slot = 0; at < slots.length; slot++) if (columns.isListed(slot)) slots[at++] = slot
    return slots
  }

  const keep = (key: SortKey, ordered: Uint32Array, stale: Set<Slot>, version = ++versions): Kept => {
    const order = { order: createBlockOrder(ordered), stale, version }
    kept.set(key, order)
    return order
  }

  const isTooFar = ({ order, stale }: Kept): boolean =>
    stale.size > MOST_MOVED || (stale.size > AT_ONCE && stale.size > order.size())

  /** Takes what has changed out of its old places, and puts it where it belongs now. */
  const catchUp = (key: SortKey, { order, stale, ...rest }: Kept): void => {
    if (stale.size === 0) return
    for (const slot of stale) order.remove(slot)
    const compare = compareBy(context, key)
    for (const slot of stale) {
      if (columns.isListed(slot) && !order.has(slot)) order.insert(slot, compare)
      stale.delete(slot)
    }
    kept.set(key, { ...rest, order, stale, version: ++versions })
  }

  const current = (key: SortKey): BlockOrder => {
    const known = kept.get(key)
    if (known !== undefined && !isTooFar(known)) {
      catchUp(key, known)
      return known.order
    }
    return keep(key, atOnce(make(key)), new Set()).order
  }

  return {
    changed: (slot) => {
      for (const { stale } of kept.values()) stale.add(slot)
      for (const changed of meanwhile) changed.add(slot)
    },
    ready: async (key) => {
      const known = kept.get(key)
      if (known !== undefined && !isTooFar(known)) return
      if (columns.size() <= AT_ONCE) return
      const begun = making.get(key)
      if (begun !== undefined) return begun
      forgotten.delete(key)
      const changed = new Set<Slot>()
      meanwhile.add(changed)
      const done = inSlices(clock, make(key))
        .then((ordered) => {
          // Made by names that are not the names any more.
          if (!forgotten.has(key)) keep(key, ordered, changed)
        })
        .finally(() => {
          meanwhile.delete(changed)
          making.delete(key)
        })
      making.set(key, done)
      await done
    },
    order: ({ key, direction }) => lineOrder(current(key), sortColumn(context, key), direction),
    forget: (key) => {
      kept.delete(key)
      forgotten.add(key)
    },
    built: (key) => {
      const known = kept.get(key)
      if (known === undefined || isTooFar(known)) return null
      try {
        catchUp(key, known)
      } catch (thrown) {
        if (thrown instanceof HeadsNotRead) return null
        throw thrown
      }
      return kept.get(key) ?? null
    },
    load: (key, ordered) => {
      // As everything that is loaded and has not changed since.
      keep(key, ordered, new Set(), 0)
    },
    bytes: () => {
      let bytes = 0
      for (const { order, stale } of kept.values()) bytes += order.bytes() + stale.size * 32
      return bytes
    },
  }
}
