import { gramOf, gramsOf, PHONE_END } from './phone-grams.ts'
import { varintLength, writeVarint } from './varint.ts'

const GRAMS = gramOf(11, 11, 11, 11) + 1

/** Makes postings of phone sequences: first all documents are counted, then all are written. */
export class PhoneWriter {
  private readonly last = new Uint32Array(GRAMS)
  /** Bytes of each list, later where it ends. */
  private readonly ends = new Uint32Array(GRAMS)
  private readonly grams: Uint16Array
  private postings = new Uint8Array(0)
  shortest = 255

  /** @param longest most digits and end marks that a document has. */
  constructor(longest: number) {
    this.grams = new Uint16Array(longest + 2)
  }

  count(at: number, phones: Uint8Array, from: number, to: number): void {
    const { last, ends, grams } = this
    const count = gramsOf(phones, from, to, grams)
    for (let index = 0; index < count; index++) {
      const gram = grams[index] ?? 0
      const before = last[gram] ?? 0
      if (before === at + 1) continue
      last[gram] = at + 1
      ends[gram] = (ends[gram] ?? 0) + varintLength(at + 1 - before)
    }
    let start = from
    for (let place = from; place < to; place++) {
      if (phones[place] !== PHONE_END) continue
      if (place - start < this.shortest) this.shortest = place - start
      start = place + 1
    }
  }

  /** All documents have been counted. @returns which sequences there are and where their lists begin. */
  layOut(): { readonly gramKeys: Uint16Array; readonly gramsAt: Uint32Array } {
    const { ends, last } = this
    let count = 0
    for (const length of ends) if (length > 0) count++
    const gramKeys = new Uint16Array(count)
    const gramsAt = new Uint32Array(count + 1)
    let index = 0
    let at = 0
    for (let gram = 0; gram < ends.length; gram++) {
      const length = ends[gram] ?? 0
      if (length === 0) continue
      gramKeys[index] = gram
      gramsAt[index++] = at
      ends[gram] = at
      at += length
    }
    gramsAt[count] = at
    this.postings = new Uint8Array(at)
    last.fill(0)
    return { gramKeys, gramsAt }
  }

  write(at: number, phones: Uint8Array, from: number, to: number): void {
    const { last, ends, grams, postings } = this
    const count = gramsOf(phones, from, to, grams)
    for (let index = 0; index < count; index++) {
      const gram = grams[index] ?? 0
      const before = last[gram] ?? 0
      if (before === at + 1) continue
      last[gram] = at + 1
      ends[gram] = writeVarint(postings, ends[gram] ?? 0, at + 1 - before)
    }
  }

  done(): Uint8Array {
    return this.postings
  }
}
