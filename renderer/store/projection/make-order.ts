import { HeadsNotRead, type Slot } from '../records/record-contract.ts'
import type { SortKey } from '../store-contract.ts'
import { lineText, ownText, type TextColumn } from './line.ts'
import { type Compare, frozenColumn, isTextColumn, type SortContext } from './sort-columns.ts'
import { equalRuns, mergeSort, sortSlots } from './sort-slots.ts'
import type { SortSymbols } from './sort-symbols.ts'
import { createTextKeys } from './text-keys.ts'

/** Between two steps others may have their turn (`undefined`), or these segments must be read before it goes on. */
export type OrderStep = undefined | readonly number[]
export type OrderSteps<T> = Generator<OrderStep, T, undefined>

/** Lines whose texts are read between two looks at the clock. */
const LINES_PER_STEP = 1_024
/** Lines looked ahead for heads that are still on the disk, and how many segments are asked for at once. */
const LINES_AHEAD = 16_384
const SEGMENTS_AHEAD = 64
/** Compared between two looks at the clock. */
const COMPARED_PER_STEP = 4_096

export interface OrderMaking {
  readonly context: SortContext
  readonly symbols: SortSymbols
  /** Text columns that have keys for all lines. */
  readonly filled: Set<TextColumn>
}

/** All lines in one order. `slots`: those that are listed, by name where the order is another; equals stay as they stand there. */
export function* makeOrder(
  { context, symbols, filled }: OrderMaking,
  key: SortKey,
  slots: Uint32Array,
): OrderSteps<Uint32Array> {
  const { book, columns, collator } = context
  if (isTextColumn(key) && key !== 'name' && key !== 'company' && !filled.has(key)) {
    // From now on each line that changes brings its key along.
    const keys = columns.texts.get(key) ?? createTextKeys(symbols)
    columns.texts.set(key, keys)
    yield* eachText(context, key, slots.toSorted(), keys.set)
    filled.add(key)
  }
  const { keys, isSame } = frozenColumn(context, key)
  const sorted = yield* sortSlots(slots, keys)
  if (isSame === null) return sorted
  const { runs, open } = yield* openRuns(sorted, keys, isSame, key === 'name')
  const texts = new Map<Slot, string>()
  if (isTextColumn(key)) {
    yield* eachText(context, key, Uint32Array.from(open).sort(), (slot, text) => texts.set(slot, text ?? ''))
  }
  const byText: Compare = (a, b) => (isSame(a, b) ? 0 : collator.compare(texts.get(a) ?? '', texts.get(b) ?? ''))
  const compare: Compare = key === 'name' ? (a, b) => byText(a, b) || book.records.compareIds(a, b) : byText
  let compared = 0
  for (let i = 0; i < runs.length; i += 2) {
    const [start, end] = [runs[i] ?? 0, runs[i + 1] ?? 0]
    mergeSort(sorted, start, end, compare)
    compared += end - start
    if (compared < COMPARED_PER_STEP) continue
    compared = 0
    yield
  }
  return sorted
}

/**
 * Pieces of equal numbers that are not in order yet, as starts and ends, and the slots in them whose texts must be compared:
 * those of a piece that has more than one text. Where equal texts stand by id, these are pieces too.
 */
function* openRuns(
  sorted: Uint32Array,
  keys: readonly ((slot: Slot) => number)[],
  isSame: (a: Slot, b: Slot) => boolean,
  byId: boolean,
): OrderSteps<{ readonly runs: readonly number[]; readonly open: readonly Slot[] }> {
  const runs: number[] = []
  const open: Slot[] = []
  const found = equalRuns(sorted, keys)
  for (let step = found.next(); step.done !== true; step = found.next()) {
    if (step.value === undefined) {
      yield
      continue
    }
    const [start, end] = step.value
    const first = sorted[start] ?? 0
    let isOne = true
    for (let at = start + 1; isOne && at < end; at++) isOne = isSame(first, sorted[at] ?? 0)
    if (!isOne) for (let at = start; at < end; at++) open.push(sorted[at] ?? 0)
    if (!isOne || byId) runs.push(start, end)
  }
  return { runs, open }
}

/** The texts of a column, by rising slot: as they lie in memory. Heads that are still on the disk are asked for in parts. */
function* eachText(
  { book }: SortContext,
  column: TextColumn,
  slots: Uint32Array,
  visit: (slot: Slot, text: string | null) => void,
): OrderSteps<undefined> {
  const { records, overlays } = book
  // What is written over a line meanwhile makes it a changed one, and it is put in its place later.
  const over = new Set<Slot>()
  for (const recordId of overlays.keys()) over.add(records.slotOf(recordId))
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] ?? 0
    if (i % LINES_PER_STEP === 0) yield
    try {
      visit(slot, over.has(slot) ? lineText(book, slot, column) : ownText(book, slot, column))
    } catch (thrown) {
      if (!(thrown instanceof HeadsNotRead)) throw thrown
      const ahead = records.unreadOf(slots.subarray(i, i + LINES_AHEAD)).slice(0, SEGMENTS_AHEAD)
      yield ahead.length > 0 ? ahead : thrown.segmentIds
      i--
    }
  }
  return undefined
}
