import type { RecordHead } from '../segments/codec.ts'
import type { Slot } from './record-contract.ts'

const SIZE = 1024

/** The heads taken apart last, one for each remainder of the slot: what a list shows is read more than once. */
export class HeadCache {
  readonly #slots = new Int32Array(SIZE).fill(-1)
  readonly #heads: (RecordHead | undefined)[] = []

  get(slot: Slot): RecordHead | undefined {
    const at = slot % SIZE
    return this.#slots[at] === slot ? this.#heads[at] : undefined
  }

  set(slot: Slot, head: RecordHead): void {
    const at = slot % SIZE
    this.#slots[at] = slot
    this.#heads[at] = head
  }

  delete(slot: Slot): void {
    const at = slot % SIZE
    if (this.#slots[at] !== slot) return
    this.#slots[at] = -1
    this.#heads[at] = undefined
  }
}
