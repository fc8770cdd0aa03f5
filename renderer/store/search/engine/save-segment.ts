import { LOADED_VERSION, type SavedPart, type SavedParts } from '../../saved/saved-part.ts'
import { Dictionary } from './dictionary.ts'
import { ZONES } from './match-kinds.ts'
import { asF64, asU16, asU32, packSections, unpackSections } from './sections.ts'
import { emptyScratch, type Segment } from './segment.ts'
import { packRising, unpackRising } from './varint.ts'

/** What the manifest says of a segment. */
export interface SavedSegment {
  readonly id: number
  readonly size: number
  readonly terms: number
  readonly asciiTerms: number
  readonly grams: number
  readonly shortestPhone: number
  readonly deadCount: number
}

const WORD_SECTIONS = 5 + ZONES
const DOCUMENT_SECTIONS = 8

export function describeSegment(segment: Segment): SavedSegment {
  return {
    id: segment.id,
    size: segment.size,
    terms: segment.dictionary.size,
    asciiTerms: segment.dictionary.ascii.size,
    grams: segment.gramKeys.length,
    shortestPhone: segment.shortestPhone,
    deadCount: segment.scratch.deadCount,
  }
}

/** The pieces of a segment; only `dead` ever changes. */
export function partsOfSegment(segment: Segment): readonly SavedPart[] {
  const { id, dictionary, scratch } = segment
  const { dead, version } = scratch
  const parts: SavedPart[] = [
    {
      id: `search/${id}/words`,
      version,
      bytes: () =>
        packSections([
          dictionary.ascii.units,
          packRising(dictionary.ascii.starts),
          dictionary.wide.units,
          packRising(dictionary.wide.starts),
          segment.rankOfTerm,
          ...segment.postingsAt.map(packRising),
        ]),
    },
    { id: `search/${id}/postings`, version, bytes: () => segment.postings },
    { id: `search/${id}/forward`, version, bytes: () => segment.forward },
    {
      id: `search/${id}/documents`,
      version,
      bytes: () =>
        packSections([
          isCounting(segment.docs) ? new Uint32Array(0) : segment.docs,
          isSame(segment.recencies) ? segment.recencies.subarray(0, 1) : segment.recencies,
          packRising(segment.forwardAt),
          packRising(segment.phonesAt),
          segment.phones,
          segment.gramKeys,
          packRising(segment.gramsAt),
          segment.gramPostings,
        ]),
    },
  ]
  if (dead !== null) {
    parts.push({ id: `search/${id}/dead`, version: scratch.deadVersion, bytes: () => packSections([dead]) })
  }
  return parts
}

/** Null where a piece is missing or does not fit. */
export function loadSegment(parts: SavedParts, saved: SavedSegment): Segment | null {
  const { id, size, terms, asciiTerms, grams } = saved
  const words = sectionsOf(parts.get(`search/${id}/words`), WORD_SECTIONS)
  const documents = sectionsOf(parts.get(`search/${id}/documents`), DOCUMENT_SECTIONS)
  const postings = parts.get(`search/${id}/postings`)
  const forward = parts.get(`search/${id}/forward`)
  if (words === null || documents === null || postings === undefined || forward === undefined) return null
  const [asciiUnits, asciiStarts, wideUnits, wideStarts, ranks, ...offsets] = words
  const [docs, recencies, forwardAt, phonesAt, phones, gramKeys, gramsAt, gramPostings] = documents
  if (asciiUnits === undefined || asciiStarts === undefined || wideUnits === undefined) return null
  if (wideStarts === undefined || ranks === undefined || docs === undefined || recencies === undefined) return null
  if (forwardAt === undefined || phonesAt === undefined || phones === undefined) return null
  if (gramKeys === undefined || gramsAt === undefined || gramPostings === undefined) return null

  const rankOfTerm = asU32(ranks)
  const termOfRank = new Uint32Array(terms)
  if (rankOfTerm.length !== terms) return null
  for (let term = 0; term < terms; term++) termOfRank[rankOfTerm[term] ?? 0] = term
  const segment: Segment = {
    id,
    size,
    docs: docs.length === 0 ? counting(size) : asU32(docs),
    recencies: recencies.length === 8 ? new Float64Array(size).fill(asF64(recencies)[0] ?? 0) : asF64(recencies),
    dictionary: new Dictionary(
      asciiUnits,
      rising(asciiStarts, asciiTerms + 1),
      asU16(wideUnits),
      rising(wideStarts, terms - asciiTerms + 1),
    ),
    rankOfTerm,
    termOfRank,
    postings,
    postingsAt: offsets.map((packed) => rising(packed, terms + 1)),
    forward,
    forwardAt: rising(forwardAt, size + 1),
    phones,
    phonesAt: rising(phonesAt, size + 1),
    gramKeys: asU16(gramKeys),
    gramPostings,
    gramsAt: rising(gramsAt, grams + 1),
    shortestPhone: saved.shortestPhone,
    scratch: emptyScratch(LOADED_VERSION),
  }
  return fits(segment) && takeDead(segment, parts, saved) ? segment : null
}

function takeDead({ id, size, scratch }: Segment, parts: SavedParts, saved: SavedSegment): boolean {
  if (saved.deadCount === 0) return true
  const dead = sectionsOf(parts.get(`search/${id}/dead`), 1)?.[0]
  if (dead === undefined || dead.length !== ((size + 31) >> 5) * 4) return false
  scratch.dead = asU32(dead.slice())
  scratch.deadCount = saved.deadCount
  return true
}

function fits(segment: Segment): boolean {
  const { dictionary, size, postingsAt, gramsAt } = segment
  return (
    segment.docs.length === size &&
    segment.recencies.length === size &&
    segment.forwardAt[size] === segment.forward.length &&
    segment.phones.length === ((segment.phonesAt[size] ?? 0) + 1) >> 1 &&
    postingsAt[ZONES - 1]?.[dictionary.size] === segment.postings.length &&
    gramsAt[gramsAt.length - 1] === segment.gramPostings.length &&
    dictionary.ascii.starts[dictionary.ascii.size] === dictionary.ascii.units.length &&
    dictionary.wide.starts[dictionary.wide.size] === dictionary.wide.units.length
  )
}

function sectionsOf(bytes: Uint8Array | undefined, count: number): readonly Uint8Array[] | null {
  return bytes === undefined ? null : unpackSections(bytes, count)
}

function rising(bytes: Uint8Array, length: number): Uint32Array {
  const values = new Uint32Array(length)
  unpackRising(bytes, values)
  return values
}

function counting(size: number): Uint32Array {
  const docs = new Uint32Array(size)
  for (let at = 0; at < size; at++) docs[at] = at
  return docs
}

function isCounting(docs: Uint32Array): boolean {
  return docs.length > 0 && docs.every((doc, at) => doc === at)
}

function isSame(recencies: Float64Array): boolean {
  return recencies.length > 0 && recencies.every((recency) => recency === recencies[0])
}
