import type { Slot } from '../records/record-contract.ts'

/**
 * Slots in an order, as blocks: putting one in or taking one out moves the numbers of one block only, and a place is
 * found by the lengths of the blocks before it.
 */
export interface BlockOrder {
  readonly size: () => number
  readonly has: (slot: Slot) => boolean
  readonly insert: (slot: Slot, compare: (a: Slot, b: Slot) => number) => void
  /** Needs no comparison: what the slot stands for may have changed already. */
  readonly remove: (slot: Slot) => boolean
  readonly at: (offset: number) => Slot | undefined
  /** -1 where it is not in. */
  readonly offsetOf: (slot: Slot) => number
  /** Slots from an offset on, as far as there are some. */
  readonly slice: (from: number, to: number) => Uint32Array
  /** Runs over all, block by block: `visit` gets the block and how much of it counts. */
  readonly blocks: () => Iterable<Uint32Array>
  readonly bytes: () => number
}

interface Block {
  readonly id: number
  readonly slots: Uint32Array
  size: number
}

const BLOCK = 1024
/** A fresh order leaves room in its blocks. */
const FILLED = 768
const NOWHERE = 0

/** Takes an order as it is: each slot once. */
export function createBlockOrder(ordered: Uint32Array): BlockOrder {
  let blocks: Block[] = []
  /** By id, from 1. Ids of blocks that went are not given out again. */
  const byId: (Block | undefined)[] = [undefined]
  /** Where each block stands among the blocks; found anew when blocks came or went. */
  let places: Int32Array | null = null
  let blockOf = new Uint32Array(0)
  let size = 0

  const newBlock = (): Block => {
    const block = { id: byId.length, slots: new Uint32Array(BLOCK), size: 0 }
    byId.push(block)
    return block
  }
  const put = (slot: Slot, block: Block): void => {
    if (slot >= blockOf.length) {
      const wider = new Uint32Array(Math.max(1024, Math.ceil((slot + 1) * 1.25)))
      wider.set(blockOf)
      blockOf = wider
    }
    blockOf[slot] = block.id
  }
  const split = (block: Block, place: number): void => {
    const right = newBlock()
    const half = block.size >> 1
    right.slots.set(block.slots.subarray(half, block.size))
    right.size = block.size - half
    block.size = half
    for (let i = 0; i < right.size; i++) put(right.slots[i] ?? 0, right)
    blocks.splice(place + 1, 0, right)
    places = null
  }
  const placeOf = (block: Block): number => {
    if (places === null) {
      places = new Int32Array(byId.length)
      for (const [place, each] of blocks.entries()) places[each.id] = place
    }
    return places[block.id] ?? 0
  }
  const find = (offset: number): { readonly place: number; readonly inside: number } | null => {
    let left = offset
    for (const [place, block] of blocks.entries()) {
      if (left < block.size) return { place, inside: left }
      left -= block.size
    }
    return null
  }

  let highest = 0
  for (const slot of ordered) if (slot > highest) highest = slot
  blockOf = new Uint32Array(ordered.length === 0 ? 0 : highest + 1)
  for (let from = 0; from < ordered.length; from += FILLED) {
    const block = newBlock()
    const part = ordered.subarray(from, from + FILLED)
    block.slots.set(part)
    block.size = part.length
    for (const slot of part) blockOf[slot] = block.id
    blocks.push(block)
  }
  size = ordered.length

  return {
    size: () => size,
    has: (slot) => (blockOf[slot] ?? NOWHERE) !== NOWHERE,
    insert: (slot, compare) => {
      if (blocks.length === 0) blocks = [newBlock()]
      // The last block whose first is not behind the slot.
      let low = 0
      let high = blocks.length
      while (high - low > 1) {
        const middle = (low + high) >> 1
        if (compare(blocks[middle]?.slots[0] ?? 0, slot) <= 0) low = middle
        else high = middle
      }
      const block = blocks[low]
      if (block === undefined) return
      let from = 0
      let to = block.size
      while (from < to) {
        const middle = (from + to) >> 1
        if (compare(block.slots[middle] ?? 0, slot) <= 0) from = middle + 1
        else to = middle
      }
      block.slots.copyWithin(from + 1, from, block.size)
      block.slots[from] = slot
      block.size++
      size++
      put(slot, block)
      if (block.size === BLOCK) split(block, low)
    },
    remove: (slot) => {
      const block = byId[blockOf[slot] ?? NOWHERE]
      if (block === undefined) return false
      const inside = block.slots.subarray(0, block.size).indexOf(slot)
      block.slots.copyWithin(inside, inside + 1, block.size)
      block.size--
      size--
      blockOf[slot] = NOWHERE
      if (block.size === 0) {
        blocks.splice(placeOf(block), 1)
        byId[block.id] = undefined
        places = null
      }
      return true
    },
    at: (offset) => {
      const found = find(offset)
      return found === null ? undefined : blocks[found.place]?.slots[found.inside]
    },
    offsetOf: (slot) => {
      const block = byId[blockOf[slot] ?? NOWHERE]
      if (block === undefined) return -1
      let offset = block.slots.subarray(0, block.size).indexOf(slot)
      for (const before of blocks) {
        if (before === block) return offset
        offset += before.size
      }
      return -1
    },
    slice: (from, to) => {
      const end = Math.min(to, size)
      const slots = new Uint32Array(Math.max(0, end - from))
      const found = find(from)
      if (found === null) return slots
      let { place, inside } = found
      for (let filled = 0; filled < slots.length; place++) {
        const block = blocks[place]
        if (block === undefined) break
        const part = block.slots.subarray(inside, Math.min(block.size, inside + slots.length - filled))
        slots.set(part, filled)
        filled += part.length
        inside = 0
      }
      return slots
    },
    *blocks() {
      for (const block of blocks) yield block.slots.subarray(0, block.size)
    },
    bytes: () => blocks.length * BLOCK * 4 + blockOf.byteLength,
  }
}
