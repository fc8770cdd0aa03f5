import { SEARCH_FIELDS } from './engine-contract.ts'
import { FIELD_ZONES, ZONES } from './match-kinds.ts'
import { varintLength, writeVarint } from './varint.ts'

const FIELDS = SEARCH_FIELDS.length
const ZONE_OF_FIELD = Uint8Array.from(FIELD_ZONES)

/** Makes forward index and postings of words: first all documents are counted, then all are written. */
export class ListWriter {
  private readonly terms: number
  /** Per zone and rank: the place of the last document that has it, plus one; and how long its list is, later where it ends. */
  private readonly lists: Uint32Array
  private forward: Uint8Array<ArrayBuffer>
  private end = 0
  private next = 0
  private postings = new Uint8Array(0)

  constructor(terms: number, documents: number) {
    this.terms = terms
    this.lists = new Uint32Array(terms * ZONES * 2)
    this.forward = new Uint8Array(documents * 64 + 64)
  }

  /** @param ids per field how many words, then their numbers. @returns where the document ends in the forward index. */
  count(at: number, ids: Uint32Array, numbers: number, rankOf: Uint32Array): number {
    if (this.end + numbers * 5 > this.forward.length) this.grow(numbers * 5)
    const { lists, terms, forward } = this
    let { end } = this
    let next = 0
    for (let field = 0; field < FIELDS; field++) {
      const count = ids[next++] ?? 0
      const base = (ZONE_OF_FIELD[field] ?? 0) * terms
      end = writeVarint(forward, end, count)
      for (const last = next + count; next < last; next++) {
        const rank = rankOf[ids[next] ?? 0] ?? 0
        end = rank < 128 ? writeByte(forward, end, rank) : writeVarint(forward, end, rank)
        const list = (base + rank) * 2
        const before = lists[list] ?? 0
        if (before === at + 1) continue
        lists[list] = at + 1
        lists[list + 1] = (lists[list + 1] ?? 0) + varintLength(at + 1 - before)
      }
    }
    this.end = end
    return end
  }

  /** All documents have been counted. @returns per zone, per term where its list begins. */
  layOut(rankOfTerm: Uint32Array): readonly Uint32Array[] {
    const { lists, terms } = this
    let bytes = 0
    const offsets = Array.from({ length: ZONES }, () => new Uint32Array(terms + 1))
    for (const [zone, own] of offsets.entries()) {
      for (let term = 0; term < terms; term++) {
        const list = (zone * terms + (rankOfTerm[term] ?? 0)) * 2
        own[term] = bytes
        const length = lists[list + 1] ?? 0
        lists[list] = 0
        lists[list + 1] = bytes
        bytes += length
      }
      own[terms] = bytes
    }
    this.postings = new Uint8Array(bytes)
    this.forward = this.forward.slice(0, this.end)
    return offsets
  }

  /** The next document, in the same order. */
  write(at: number): void {
    const { lists, terms, forward, postings } = this
    let { next } = this
    for (let field = 0; field < FIELDS; field++) {
      const base = (ZONE_OF_FIELD[field] ?? 0) * terms
      let count = -1
      for (let left = 1; left > 0; left--) {
        let value = forward[next++] ?? 0
        if (value > 127) {
          value &= 127
          for (let shift = 7; ; shift += 7) {
            const byte = forward[next++] ?? 0
            value |= (byte & 127) << shift
            if (byte < 128) break
          }
        }
        // The first number says how many follow.
        if (count === -1) {
          count = value
          left += value
          continue
        }
        const list = (base + value) * 2
        const before = lists[list] ?? 0
        if (before === at + 1) continue
        lists[list] = at + 1
        lists[list + 1] = writeVarint(postings, lists[list + 1] ?? 0, at + 1 - before)
      }
    }
    this.next = next
  }

  done(): { readonly forward: Uint8Array; readonly postings: Uint8Array } {
    return { forward: this.forward, postings: this.postings }
  }

  private grow(least: number): void {
    const longer = new Uint8Array(Math.max(this.end + least, this.forward.length * 2))
    longer.set(this.forward)
    this.forward = longer
  }
}

function writeByte(bytes: Uint8Array, at: number, value: number): number {
  bytes[at] = value
  return at + 1
}
