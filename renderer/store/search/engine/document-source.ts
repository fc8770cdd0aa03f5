import { unpackDigits } from './digits.ts'
import type { PendingDocuments } from './pending-documents.ts'
import { isDead, type Segment } from './segment.ts'
import { sortWords } from './sort-words.ts'

/** Documents that a segment is made of: what was put in, or an older segment. Words have numbers of the source's own. */
export interface DocumentSource {
  /** Living documents, by recency falling, then number: their places in the source. */
  readonly order: Uint32Array
  readonly docOf: (place: number) => number
  readonly recencyOf: (place: number) => number
  readonly words: number
  /** Words in the order of a dictionary → the source's number. */
  readonly sorted: Uint32Array
  /** So many of them, the first, are ASCII. */
  readonly asciiCount: number
  readonly units: (word: number) => Uint8Array | Uint16Array
  readonly unitsFrom: (word: number) => number
  readonly unitsTo: (word: number) => number
  /** About how often it occurs; 0 for a word that no document has. */
  readonly weightOf: (word: number) => number
  /** Writes, field by field, how many words and then their numbers. @returns how many numbers were written. */
  readonly read: (place: number, out: Uint32Array) => number
  /** Upper bound of what `read` writes. */
  readonly longest: number
  readonly phones: Uint8Array
  /** Most digits and end marks that a document has. */
  readonly longestPhones: number
  readonly phonesFrom: (place: number) => number
  readonly phonesTo: (place: number) => number
}

export function sourceOfPending(pending: PendingDocuments): DocumentSource {
  const { words, docs, recencies, stream, streamAt, phonesAt, dead } = pending
  const { order: sorted, asciiCount } = sortWords(words)
  const streamTo = (place: number): number => (place + 1 < streamAt.at ? (streamAt.items[place + 1] ?? 0) : stream.at)
  let longest = 0
  const places: number[] = []
  for (let place = 0; place < docs.at; place++) {
    if (dead.has(place)) continue
    places.push(place)
    longest = Math.max(longest, streamTo(place) - (streamAt.items[place] ?? 0))
  }
  // Words that only the dead have are left behind: what was purged must not stand in a saved dictionary.
  const counts = dead.size === 0 ? words.counts() : new Uint32Array(words.size)
  if (dead.size > 0) {
    for (const place of places) {
      const to = streamTo(place)
      for (let at = streamAt.items[place] ?? 0; at < to; ) {
        for (const end = at + 1 + (stream.items[at] ?? 0); ++at < end; ) count(counts, stream.items[at] ?? 0)
      }
    }
  }
  return {
    order: sortByRecency(Uint32Array.from(places), recencies.items, docs.items),
    docOf: (place) => docs.items[place] ?? 0,
    recencyOf: (place) => recencies.items[place] ?? 0,
    words: words.size,
    sorted,
    asciiCount,
    units: () => words.units,
    unitsFrom: (word) => words.starts[word] ?? 0,
    unitsTo: (word) => words.starts[word + 1] ?? 0,
    weightOf: (word) => counts[word] ?? 0,
    read: (place, out) => {
      const from = streamAt.items[place] ?? 0
      const to = streamTo(place)
      const { items } = stream
      for (let at = from; at < to; at++) out[at - from] = items[at] ?? 0
      return to - from
    },
    longest,
    phones: pending.phones.items,
    longestPhones: pending.longestPhones,
    phonesFrom: (place) => phonesAt.items[place] ?? 0,
    phonesTo: (place) => (place + 1 < phonesAt.at ? (phonesAt.items[place + 1] ?? 0) : pending.phones.at),
  }
}

function sortByRecency(places: Uint32Array, recencies: Float64Array, docs: Uint32Array): Uint32Array {
  const compare = (a: number, b: number): number =>
    (recencies[b] ?? 0) - (recencies[a] ?? 0) || (docs[a] ?? 0) - (docs[b] ?? 0)
  for (let at = 1; at < places.length; at++) {
    if (compare(places[at - 1] ?? 0, places[at] ?? 0) > 0) return places.sort(compare)
  }
  return places
}

/** A segment without what died in it until now. */
export function sourceOfSegment(segment: Segment): DocumentSource {
  const { dictionary, forward, forwardAt, phonesAt, termOfRank, postingsAt } = segment
  const places: number[] = []
  let longest = 0
  let longestPhones = 0
  for (let at = 0; at < segment.size; at++) {
    if (isDead(segment, at)) continue
    places.push(at)
    longest = Math.max(longest, (forwardAt[at + 1] ?? 0) - (forwardAt[at] ?? 0))
    longestPhones = Math.max(longestPhones, (phonesAt[at + 1] ?? 0) - (phonesAt[at] ?? 0))
  }
  const read = (place: number, out: Uint32Array): number => {
    let at = forwardAt[place] ?? 0
    const end = forwardAt[place + 1] ?? 0
    let numbers = 0
    while (at < end) {
      let byte = forward[at++] ?? 0
      let value = byte & 127
      for (let shift = 7; byte > 127; shift += 7) {
        byte = forward[at++] ?? 0
        value |= (byte & 127) << shift
      }
      out[numbers++] = value
    }
    return numbers
  }
  const living = segment.scratch.deadCount === 0 ? null : countLiving(places, dictionary.size, longest, read)
  const listOf = (term: number) => (term < dictionary.wide.first ? dictionary.ascii : dictionary.wide)
  return {
    order: Uint32Array.from(places),
    docOf: (at) => segment.docs[at] ?? 0,
    recencyOf: (at) => segment.recencies[at] ?? 0,
    words: dictionary.size,
    sorted: segment.rankOfTerm,
    asciiCount: dictionary.ascii.size,
    units: (rank) => listOf(termOfRank[rank] ?? 0).units,
    unitsFrom: (rank) => {
      const term = termOfRank[rank] ?? 0
      const list = listOf(term)
      return list.starts[term - list.first] ?? 0
    },
    unitsTo: (rank) => {
      const term = termOfRank[rank] ?? 0
      const list = listOf(term)
      return list.starts[term - list.first + 1] ?? 0
    },
    weightOf: (rank) => {
      if (living !== null) return living[rank] ?? 0
      const term = termOfRank[rank] ?? 0
      let bytes = 0
      for (const offsets of postingsAt) bytes += (offsets[term + 1] ?? 0) - (offsets[term] ?? 0)
      return bytes
    },
    read,
    longest,
    phones: unpackDigits(segment.phones, phonesAt[segment.size] ?? 0),
    longestPhones,
    phonesFrom: (at) => segment.phonesAt[at] ?? 0,
    phonesTo: (at) => segment.phonesAt[at + 1] ?? 0,
  }
}

/** How often each word occurs in living documents. */
function countLiving(
  places: readonly number[],
  words: number,
  longest: number,
  read: DocumentSource['read'],
): Uint32Array {
  const counts = new Uint32Array(words)
  const ids = new Uint32Array(longest)
  for (const place of places) {
    const numbers = read(place, ids)
    for (let at = 0; at < numbers; ) {
      for (const end = at + 1 + (ids[at] ?? 0); ++at < end; ) count(counts, ids[at] ?? 0)
    }
  }
  return counts
}

function count(counts: Uint32Array, word: number): void {
  counts[word] = (counts[word] ?? 0) + 1
}
