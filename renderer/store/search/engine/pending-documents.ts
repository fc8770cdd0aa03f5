import { foldDigits, foldText } from '../fold-text.ts'
import { SEARCH_FIELDS, type SearchText } from './engine-contract.ts'
import { GrowingF64, GrowingU8, GrowingU32 } from './growing.ts'
import { PHONE_END } from './phone-grams.ts'
import { splitNameWords, splitWords } from './split-words.ts'
import { HASH_SEED, hashStep, WordTable } from './word-table.ts'

const SEPARATOR = 0
const LETTER = 1
const AT_SIGN = 2
/** Texts with it are split the long way. */
const RARE = 3
const CLASSES = Uint8Array.from({ length: 128 }, (_, unit) => {
  const char = String.fromCharCode(unit)
  if (/[a-z0-9]/i.test(char)) return LETTER
  return char === '@' ? AT_SIGN : char === "'" || char === '`' ? RARE : SEPARATOR
})
const FIELDS = SEARCH_FIELDS.length

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
  /** Places in `docs` that were replaced or removed since. */
  readonly dead = new Set<number>()

  get size(): number {
    return this.docs.at
  }

  bytes(): number {
    const { words, stream, phones } = this
    return words.units.byteLength + words.starts.byteLength * 4 + stream.items.byteLength + phones.items.byteLength
  }

  /** @returns its place. */
  add(doc: number, text: SearchText, recency: number): number {
    const place = this.docs.at
    this.docs.push(doc)
    this.recencies.push(recency)
    this.streamAt.push(this.stream.at)
    this.phonesAt.push(this.phones.at)
    for (let field = 0; field < FIELDS; field++) {
      const count = this.stream.at
      this.stream.push(0)
      const name = SEARCH_FIELDS[field]
      if (name === 'tags') {
        for (const tag of text.tags ?? []) this.addText(tag, false)
      } else if (name !== undefined) {
        const value = text[name]
        if (value !== undefined && value !== null && value !== '') this.addText(value, field < 2)
      }
      this.stream.items[count] = this.stream.at - count - 1
    }
    for (const phone of text.phones ?? []) this.addPhone(phone)
    return place
  }

  private addText(text: string, isName: boolean): void {
    const { words, stream } = this
    const before = stream.at
    words.reserve(text.length)
    let base = words.starts[words.size] ?? 0
    let length = 0
    let hash = HASH_SEED
    for (let at = 0; at <= text.length; at++) {
      const unit = at < text.length ? text.charCodeAt(at) : 32
      const kind = unit < 128 ? CLASSES[unit] : RARE
      if (kind === LETTER) {
        const lower = unit >= 65 && unit <= 90 ? unit + 32 : unit
        words.units[base + length++] = lower
        hash = hashStep(hash, lower)
        continue
      }
      if (length > 0) {
        const only = length === 1 && isName ? words.units[base] : 0
        if (kind === RARE || only === 111 || only === 100 || only === 108) {
          this.addTheLongWay(text, isName, before)
          return
        }
        stream.push(words.take(length, hash >>> 0))
        base = words.starts[words.size] ?? 0
        length = 0
        hash = HASH_SEED
      } else if (kind === RARE) {
        this.addTheLongWay(text, isName, before)
        return
      }
      if (kind === AT_SIGN) {
        stream.push(words.takeString('@'))
        words.reserve(text.length)
        base = words.starts[words.size] ?? 0
      }
    }
  }

  private addTheLongWay(text: string, isName: boolean, before: number): void {
    this.stream.at = before
    const folded = foldText(text)
    for (const { word } of isName ? splitNameWords(folded) : splitWords(folded)) {
      this.stream.push(this.words.takeString(word))
    }
  }

  private addPhone(phone: string): void {
    const digits = foldDigits(phone)
    if (digits === '') return
    for (let at = 0; at < digits.length; at++) this.phones.push(digits.charCodeAt(at) - 48)
    this.phones.push(PHONE_END)
  }
}
