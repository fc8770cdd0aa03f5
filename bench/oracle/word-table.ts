import {
  type Folded,
  isOneErrorAway,
  KINDS,
  kindIn,
  mayErr,
  type OracleToken,
  PHONE_SCORE,
  scoreOf,
  WORDS,
} from './score.ts'

const ZONE_COUNT = 4
const PLAIN = /^[\p{L}\p{N}]+$/u

/**
 * The oracle's shortcut: `scoreClient` of every client, but with each different word compared once instead of once per
 * client that has it. A token of letters and digits alone can stand nowhere but within a word, so that nothing is lost.
 */
export class WordTable {
  readonly #count: number
  readonly #words = new Map<string, number>()
  readonly #texts: (readonly (readonly [number, string])[])[] = []
  readonly #digits: string[] = []
  readonly #scores: Uint8Array
  readonly #sums: Uint16Array
  #pairs = new Uint32Array(1 << 16)
  #size = 0
  /** Where each word's places begin. A place is client × 4 + zone - 1. */
  #starts = new Uint32Array(0)
  #places = new Uint32Array(0)

  constructor(count: number) {
    this.#count = count
    this.#scores = new Uint8Array(count)
    this.#sums = new Uint16Array(count)
  }

  add(client: Folded): void {
    const doc = this.#texts.length
    this.#texts.push(client.zones)
    this.#digits.push(client.digits)
    for (const [zone, text] of client.zones) {
      for (const word of text.match(WORDS) ?? []) {
        let id = this.#words.get(word)
        if (id === undefined) {
          id = this.#words.size
          this.#words.set(word, id)
        }
        this.#push(id, doc * ZONE_COUNT + zone - 1)
      }
    }
  }

  /** Sorts the places by word; nothing is added afterwards. */
  close(): void {
    const starts = new Uint32Array(this.#words.size + 1)
    for (let at = 0; at < this.#size; at += 2) {
      const next = (this.#pairs[at] ?? 0) + 1
      starts[next] = (starts[next] ?? 0) + 1
    }
    for (let word = 1; word < starts.length; word++) starts[word] = (starts[word] ?? 0) + (starts[word - 1] ?? 0)
    const ends = starts.slice()
    const places = new Uint32Array(this.#size / 2)
    for (let at = 0; at < this.#size; at += 2) {
      const word = this.#pairs[at] ?? 0
      const end = ends[word] ?? 0
      places[end] = this.#pairs[at + 1] ?? 0
      ends[word] = end + 1
    }
    this.#starts = starts
    this.#places = places
    this.#pairs = new Uint32Array(0)
  }

  summary(tokens: readonly OracleToken[]): { best: number; bestCount: number; matches: number } {
    this.#sums.fill(0)
    for (const [at, token] of tokens.entries()) {
      this.#scoreToken(token)
      for (let doc = 0; doc < this.#count; doc++) {
        const before = this.#sums[doc] ?? 0
        const score = this.#scores[doc] ?? 0
        this.#sums[doc] = score === 0 || (at > 0 && before === 0) ? 0 : before + score
      }
    }
    let [best, bestCount, matches] = [0, 0, 0]
    for (const sum of this.#sums) {
      if (sum === 0) continue
      matches++
      if (sum > best) [best, bestCount] = [sum, 0]
      if (sum === best) bestCount++
    }
    return { best, bestCount, matches }
  }

  #scoreToken({ text, digits }: OracleToken): void {
    this.#scores.fill(0)
    if (digits !== '') {
      for (const [doc, phone] of this.#digits.entries()) if (phone.includes(digits)) this.#scores[doc] = PHONE_SCORE
    }
    if (text === '') return
    if (PLAIN.test(text)) this.#scoreWord(text)
    else this.#scoreTexts(text)
  }

  #scoreWord(token: string): void {
    const errors = mayErr(token)
    for (const [word, id] of this.#words) {
      const at = word.indexOf(token)
      let kind = 0
      if (at === 0) kind = word.length === token.length ? KINDS.whole : KINDS.beginning
      else if (at > 0) kind = KINDS.inside
      else if (errors && isOneErrorAway(word, token)) kind = KINDS.oneError
      if (kind === 0) continue
      for (let place = this.#starts[id] ?? 0; place < (this.#starts[id + 1] ?? 0); place++) {
        const where = this.#places[place] ?? 0
        this.#raise(Math.floor(where / ZONE_COUNT), scoreOf(kind, (where % ZONE_COUNT) + 1))
      }
    }
  }

  #scoreTexts(token: string): void {
    for (const [doc, zones] of this.#texts.entries()) {
      for (const [zone, text] of zones) {
        const kind = text.includes(token) ? kindIn(text, token) : 0
        if (kind > 0) this.#raise(doc, scoreOf(kind, zone))
      }
    }
  }

  #raise(doc: number, score: number): void {
    if (score > (this.#scores[doc] ?? 0)) this.#scores[doc] = score
  }

  #push(word: number, place: number): void {
    if (this.#size + 2 > this.#pairs.length) {
      const larger = new Uint32Array(this.#pairs.length * 2)
      larger.set(this.#pairs)
      this.#pairs = larger
    }
    this.#pairs[this.#size++] = word
    this.#pairs[this.#size++] = place
  }
}
