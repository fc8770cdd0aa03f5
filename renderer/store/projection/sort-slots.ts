import type { Slot } from '../records/record-contract.ts'

/** Below this many, pieces are sorted by putting one after another in its place. */
const RUN = 16
/** Numbers moved between two looks at the clock. */
const STEP = 16_384

/**
 * Sorts slots, in steps: the caller decides after each whether others have their turn first. The order of equals stays.
 * `compare` must say the same of two slots from the first step to the last.
 */
export function* sortSlots(
  slots: Uint32Array,
  compare: (a: Slot, b: Slot) => number,
): Generator<undefined, Uint32Array, undefined> {
  let from = slots.slice()
  let to = new Uint32Array(slots.length)
  let moved = 0
  for (let start = 0; start < from.length; start += RUN) {
    sortRun(from, start, Math.min(start + RUN, from.length), compare)
    moved += RUN * 4
    if (moved > STEP) {
      moved = 0
      yield
    }
  }
  for (let width = RUN; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) {
      const middle = Math.min(start + width, from.length)
      const end = Math.min(start + 2 * width, from.length)
      let left = start
      let right = middle
      for (let at = start; at < end; at++) {
        const a = from[left] ?? 0
        const b = from[right] ?? 0
        const takesLeft = right >= end || (left < middle && compare(a, b) <= 0)
        to[at] = takesLeft ? a : b
        if (takesLeft) left++
        else right++
        if (++moved > STEP) {
          moved = 0
          yield
        }
      }
    }
    const swap = from
    from = to
    to = swap
  }
  return from
}

function sortRun(slots: Uint32Array, start: number, end: number, compare: (a: Slot, b: Slot) => number): void {
  for (let i = start + 1; i < end; i++) {
    const slot = slots[i] ?? 0
    let at = i
    for (; at > start && compare(slots[at - 1] ?? 0, slot) > 0; at--) slots[at] = slots[at - 1] ?? 0
    slots[at] = slot
  }
}
