import type { RecordId, RemoteId } from '../../../shared/ids.ts'
import {
  HASH_WORDS,
  ID_WORDS,
  packHash,
  packId,
  remoteFromBytes,
  remoteText,
  unpackHash,
  unpackId,
} from '../segments/packed-id.ts'
import type { Slot } from './record-contract.ts'
import { NO_SLOT } from './record-contract.ts'
import { CHUNK_BITS, CHUNK_MASK, HASHED, KEYED, LIVE, NO_KEY, ODD_HASH, PLACED, SlotChunk } from './slot-chunk.ts'
import { SlotIndex } from './slot-index.ts'

const encoder = new TextEncoder()

/** Remote ids are shorter, but for those that somebody made to be long. */
const KEY_ROOM = 2048

/** The columns of all slots, and the two ways to find one: by its record id, and by its key at a source. */
export class SlotColumns {
  readonly chunks: SlotChunk[] = []
  count = 0
  /** Hashes of another form than ours, and write sequences that are not zero. */
  readonly oddHashes = new Map<Slot, string>()
  readonly writeSeqs = new Map<Slot, number>()
  /** Grows with every change of anything; zero is as it was loaded. */
  version = 1

  readonly #words = new Uint32Array(ID_WORDS + HASH_WORDS)
  readonly #keyBytes = new Uint8Array(KEY_ROOM)
  readonly #byId = new SlotIndex(
    () => this.count,
    (put) => {
      for (let slot = 0; slot < this.count; slot++) put(slot, this.#idHash(slot))
    },
  )
  readonly #byKey = new SlotIndex(
    () => this.countWith(KEYED),
    (put) => {
      for (let slot = 0; slot < this.count; slot++) if (this.has(slot, KEYED)) put(slot, this.#keyHash(slot))
    },
  )

  chunk(slot: Slot): SlotChunk {
    const chunk = this.chunks[slot >> CHUNK_BITS]
    if (chunk === undefined) throw new Error(`no such slot: ${slot}`)
    return chunk
  }

  has(slot: Slot, flag: number): boolean {
    return ((this.chunks[slot >> CHUNK_BITS]?.flags[slot & CHUNK_MASK] ?? 0) & flag) !== 0
  }

  countWith(flag: number): number {
    let count = 0
    for (const { flags } of this.chunks) {
      for (let at = 0; at < flags.length; at++) if (((flags[at] ?? 0) & flag) !== 0) count++
    }
    return count
  }

  set(slot: Slot, on: number, off: number): void {
    const { flags } = this.chunk(slot)
    const at = slot & CHUNK_MASK
    flags[at] = ((flags[at] ?? 0) & ~off) | on
    this.#touch(slot)
  }

  /** A record's slot, or none where it has never been here. */
  find(recordId: string): Slot {
    const words = this.#words
    if (!packId(recordId, words, 0)) return NO_SLOT
    return this.findWords(words[0] ?? 0, words[1] ?? 0, words[2] ?? 0)
  }

  findWords(a: number, b: number, c: number): Slot {
    const index = this.#byId
    let at = index.start(hashWords(a, b, c))
    for (let slot = index.at(at); slot !== NO_SLOT; slot = index.at(at)) {
      const { id } = this.chunk(slot)
      const from = (slot & CHUNK_MASK) * ID_WORDS
      if (id[from] === a && id[from + 1] === b && id[from + 2] === c) return slot
      at = index.next(at)
    }
    return NO_SLOT
  }

  /** A new slot for a record that has none. */
  addWords(a: number, b: number, c: number): Slot {
    const slot = this.count++
    const last = slot >> CHUNK_BITS
    const chunk = this.chunks[last] ?? new SlotChunk()
    this.chunks[last] = chunk
    chunk.grow((slot & CHUNK_MASK) + 1)
    const at = slot & CHUNK_MASK
    chunk.id[at * ID_WORDS] = a
    chunk.id[at * ID_WORDS + 1] = b
    chunk.id[at * ID_WORDS + 2] = c
    this.#touch(slot)
    this.#byId.add(slot, hashWords(a, b, c))
    return slot
  }

  /** The slot of a record, a new one if need be. */
  slotFor(recordId: string): Slot {
    const known = this.find(recordId)
    if (known !== NO_SLOT) return known
    const words = this.#words
    if (!packId(recordId, words, 0)) throw new Error('a record without an id of ours')
    return this.addWords(words[0] ?? 0, words[1] ?? 0, words[2] ?? 0)
  }

  idOf(slot: Slot): RecordId {
    const { id } = this.chunk(slot)
    const from = (slot & CHUNK_MASK) * ID_WORDS
    return unpackId(id[from] ?? 0, id[from + 1] ?? 0, id[from + 2] ?? 0)
  }

  /** As their texts stand: the groups of characters that the numbers are made of are of equal length. */
  compareIds(a: Slot, b: Slot): number {
    const [left, right] = [this.chunk(a).id, this.chunk(b).id]
    const [from, other] = [(a & CHUNK_MASK) * ID_WORDS, (b & CHUNK_MASK) * ID_WORDS]
    for (let word = 0; word < ID_WORDS; word++) {
      const order = (left[from + word] ?? 0) - (right[other + word] ?? 0)
      if (order !== 0) return order
    }
    return 0
  }

  hashOf(slot: Slot): string {
    if (this.has(slot, HASHED)) return unpackHash(this.chunk(slot).hash, (slot & CHUNK_MASK) * HASH_WORDS)
    return this.oddHashes.get(slot) ?? ''
  }

  isHash(slot: Slot, hash: string): boolean {
    const words = this.#words
    if (!this.has(slot, HASHED) || !packHash(hash, words, ID_WORDS)) return this.hashOf(slot) === hash
    const column = this.chunk(slot).hash
    const from = (slot & CHUNK_MASK) * HASH_WORDS
    for (let i = 0; i < HASH_WORDS; i++) if (column[from + i] !== words[ID_WORDS + i]) return false
    return true
  }

  setHash(slot: Slot, hash: string): void {
    const words = this.#words
    if (packHash(hash, words, ID_WORDS)) {
      this.setHashWords(slot, words, ID_WORDS)
      return
    }
    this.set(slot, hash === '' ? 0 : ODD_HASH, hash === '' ? HASHED | ODD_HASH : HASHED)
    if (hash === '') this.oddHashes.delete(slot)
    else this.oddHashes.set(slot, hash)
  }

  setHashWords(slot: Slot, words: ArrayLike<number>, from: number): void {
    const { hash } = this.chunk(slot)
    const at = (slot & CHUNK_MASK) * HASH_WORDS
    for (let i = 0; i < HASH_WORDS; i++) hash[at + i] = words[from + i] ?? 0
    this.set(slot, HASHED, ODD_HASH)
    this.oddHashes.delete(slot)
  }

  setWriteSeq(slot: Slot, writeSeq: number): void {
    if (writeSeq === 0) this.writeSeqs.delete(slot)
    else this.writeSeqs.set(slot, writeSeq)
  }

  /** A remote id as keys hold it: good until the next call. */
  keyBytes(remoteId: string): Uint8Array {
    const text = remoteText(remoteId)
    if (text.length * 3 > KEY_ROOM) return encoder.encode(text)
    return this.#keyBytes.subarray(0, encoder.encodeInto(text, this.#keyBytes).written)
  }

  /** The slot that a key leads to. */
  findKey(source: number, bytes: Uint8Array, start: number, end: number): Slot {
    const index = this.#byKey
    let at = index.start(hashBytes(source, bytes, start, end))
    for (let slot = index.at(at); slot !== NO_SLOT; slot = index.at(at)) {
      if (this.has(slot, KEYED) && this.isKey(slot, source, bytes, start, end)) return slot
      at = index.next(at)
    }
    return NO_SLOT
  }

  isKey(slot: Slot, source: number, bytes: Uint8Array, start: number, end: number): boolean {
    const chunk = this.chunk(slot)
    const at = slot & CHUNK_MASK
    if (chunk.key[at] === NO_KEY || chunk.source[at] !== source || chunk.keyLength(at) !== end - start) return false
    const from = chunk.keyStart(at)
    for (let i = start; i < end; i++) if (chunk.keys[from + i - start] !== bytes[i]) return false
    return true
  }

  /** Makes a key lead to this slot; whoever had it must have lost it before. */
  setKey(slot: Slot, source: number, bytes: Uint8Array, start: number, end: number): void {
    const chunk = this.chunk(slot)
    const at = slot & CHUNK_MASK
    if (!this.isKey(slot, source, bytes, start, end)) {
      chunk.source[at] = source
      chunk.setKey(at, bytes, start, end)
      chunk.keysVersion = this.version + 1
    }
    this.set(slot, KEYED, 0)
    this.#byKey.add(slot, hashBytes(source, bytes, start, end))
  }

  /** Nothing stays of the remote ids of records that are gone. */
  forgetKeys(): void {
    for (const [c, chunk] of this.chunks.entries()) {
      const { flags } = chunk
      if (!chunk.forgetKeys((at) => ((flags[at] ?? 0) & (LIVE | PLACED | KEYED)) !== 0)) continue
      this.#touch(c << CHUNK_BITS)
      chunk.keysVersion = this.version
    }
  }

  remoteIdOf(slot: Slot): RemoteId | null {
    const chunk = this.chunk(slot)
    const at = slot & CHUNK_MASK
    if (chunk.key[at] === NO_KEY) return null
    const from = chunk.keyStart(at)
    return remoteFromBytes(chunk.keys, from, from + chunk.keyLength(at))
  }

  bytes(): number {
    let sum = this.#byId.bytes() + this.#byKey.bytes()
    for (const chunk of this.chunks) sum += chunk.buffer.byteLength + chunk.keys.byteLength
    return sum
  }

  touch(slot: Slot): void {
    this.#touch(slot)
  }

  #touch(slot: Slot): void {
    this.chunk(slot).version = ++this.version
  }

  #idHash(slot: Slot): number {
    const { id } = this.chunk(slot)
    const from = (slot & CHUNK_MASK) * ID_WORDS
    return hashWords(id[from] ?? 0, id[from + 1] ?? 0, id[from + 2] ?? 0)
  }

  #keyHash(slot: Slot): number {
    const chunk = this.chunk(slot)
    const at = slot & CHUNK_MASK
    const from = chunk.keyStart(at)
    return hashBytes(chunk.source[at] ?? 0, chunk.keys, from, from + chunk.keyLength(at))
  }
}

function hashWords(a: number, b: number, c: number): number {
  return a ^ Math.imul(b, 0x9e3779b1) ^ Math.imul(c, 0x85ebca77)
}

function hashBytes(source: number, bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 ^ source
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193)
  return hash
}
