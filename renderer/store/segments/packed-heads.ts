import type { RecordId, RemoteId } from '../../../shared/ids.ts'
import type { SyncedWrite } from '../draft.ts'
import { headText, readHeadText } from './head-text.ts'
import { HASH_WORDS, ID_WORDS, packHash, packId, remoteFromBytes, remoteText, unpackId } from './packed-id.ts'
import { openPackedList, type PackedList, PackedListWriter } from './packed-list.ts'

/** The fixed part of a head: what the table of records keeps in columns, so that reading a segment parses no JSON. */
const ID_AT = 0
const HASH_AT = ID_AT + ID_WORDS * 4
const FLAGS_AT = HASH_AT + HASH_WORDS * 4
const REMOTE_AT = FLAGS_AT + 2
const FIRST_KNOWN_AT = REMOTE_AT + 2
const WRITE_SEQ_AT = FIRST_KNOWN_AT + 8
const READ_AT = WRITE_SEQ_AT + 8
const CREATED_AT = READ_AT + 8
const FIXED_BYTES = CREATED_AT + 8

/** Bits of the flags: its hash is in the columns; it has one of another form, in its text. Neither: no hash. */
const HASHED = 1
const ODD_HASH = 2

/** Text of a head that most stay under: the first guess of how much room a segment takes. */
const USUAL_TEXT_BYTES = 400

// A mark at the beginning is a letter of the text like any other.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

type SyncedHead = SyncedWrite['head']

/** Null leaves a place that nothing can be read from. */
export function packHeads(heads: readonly (SyncedHead | null)[]): Uint8Array<ArrayBuffer> {
  const writer = new PackedListWriter(heads.length, FIXED_BYTES, heads.length * USUAL_TEXT_BYTES)
  const words = new Uint32Array(ID_WORDS + HASH_WORDS)
  for (const head of heads) {
    if (head === null) {
      writer.skip()
      continue
    }
    if (!packId(head.recordId, words, 0)) throw new Error('a record without an id of ours')
    const isHashed = packHash(head.hash, words, ID_WORDS)
    const isOdd = !isHashed && head.hash !== ''
    const remoteBytes = writer.text(remoteText(head.remoteId))
    writer.text(headText(head, isOdd ? head.hash : null))
    const { view, fixedAt } = writer
    for (let i = 0; i < words.length; i++) {
      view.setUint32(fixedAt + i * 4, i < ID_WORDS || isHashed ? (words[i] ?? 0) : 0, true)
    }
    view.setUint16(fixedAt + FLAGS_AT, isHashed ? HASHED : isOdd ? ODD_HASH : 0, true)
    view.setUint16(fixedAt + REMOTE_AT, remoteBytes, true)
    view.setFloat64(fixedAt + FIRST_KNOWN_AT, head.firstKnownAt, true)
    view.setFloat64(fixedAt + WRITE_SEQ_AT, head.writeSeq, true)
    view.setFloat64(fixedAt + READ_AT, head.readAt ?? Number.NaN, true)
    view.setFloat64(fixedAt + CREATED_AT, head.createdAt === null ? Number.NaN : Date.parse(head.createdAt), true)
    writer.end()
  }
  return writer.bytes()
}

/** Heads of several segments as one, as they stand there. */
export function copyHeads(
  entries: readonly { readonly packed: PackedHeads; readonly index: number }[],
): Uint8Array<ArrayBuffer> {
  const writer = new PackedListWriter(entries.length, FIXED_BYTES, entries.length * USUAL_TEXT_BYTES)
  for (const { packed, index } of entries) writer.copy(packed.list, index)
  return writer.bytes()
}

/** The heads of a segment, to be taken apart one by one. */
export interface PackedHeads {
  readonly count: number
  readonly list: PackedList
  readonly isWhole: (index: number) => boolean
  readonly recordId: (index: number) => RecordId
  readonly idWord: (index: number, word: number) => number
  readonly hashWord: (index: number, word: number) => number
  readonly isHashed: (index: number) => boolean
  /** A hash that is not in words; empty for none. */
  readonly oddHash: (index: number) => string
  readonly firstKnownAt: (index: number) => number
  readonly writeSeq: (index: number) => number
  /** NaN: never, or not said. */
  readonly readAt: (index: number) => number
  readonly createdAt: (index: number) => number
  /** The remote id stands before the text, in the same bytes. */
  readonly remoteStart: (index: number) => number
  readonly remoteId: (index: number) => RemoteId
  /** As `headText` made it. */
  readonly text: (index: number) => string
  readonly textStart: (index: number) => number
  readonly textEnd: (index: number) => number
}

const UNKNOWN = 0
const WHOLE = 1
const BROKEN = 2

/** Null where nothing of it can be read. */
export function openPackedHeads(bytes: Uint8Array): PackedHeads | null {
  const list = openPackedList(bytes, FIXED_BYTES)
  if (list === null) return null
  const { view, fixedAt } = list
  // Asked for more than once of each, and a sum over all of its bytes.
  const looked = new Uint8Array(list.count)
  const remoteBytes = (index: number): number => view.getUint16(fixedAt(index) + REMOTE_AT, true)
  const idWord = (index: number, word: number): number => view.getUint32(fixedAt(index) + ID_AT + word * 4, true)
  const flags = (index: number): number => view.getUint16(fixedAt(index) + FLAGS_AT, true)
  const textStart = (index: number): number => list.startOf(index) + remoteBytes(index)
  const textOf = (index: number): string => decoder.decode(bytes.subarray(textStart(index), list.endOf(index)))
  return {
    count: list.count,
    list,
    isWhole: (index) => {
      const before = looked[index]
      if (before !== UNKNOWN && before !== undefined) return before === WHOLE
      const isWhole = list.isWhole(index) && list.startOf(index) + remoteBytes(index) <= list.endOf(index)
      looked[index] = isWhole ? WHOLE : BROKEN
      return isWhole
    },
    recordId: (index) => unpackId(idWord(index, 0), idWord(index, 1), idWord(index, 2)),
    idWord,
    hashWord: (index, word) => view.getUint32(fixedAt(index) + HASH_AT + word * 4, true),
    isHashed: (index) => flags(index) === HASHED,
    oddHash: (index) => (flags(index) === ODD_HASH ? (readHeadText(textOf(index))?.oddHash ?? '') : ''),
    firstKnownAt: (index) => view.getFloat64(fixedAt(index) + FIRST_KNOWN_AT, true),
    writeSeq: (index) => view.getFloat64(fixedAt(index) + WRITE_SEQ_AT, true),
    readAt: (index) => view.getFloat64(fixedAt(index) + READ_AT, true),
    createdAt: (index) => view.getFloat64(fixedAt(index) + CREATED_AT, true),
    remoteStart: list.startOf,
    text: textOf,
    textStart,
    remoteId: (index) => remoteFromBytes(bytes, list.startOf(index), textStart(index)),
    textEnd: list.endOf,
  }
}
