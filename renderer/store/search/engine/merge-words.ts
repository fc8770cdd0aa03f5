import { Dictionary } from './dictionary.ts'
import type { DocumentSource } from './document-source.ts'

export interface MergedWords {
  readonly dictionary: Dictionary
  readonly rankOfTerm: Uint32Array
  readonly termOfRank: Uint32Array
  /** Per source: its number of a word → rank. */
  readonly ranks: readonly Uint32Array[]
}

const SLICE = 4_096

/** One dictionary out of those of the sources; words that no living document can have stay out. */
export function* mergeWords(sources: readonly DocumentSource[]): Generator<void, MergedWords> {
  const termOf = sources.map((source) => new Uint32Array(source.words))
  let most = 0
  let units = 0
  for (const source of sources) {
    most += source.words
    for (let at = 0; at < source.words; at++) {
      const word = source.sorted[at] ?? 0
      units += source.unitsTo(word) - source.unitsFrom(word)
    }
  }
  const weights = new Float64Array(most)
  const ascii = new Uint8Array(units)
  const wide = new Uint16Array(units)
  const asciiStarts = new Uint32Array(most + 1)
  const wideStarts = new Uint32Array(most + 1)
  let terms = 0
  let asciiTerms = 0
  let asciiAt = 0
  let wideAt = 0
  for (const isWide of [false, true]) {
    const next = sources.map((source) => (isWide ? source.asciiCount : 0))
    const ends = sources.map((source) => (isWide ? source.words : source.asciiCount))
    for (let step = 1; ; step++) {
      let least = -1
      for (let index = 0; index < sources.length; index++) {
        if ((next[index] ?? 0) >= (ends[index] ?? 0)) continue
        if (least === -1 || compareWords(sources, next, index, least) < 0) least = index
      }
      if (least === -1) break
      let weight = 0
      let length = 0
      for (let index = sources.length - 1; index >= 0; index--) {
        const source = sources[index]
        if (source === undefined || (next[index] ?? 0) >= (ends[index] ?? 0)) continue
        if (index !== least && compareWords(sources, next, index, least) !== 0) continue
        const word = source.sorted[next[index] ?? 0] ?? 0
        const table = termOf[index]
        if (table !== undefined) table[word] = terms
        weight += source.weightOf(word)
        if (index === least) {
          const from = source.unitsFrom(word)
          length = source.unitsTo(word) - from
          const own = source.units(word)
          if (isWide) for (let at = 0; at < length; at++) wide[wideAt + at] = own[from + at] ?? 0
          else for (let at = 0; at < length; at++) ascii[asciiAt + at] = own[from + at] ?? 0
        }
        // The least is advanced last: the others are compared with it.
        if (index !== least) next[index] = (next[index] ?? 0) + 1
      }
      next[least] = (next[least] ?? 0) + 1
      if (weight > 0) {
        weights[terms++] = weight
        if (isWide) {
          wideAt += length
          wideStarts[terms - asciiTerms] = wideAt
        } else {
          asciiAt += length
          asciiTerms = terms
          asciiStarts[terms] = asciiAt
        }
      }
      if (step % SLICE === 0) yield
    }
  }
  const { rankOfTerm, termOfRank } = rankTerms(weights, terms)
  for (const table of termOf)
    for (let word = 0; word < table.length; word++) table[word] = rankOfTerm[table[word] ?? 0] ?? 0
  yield
  const dictionary = new Dictionary(
    ascii.slice(0, asciiAt),
    asciiStarts.slice(0, asciiTerms + 1),
    wide.slice(0, wideAt),
    wideStarts.slice(0, terms - asciiTerms + 1),
  )
  return { dictionary, rankOfTerm, termOfRank, ranks: termOf }
}

function compareWords(sources: readonly DocumentSource[], next: readonly number[], a: number, b: number): number {
  const ofA = sources[a]
  const ofB = sources[b]
  if (ofA === undefined || ofB === undefined) return 0
  const wordA = ofA.sorted[next[a] ?? 0] ?? 0
  const wordB = ofB.sorted[next[b] ?? 0] ?? 0
  const unitsA = ofA.units(wordA)
  const unitsB = ofB.units(wordB)
  let atA = ofA.unitsFrom(wordA)
  let atB = ofB.unitsFrom(wordB)
  const endA = ofA.unitsTo(wordA)
  const endB = ofB.unitsTo(wordB)
  while (atA < endA && atB < endB) {
    const difference = (unitsA[atA++] ?? 0) - (unitsB[atB++] ?? 0)
    if (difference !== 0) return difference
  }
  return endA - atA - (endB - atB)
}

const BUCKETS = 512

/** The most frequent first, by eighths of powers of two: which of two nearly equals comes first does not matter. */
function rankTerms(weights: Float64Array, terms: number): { rankOfTerm: Uint32Array; termOfRank: Uint32Array } {
  const rankOfTerm = new Uint32Array(terms)
  const termOfRank = new Uint32Array(terms)
  const buckets = new Uint16Array(terms)
  const counts = new Uint32Array(BUCKETS + 1)
  for (let term = 0; term < terms; term++) {
    const bucket = Math.max(0, BUCKETS - 1 - Math.floor(Math.log2(weights[term] ?? 1) * 8))
    buckets[term] = bucket
    counts[bucket + 1] = (counts[bucket + 1] ?? 0) + 1
  }
  for (let at = 1; at <= BUCKETS; at++) counts[at] = (counts[at] ?? 0) + (counts[at - 1] ?? 0)
  for (let term = 0; term < terms; term++) {
    const bucket = buckets[term] ?? 0
    const rank = counts[bucket] ?? 0
    counts[bucket] = rank + 1
    rankOfTerm[term] = rank
    termOfRank[rank] = term
  }
  return { rankOfTerm, termOfRank }
}
