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
const KIND_BITS = 0x77777777
/** Bit of a slot that says: this word has been looked at. */
const SEEN = 8

interface Slot {
  readonly piece: PieceWords
  readonly token: number
  readonly lazy: boolean
}

/**
 * Ranks documents by their forward index. What each word of the dictionary is to each piece of the query lies in `marks`,
 * four bits per piece, eight pieces to a table; of short pieces it is found out when such a word is met first.
 */
export class SegmentScorer {
  private readonly segment: Segment
  private readonly tokens: readonly SegmentToken[]
  private readonly slots: readonly Slot[]
  /** False where no word of the dictionary is asked for: then digits alone count. */
  private readonly hasWords: boolean
  private readonly best: Int32Array
  private readonly lazySeen: Int32Array
  private readonly ids = new Uint32Array(64)

  constructor(segment: Segment, tokens: readonly SegmentToken[]) {
    this.segment = segment
    this.tokens = tokens
    const slots: Slot[] = []
    for (const [token, { pieces }] of tokens.entries()) {
      for (const piece of pieces) {
        const lazy =
          piece.set.inside === null && !tokens[token]?.isCut && piece.role !== 'last' && piece.role !== 'middle'
        slots.push({ piece, token, lazy })
      }
    }
    this.slots = slots
    this.hasWords = slots.some(({ piece }) => !isEmpty(piece.set))
    this.best = new Int32Array(slots.length)
    const groups = Math.ceil(slots.length / SLOTS)
    this.lazySeen = new Int32Array(groups)
    const { marks } = segment.scratch
    while (marks.length < groups) marks.push(new Uint32Array(segment.dictionary.size))
    for (const [slot, { piece, lazy }] of slots.entries()) {
      const group = slot >> 3
      const shift = (slot & 7) * 4
      if (lazy) this.lazySeen[group] = (this.lazySeen[group] ?? 0) | (SEEN << shift)
      else this.mark(marks[group], shift, piece)
    }
  }

  /** To be called when the query is done: the tables are used again. */
  release(): void {
    const { marks } = this.segment.scratch
    for (let group = 0; group < this.lazySeen.length; group++) marks[group]?.fill(0)
  }

  /** Rank of a document, 0 where a token is not met. */
  score(at: number): number {
    const { best, tokens } = this
    if (this.hasWords) {
      best.fill(0)
      for (let group = 0; group < this.lazySeen.length; group++) this.read(at, group)
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
    const lazySeen = this.lazySeen[group] ?? 0
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
        let mark = marks[rank] ?? 0
        if ((mark & lazySeen) !== lazySeen) mark = this.look(rank, group)
        mark &= KIND_BITS
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
  private look(rank: number, group: number): number {
    const { dictionary, termOfRank, scratch } = this.segment
    const marks = scratch.marks[group]
    const term = termOfRank[rank] ?? 0
    const list = term < dictionary.wide.first ? dictionary.ascii : dictionary.wide
    const from = list.starts[term - list.first] ?? 0
    const to = list.starts[term - list.first + 1] ?? 0
    let mark = marks?.[rank] ?? 0
    const end = Math.min(this.slots.length, (group + 1) * SLOTS)
    for (let slot = group * SLOTS; slot < end; slot++) {
      const own = this.slots[slot]
      if (own === undefined || !own.lazy) continue
      const { piece, role } = own.piece
      const kind = role === 'first' ? kindOfEnd(list.units, from, to, piece) : kindOf(list.units, from, to, piece)
      mark |= (kind | SEEN) << ((slot & 7) * 4)
    }
    if (marks !== undefined) marks[rank] = mark
    return mark
  }

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
  return whole === -1 && begins.length === 0 && inside?.length === 0 && oneError.length === 0 && farErrors.length === 0
}

function kindOf(units: Uint8Array | Uint16Array, from: number, to: number, piece: string): number {
  const length = piece.length
  const first = piece.charCodeAt(0)
  const second = length === 2 ? piece.charCodeAt(1) : -1
  for (let at = from; at + length <= to; at++) {
    if (units[at] !== first || (second !== -1 && units[at + 1] !== second)) continue
    return at > from ? INSIDE : to - from === length ? WHOLE : PREFIX
  }
  return 0
}

function kindOfEnd(units: Uint8Array | Uint16Array, from: number, to: number, piece: string): number {
  if (to - from < piece.length) return 0
  for (let at = 0; at < piece.length; at++) if (units[to - piece.length + at] !== piece.charCodeAt(at)) return 0
  return to - from === piece.length ? WHOLE : INSIDE
}
