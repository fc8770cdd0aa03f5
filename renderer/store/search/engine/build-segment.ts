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
  const lists = new Uint32Array(terms * ZONES * 2)
  const gramLast = new Uint32Array(GRAMS)
  const gramEnds = new Uint32Array(GRAMS)
  const ids = new Uint32Array(Math.max(1, ...sources.map(({ longest }) => longest)))
  const grams = new Uint16Array(Math.max(1, ...sources.map((source) => longestPhones(source))))
  let shortestPhone = 255
  let forward = new Uint8Array(size * 64 + 64)
  let forwardEnd = 0

  for (let at = 0; at < size; at++) {
    const source = sources[from[at] ?? 0]
    const rankOf = ranks[from[at] ?? 0]
    const own = place[at] ?? 0
    if (source === undefined || rankOf === undefined) continue
    docs[at] = source.docOf(own)
    recencies[at] = source.recencyOf(own)
    const numbers = source.read(own, ids)
    if (forwardEnd + numbers * 5 > forward.length) forward = longer(forward, forwardEnd + numbers * 5)
    for (let field = 0, next = 0; field < FIELDS; field++) {
      const count = ids[next++] ?? 0
      const base = (ZONE_OF_FIELD[field] ?? 0) * terms
      forwardEnd = writeVarint(forward, forwardEnd, count)
      for (const end = next + count; next < end; next++) {
        const rank = rankOf[ids[next] ?? 0] ?? 0
        forwardEnd = writeVarint(forward, forwardEnd, rank)
        const slot = (base + rank) * 2
        const before = lists[slot] ?? 0
        if (before === at + 1) continue
        lists[slot] = at + 1
        lists[slot + 1] = (lists[slot + 1] ?? 0) + varintLength(at + 1 - before)
      }
    }
    forwardAt[at + 1] = forwardEnd
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
      const slot = (zone * terms + (rankOfTerm[term] ?? 0)) * 2
      offsets[term] = bytes
      const length = lists[slot + 1] ?? 0
      lists[slot] = 0
      lists[slot + 1] = bytes
      bytes += length
    }
    offsets[terms] = bytes
    return offsets
  })
  const postings = new Uint8Array(bytes)
  const { gramKeys, gramsAt } = packGrams(gramEnds)
  const gramPostings = new Uint8Array(gramsAt[gramKeys.length] ?? 0)
  forward = forward.slice(0, forwardEnd)
  const phones = new Uint8Array(phonesAt[size] ?? 0)
  gramLast.fill(0)
  yield

  let forwardPlace = 0
  for (let at = 0; at < size; at++) {
    for (let field = 0; field < FIELDS; field++) {
      const base = (ZONE_OF_FIELD[field] ?? 0) * terms
      let count = -1
      for (let left = 1; left > 0; left--) {
        let value = forward[forwardPlace++] ?? 0
        if (value > 127) {
          value &= 127
          for (let shift = 7; ; shift += 7) {
            const byte = forward[forwardPlace++] ?? 0
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
        const slot = (base + value) * 2
        const before = lists[slot] ?? 0
        if (before === at + 1) continue
        lists[slot] = at + 1
        lists[slot + 1] = writeVarint(postings, lists[slot + 1] ?? 0, at + 1 - before)
      }
    }
    const source = sources[from[at] ?? 0]
    const own = place[at] ?? 0
    if (source === undefined) continue
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

function longer(bytes: Uint8Array<ArrayBuffer>, least: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(Math.max(least, bytes.length * 2))
  longer.set(bytes)
  return longer
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
