import type { StoreDatabase } from '../database.ts'
import { transact } from '../transact.ts'
import { checksum } from './checksum.ts'
import { MANIFEST_KEY, packManifest, type SavedEntry } from './manifest.ts'
import type { SavedPart } from './saved-part.ts'

/** Longer pieces are cut: one value of IndexedDB is copied whole between processes. */
const ROW_BYTES = 16 * 1024 * 1024
/** Pieces that change while others are written are written again, so often; then somebody is at work. */
const PASSES = 3

interface Written {
  readonly version: number
  readonly entry: SavedEntry
}

export interface Watermark {
  readonly segment: number
  readonly change: number
  readonly at: number
}

export interface PartsWriter {
  /** Writes what differs from what lies on the disk, and then, at one stroke, makes it the form that a start finds. */
  readonly save: () => Promise<'saved' | 'same' | 'at-work'>
  /** These pieces lie on the disk already, as a start has just read them. */
  readonly adopt: (entries: ReadonlyMap<string, SavedEntry>) => void
  /** Nothing that was saved counts any more. */
  readonly drop: () => Promise<void>
}

/**
 * Puts pieces of memory into the table `saved`. Pieces are written one by one, each in a transaction of its own that no
 * write has to wait for; nobody reads them before the manifest names them. The manifest is written in the very moment in
 * which all pieces are as memory is, with the watermark of that moment; the same transaction takes away what it does not
 * name. A kill at any time leaves the form of before, or this one.
 */
export function createPartsWriter(deps: {
  readonly db: StoreDatabase
  readonly parts: () => readonly SavedPart[]
  /** What memory holds now: asked for in the same moment as the versions of the pieces. */
  readonly watermark: () => Watermark
  /** Inside the transaction: throws where the database is another's by now. */
  readonly checkOwner: (db: StoreDatabase) => Promise<void>
  /** Names no other worker gives to its rows. */
  readonly owner: string
  /** Between two pieces; false where it is to stop. */
  readonly pause: () => Promise<boolean>
}): PartsWriter {
  const { db } = deps
  const written = new Map<string, Written>()
  let listed: ReadonlySet<string> = new Set()
  let next = 0

  const changedParts = (): readonly SavedPart[] =>
    deps.parts().filter((part) => written.get(part.id)?.version !== part.version)

  const write = async (part: SavedPart): Promise<void> => {
    // Copied at once: what it looks into may be changed by the next commit.
    const bytes = part.bytes().slice()
    const rows: { key: string; version: number; bytes: Uint8Array }[] = []
    for (let at = 0; at === 0 || at < bytes.byteLength; at += ROW_BYTES) {
      rows.push({
        key: `part|${deps.owner}|${next++}`,
        version: part.version,
        bytes: bytes.byteLength <= ROW_BYTES ? bytes : bytes.slice(at, at + ROW_BYTES),
      })
    }
    const entry = { id: part.id, rows: rows.map((row) => row.key), length: bytes.byteLength, sum: checksum(bytes) }
    // An older one that no manifest names would never be read.
    const idle = written.get(part.id)?.entry.rows.filter((key) => !listed.has(key)) ?? []
    await transact(db, [db.saved], async () => {
      await Promise.all([db.saved.bulkPut(rows), idle.length > 0 && db.saved.bulkDelete([...idle])])
    })
    written.set(part.id, { version: part.version, entry })
  }

  /** Null where memory has gone on since: no await lies between this and the pieces' versions. */
  const name = (): {
    readonly bytes: Uint8Array
    readonly rows: ReadonlySet<string>
    readonly change: number
  } | null => {
    const entries: SavedEntry[] = []
    for (const part of deps.parts()) {
      const known = written.get(part.id)
      if (known?.version !== part.version) return null
      entries.push(known.entry)
    }
    const mark = deps.watermark()
    return {
      bytes: packManifest({ ...mark, parts: entries }),
      rows: new Set(entries.flatMap((entry) => entry.rows)),
      change: mark.change,
    }
  }

  const putManifest = async (named: NonNullable<ReturnType<typeof name>>): Promise<void> => {
    await transact(db, [db.meta, db.saved, db.changes], async () => {
      await deps.checkOwner(db)
      const keys = await db.saved.toCollection().primaryKeys()
      await Promise.all([
        db.saved.put({ key: MANIFEST_KEY, version: 0, bytes: named.bytes }),
        db.saved.bulkDelete(keys.filter((key) => key !== MANIFEST_KEY && !named.rows.has(key))),
        db.changes.where('n').belowOrEqual(named.change).delete(),
      ])
    })
    listed = named.rows
    const ids = new Set(deps.parts().map((part) => part.id))
    for (const id of written.keys()) if (!ids.has(id)) written.delete(id)
  }

  return {
    adopt: (entries) => {
      listed = new Set([...entries.values()].flatMap((entry) => entry.rows))
      for (const part of deps.parts()) {
        const entry = entries.get(part.id)
        if (entry !== undefined) written.set(part.id, { version: part.version, entry })
      }
    },
    save: async () => {
      for (let pass = 0; pass < PASSES; pass++) {
        for (const { id, version } of changedParts()) {
          // Asked for anew: another piece may have taken its place meanwhile.
          const part = deps.parts().find((other) => other.id === id && other.version === version)
          if (part !== undefined) await write(part)
          if (!(await deps.pause())) return 'at-work'
        }
        const named = name()
        if (named === null) continue
        await putManifest(named)
        return 'saved'
      }
      return 'at-work'
    },
    drop: async () => {
      written.clear()
      listed = new Set()
      await transact(db, [db.meta, db.saved], async () => {
        await deps.checkOwner(db)
        await db.saved.clear()
      })
    },
  }
}
