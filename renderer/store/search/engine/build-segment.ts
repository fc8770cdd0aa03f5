import { LOADED_VERSION } from '../../saved/saved-part.ts'
import { packDigits } from './digits.ts'
import type { DocumentSource } from './document-source.ts'
import { ListWriter } from './list-writer.ts'
import { mergeWords } from './merge-words.ts'
import { PhoneWriter } from './phone-writer.ts'
import { emptyScratch, type Segment } from './segment.ts'

const SLICE = 256

/** Makes one segment of all living documents of the sources, in slices of about a millisecond. */
export function* buildSegment(id: number, sources: readonly DocumentSource[]): Generator<void, Segment> {
  const { dictionary, rankOfTerm, termOfRank, ranks } = yield* mergeWords(sources)
  const { size, from, place } = mergeOrders(sources)
  yield
  const docs = new Uint32Array(size)
  const recencies = new Float64Array(size)
  const forwardAt = new Uint32Array(size + 1)
  const phonesAt = new Uint32Array(size + 1)
  const words = new ListWriter(dictionary.size, size)
  const grams = new PhoneWriter(Math.max(0, ...sources.map(({ longestPhones }) => longestPhones)))
  const ids = new Uint32Array(Math.max(1, ...sources.map(({ longest }) => longest)))

  const count = (at: number): void => {
    const source = sources[from[at] ?? 0]
    const rankOf = ranks[from[at] ?? 0]
    const own = place[at] ?? 0
    if (source === undefined || rankOf === undefined) return
    docs[at] = source.docOf(own)
    recencies[at] = source.recencyOf(own)
    forwardAt[at + 1] = words.count(at, ids, source.read(own, ids), rankOf)
    const phonesFrom = source.phonesFrom(own)
    const phonesTo = source.phonesTo(own)
    phonesAt[at + 1] = (phonesAt[at] ?? 0) + phonesTo - phonesFrom
    grams.count(at, source.phones, phonesFrom, phonesTo)
  }
  for (let at = 0; at < size; ) {
    for (const end = Math.min(size, at + SLICE); at < end; at++) count(at)
    yield
  }
  const postingsAt = words.layOut(rankOfTerm)
  const { gramKeys, gramsAt } = grams.layOut()
  const phones = new Uint8Array(phonesAt[size] ?? 0)
  yield

  const write = (at: number): void => {
    words.write(at)
    const source = sources[from[at] ?? 0]
    const own = place[at] ?? 0
    if (source === undefined) return
    const phonesFrom = source.phonesFrom(own)
    const phonesTo = source.phonesTo(own)
    const target = (phonesAt[at] ?? 0) - phonesFrom
    for (let digit = phonesFrom; digit < phonesTo; digit++) phones[target + digit] = source.phones[digit] ?? 0
    grams.write(at, source.phones, phonesFrom, phonesTo)
  }
  for (let at = 0; at < size; ) {
    for (const end = Math.min(size, at + SLICE); at < end; at++) write(at)
    yield
  }
  return {
    id,
    size,
    docs,
    recencies,
    dictionary,
    rankOfTerm,
    termOfRank,
    ...words.done(),
    postingsAt,
    forwardAt,
    phones: packDigits(phones),
    phonesAt,
    gramKeys,
    gramPostings: grams.done(),
    gramsAt,
    shortestPhone: grams.shortest,
    scratch: emptyScratch(LOADED_VERSION + 1),
  }
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
