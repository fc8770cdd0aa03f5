import { checksum } from './checksum.ts'
import type { SavedEntry } from './manifest.ts'
import type { SavedPart } from './saved-part.ts'

/** Pieces share rows of about this size: a row of its own for each would cost a millisecond each when they are read. */
const ROW_BYTES = 8 * 1024 * 1024
/** Longer ones are cut: a value of IndexedDB is copied whole between processes. */
const CUT_BYTES = 32 * 1024 * 1024
/** Whatever is made of the bytes finds them as it needs them: eight-byte numbers, at multiples of eight. */
const ALIGN = 16

export interface PackedRow {
  readonly key: string
  readonly bytes: Uint8Array
}

/** The room that a piece takes in its row. */
export function roomOf(length: number): number {
  return Math.ceil(length / ALIGN) * ALIGN
}

/**
 * As many pieces as fill one row, from the first on; a piece that is longer than any row, in several. All are copied
 * before anything else runs: what they look into may change with the next commit.
 */
export function packRows(
  parts: readonly SavedPart[],
  newKey: () => string,
): { readonly rows: readonly PackedRow[]; readonly entries: readonly SavedEntry[] } {
  const taken: { readonly id: string; readonly bytes: Uint8Array; readonly from: number }[] = []
  let size = 0
  for (const part of parts) {
    const bytes = part.bytes()
    if (taken.length > 0 && size + bytes.byteLength > ROW_BYTES) break
    taken.push({ id: part.id, bytes, from: size })
    size += roomOf(bytes.byteLength)
  }
  const whole = new Uint8Array(size)
  for (const { bytes, from } of taken) whole.set(bytes, from)
  const rows: PackedRow[] = []
  for (let at = 0; at === 0 || at < size; at += CUT_BYTES) {
    rows.push({ key: newKey(), bytes: size <= CUT_BYTES ? whole : whole.slice(at, at + CUT_BYTES) })
  }
  const entries = taken.map(({ id, bytes, from }): SavedEntry => {
    const cuts = rows.map(({ key }, i) => ({
      row: key,
      from: i === 0 ? from : 0,
      length: Math.min(bytes.byteLength - i * CUT_BYTES, CUT_BYTES),
    }))
    return { id, cuts, sum: checksum(whole.subarray(from, from + bytes.byteLength)) }
  })
  return { rows, entries }
}

/** The piece as it lies in its row; of several cuts, one is made. Null where it is not what it was. */
export function unpackPart({ cuts, sum }: SavedEntry, rows: ReadonlyMap<string, Uint8Array>): Uint8Array | null {
  const pieces: Uint8Array[] = []
  for (const { row, from, length } of cuts) {
    const bytes = rows.get(row)
    if (bytes === undefined || bytes.byteLength < from + length) return null
    pieces.push(bytes.subarray(from, from + length))
  }
  const whole = joined(pieces)
  return checksum(whole) === sum ? whole : null
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces
  if (only !== undefined && pieces.length === 1) return only
  const whole = new Uint8Array(pieces.reduce((total, piece) => total + piece.byteLength, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.byteLength
  }
  return whole
}
