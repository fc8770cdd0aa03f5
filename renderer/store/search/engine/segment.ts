import { LOADED_VERSION } from '../../saved/saved-part.ts'
import type { Dictionary } from './dictionary.ts'

/**
 * Documents that never change, ordered by recency falling, then by number: a document's place here (`at`) says which of
 * two equals comes first. Terms have two numbers: their place in the sorted dictionary (`term`), so that a beginning is a
 * range, and their rank by frequency (`rank`), so that the forward index is short.
 */
export interface Segment {
  readonly id: number
  readonly size: number
  /** Place → document. */
  readonly docs: Uint32Array
  readonly recencies: Float64Array
  readonly dictionary: Dictionary
  readonly rankOfTerm: Uint32Array
  readonly termOfRank: Uint32Array
  /** Places that have a term in a zone: varints of the distance to the one before, the first from -1. */
  readonly postings: Uint8Array
  /** Per zone, per term where its list begins in `postings`; the next one's begin is the end. */
  readonly postingsAt: readonly Uint32Array[]
  /** Per document and field: varint count, then varint ranks, in the order of the text. */
  readonly forward: Uint8Array
  readonly forwardAt: Uint32Array
  /** Digits, two to a byte, each phone ended by PHONE_END; `phonesAt` counts digits. */
  readonly phones: Uint8Array
  readonly phonesAt: Uint32Array
  readonly gramKeys: Uint16Array
  readonly gramPostings: Uint8Array
  readonly gramsAt: Uint32Array
  readonly shortestPhone: number
  /** What queries need over and over; made when first asked. */
  readonly scratch: SegmentScratch
}

export interface SegmentScratch {
  /** One bit per place that was removed or replaced since. */
  dead: Uint32Array | null
  deadCount: number
  /** LOADED_VERSION as long as nothing died since it was loaded. */
  deadVersion: number
  /** Of all that never changes. */
  readonly version: number
  /** Per rank: how its word meets the tokens of the query that runs. */
  marks: Uint32Array[]
  /** A bit per place, for lists that a query reads; whoever takes one clears it. */
  readonly bits: Uint32Array[]
}

export function isDead(segment: Segment, at: number): boolean {
  const { dead } = segment.scratch
  return dead !== null && ((dead[at >> 5] ?? 0) & (1 << (at & 31))) !== 0
}

export function kill(segment: Segment, at: number): void {
  const { scratch } = segment
  scratch.dead ??= new Uint32Array((segment.size + 31) >> 5)
  const word = scratch.dead[at >> 5] ?? 0
  const bit = 1 << (at & 31)
  if ((word & bit) !== 0) return
  scratch.dead[at >> 5] = word | bit
  scratch.deadCount++
  scratch.deadVersion++
}

/** @param version of its pieces: LOADED_VERSION or higher. */
export function emptyScratch(version: number): SegmentScratch {
  return { dead: null, deadCount: 0, deadVersion: LOADED_VERSION, version, marks: [], bits: [] }
}

export function segmentBytes(segment: Segment): number {
  const { dictionary, scratch } = segment
  let bytes = dictionary.bytes() + (scratch.dead?.byteLength ?? 0)
  for (const bits of scratch.bits) bytes += bits.byteLength
  for (const marks of scratch.marks) bytes += marks.byteLength
  for (const offsets of segment.postingsAt) bytes += offsets.byteLength
  for (const array of [
    segment.docs,
    segment.recencies,
    segment.rankOfTerm,
    segment.termOfRank,
    segment.postings,
    segment.forward,
    segment.forwardAt,
    segment.phones,
    segment.phonesAt,
    segment.gramKeys,
    segment.gramPostings,
    segment.gramsAt,
  ]) {
    bytes += array.byteLength
  }
  return bytes
}
