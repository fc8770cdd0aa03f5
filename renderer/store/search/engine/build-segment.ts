import type { DocumentSource } from './document-source.ts'
import { SEARCH_FIELDS } from './engine-contract.ts'
import { FIELD_ZONES, ZONES } from './match-kinds.ts'
import { mergeWords } from './merge-words.ts'
import { gramOf, gramsOf, PHONE_END } from './phone-grams.ts'
import { emptyScratch, type Segment } from './segment.ts'
import { varintLength, writeVarint } from './varint.ts'

const FIELDS = SEARCH_FIELDS.length
const ZONE_OF_FIELD = Uint8Array.from(FIELD_ZONES)
const SLICE = 256
const GRAMS = gramOf(11, 11, 11, 11) + 1

/** Makes one segment of all living documents of the sources, in slices of about a millisecond. */
export function* buildSegment(id: number, sources: readonly DocumentSource[]): Generator<void, Segment> {
  const { dictionary, rankOfTerm, termOfRank, ranks } = yield* mergeWords(sources)
  const { size, from, place } = mergeOrders(sources)
  yield
  const terms = dictionary.size
  const docs = new Uint32Array(size)
  const recencies = new Float64Array(size)
  const forwardAt = new Uint32Array(size + 1)
  const phonesAt = new Uint32Array(size + 1)
  // Per zone and rank: the place of the last document that has it, plus one; and the bytes of its list.
  const last = new Uint32Array(terms * ZONES)
  const ends = new Uint32Array(terms * ZONES)
  const gramLast = new Uint32Array(GRAMS)
  const gramEnds = new Uint32Array(GRAMS)
  const ids = new Uint32Array(Math.max(1, ...sources.map(({ longest }) => longest)))
  const grams = new Uint16Array(Math.max(1, ...sources.map((source) => longestPhones(source))))
  let shortestPhone = 255

  for (let at = 0; at < size; at++) {
    const source = sources[from[at] ?? 0]
    const rankOf = ranks[from[at] ?? 0]
    const own = place[at] ?? 0
    if (source === undefined || rankOf === undefined) continue
    docs[at] = source.docOf(own)
    recencies[at] = source.recencyOf(own)
    let bytes = 0
    source.read(own, ids)
    for (let field = 0, next = 0; field < FIELDS; field++) {
      const count = ids[next++] ?? 0
      const base = (ZONE_OF_FIELD[field] ?? 0) * terms
      bytes += varintLength(count)
      for (const end = next + count; next < end; next++) {
        const rank = rankOf[ids[next] ?? 0] ?? 0
        bytes += varintLength(rank)
        const before = last[base + rank] ?? 0
        if (before === at + 1) continue
        last[base + rank] = at + 1
        ends[base + rank] = (ends[base + rank] ?? 0) + varintLength(at + 1 - before)
      }
    }
    forwardAt[at + 1] = (forwardAt[at] ?? 0) + bytes
    const phonesFrom = source.phonesFrom(own)
    const phonesTo = source.phonesTo(own)
    phonesAt[at + 1] = (phonesAt[at] ?? 0) + phonesTo - phonesFrom
    const count = gramsOf(source.phones, phonesFrom, phonesTo, grams)
    for (let index = 0; index < count; index++) {
      const gram = grams[index] ?? 0
      const before = gramLast[gram] ?? 0
      if (before === at + 1) continue
      gramLast[gram] = at + 1
      gramEnds[gram] = (gramEnds[gram] ?? 0) + varintLength(at + 1 - before)
    }
    if (at % SLICE === 0) yield
  }

  let bytes = 0
  const postingsAt = Array.from({ length: ZONES }, (_, zone) => {
    const offsets = new Uint32Array(terms + 1)
    for (let term = 0; term < terms; term++) {
      const slot = zone * terms + (rankOfTerm[term] ?? 0)
      offsets[term] = bytes
      const length = ends[slot] ?? 0
      ends[slot] = bytes
      bytes += length
    }
    offsets[terms] = bytes
    return offsets
  })
  const postings = new Uint8Array(bytes)
  const { gramKeys, gramsAt } = packGrams(gramEnds)
  const gramPostings = new Uint8Array(gramsAt[gramKeys.length] ?? 0)
  const forward = new Uint8Array(forwardAt[size] ?? 0)
  const phones = new Uint8Array(phonesAt[size] ?? 0)
  last.fill(0)
  gramLast.fill(0)
  yield

  let forwardPlace = 0
  for (let at = 0; at < size; at++) {
    const source = sources[from[at] ?? 0]
    const rankOf = ranks[from[at] ?? 0]
    const own = place[at] ?? 0
    if (source === undefined || rankOf === undefined) continue
    source.read(own, ids)
    for (let field = 0, next = 0; field < FIELDS; field++) {
      const count = ids[next++] ?? 0
      const base = (ZONE_OF_FIELD[field] ?? 0) * terms
      forwardPlace = writeVarint(forward, forwardPlace, count)
      for (const end = next + count; next < end; next++) {
        const rank = rankOf[ids[next] ?? 0] ?? 0
        forwardPlace = writeVarint(forward, forwardPlace, rank)
        const slot = base + rank
        const before = last[slot] ?? 0
        if (before === at + 1) continue
        last[slot] = at + 1
        ends[slot] = writeVarint(postings, ends[slot] ?? 0, at + 1 - before)
      }
    }
    const phonesFrom = source.phonesFrom(own)
    const phonesTo = source.phonesTo(own)
    const target = phonesAt[at] ?? 0
    let start = phonesFrom
    for (let digit = phonesFrom; digit < phonesTo; digit++) {
      const value = source.phones[digit] ?? 0
      phones[target + digit - phonesFrom] = value
      if (value !== PHONE_END) continue
      shortestPhone = Math.min(shortestPhone, digit - start)
      start = digit + 1
    }
    const count = gramsOf(source.phones, phonesFrom, phonesTo, grams)
    for (let index = 0; index < count; index++) {
      const gram = grams[index] ?? 0
      const before = gramLast[gram] ?? 0
      if (before === at + 1) continue
      gramLast[gram] = at + 1
      gramEnds[gram] = writeVarint(gramPostings, gramEnds[gram] ?? 0, at + 1 - before)
    }
    if (at % SLICE === 0) yield
  }
  return {
    id,
    size,
    docs,
    recencies,
    dictionary,
    rankOfTerm,
    termOfRank,
    postings,
    postingsAt,
    forward,
    forwardAt,
    phones,
    phonesAt,
    gramKeys,
    gramPostings,
    gramsAt,
    shortestPhone,
    scratch: emptyScratch(),
  }
}

function longestPhones(source: DocumentSource): number {
  let longest = 0
  for (const place of source.order) longest = Math.max(longest, source.phonesTo(place) - source.phonesFrom(place))
  return longest + 2
}

/** Turns the bytes per sequence into where each begins, and says which sequences there are. */
function packGrams(bytes: Uint32Array): { readonly gramKeys: Uint16Array; readonly gramsAt: Uint32Array } {
  let count = 0
  for (const length of bytes) if (length > 0) count++
  const gramKeys = new Uint16Array(count)
  const gramsAt = new Uint32Array(count + 1)
  let index = 0
  let at = 0
  for (let gram = 0; gram < bytes.length; gram++) {
    const length = bytes[gram] ?? 0
    if (length === 0) continue
    gramKeys[index] = gram
    gramsAt[index++] = at
    bytes[gram] = at
    at += length
  }
  gramsAt[count] = at
  return { gramKeys, gramsAt }
}

/** One order out of those of the sources: which source, and the place in it. */
function mergeOrders(sources: readonly DocumentSource[]): {
  readonly size: number
  readonly from: Uint8Array
  readonly place: Uint32Array
} {
  let size = 0
  for (const { order } of sources) size += order.length
  const from = new Uint8Array(size)
  const place = new Uint32Array(size)
  const only = sources.length === 1 ? sources[0] : undefined
  if (only !== undefined) {
    place.set(only.order)
    return { size, from, place }
  }
  const next = sources.map(() => 0)
  for (let at = 0; at < size; at++) {
    let best = -1
    let bestRecency = 0
    let bestDoc = 0
    for (let index = 0; index < sources.length; index++) {
      const source = sources[index]
      const own = source?.order[next[index] ?? 0]
      if (source === undefined || own === undefined) continue
      const recency = source.recencyOf(own)
      const doc = source.docOf(own)
      if (best !== -1 && (recency < bestRecency || (recency === bestRecency && doc > bestDoc))) continue
      best = index
      bestRecency = recency
      bestDoc = doc
    }
    const own = next[best] ?? 0
    from[at] = best
    place[at] = sources[best]?.order[own] ?? 0
    next[best] = own + 1
  }
  return { size, from, place }
}
