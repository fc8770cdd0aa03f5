type Id = string | number

/** Ids as they are saved: numbers as such, texts end to end. */
export interface SavedIds {
  /** NaN for a text; empty where no id is a number. */
  readonly numbers: Float64Array
  /** UTF-8 of all texts. */
  readonly texts: Uint8Array
  /** Per client where its text ends in `texts`; where it is the same as the one before, the id is in `numbers`. */
  readonly ends: Uint32Array
  /** Clients by the hash of their ids, rising: one is looked up by halves. */
  readonly order: Uint32Array
}

/** Ids of clients and the numbers that the engine knows them by. Ids that were loaded stay packed. */
export class ClientIds {
  private readonly packed: SavedIds | null
  private readonly packedCount: number
  /** Ids after those. */
  private readonly added: Id[] = []
  /** Of the added ones as far as they were put in one by one. */
  private readonly single = new Map<Id, number>()
  private order: Uint32Array
  private readonly decoder = new TextDecoder()

  constructor(saved: SavedIds | null = null) {
    this.packed = saved
    this.packedCount = saved?.ends.length ?? 0
    this.order = saved?.order ?? new Uint32Array(0)
  }

  at(doc: number): Id {
    const { packed } = this
    if (packed === null || doc >= this.packedCount) return this.added[doc - this.packedCount] ?? ''
    const from = doc === 0 ? 0 : (packed.ends[doc - 1] ?? 0)
    const to = packed.ends[doc] ?? 0
    if (from < to) return this.decoder.decode(packed.texts.subarray(from, to))
    const number = packed.numbers[doc] ?? Number.NaN
    return Number.isNaN(number) ? '' : number
  }

  /** The first ids, each another. */
  fill(ids: Iterable<Id>): void {
    for (const id of ids) this.added.push(id)
    this.order = orderByHash(this.added)
  }

  /** The number of an id, or -1. */
  find(id: Id): number {
    const single = this.single.get(id)
    if (single !== undefined) return single
    const { order } = this
    const wanted = hashOf(id)
    let low = 0
    let high = order.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (hashOf(this.at(order[middle] ?? 0)) < wanted) low = middle + 1
      else high = middle
    }
    for (; low < order.length; low++) {
      const doc = order[low] ?? 0
      const own = this.at(doc)
      if (own === id) return doc
      if (hashOf(own) !== wanted) break
    }
    return -1
  }

  /** The number of an id, a new one where it has none. */
  take(id: Id): number {
    const known = this.find(id)
    if (known !== -1) return known
    const doc = this.packedCount + this.added.length
    this.added.push(id)
    this.single.set(id, doc)
    return doc
  }

  save(): SavedIds {
    const count = this.packedCount + this.added.length
    const numbers = new Float64Array(count).fill(Number.NaN)
    const ends = new Uint32Array(count)
    const ids = Array.from({ length: count }, (_, doc) => this.at(doc))
    const texts = new TextEncoder().encode(ids.filter((id) => typeof id === 'string').join(''))
    let end = 0
    for (const [doc, id] of ids.entries()) {
      if (typeof id === 'number') numbers[doc] = id
      else end += utf8Length(id)
      ends[doc] = end
    }
    const hasNumbers = ids.some((id) => typeof id === 'number')
    return {
      numbers: hasNumbers ? numbers : new Float64Array(0),
      texts,
      ends,
      order: this.order.length === count ? this.order : orderByHash(ids),
    }
  }
}

function orderByHash(ids: readonly Id[]): Uint32Array {
  const hashes = new Uint32Array(ids.length)
  let order = new Uint32Array(ids.length)
  let next = new Uint32Array(ids.length)
  for (let doc = 0; doc < ids.length; doc++) {
    hashes[doc] = hashOf(ids[doc] ?? '')
    order[doc] = doc
  }
  for (const shift of [0, 16]) {
    const starts = new Uint32Array(65_537)
    for (const hash of hashes) {
      const slot = ((hash >>> shift) & 0xffff) + 1
      starts[slot] = (starts[slot] ?? 0) + 1
    }
    for (let slot = 1; slot < starts.length; slot++) starts[slot] = (starts[slot] ?? 0) + (starts[slot - 1] ?? 0)
    for (const doc of order) {
      const slot = ((hashes[doc] ?? 0) >>> shift) & 0xffff
      const to = starts[slot] ?? 0
      starts[slot] = to + 1
      next[to] = doc
    }
    const swap = order
    order = next
    next = swap
  }
  return order
}

function hashOf(id: Id): number {
  const text = typeof id === 'number' ? `#${id}` : id
  let hash = 0x811c9dc5 | 0
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

function utf8Length(text: string): number {
  let length = text.length
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    // Two bytes for each half of a pair; three for all others, and for a half without its other.
    if (unit > 0x7f) length += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff && isPaired(text, at)) ? 1 : 2
  }
  return length
}

function isPaired(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit < 0xdc00
    ? text.charCodeAt(at + 1) >= 0xdc00 && text.charCodeAt(at + 1) <= 0xdfff
    : text.charCodeAt(at - 1) >= 0xd800 && text.charCodeAt(at - 1) <= 0xdbff
}
