import type { StoreDatabase } from '../database.ts'
import { transact } from '../transact.ts'
import { FIRST_KEY, type FirstPage, packFirst } from './first-page.ts'
import type { SavedForm } from './load-saved.ts'
import { MANIFEST_KEY, packManifest, type SavedEntry } from './manifest.ts'
import { packRows, roomOf } from './pack-rows.ts'
import { LOADED_VERSION, type SavedPart } from './saved-part.ts'

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
  readonly save: () => Promise<'saved' | 'at-work'>
  /** These pieces lie on the disk already, as a start has just read them. */
  readonly adopt: (form: Pick<SavedForm, 'entries' | 'rows'>) => void
  /** What lies on the disk. */
  readonly bytes: () => number
  /** The rows have gone in another's transaction: all is to be written anew. */
  readonly forgotten: () => void
  /** Nothing that was saved counts any more. */
  readonly drop: () => Promise<void>
}

/**
 * Puts pieces of memory into the table `saved`. Pieces are written one by one, each in a short transaction of its own, and
 * only while nobody is at work; nobody reads them before the manifest names them. The manifest is written in the very moment in
 * which all pieces are as memory is, with the watermark of that moment; the same transaction takes away what it does not
 * name. A kill at any time leaves the form of before, or this one.
 */
export function createPartsWriter(deps: {
  readonly db: StoreDatabase
  readonly parts: () => readonly SavedPart[]
  /** What memory holds now: asked for in the same moment as the versions of the pieces. */
  readonly watermark: () => Watermark
  /** Makes ready what `first` is made of. */
  readonly prepareFirst: () => Promise<void>
  /** The head of the list in that moment; null where it is not at hand. */
  readonly first: () => FirstPage | null
  /** Inside the transaction: throws where the database is another's by now. */
  readonly checkOwner: (db: StoreDatabase) => Promise<void>
  /** Names no other worker gives to its rows. */
  readonly owner: string
  /** Between two pieces; false where it is to stop. */
  readonly pause: () => Promise<boolean>
}): PartsWriter {
  const { db, checkOwner } = deps
  const written = new Map<string, Written>()
  /** Lengths of the rows that are on the disk. */
  const rows = new Map<string, number>()
  let listed: ReadonlySet<string> = new Set()
  let next = 0

  /** Pieces that have changed, and those whose rows are mostly dead by now. */
  const toWrite = (): readonly SavedPart[] => {
    const parts = deps.parts()
    const live = new Map<string, number>()
    for (const part of parts) {
      const known = written.get(part.id)
      if (known?.version !== part.version) continue
      for (const { row, length } of known.entry.cuts) live.set(row, (live.get(row) ?? 0) + roomOf(length))
    }
    return parts.filter((part) => {
      const known = written.get(part.id)
      if (known?.version !== part.version) return true
      return known.entry.cuts.some(({ row }) => (live.get(row) ?? 0) * 2 < (rows.get(row) ?? 0))
    })
  }

  /** Writes the first of these, as many as fill a row. */
  const write = async (parts: readonly SavedPart[]): Promise<readonly string[]> => {
    const packed = packRows(parts, () => `part|${deps.owner}|${next++}`)
    const replaced = new Set<string>()
    for (const [i, entry] of packed.entries.entries()) {
      for (const { row } of written.get(entry.id)?.entry.cuts ?? []) replaced.add(row)
      written.set(entry.id, { version: parts[i]?.version ?? 0, entry })
    }
    const used = new Set([...written.values()].flatMap(({ entry }) => entry.cuts.map((cut) => cut.row)))
    // Nobody would ever read what is left of a row that no manifest names.
    const idle = [...replaced].filter((row) => !used.has(row) && !listed.has(row))
    // Pieces of a worker that has been overtaken would be read by nobody, and yet hold what the new owner has forgotten.
    const put = transact(db, [db.meta, db.saved], async () => {
      await checkOwner(db)
      await Promise.all([
        db.saved.bulkPut(packed.rows.map((row) => ({ ...row, version: 0 }))),
        idle.length > 0 && db.saved.bulkDelete(idle),
      ])
    })
    await put.catch((cause: unknown) => {
      for (const { id } of packed.entries) written.delete(id)
      throw cause
    })
    for (const { key, bytes } of packed.rows) rows.set(key, bytes.byteLength)
    for (const row of idle) rows.delete(row)
    return packed.entries.map((entry) => entry.id)
  }

  /** Null where memory has gone on since: no await lies between this and the pieces' versions. */
  const name = (): {
    readonly bytes: Uint8Array
    readonly first: Uint8Array | null
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
    const first = deps.first()
    return {
      bytes: packManifest({ ...mark, parts: entries }),
      first: first === null ? null : packFirst(first, mark),
      rows: new Set(entries.flatMap((entry) => entry.cuts.map((cut) => cut.row))),
      change: mark.change,
    }
  }

  /** False where rows that it names have gone meanwhile: a write that forgets has taken them, or something else has. */
  const putManifest = async (named: NonNullable<ReturnType<typeof name>>): Promise<boolean> => {
    const isPut = await transact(db, [db.meta, db.saved, db.changes], async () => {
      await checkOwner(db)
      const keys = await db.saved.toCollection().primaryKeys()
      const present = new Set(keys)
      for (const row of named.rows) if (!present.has(row)) return false
      const rowsNow = [
        { key: MANIFEST_KEY, version: 0, bytes: named.bytes },
        ...(named.first === null ? [] : [{ key: FIRST_KEY, version: 0, bytes: named.first }]),
      ]
      const stay = new Set([...named.rows, ...rowsNow.map((row) => row.key)])
      await Promise.all([
        db.saved.bulkPut(rowsNow),
        db.saved.bulkDelete(keys.filter((key) => !stay.has(key))),
        db.changes.where('n').belowOrEqual(named.change).delete(),
      ])
      return true
    })
    if (!isPut) {
      forgotten()
      return false
    }
    listed = named.rows
    for (const row of rows.keys()) if (!listed.has(row)) rows.delete(row)
    const ids = new Set(deps.parts().map((part) => part.id))
    for (const id of written.keys()) if (!ids.has(id)) written.delete(id)
    return true
  }

  let timesForgotten = 0
  const forgotten = (): void => {
    timesForgotten++
    written.clear()
    rows.clear()
    listed = new Set()
  }

  return {
    forgotten,
    adopt: ({ entries, rows: lengths }) => {
      for (const [row, length] of lengths) rows.set(row, length)
      listed = new Set(lengths.keys())
      for (const part of deps.parts()) {
        const entry = entries.get(part.id)
        if (entry !== undefined && part.version === LOADED_VERSION)
          written.set(part.id, { version: LOADED_VERSION, entry })
      }
    },
    save: async () => {
      const before = timesForgotten
      for (let pass = 0; pass < PASSES; pass++) {
        for (let left = toWrite(); left.length > 0; ) {
          const done = new Set(await write(left))
          if (!(await deps.pause())) return 'at-work'
          // As they are now: others may have taken the place of some.
          const now = new Map(deps.parts().map((part) => [part.id, part]))
          left = left.flatMap(({ id }) => (done.has(id) ? [] : (now.get(id) ?? [])))
        }
        // What memory settles before a save, so that nothing forgotten is in its pieces, was not settled for this one.
        if (timesForgotten !== before) return 'at-work'
        await deps.prepareFirst()
        const named = name()
        if (named === null) continue
        return (await putManifest(named)) ? 'saved' : 'at-work'
      }
      return 'at-work'
    },
    bytes: () => [...rows.values()].reduce((sum, length) => sum + length, 0),
    drop: async () => {
      forgotten()
      await transact(db, [db.meta, db.saved, db.changes], async () => {
        await checkOwner(db)
        // What has changed since is of use beside a form only.
        await Promise.all([db.saved.clear(), db.changes.clear()])
      })
    },
  }
}
