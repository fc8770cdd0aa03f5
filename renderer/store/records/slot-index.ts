import { NO_SLOT, type Slot } from './record-contract.ts'

const FIRST_SIZE = 128
/** Fuller than this, it is made anew and larger: beyond, a look has to step over too many. */
const FULL = 0.6
/** How full a new one may be: room to grow before the next. */
const FILLED = 0.48

type Put = (slot: Slot, hash: number) => void

/**
 * Slots by a hash of theirs, in one typed array with open addressing. It knows hashes only: whoever looks compares what
 * stands in the slot. An entry that leads to a slot whose key has changed is stepped over, and left out when it grows.
 */
export class SlotIndex {
  #table = new Int32Array(0)
  #mask = 0
  #used = 0
  readonly #count: () => number
  readonly #all: (put: Put) => void

  /** `all` puts in what it is made of, `count` entries: asked for at the first look, and when it grows. */
  constructor(count: () => number, all: (put: Put) => void) {
    this.#count = count
    this.#all = all
  }

  /** Where a search begins; `at` and `next` lead on until there is none. */
  start(hash: number): number {
    if (this.#table.length === 0) this.#build()
    return mix(hash) & this.#mask
  }
  next(at: number): number {
    return (at + 1) & this.#mask
  }
  at(at: number): Slot {
    return (this.#table[at] ?? 0) - 1
  }

  /** After the slot has its key. Before the first look there is nothing to do: it will be found by then. */
  add(slot: Slot, hash: number): void {
    if (this.#table.length === 0) return
    let at = this.start(hash)
    for (let there = this.at(at); there !== NO_SLOT; there = this.at(at)) {
      if (there === slot) return
      at = this.next(at)
    }
    this.#table[at] = slot + 1
    if (++this.#used > this.#table.length * FULL) this.#build()
  }

  bytes(): number {
    return this.#table.byteLength
  }

  #build(): void {
    const count = this.#count()
    let size = FIRST_SIZE
    while (count > size * FILLED) size *= 2
    const table = new Int32Array(size)
    const mask = size - 1
    this.#all((slot, hash) => {
      let at = mix(hash) & mask
      while (table[at] !== 0) at = (at + 1) & mask
      table[at] = slot + 1
    })
    this.#table = table
    this.#mask = mask
    this.#used = count
  }
}

function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x7feb352d)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
