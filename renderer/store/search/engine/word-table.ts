const FIRST_SIZE = 1_024

/**
 * Words to numbers, in the order of their first sight. A word is written unit by unit at the end of `units` while it is
 * read, and stays there only if it is new: no string is made for a word that is known.
 */
export class WordTable {
  units = new Uint16Array(8_192)
  /** Where each word begins in `units`; one more than there are words. */
  starts = new Uint32Array(FIRST_SIZE + 1)
  counts = new Uint32Array(FIRST_SIZE)
  size = 0
  private hashes = new Uint32Array(FIRST_SIZE)
  private table = new Uint32Array(FIRST_SIZE * 2)

  /** Room for one more text of this length. */
  reserve(length: number): void {
    const end = (this.starts[this.size] ?? 0) + length
    if (end <= this.units.length) return
    const units = new Uint16Array(Math.max(end, this.units.length * 2))
    units.set(this.units)
    this.units = units
  }

  /** The number of the word of `length` units that lies at the end. */
  take(length: number, hash: number): number {
    const { units, starts, table, hashes } = this
    const from = starts[this.size] ?? 0
    const mask = table.length - 1
    let place = Math.imul(hash, 0x9e3779b1) >>> 7
    for (;;) {
      place &= mask
      const known = (table[place] ?? 0) - 1
      if (known < 0) break
      if (hashes[known] === hash) {
        const other = starts[known] ?? 0
        if ((starts[known + 1] ?? 0) - other === length) {
          let at = 0
          while (at < length && units[other + at] === units[from + at]) at++
          if (at === length) {
            this.counts[known] = (this.counts[known] ?? 0) + 1
            return known
          }
        }
      }
      place++
    }
    const id = this.size
    table[place] = id + 1
    hashes[id] = hash
    this.counts[id] = 1
    this.size = id + 1
    starts[id + 1] = from + length
    if (this.size === hashes.length) this.grow()
    return id
  }

  takeString(word: string): number {
    this.reserve(word.length)
    const from = this.starts[this.size] ?? 0
    let hash = HASH_SEED
    for (let at = 0; at < word.length; at++) {
      const unit = word.charCodeAt(at)
      this.units[from + at] = unit
      hash = hashStep(hash, unit)
    }
    return this.take(word.length, hash >>> 0)
  }

  private grow(): void {
    const size = this.hashes.length * 2
    const hashes = new Uint32Array(size)
    hashes.set(this.hashes)
    const counts = new Uint32Array(size)
    counts.set(this.counts)
    const starts = new Uint32Array(size + 1)
    starts.set(this.starts)
    const table = new Uint32Array(size * 2)
    const mask = table.length - 1
    for (let id = 0; id < this.size; id++) {
      let place = (Math.imul(hashes[id] ?? 0, 0x9e3779b1) >>> 7) & mask
      while (table[place] !== 0) place = (place + 1) & mask
      table[place] = id + 1
    }
    this.hashes = hashes
    this.counts = counts
    this.starts = starts
    this.table = table
  }
}

export const HASH_SEED = 0x811c9dc5 | 0
export function hashStep(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193)
}
