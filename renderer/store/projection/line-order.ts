import type { Slot } from '../records/record-contract.ts'
import type { BlockOrder } from './block-order.ts'
import type { SortColumn } from './sort-columns.ts'

/** All lines in one order and direction. Lines without a value stand last in both, and keep their order in both. */
export interface LineOrder {
  readonly size: number
  readonly slice: (from: number, to: number) => Uint32Array
  /** -1 where it is not among them. */
  readonly offsetOf: (slot: Slot) => number
  /** All of them, in order. */
  readonly all: () => Uint32Array
}

export function lineOrder(order: BlockOrder, column: SortColumn, direction: 'asc' | 'desc'): LineOrder {
  const size = order.size()
  if (direction === 'asc') {
    return {
      size,
      slice: (from, to) => order.slice(from, to),
      offsetOf: order.offsetOf,
      all: () => order.slice(0, size),
    }
  }
  const filled = filledOf(order, column)
  const slice = (from: number, to: number): Uint32Array => {
    const end = Math.min(to, size)
    const turned = order.slice(Math.max(0, filled - end), Math.max(0, filled - from)).reverse()
    const rest = order.slice(Math.max(filled, from), end)
    if (rest.length === 0) return turned
    const both = new Uint32Array(turned.length + rest.length)
    both.set(turned)
    both.set(rest, turned.length)
    return both
  }
  return {
    size,
    slice,
    offsetOf: (slot) => {
      const offset = order.offsetOf(slot)
      return offset === -1 || offset >= filled ? offset : filled - 1 - offset
    },
    all: () => slice(0, size),
  }
}

/** How many lines have a value: those without stand last. */
function filledOf(order: BlockOrder, column: SortColumn): number {
  let low = 0
  let high = order.size()
  while (low < high) {
    const middle = (low + high) >> 1
    const slot = order.at(middle)
    if (slot !== undefined && !column.isEmpty(slot)) low = middle + 1
    else high = middle
  }
  return low
}
