import { LOADED_VERSION } from '../saved/saved-part.ts'
import { HASH_WORDS, ID_WORDS } from '../segments/packed-id.ts'

/** Slots of one chunk: small enough that writing it again after a change is cheap, large enough that there are few. */
export const CHUNK_BITS = 14
export const CHUNK_SLOTS = 1 << CHUNK_BITS
export const CHUNK_MASK = CHUNK_SLOTS - 1

/** There is a head for it. */
export const LIVE = 1
/** Its newest state stands in a segment. */
export const PLACED = 2
/** Its remote key leads to it. */
export const KEYED = 4
/** Its head is kept as an object: of this device only, or put there by itself. */
export const OBJECT = 8
/** Its hash stands in the column. */
export const HASHED = 16
/** It has a hash of another form, kept apart. */
export const ODD_HASH = 32

/** No remote key has ever been set. */
export const NO_KEY = 0
const SLOT_BYTES = 3 * 8 + (ID_WORDS + HASH_WORDS + 2) * 4 + 2 * 2 + 1
const FIRST_CAPACITY = 64
const FIRST_KEY_BYTES = 1024

/**
 * The columns of some slots, in one piece of memory. Widest first, so that each begins where its numbers may:
 * 3 × f64, then 9 × u32, 2 × u16, u8 for each slot.
 */
export class SlotChunk {
  capacity = 0
  buffer = new ArrayBuffer(0)
  firstKnownAt = new Float64Array()
  /** NaN: not said. */
  createdAt = new Float64Array()
  readAt = new Float64Array()
  id = new Uint32Array()
  hash = new Uint32Array()
  segment = new Uint32Array()
  /** Where its remote key begins in `keys`, plus one. */
  key = new Uint32Array()
  index = new Uint16Array()
  source = new Uint16Array()
  flags = new Uint8Array()
  /** Remote ids: length (u16), then as many bytes of text. One that was replaced stays as a hole. */
  keys = new Uint8Array(FIRST_KEY_BYTES)
  keysUsed = 0
  /** Grow with every change; zero is as it was loaded (saved/saved-part.ts). */
  version = 1
  keysVersion = 1

  /** Null where these are no columns. */
  static ofBytes(columns: Uint8Array, keys: Uint8Array): SlotChunk | null {
    const slots = columns.length / SLOT_BYTES
    if (!Number.isInteger(slots) || slots % FIRST_CAPACITY !== 0 || slots > CHUNK_SLOTS) return null
    const chunk = new SlotChunk()
    chunk.#take(columns.slice().buffer, slots)
    chunk.keys = keys.slice()
    chunk.keysUsed = keys.length
    chunk.version = LOADED_VERSION
    chunk.keysVersion = LOADED_VERSION
    return chunk
  }

  grow(slots: number): void {
    if (slots <= this.capacity) return
    const before = { ...this }
    const capacity = Math.min(CHUNK_SLOTS, Math.max(FIRST_CAPACITY, this.capacity * 2))
    this.#take(new ArrayBuffer(capacity * SLOT_BYTES), capacity)
    this.firstKnownAt.set(before.firstKnownAt)
    this.createdAt.set(before.createdAt)
    this.readAt.set(before.readAt)
    this.id.set(before.id)
    this.hash.set(before.hash)
    this.segment.set(before.segment)
    this.key.set(before.key)
    this.index.set(before.index)
    this.source.set(before.source)
    this.flags.set(before.flags)
  }

  setKey(at: number, from: Uint8Array, start: number, end: number): void {
    const length = end - start
    const needed = this.keysUsed + 2 + length
    if (needed > this.keys.length) {
      const larger = new Uint8Array(Math.max(needed, this.keys.length * 2))
      larger.set(this.keys.subarray(0, this.keysUsed))
      this.keys = larger
    }
    this.key[at] = this.keysUsed + 1
    this.keys[this.keysUsed] = length & 0xff
    this.keys[this.keysUsed + 1] = length >>> 8
    for (let i = 0; i < length; i++) this.keys[this.keysUsed + 2 + i] = from[start + i] ?? 0
    this.keysUsed = needed
  }

  /**
   * Remote ids of slots that need none any more go, and so do those that were replaced: they may be somebody's address.
   * False where there are none.
   */
  forgetKeys(isNeeded: (at: number) => boolean): boolean {
    const kept = new Uint8Array(this.keysUsed)
    let used = 0
    for (let at = 0; at < this.capacity; at++) {
      if (this.key[at] === NO_KEY) continue
      if (!isNeeded(at)) {
        this.key[at] = NO_KEY
        continue
      }
      const start = (this.key[at] ?? 0) - 1
      const end = start + 2 + this.keyLength(at)
      kept.set(this.keys.subarray(start, end), used)
      this.key[at] = used + 1
      used += end - start
    }
    if (used === this.keysUsed) return false
    this.keys = kept
    this.keysUsed = used
    return true
  }

  keyStart(at: number): number {
    return (this.key[at] ?? 0) + 1
  }
  keyLength(at: number): number {
    const start = (this.key[at] ?? 0) - 1
    return (this.keys[start] ?? 0) | ((this.keys[start + 1] ?? 0) << 8)
  }

  #take(buffer: ArrayBuffer, capacity: number): void {
    let at = 0
    const next = (bytes: number): number => {
      const start = at
      at += bytes
      return start
    }
    this.capacity = capacity
    this.buffer = buffer
    this.firstKnownAt = new Float64Array(buffer, next(capacity * 8), capacity)
    this.createdAt = new Float64Array(buffer, next(capacity * 8), capacity)
    this.readAt = new Float64Array(buffer, next(capacity * 8), capacity)
    this.id = new Uint32Array(buffer, next(capacity * ID_WORDS * 4), capacity * ID_WORDS)
    this.hash = new Uint32Array(buffer, next(capacity * HASH_WORDS * 4), capacity * HASH_WORDS)
    this.segment = new Uint32Array(buffer, next(capacity * 4), capacity)
    this.key = new Uint32Array(buffer, next(capacity * 4), capacity)
    this.index = new Uint16Array(buffer, next(capacity * 2), capacity)
    this.source = new Uint16Array(buffer, next(capacity * 2), capacity)
    this.flags = new Uint8Array(buffer, next(capacity), capacity)
  }
}
