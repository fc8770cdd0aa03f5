/**
 * Many small things in one piece of bytes, each of which can be read, checked, and lost, alone. Little endian:
 *
 *   magic, count, fixed bytes of each (u32) · per entry: end of its text (u32), checksum (u32) · fixed parts · texts
 */
export interface PackedList {
  readonly count: number
  readonly bytes: Uint8Array
  readonly view: DataView
  /** Where the fixed part of an entry begins. */
  readonly fixedAt: (index: number) => number
  readonly startOf: (index: number) => number
  readonly endOf: (index: number) => number
  /** Whether an entry is as it was written. */
  readonly isWhole: (index: number) => boolean
}

/** "CLP1" */
const MAGIC = 0x31504c43
const HEADER = 12
const ENTRY = 8

/** Null where these bytes are no list at all. */
export function openPackedList(bytes: Uint8Array, fixedBytes: number): PackedList | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER || view.getUint32(0, true) !== MAGIC || view.getUint32(8, true) !== fixedBytes) return null
  const count = view.getUint32(4, true)
  const fixed = HEADER + count * ENTRY
  const texts = fixed + count * fixedBytes
  if (texts > bytes.length) return null
  const endOf = (index: number): number => texts + view.getUint32(HEADER + index * ENTRY, true)
  const startOf = (index: number): number => (index === 0 ? texts : endOf(index - 1))
  const fixedAt = (index: number): number => fixed + index * fixedBytes
  return {
    count,
    bytes,
    view,
    fixedAt,
    startOf,
    endOf,
    isWhole: (index) => {
      if (index < 0 || index >= count) return false
      const start = startOf(index)
      const end = endOf(index)
      if (start > end || end > bytes.length) return false
      return view.getUint32(HEADER + index * ENTRY + 4, true) === checksum(view, fixedAt(index), fixedBytes, start, end)
    },
  }
}

const encoder = new TextEncoder()

/** Entries in order: `begin`, its texts, `end`. */
export class PackedListWriter {
  readonly #count: number
  readonly #fixedBytes: number
  readonly #texts: number
  #bytes: Uint8Array
  #view: DataView
  #at: number
  #index = 0

  constructor(count: number, fixedBytes: number, textBytes: number) {
    this.#count = count
    this.#fixedBytes = fixedBytes
    this.#texts = HEADER + count * (ENTRY + fixedBytes)
    this.#at = this.#texts
    this.#bytes = new Uint8Array(this.#texts + textBytes)
    this.#view = new DataView(this.#bytes.buffer)
    this.#view.setUint32(0, MAGIC, true)
    this.#view.setUint32(4, count, true)
    this.#view.setUint32(8, fixedBytes, true)
  }

  /** To write the fixed part of the entry that is being made: into `view`, from `fixedAt`. */
  get view(): DataView {
    return this.#view
  }
  get fixedAt(): number {
    return HEADER + this.#count * ENTRY + this.#index * this.#fixedBytes
  }

  /** Appends to the text of the entry; how many bytes it took. */
  text(text: string): number {
    this.#need(text.length * 3)
    const written = writePlain(text, this.#bytes, this.#at)
    if (written !== null) {
      this.#at += written
      return written
    }
    const encoded = encoder.encodeInto(text, this.#bytes.subarray(this.#at))
    this.#at += encoded.written
    return encoded.written
  }

  end(): void {
    const entry = HEADER + this.#index * ENTRY
    const start = this.#index === 0 ? this.#texts : this.#texts + this.#view.getUint32(entry - ENTRY, true)
    this.#view.setUint32(entry, this.#at - this.#texts, true)
    this.#view.setUint32(entry + 4, checksum(this.#view, this.fixedAt, this.#fixedBytes, start, this.#at), true)
    this.#index++
  }

  /** An entry that is not whole. */
  skip(): void {
    this.end()
    const sum = HEADER + (this.#index - 1) * ENTRY + 4
    this.#view.setUint32(sum, ~this.#view.getUint32(sum, true), true)
  }

  /** An entry of another list of the same kind, as it stands there. */
  copy(list: PackedList, index: number): void {
    const [start, end] = [list.startOf(index), list.endOf(index)]
    const fixed = list.fixedAt(index)
    this.#need(end - start)
    this.#bytes.set(list.bytes.subarray(fixed, fixed + this.#fixedBytes), this.fixedAt)
    this.#bytes.set(list.bytes.subarray(start, end), this.#at)
    this.#at += end - start
    this.end()
  }

  bytes(): Uint8Array<ArrayBuffer> {
    // Of its own size: what is stored is the buffer, not the view.
    return this.#bytes.slice(0, this.#at) as Uint8Array<ArrayBuffer>
  }

  #need(more: number): void {
    if (this.#at + more <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + more))
    larger.set(this.#bytes)
    this.#bytes = larger
    this.#view = new DataView(larger.buffer)
  }
}

/** Remote ids and the like: a call of the encoder costs more than they do. */
const PLAIN_LENGTH = 48

/** Null for a text that is long, or not of ASCII alone. */
function writePlain(text: string, into: Uint8Array, at: number): number | null {
  const { length } = text
  if (length > PLAIN_LENGTH) return null
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) return null
    into[at + i] = code
  }
  return length
}

/** Tells damage, not malice. */
function checksum(view: DataView, fixedAt: number, fixedBytes: number, start: number, end: number): number {
  return sumOf(view, start, end, sumOf(view, fixedAt, fixedAt + fixedBytes, 0x811c9dc5 ^ (end - start))) >>> 0
}

function sumOf(view: DataView, from: number, to: number, seed: number): number {
  let sum = seed
  let at = from
  for (; at + 4 <= to; at += 4) {
    sum = Math.imul(sum ^ view.getUint32(at, true), 0x9e3779b1)
    sum ^= sum >>> 15
  }
  for (; at < to; at++) {
    sum = Math.imul(sum ^ view.getUint8(at), 0x01000193)
    sum ^= sum >>> 13
  }
  return sum
}
