const FIRST_SIZE = 1_024
/** Numbers per place of the table: the word's number plus one, hash, `placeOf`, how often it was taken. */
const ENTRY = 4
const LONG = 63

/** Words to numbers, in the order of their first sight. No string is made for a word that lies in bytes. */
export class WordTable {
  units = new Uint16Array(8_192)
  /** Where each word begins in `units`; one more than there are words. */
  starts = new Uint32Array(FIRST_SIZE + 1)
  size = 0
  private most = FIRST_SIZE
  /** Open addressing, at most half full. */
  private table = new Uint32Array(FIRST_SIZE * 2 * ENTRY)

  /** The number of the word that lies in `text` from `from` on. */
  take(text: Uint8Array | Uint16Array, from: number, length: number, hash: number): number {
    const { table, units } = this
    const mask = table.length - ENTRY
    let place = slotOf(hash) & mask
    for (;;) {
      const known = table[place] ?? 0
      if (known === 0) return this.add(text, from, length, hash, place)
      if (table[place + 1] === hash) {
        const packed = table[place + 2] ?? 0
        const start = packed >>> 6
        const own = (packed & LONG) < LONG ? packed & LONG : (this.starts[known] ?? 0) - start
        if (own === length) {
          let at = 0
          while (at < length && units[start + at] === text[from + at]) at++
          if (at === length) {
            table[place + 3] = (table[place + 3] ?? 0) + 1
            return known - 1
          }
        }
      }
      place = (place + ENTRY) & mask
    }
  }

  takeString(word: string): number {
    const units = new Uint16Array(word.length)
    let hash = HASH_SEED
    for (let at = 0; at < word.length; at++) {
      const unit = word.charCodeAt(at)
      units[at] = unit
      hash = hashStep(hash, unit)
    }
    return this.take(units, 0, word.length, hash >>> 0)
  }

  /** How often each word was taken. */
  counts(): Uint32Array {
    const counts = new Uint32Array(this.size)
    for (let place = 0; place < this.table.length; place += ENTRY) {
      const known = this.table[place] ?? 0
      if (known > 0) counts[known - 1] = this.table[place + 3] ?? 0
    }
    return counts
  }

  bytes(): number {
    return this.units.byteLength + this.starts.byteLength + this.table.byteLength
  }

  private add(text: Uint8Array | Uint16Array, from: number, length: number, hash: number, place: number): number {
    const id = this.size
    const start = this.starts[id] ?? 0
    if (start + length > this.units.length) {
      const units = new Uint16Array(Math.max(start + length, this.units.length * 2))
      units.set(this.units)
      this.units = units
    }
    for (let at = 0; at < length; at++) this.units[start + at] = text[from + at] ?? 0
    this.table[place] = id + 1
    this.table[place + 1] = hash
    this.table[place + 2] = (start << 6) | Math.min(length, LONG)
    this.table[place + 3] = 1
    this.starts[id + 1] = start + length
    this.size = id + 1
    if (this.size === this.most) this.grow()
    return id
  }

  private grow(): void {
    this.most *= 2
    const starts = new Uint32Array(this.most + 1)
    starts.set(this.starts)
    const table = new Uint32Array(this.most * 2 * ENTRY)
    const mask = table.length - ENTRY
    for (let from = 0; from < this.table.length; from += ENTRY) {
      if (this.table[from] === 0) continue
      let place = slotOf(this.table[from + 1] ?? 0) & mask
      while (table[place] !== 0) place = (place + ENTRY) & mask
      for (let at = 0; at < ENTRY; at++) table[place + at] = this.table[from + at] ?? 0
    }
    this.starts = starts
    this.table = table
  }
}

export const HASH_SEED = 0x811c9dc5 | 0
export function hashStep(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193)
}

/** A multiple of `ENTRY`, before the mask. */
function slotOf(hash: number): number {
  return (Math.imul(hash, 0x9e3779b1) >>> 5) << 2
}
