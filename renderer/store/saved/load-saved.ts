import { type RecordId, recordIdSchema } from '../../../shared/ids.ts'
import type { StoreDatabase } from '../database.ts'
import { isUnreadable } from '../storage-guard.ts'
import { EVERYTHING } from './changed-records.ts'
import { checksum } from './checksum.ts'
import { MANIFEST_KEY, readManifest, type SavedEntry } from './manifest.ts'
import type { SavedParts } from './saved-part.ts'

/** What a start finds of the memory of before. */
export interface SavedForm {
  readonly parts: SavedParts
  /** Segments above this one are not in the pieces. */
  readonly segment: number
  /** Records that were written since, besides those of newer segments. */
  readonly changed: ReadonlySet<RecordId>
  /** Newest row of `changes` known. */
  readonly change: number
  /** Where each piece lies, so that one that stays as it is need not be written again. */
  readonly entries: ReadonlyMap<string, SavedEntry>
  /** Bytes of all pieces. */
  readonly bytes: number
}

/** Why there is no saved form to begin with. `none`: there never was one, or it was given up by a write. */
export type NoForm = 'none' | 'damaged'

/**
 * Reads the pieces and what was written since. Anything that does not fit to the last byte counts as damage: what was
 * saved can be made anew from the segments at any time, so nothing is repaired here.
 */
export async function loadSaved(db: StoreDatabase): Promise<SavedForm | NoForm> {
  try {
    return await read(db)
  } catch (cause) {
    if (!isUnreadable(cause)) throw cause
    return 'damaged'
  }
}

async function read(db: StoreDatabase): Promise<SavedForm | NoForm> {
  const row = await db.saved.get(MANIFEST_KEY)
  if (row === undefined) return 'none'
  const manifest = row.bytes instanceof Uint8Array ? readManifest(row.bytes) : null
  if (manifest === null) return 'damaged'
  const [changes, ...pieces] = await Promise.all([
    db.changes.where('n').above(manifest.change).toArray(),
    ...manifest.parts.map((entry) => readPart(db, entry)),
  ])
  const parts = new Map<string, Uint8Array>()
  let bytes = 0
  for (const [i, entry] of manifest.parts.entries()) {
    const piece = pieces[i]
    if (piece === undefined || piece === null) return 'damaged'
    parts.set(entry.id, piece)
    bytes += piece.byteLength
  }
  const changed = new Set<RecordId>()
  let { change } = manifest
  for (const { n, recordIds } of changes) {
    change = Math.max(change, n)
    for (const id of recordIds) {
      if (id === EVERYTHING) return 'none'
      const recordId = recordIdSchema.safeParse(id)
      if (!recordId.success) return 'damaged'
      changed.add(recordId.data)
    }
  }
  const entries = new Map(manifest.parts.map((entry) => [entry.id, entry]))
  return { parts, segment: manifest.segment, changed, change, entries, bytes }
}

async function readPart(db: StoreDatabase, entry: SavedEntry): Promise<Uint8Array | null> {
  const rows = await db.saved.bulkGet([...entry.rows])
  const pieces: Uint8Array[] = []
  for (const row of rows) {
    if (row === undefined || !(row.bytes instanceof Uint8Array)) return null
    pieces.push(row.bytes)
  }
  const whole = joined(pieces, entry.length)
  return whole !== null && checksum(whole) === entry.sum ? whole : null
}

/** One piece stays where it is; of several, one is made. Null where they are not as long as they were. */
function joined(pieces: readonly Uint8Array[], length: number): Uint8Array | null {
  const sum = pieces.reduce((total, piece) => total + piece.byteLength, 0)
  if (sum !== length) return null
  const [only] = pieces
  if (only !== undefined && pieces.length === 1) return only
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.byteLength
  }
  return whole
}
