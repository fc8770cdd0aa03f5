/** A seeded stream of numbers (sfc32): the same seed and stream give the same numbers on every machine. */
export class Random {
  #a: number
  #b: number
  #c: number
  #d = 1

  constructor(seed: number, stream: number) {
    this.#a = seed | 0
    this.#b = stream | 0
    this.#c = (seed ^ Math.imul(stream, 0x9e3779b1)) | 0
    // Neighbouring seeds begin alike and part within a few rounds.
    for (let i = 0; i < 12; i++) this.next()
  }

  /** From 0 up to but not including 1. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    return (sum >>> 0) / 4_294_967_296
  }

  /** A whole number from 0 up to but not including `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end)
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)]
    if (one === undefined) throw new Error('nothing to pick from')
    return one
  }

  chance(share: number): boolean {
    return this.next() < share
  }
}

/** Ranks by Zipf's law: rank r comes with a weight of 1 / (r + 3) ^ exponent. */
export class Zipf {
  readonly #sums: Float64Array

  constructor(count: number, exponent = 1) {
    this.#sums = new Float64Array(count)
    let sum = 0
    for (let rank = 0; rank < count; rank++) {
      sum += 1 / (rank + 3) ** exponent
      this.#sums[rank] = sum
    }
  }

  draw(random: Random): number {
    const sums = this.#sums
    const wanted = random.next() * (sums[sums.length - 1] ?? 0)
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}
