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

/** Gives a rank to documents that can match, each only once. */
export interface RankSink {
  /** Documents that can match. */
  readonly candidates: Uint32Array
  /** Those that have been given one. */
  readonly seen: Uint32Array
  /** Per place, added up. */
  readonly sums: Uint16Array
}

export function rankPostings(bytes: Uint8Array, from: number, to: number, rank: number, sink: RankSink): void {
  const { candidates, seen, sums } = sink
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
    const word = place >> 5
    const bit = 1 << (place & 31)
    if (((candidates[word] ?? 0) & bit) === 0) continue
    const before = seen[word] ?? 0
    if ((before & bit) !== 0) continue
    seen[word] = before | bit
    sums[place] = (sums[place] ?? 0) + rank
  }
}

export function rankTerms(segment: Segment, zone: number, lo: number, hi: number, rank: number, sink: RankSink): void {
  const offsets = segment.postingsAt[zone]
  if (offsets === undefined) return
  for (let term = lo; term < hi; term++) {
    const from = offsets[term] ?? 0
    const to = offsets[term + 1] ?? 0
    if (from < to) rankPostings(segment.postings, from, to, rank, sink)
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

/** Who may have the digits, by the rarest of their sequences, and who may begin with them. */
export function findGrams(
  segment: Segment,
  digits: string,
): { readonly starts: GramRange; readonly anywhere: GramRange } {
  const choices = gramChoices(digits)
  let anywhere: GramRange | null = null
  for (const [from, to] of choices.anywhere) {
    const range = gramRange(segment, from, to)
    if (anywhere === null || range.bytes < anywhere.bytes) anywhere = range
  }
  return { starts: gramRange(segment, ...choices.starts), anywhere: anywhere ?? { lo: 0, hi: 0, bytes: 0 } }
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
