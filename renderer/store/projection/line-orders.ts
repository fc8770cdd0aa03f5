import type { Clock } from '../../../shared/clock.ts'
import { atOnce, inSlices } from '../in-slices.ts'
import { HeadsNotRead, type Slot } from '../records/record-contract.ts'
import type { Sort, SortKey } from '../store-contract.ts'
import { type BlockOrder, createBlockOrder } from './block-order.ts'
import { type LineOrder, lineOrder } from './line-order.ts'
import { makeOrder, type OrderMaking, type OrderSteps } from './make-order.ts'
import { compareBy, type SortContext, sortColumn } from './sort-columns.ts'
import type { SortSymbols } from './sort-symbols.ts'

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

/** An order that is being made, in slices, with a rest wherever heads have to be read. */
interface Made {
  readonly steps: OrderSteps<Uint32Array>
  /** Lines that changed since. */
  readonly changed: Set<Slot>
  running: Promise<void> | null
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
/** The list begins with one, and all others rest on the other. */
const ALWAYS_KEPT: ReadonlySet<SortKey> = new Set(['updated', 'name'])
/** Of the others so many: a million lines take 9 MB each, and a second or less to be made again. */
const MOST_KEPT = 3

export function createLineOrders(context: SortContext, symbols: SortSymbols, clock: Clock): LineOrders {
  const kept = new Map<SortKey, Kept>()
  const beingMade = new Map<SortKey, Made>()
  /** Lines that change while an order is made. */
  const meanwhile = new Set<Set<Slot>>()
  const { book, columns } = context
  const making: OrderMaking = { context, symbols, filled: new Set() }
  let versions = 0

  /** Since they began to be made. */
  const forgotten = new Set<SortKey>()

  /** All of one order from nothing. Equals stand by name: so all others begin with the order by name, and leave it as it is. */
  function* make(key: SortKey): OrderSteps<Uint32Array> {
    return yield* makeOrder(making, key, key === 'name' ? listedSlots() : yield* inNameOrder())
  }

  function* inNameOrder(): OrderSteps<Uint32Array> {
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
    kept.delete(key)
    kept.set(key, order)
    letGo()
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
    return keep(key, atOnce(ofReadHeads(make(key), book.records.unread)), new Set()).order
  }

  /** Goes on where it was when heads were missing: whoever asked has read them meanwhile. */
  const goOn = (key: SortKey, made: Made): Promise<void> =>
    inSlices(clock, ofReadHeads(made.steps)).then(
      (ordered) => {
        end(key, made)
        // Made by names that are not the names any more.
        if (!forgotten.has(key)) keep(key, ordered, made.changed)
      },
      (thrown: unknown) => {
        made.running = null
        if (!(thrown instanceof HeadsNotRead)) end(key, made)
        throw thrown
      },
    )

  const end = (key: SortKey, made: Made): void => {
    meanwhile.delete(made.changed)
    beingMade.delete(key)
  }

  /** Orders that nobody has looked at for longest go, and the keys that were made for them. */
  const letGo = (): void => {
    const others = [...kept.keys()].filter((key) => !ALWAYS_KEPT.has(key))
    for (const key of others.slice(0, Math.max(0, others.length - MOST_KEPT))) {
      kept.delete(key)
      if (key !== 'email' && key !== 'phone') continue
      if (beingMade.has(key)) continue
      columns.texts.delete(key)
      making.filled.delete(key)
    }
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
      let made = beingMade.get(key)
      if (made === undefined) {
        forgotten.delete(key)
        made = { steps: make(key), changed: new Set(), running: null }
        meanwhile.add(made.changed)
        beingMade.set(key, made)
      }
      made.running ??= goOn(key, made)
      await made.running
    },
    order: ({ key, direction }) => {
      const order = current(key)
      const known = kept.get(key)
      if (known !== undefined) {
        // The last to be let go.
        kept.delete(key)
        kept.set(key, known)
      }
      return lineOrder(order, sortColumn(context, key), direction)
    },
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

/** Its turns; where it needs heads, it stops and says which (or names all at once). It can be taken up again then. */
function* ofReadHeads<T>(steps: OrderSteps<T>, all?: () => readonly number[]): Generator<undefined, T, undefined> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (step.value !== undefined) throw new HeadsNotRead(all?.() ?? step.value)
    yield
  }
}
