import { gramChoices } from './phone-grams.ts'
import type { Segment } from './segment.ts'

/** Sets the bits of all places in a list of postings. */
export function addPostings(bytes: Uint8Array, from: number, to: number, bits: Uint32Array): void {
  let at = from
  let place = -1
  while (at < to) {
    let byte = bytes[at++] ?? 0
    let step = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++] ?? 0
      step |= (byte & 127) << shift
    }
    place += step
    bits[place >> 5] = (bits[place >> 5] ?? 0) | (1 << (place & 31))
  }
}

/** Bytes of the lists of the terms `[lo, hi)` in a zone: about as many as there are postings. */
export function postingsBytes(segment: Segment, zone: number, lo: number, hi: number): number {
  const offsets = segment.postingsAt[zone]
  return (offsets?.[hi] ?? 0) - (offsets?.[lo] ?? 0)
}

export function addTerms(segment: Segment, zone: number, lo: number, hi: number, bits: Uint32Array): void {
  const offsets = segment.postingsAt[zone]
  if (offsets === undefined) return
  for (let term = lo; term < hi; term++) {
    const from = offsets[term] ?? 0
    const to = offsets[term + 1] ?? 0
    if (from < to) addPostings(segment.postings, from, to, bits)
  }
}

/** Lists of phone sequences `[from, to)` by index in `gramKeys`. */
export interface GramRange {
  readonly lo: number
  readonly hi: number
  readonly bytes: number
}

function gramRange(segment: Segment, from: number, to: number): GramRange {
  const lo = lowerBound(segment.gramKeys, from)
  const hi = lowerBound(segment.gramKeys, to)
  return { lo, hi, bytes: (segment.gramsAt[hi] ?? 0) - (segment.gramsAt[lo] ?? 0) }
}

interface FoundGrams {
  /** Who may begin with the digits; up to three digits: who does. */
  readonly starts: GramRange
  /** Who ends with them; null where no sequence is long enough to say so. */
  readonly ends: GramRange | null
  /** For each of their sequences who has it: whoever has the digits is in all of these. Up to four digits: only they. */
  readonly anywhere: readonly GramRange[]
}

/** @param digits two or more. */
export function findGrams(segment: Segment, digits: string): FoundGrams {
  const { starts, ends, anywhere } = gramChoices(digits)
  return {
    starts: gramRange(segment, ...starts),
    ends: ends === null ? null : gramRange(segment, ...ends),
    anywhere: anywhere.map((range) => gramRange(segment, ...range)),
  }
}

export function addGrams(segment: Segment, range: GramRange, bits: Uint32Array): void {
  for (let index = range.lo; index < range.hi; index++) {
    addPostings(segment.gramPostings, segment.gramsAt[index] ?? 0, segment.gramsAt[index + 1] ?? 0, bits)
  }
}

function lowerBound(keys: Uint16Array, key: number): number {
  let lo = 0
  let hi = keys.length
  while (lo < hi) {
    const middle = (lo + hi) >> 1
    if ((keys[middle] ?? 0) < key) lo = middle + 1
    else hi = middle
  }
  return lo
}
