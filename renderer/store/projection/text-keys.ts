import type { Slot } from '../records/record-contract.ts'
import { grown } from './grown.ts'
import type { SortSymbols } from './sort-symbols.ts'

/** As many symbols (98 at most) as a number of 53 bits takes. */
const PER_NUMBER = 8
/** Behind every text: no value. */
export const NO_KEY = Number.POSITIVE_INFINITY

/**
 * The texts of one column as numbers: their first sixteen symbols, packed, and a hash. Numbers that differ say the order;
 * where they are equal and the hashes too, the text is taken for the same; else the collator is asked.
 */
export interface TextKeys {
  readonly set: (slot: Slot, text: string | null) => void
  readonly isEmpty: (slot: Slot) => boolean
  /** Below or above 0 where the numbers differ; 0 where they say nothing. */
  readonly compare: (a: Slot, b: Slot) => number
  readonly isSameText: (a: Slot, b: Slot) => boolean
  /** Both halves of the key, as `compare` has them. */
  readonly numbers: readonly ((slot: Slot) => number)[]
  /** Whether a text may begin so, as far as its key tells. */
  readonly mayBegin: (prefix: string) => (slot: Slot) => boolean
  readonly arrays: () => { readonly first: Float64Array; readonly second: Float64Array; readonly hash: Uint32Array }
  /** Keeps what it is given. */
  readonly load: (
    first: Float64Array<ArrayBuffer>,
    second: Float64Array<ArrayBuffer>,
    hash: Uint32Array<ArrayBuffer>,
  ) => void
  /** As it is now, whatever is set later. */
  readonly snapshot: () => TextKeys
  readonly bytes: () => number
}

export function createTextKeys(symbols: SortSymbols): TextKeys {
  return textKeys(symbols, new Float64Array(0), new Float64Array(0), new Uint32Array(0))
}

function textKeys(
  symbols: SortSymbols,
  firsts: Float64Array<ArrayBuffer>,
  seconds: Float64Array<ArrayBuffer>,
  hashes: Uint32Array<ArrayBuffer>,
): TextKeys {
  let first = firsts
  let second = seconds
  let hash = hashes
  const buffer = new Uint8Array(2 * PER_NUMBER)
  const pack = (from: number): number => {
    let packed = 0
    for (let i = from; i < from + PER_NUMBER; i++) packed = packed * symbols.count + (buffer[i] ?? 0)
    return packed
  }
  return {
    set: (slot, text) => {
      first = grown(first, slot)
      second = grown(second, slot)
      hash = grown(hash, slot)
      if (text === null) {
        first[slot] = NO_KEY
        second[slot] = 0
        hash[slot] = 0
        return
      }
      symbols.read(text, buffer, 2 * PER_NUMBER)
      first[slot] = pack(0)
      second[slot] = pack(PER_NUMBER)
      hash[slot] = hashOf(text)
    },
    isEmpty: (slot) => first[slot] === NO_KEY,
    compare: (a, b) => {
      const left = first[a] ?? NO_KEY
      const right = first[b] ?? NO_KEY
      if (left !== right) return left < right ? -1 : 1
      const more = second[a] ?? 0
      const other = second[b] ?? 0
      return more === other ? 0 : more < other ? -1 : 1
    },
    isSameText: (a, b) => hash[a] === hash[b],
    numbers: [(slot) => first[slot] ?? NO_KEY, (slot) => second[slot] ?? 0],
    mayBegin: (prefix) => {
      symbols.read(prefix, buffer, 2 * PER_NUMBER)
      const end = buffer.subarray(0, PER_NUMBER).indexOf(0)
      const low = pack(0)
      const high = low + symbols.count ** (end === -1 ? 0 : PER_NUMBER - end)
      return (slot) => {
        const key = first[slot] ?? NO_KEY
        return key >= low && key < high
      }
    },
    arrays: () => ({ first, second, hash }),
    load: (a, b, c) => {
      first = a
      second = b
      hash = c
    },
    snapshot: () => textKeys(symbols, first.slice(), second.slice(), hash.slice()),
    bytes: () => first.byteLength + second.byteLength + hash.byteLength,
  }
}

/** FNV-1a over the units of a text. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
