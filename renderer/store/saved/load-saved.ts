import { type RecordId, recordIdSchema } from '../../../shared/ids.ts'
import type { StoreDatabase } from '../database.ts'
import { isUnreadable } from '../storage-guard.ts'
import { EVERYTHING } from './changed-records.ts'
import { FIRST_KEY, type FirstPage, unpackFirst } from './first-page.ts'
import { MANIFEST_KEY, readManifest, type SavedEntry } from './manifest.ts'
import { unpackPart } from './pack-rows.ts'
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
  /** The rows that they lie in, by their length. */
  readonly rows: ReadonlyMap<string, number>
  readonly savedAt: number
  /** Head of the list when it was saved. */
  readonly first: FirstPage | null
}

const MOST_CHANGES = 20_000

/**
 * Why there is no saved form to begin with. `none`: there never was one, or it was given up by a write. `outdated`: another
 * version of the app has made it.
 */
export type NoForm = 'none' | 'outdated' | 'damaged'

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
  if (manifest === 'outdated') return 'outdated'
  const keys = [...new Set(manifest.parts.flatMap(({ cuts }) => cuts.map((cut) => cut.row)))]
  const [changes, rows] = await Promise.all([
    db.changes.where('n').above(manifest.change).toArray(),
    db.saved.bulkGet([FIRST_KEY, ...keys]),
  ])
  // Dearer to look at again than all of it from the segments.
  if (changes.length > MOST_CHANGES) return 'none'
  const stored = new Map<string, Uint8Array>()
  for (const saved of rows) if (saved?.bytes instanceof Uint8Array) stored.set(saved.key, saved.bytes)
  const parts = new Map<string, Uint8Array>()
  for (const entry of manifest.parts) {
    const piece = unpackPart(entry, stored)
    if (piece === null) return 'damaged'
    parts.set(entry.id, piece)
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
  const lengths = new Map([...stored].map(([key, { byteLength }]) => [key, byteLength]))
  lengths.delete(FIRST_KEY)
  const first = unpackFirst(stored.get(FIRST_KEY))
  return { parts, segment: manifest.segment, changed, change, entries, rows: lengths, savedAt: manifest.at, first }
}
