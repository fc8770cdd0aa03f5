import type { Slot } from '../records/record-contract.ts'

/** Below this many, slots are compared with each other; above, spread by the digits of their numbers. */
const FEW = 1_024
/** Below this many, pieces are sorted by putting one after another in its place. */
const RUN = 12
/** Numbers moved between two looks at the clock. */
const STEP = 16_384
/** A number's 64 bits are read as six digits of eleven bits, the lowest first. */
const DIGIT_BITS = 11
const DIGITS = 6
const VALUES = 1 << DIGIT_BITS

/** A number of a slot, the same from the first step to the last. Infinite ones stand last. */
export type SortKey = (slot: Slot) => number

/**
 * Slots by their numbers, the most significant key first; equals stay as they are. In steps: the caller decides after each
 * whether others have their turn first. No two slots are ever compared: a million take some tens of milliseconds per key.
 */
export function* sortSlots(
  slots: Uint32Array,
  keys: readonly SortKey[],
): Generator<undefined, Uint32Array<ArrayBuffer>, undefined> {
  let sorted = slots.slice()
  if (sorted.length <= FEW) {
    mergeSort(sorted, 0, sorted.length, (a, b) => {
      for (const key of keys) {
        const [left, right] = [key(a), key(b)]
        if (left !== right) return left < right ? -1 : 1
      }
      return 0
    })
    return sorted
  }
  for (const key of keys.toReversed()) sorted = yield* spread(sorted, key)
  return sorted
}

/** Pieces of a sorted list, from `start` to before `end`, whose slots have the same numbers; only where there are two. */
export function* equalRuns(
  sorted: Uint32Array,
  keys: readonly SortKey[],
): Generator<undefined | readonly [start: number, end: number], undefined, undefined> {
  let start = 0
  for (let at = 1; at <= sorted.length; at++) {
    if (at % STEP === 0) yield undefined
    if (at < sorted.length && isEqual(keys, sorted[at - 1] ?? 0, sorted[at] ?? 0)) continue
    if (at - start > 1) yield [start, at]
    start = at
  }
  return undefined
}

function isEqual(keys: readonly SortKey[], a: Slot, b: Slot): boolean {
  for (const key of keys) if (key(a) !== key(b)) return false
  return true
}

/** By one number: from its lowest digit to its highest, each time keeping what the digits before have said. */
function* spread(slots: Uint32Array<ArrayBuffer>, key: SortKey): Generator<undefined, Uint32Array<ArrayBuffer>> {
  const { length } = slots
  const values = new Float64Array(length)
  // Its halves: each even place holds the lower 32 bits (there is no machine left that has it the other way).
  let halves = new Uint32Array(values.buffer)
  const counts = new Uint32Array(DIGITS * VALUES)
  for (let i = 0; i < length; i++) {
    if (i % STEP === 0) yield
    // Zero has two forms, and one place.
    values[i] = key(slots[i] ?? 0) + 0
    let low = halves[2 * i] ?? 0
    let high = halves[2 * i + 1] ?? 0
    // As bits, numbers below zero stand the other way round and above all others.
    if (high >>> 31 === 1) {
      low = ~low >>> 0
      high = ~high >>> 0
    } else high = (high ^ 0x80000000) >>> 0
    halves[2 * i] = low
    halves[2 * i + 1] = high
    for (let digit = 0; digit < DIGITS; digit++) {
      const at = digit * VALUES + digitOf(low, high, digit)
      counts[at] = (counts[at] ?? 0) + 1
    }
  }
  let sorted = slots
  let spare = new Uint32Array(length)
  let spareHalves = new Uint32Array(2 * length)
  for (let digit = 0; digit < DIGITS; digit++) {
    const places = counts.subarray(digit * VALUES, (digit + 1) * VALUES)
    // All have the same: nothing would move.
    if (places[digitOf(halves[0] ?? 0, halves[1] ?? 0, digit)] === length) continue
    let before = 0
    for (let value = 0; value < VALUES; value++) {
      const count = places[value] ?? 0
      places[value] = before
      before += count
    }
    for (let i = 0; i < length; i++) {
      if (i % STEP === 0) yield
      const low = halves[2 * i] ?? 0
      const high = halves[2 * i + 1] ?? 0
      const value = digitOf(low, high, digit)
      const to = places[value] ?? 0
      places[value] = to + 1
      spare[to] = sorted[i] ?? 0
      spareHalves[2 * to] = low
      spareHalves[2 * to + 1] = high
    }
    ;[sorted, spare] = [spare, sorted]
    ;[halves, spareHalves] = [spareHalves, halves]
  }
  return sorted
}

function digitOf(low: number, high: number, digit: number): number {
  switch (digit) {
    case 0:
      return low & (VALUES - 1)
    case 1:
      return (low >>> 11) & (VALUES - 1)
    case 2:
      return ((low >>> 22) | (high << 10)) & (VALUES - 1)
    case 3:
      return (high >>> 1) & (VALUES - 1)
    case 4:
      return (high >>> 12) & (VALUES - 1)
    default:
      return high >>> 23
  }
}

/** Slots from `start` to before `end`, by comparing them; equals stay as they are. */
export function mergeSort(slots: Uint32Array, start: number, end: number, compare: (a: Slot, b: Slot) => number): void {
  for (let from = start; from < end; from += RUN) sortRun(slots, from, Math.min(from + RUN, end), compare)
  if (end - start <= RUN) return
  const spare = new Uint32Array(end - start)
  for (let width = RUN; width < end - start; width *= 2) {
    for (let from = start; from + width < end; from += 2 * width) {
      const last = Math.min(from + 2 * width, end)
      spare.set(slots.subarray(from, from + width))
      let left = 0
      let right = from + width
      for (let at = from; left < width; at++) {
        const takesLeft = right >= last || compare(spare[left] ?? 0, slots[right] ?? 0) <= 0
        slots[at] = takesLeft ? (spare[left++] ?? 0) : (slots[right++] ?? 0)
      }
    }
  }
}

function sortRun(slots: Uint32Array, start: number, end: number, compare: (a: Slot, b: Slot) => number): void {
  for (let i = start + 1; i < end; i++) {
    const slot = slots[i] ?? 0
    let at = i
    for (; at > start && compare(slots[at - 1] ?? 0, slot) > 0; at--) slots[at] = slots[at - 1] ?? 0
    slots[at] = slot
  }
}
