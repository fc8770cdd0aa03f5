import type { Slot } from '../records/record-contract.ts'

/** Below this many, pieces are sorted by putting one after another in its place. */
const RUN = 12
/** Numbers moved between two looks at the clock. */
const STEP = 16_384
/** Slots are spread over so many heaps before they are compared. */
const HEAPS = 16_384

export interface SlotSort {
  /** Must say the same of two slots from the first step to the last. */
  readonly compare: (a: Slot, b: Slot) => number
  /**
   * Never larger for a slot that stands before another. Most of the order comes from it without comparing: slots are spread
   * over heaps by it, and each heap, small enough to stay near the processor, is sorted by itself.
   */
  readonly roughly: (slot: Slot) => number
}

/** Sorts slots, in steps: the caller decides after each whether others have their turn first. The order of equals stays. */
export function* sortSlots(slots: Uint32Array, how: SlotSort): Generator<undefined, Uint32Array, undefined> {
  const { sorted, ends } = yield* spread(slots, how.roughly)
  const spare = new Uint32Array(sorted.length)
  let start = 0
  let moved = 0
  for (const end of ends) {
    for (let from = start; from < end; from += RUN) sortRun(sorted, from, Math.min(from + RUN, end), how.compare)
    for (let width = RUN; width < end - start; width *= 2) {
      for (let from = start; from < end; from += 2 * width) {
        const middle = Math.min(from + width, end)
        const last = Math.min(from + 2 * width, end)
        spare.set(sorted.subarray(from, middle), from)
        let left = from
        let right = middle
        for (let at = from; left < middle; at++) {
          const takesLeft = right >= last || how.compare(spare[left] ?? 0, sorted[right] ?? 0) <= 0
          sorted[at] = takesLeft ? (spare[left++] ?? 0) : (sorted[right++] ?? 0)
          if (++moved > STEP) {
            moved = 0
            yield
          }
        }
      }
    }
    moved += (end - start) * 4
    if (moved > STEP) {
      moved = 0
      yield
    }
    start = end
  }
  return sorted
}

/** Over heaps of equal width between the least and the largest; infinite ones into the last. */
function* spread(
  slots: Uint32Array,
  roughly: (slot: Slot) => number,
): Generator<undefined, { readonly sorted: Uint32Array; readonly ends: Uint32Array }, undefined> {
  let least = Number.POSITIVE_INFINITY
  let largest = Number.NEGATIVE_INFINITY
  const values = new Float64Array(slots.length)
  for (let i = 0; i < slots.length; i++) {
    if (i % STEP === 0) yield
    const value = roughly(slots[i] ?? 0)
    values[i] = value
    if (value === Number.POSITIVE_INFINITY) continue
    if (value < least) least = value
    if (value > largest) largest = value
  }
  const scale = largest > least ? (HEAPS - 1) / (largest - least) : 0
  const heapOf = (value: number): number =>
    value === Number.POSITIVE_INFINITY ? HEAPS : Math.floor((value - least) * scale)
  const ends = new Uint32Array(HEAPS + 1)
  for (let i = 0; i < values.length; i++) {
    const heap = heapOf(values[i] ?? 0)
    ends[heap] = (ends[heap] ?? 0) + 1
  }
  let end = 0
  for (let heap = 0; heap <= HEAPS; heap++) {
    const size = ends[heap] ?? 0
    ends[heap] = end
    end += size
  }
  const sorted = new Uint32Array(slots.length)
  for (let i = 0; i < slots.length; i++) {
    if (i % STEP === 0) yield
    const heap = heapOf(values[i] ?? 0)
    const at = ends[heap] ?? 0
    sorted[at] = slots[i] ?? 0
    ends[heap] = at + 1
  }
  return { sorted, ends }
}

function sortRun(slots: Uint32Array, start: number, end: number, compare: (a: Slot, b: Slot) => number): void {
  for (let i = start + 1; i < end; i++) {
    const slot = slots[i] ?? 0
    let at = i
    for (; at > start && compare(slots[at - 1] ?? 0, slot) > 0; at--) slots[at] = slots[at - 1] ?? 0
    slots[at] = slot
  }
}
