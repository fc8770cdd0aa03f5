import { digitAt } from './digits.ts'
import { SEARCH_FIELDS } from './engine-contract.ts'
import type { WordSet } from './find-words.ts'
import { FAR_ERRORS, FIELD_ZONES, INSIDE, ONE_ERROR, PREFIX, rankOf, WHOLE } from './match-kinds.ts'
import { PHONE_END } from './phone-grams.ts'
import { rankOfPhone } from './rank-packed-phone.ts'
import type { Segment } from './segment.ts'
import type { PieceWords, SegmentToken } from './segment-query.ts'

const FIELDS = SEARCH_FIELDS.length
const ZONE_OF_FIELD = Uint8Array.from(FIELD_ZONES)
const SLOTS = 8

interface Slot {
  readonly piece: PieceWords
  readonly token: number
}

/**
 * Ranks documents by their forward index. What each word of the dictionary is to each piece of the query lies in `marks`,
 * four bits per piece, eight pieces to a table.
 */
export class SegmentScorer {
  private readonly segment: Segment
  private readonly tokens: readonly SegmentToken[]
  private readonly slots: readonly Slot[]
  /** False where no word of the dictionary is asked for: then digits alone count. */
  private readonly hasWords: boolean
  private readonly best: Int32Array
  private readonly groups: number
  private readonly ids = new Uint32Array(64)

  constructor(segment: Segment, tokens: readonly SegmentToken[]) {
    this.segment = segment
    this.tokens = tokens
    const slots: Slot[] = []
    for (const [token, { pieces }] of tokens.entries()) {
      for (const piece of pieces) slots.push({ piece, token })
    }
    this.slots = slots
    this.hasWords = slots.some(({ piece }) => !isEmpty(piece.set))
    this.best = new Int32Array(slots.length)
    const groups = Math.ceil(slots.length / SLOTS)
    this.groups = groups
    const { marks } = segment.scratch
    while (marks.length < groups) marks.push(new Uint32Array(segment.dictionary.size))
    for (const [slot, { piece }] of slots.entries()) this.mark(marks[slot >> 3], (slot & 7) * 4, piece)
  }

  /** To be called when the query is done: the tables are used again. */
  release(): void {
    const { marks } = this.segment.scratch
    for (let group = 0; group < this.groups; group++) marks[group]?.fill(0)
  }

  /** Rank of a document, 0 where a token is not met. */
  score(at: number): number {
    const { best, tokens } = this
    if (this.hasWords) {
      best.fill(0)
      for (let group = 0; group < this.groups; group++) this.read(at, group)
    }
    if (tokens.length === 0) return 1
    let rank = 0
    let slot = 0
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index]
      if (token === undefined) continue
      const count = token.pieces.length
      let own = 0
      if (count === 1) own = best[slot] ?? 0
      else if (count > 1 && this.hasAll(slot, count)) own = this.phraseRank(at, slot, token)
      slot += count
      if (token.digits !== null) {
        const phone = this.phoneRank(at, token.digits, token.needed)
        if (phone > own) own = phone
      }
      if (own === 0) return 0
      rank += own
    }
    return rank
  }

  private read(at: number, group: number): void {
    const { forward, forwardAt, scratch } = this.segment
    const marks = scratch.marks[group]
    if (marks === undefined) return
    let place = forwardAt[at] ?? 0
    for (let field = 0; field < FIELDS; field++) {
      let count = forward[place++] ?? 0
      if (count > 127) {
        count &= 127
        for (let shift = 7; ; shift += 7) {
          const byte = forward[place++] ?? 0
          count |= (byte & 127) << shift
          if (byte < 128) break
        }
      }
      for (; count > 0; count--) {
        let rank = forward[place++] ?? 0
        if (rank > 127) {
          let byte = forward[place++] ?? 0
          rank = (rank & 127) | ((byte & 127) << 7)
          if (byte > 127) {
            byte = forward[place++] ?? 0
            rank |= (byte & 127) << 14
            for (let shift = 21; byte > 127; shift += 7) {
              byte = forward[place++] ?? 0
              rank |= (byte & 127) << shift
            }
          }
        }
        const mark = marks[rank] ?? 0
        if (mark !== 0) this.note(mark, group, field)
      }
    }
  }

  private note(marks: number, group: number, field: number): void {
    const { slots, best, tokens } = this
    const zone = ZONE_OF_FIELD[field] ?? 0
    let mark = marks
    for (let slot = group * SLOTS; mark !== 0; slot++, mark >>>= 4) {
      const kind = mark & 7
      if (kind === 0) continue
      const rank = rankOf(kind, zone)
      if (rank <= (best[slot] ?? 0)) continue
      const fields = tokens[slots[slot]?.token ?? 0]?.fields ?? 0
      if ((fields & (1 << field)) !== 0) best[slot] = rank
    }
  }

  /** Looks a word up for the short pieces of a group. */
  private mark(marks: Uint32Array | undefined, shift: number, { role, set }: PieceWords): void {
    if (marks === undefined) return
    const { rankOfTerm } = this.segment
    const keep = ~(15 << shift)
    const put = (term: number, kind: number): void => {
      const rank = rankOfTerm[term] ?? 0
      marks[rank] = ((marks[rank] ?? 0) & keep) | (kind << shift)
    }
    // From the least to the best, so that the best stays.
    if (role === 'only') {
      for (const term of set.farErrors) put(term, FAR_ERRORS)
      for (const term of set.oneError) put(term, ONE_ERROR)
    }
    if (role === 'only' || role === 'first') for (const term of set.inside ?? []) put(term, INSIDE)
    if (role === 'only' || role === 'last') {
      for (const [lo, hi] of set.begins) for (let term = lo; term < hi; term++) put(term, PREFIX)
    }
    if (set.whole !== -1) put(set.whole, WHOLE)
  }

  private hasAll(slot: number, count: number): boolean {
    for (let index = slot; index < slot + count; index++) if ((this.best[index] ?? 0) === 0) return false
    return true
  }

  /** The best place where the pieces follow each other. Long way: few documents get here. */
  private phraseRank(at: number, slot: number, token: SegmentToken): number {
    const { forward, forwardAt, scratch } = this.segment
    let place = forwardAt[at] ?? 0
    let best = 0
    const next = (): number => {
      let byte = forward[place++] ?? 0
      let value = byte & 127
      for (let shift = 7; byte > 127; shift += 7) {
        byte = forward[place++] ?? 0
        value |= (byte & 127) << shift
      }
      return value
    }
    const kindAt = (rank: number, piece: number): number =>
      ((scratch.marks[(slot + piece) >> 3]?.[rank] ?? 0) >>> (((slot + piece) & 7) * 4)) & 7
    for (let field = 0; field < FIELDS; field++) {
      const count = next()
      let { ids } = this
      if (ids.length < count) ids = new Uint32Array(count)
      for (let index = 0; index < count; index++) ids[index] = next()
      if ((token.fields & (1 << field)) === 0) continue
      const pieces = token.pieces.length
      for (let start = 0; start + pieces <= count; start++) {
        let piece = 0
        while (piece < pieces && kindAt(ids[start + piece] ?? 0, piece) !== 0) piece++
        if (piece < pieces) continue
        const begin = kindAt(ids[start] ?? 0, 0)
        const end = kindAt(ids[start + pieces - 1] ?? 0, pieces - 1)
        const kind = begin !== WHOLE ? INSIDE : end === WHOLE ? WHOLE : PREFIX
        best = Math.max(best, rankOf(kind, ZONE_OF_FIELD[field] ?? 0))
      }
    }
    return best
  }

  private phoneRank(at: number, digits: string, needed: string): number {
    const { phones, phonesAt } = this.segment
    const to = phonesAt[at + 1] ?? 0
    let best = 0
    for (let from = phonesAt[at] ?? 0; from < to; ) {
      let end = from
      while (digitAt(phones, end) !== PHONE_END) end++
      const rank = rankOfPhone(phones, from, end, digits, needed)
      if (rank > best) best = rank
      from = end + 1
    }
    return best
  }
}

function isEmpty({ whole, begins, inside, oneError, farErrors }: WordSet): boolean {
  return (
    whole === -1 &&
    begins.length === 0 &&
    (inside?.length ?? 0) === 0 &&
    oneError.length === 0 &&
    farErrors.length === 0
  )
}
