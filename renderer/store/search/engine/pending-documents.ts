import { foldDigits, foldText } from '../fold-text.ts'
import { SEARCH_FIELDS, type SearchText } from './engine-contract.ts'
import { GrowingF64, GrowingU8, GrowingU32 } from './growing.ts'
import { PHONE_END } from './phone-grams.ts'
import { splitNameWords, splitWords } from './split-words.ts'
import { HASH_SEED, hashStep, WordTable } from './word-table.ts'

const SEPARATOR = 0
const LETTER = 1
const SIGN = 2
/** Texts with it are split the long way. */
const RARE = 3
const CLASSES = Uint8Array.from({ length: 128 }, (_, unit) => {
  const char = String.fromCharCode(unit)
  if (/[a-z0-9]/i.test(char)) return LETTER
  return char === '@' || char === '_' ? SIGN : char === "'" || char === '`' ? RARE : SEPARATOR
})
const FIELDS = SEARCH_FIELDS.length
/** Name and company come first. */
const NAME_FIELDS = 2
const FIELD_END = '\u0000'
// biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII needs no folding, and most fields are that
const NOT_ASCII = /[^\x00-\x7f]/

/** Documents that were put in since the last segment was made: numbers of words, field by field. */
export class PendingDocuments {
  readonly words = new WordTable()
  readonly docs = new GrowingU32()
  readonly recencies = new GrowingF64()
  /** Per document and field: how many words, then their numbers. */
  readonly stream = new GrowingU32()
  readonly streamAt = new GrowingU32()
  /** Digits, each phone ended by PHONE_END. */
  readonly phones = new GrowingU8()
  readonly phonesAt = new GrowingU32()
  longestPhones = 0
  /** Places in `docs` that were replaced or removed since. */
  readonly dead = new Set<number>()
  private readonly encoder = new TextEncoder()
  private readonly decoder = new TextDecoder()
  private bytesOfText = new Uint8Array(4_096)

  get size(): number {
    return this.docs.at
  }

  bytes(): number {
    const { words, stream, phones } = this
    return words.bytes() + stream.items.byteLength + phones.items.byteLength
  }

  /** @returns its place. */
  add(doc: number, text: SearchText, recency: number): number {
    const place = this.docs.at
    this.docs.push(doc)
    this.recencies.push(recency)
    this.streamAt.push(this.stream.at)
    this.phonesAt.push(this.phones.at)
    if (!this.addAtOnce(text)) this.addFieldByField(text)
    const phonesFrom = this.phones.at
    for (const phone of text.phones ?? []) this.addPhone(phone)
    this.longestPhones = Math.max(this.longestPhones, this.phones.at - phonesFrom)
    return place
  }

  /** All fields in one text, in bytes. @returns false where it has to go field by field, with nothing left behind. */
  private addAtOnce(text: SearchText): boolean {
    let all = text.name ?? ''
    all += `${FIELD_END}${text.company ?? ''}${FIELD_END}${text.email ?? ''}${FIELD_END}`
    const { tags } = text
    if (tags !== undefined && tags.length > 0) all += tags.length === 1 ? tags[0] : tags.join(' ')
    all += `${FIELD_END}${text.jobTitle ?? ''}${FIELD_END}${text.location ?? ''}${FIELD_END}${text.notes ?? ''}`
    all += `${FIELD_END}${text.owner ?? ''}${FIELD_END}`
    let length = this.encode(all)
    // Most accents fold to ASCII; other alphabets do not.
    if (length === -1) length = this.encode(foldFields(all))
    if (length === -1) return false
    const before = this.stream.at
    let at = 0
    let field = 0
    for (; at < length && field < FIELDS; field++) {
      const start = this.stream.at
      const next = this.addWords(at, length, field < NAME_FIELDS)
      if (next === -1) {
        const end = this.bytesOfText.indexOf(0, at)
        this.stream.at = start
        this.addTheLongWay(foldText(this.decoder.decode(this.bytesOfText.subarray(at, end))), field < NAME_FIELDS)
        at = end + 1
      } else at = next
    }
    if (at === length && field === FIELDS) return true
    this.stream.at = before
    return false
  }

  private addFieldByField(text: SearchText): void {
    for (let field = 0; field < FIELDS; field++) {
      const name = SEARCH_FIELDS[field]
      const value = name === undefined ? '' : name === 'tags' ? (text.tags ?? []).join(' ') : (text[name] ?? '')
      const isName = field < NAME_FIELDS
      const length = value.includes(FIELD_END) ? -1 : this.encode(value + FIELD_END)
      const before = this.stream.at
      if (length !== -1 && this.addWords(0, length, isName) === length) continue
      this.stream.at = before
      this.addTheLongWay(foldText(value), isName)
    }
  }

  private addTheLongWay(folded: string, isName: boolean): void {
    const words = isName ? splitNameWords(folded) : splitWords(folded)
    this.stream.push(words.length)
    for (const { word } of words) this.stream.push(this.words.takeString(word))
  }

  /** @returns how many bytes of ASCII it is, -1 where it is not. */
  private encode(text: string): number {
    if (this.bytesOfText.length < text.length) this.bytesOfText = new Uint8Array(text.length * 2)
    const { read, written } = this.encoder.encodeInto(text, this.bytesOfText)
    return read === text.length && written === text.length ? written : -1
  }

  /** The words of one field, from `from` to its end mark. @returns the place behind that, -1 where words are rare ones. */
  private addWords(from: number, to: number, isName: boolean): number {
    const { words, stream, bytesOfText: text } = this
    const count = stream.at
    stream.push(0)
    let start = from
    let hash = HASH_SEED
    for (let at = from; at < to; at++) {
      let unit = text[at] ?? 0
      const kind = CLASSES[unit]
      if (kind === LETTER) {
        if (unit >= 65 && unit <= 90) {
          unit += 32
          text[at] = unit
        }
        hash = hashStep(hash, unit)
        continue
      }
      if (kind === RARE) return -1
      if (at > start) {
        if (isName && at === start + 1) {
          const only = text[start]
          if (only === 111 || only === 100 || only === 108) return -1
        }
        stream.push(words.take(text, start, at - start, hash >>> 0))
        hash = HASH_SEED
      }
      start = at + 1
      if (unit === 0) {
        stream.items[count] = stream.at - count - 1
        return start
      }
      if (kind === SIGN) stream.push(words.take(text, at, 1, hashStep(HASH_SEED, unit) >>> 0))
    }
    return -1
  }

  private addPhone(phone: string): void {
    const before = this.phones.at
    for (let at = 0; at < phone.length; at++) {
      const unit = phone.charCodeAt(at)
      if (unit >= 48 && unit <= 57) this.phones.push(unit - 48)
      else if (unit > 127) {
        this.phones.at = before
        const digits = foldDigits(phone)
        for (let digit = 0; digit < digits.length; digit++) this.phones.push(digits.charCodeAt(digit) - 48)
        break
      }
    }
    if (this.phones.at > before) this.phones.push(PHONE_END)
  }
}

function foldFields(all: string): string {
  return all
    .split(FIELD_END)
    .map((field) => (NOT_ASCII.test(field) ? foldText(field) : field))
    .join(FIELD_END)
}
