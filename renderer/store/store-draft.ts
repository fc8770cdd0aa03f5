import type { SourceId } from '../../shared/ids.ts'
import { isOpenEdit } from '../../shared/sync/edit-machine.ts'
import type { StoreDatabase } from './database.ts'
import type { Draft, SyncedWrite } from './draft.ts'
import type { SweepPageRow } from './rows.ts'
import { packBodies } from './segments/packed-bodies.ts'
import { packHeads } from './segments/packed-heads.ts'
import { overdueSightings } from './sync/seen-ahead.ts'

/** What a draft changes in the tables; run inside a transaction. */
export interface Segment {
  readonly sourceId: SourceId
  readonly writes: readonly SyncedWrite[]
  /** As they are stored, and stay in memory. */
  readonly heads: Uint8Array<ArrayBuffer>
}

/** Records of one segment at most: a page always fits, and a body is read without reading much else. */
export const SEGMENT_RECORDS = 500

/** The changed records of one draft, as one segment per source. */
export function packSegments(draft: Draft): readonly Segment[] {
  const bySource = new Map<SourceId, SyncedWrite[]>()
  for (const write of draft.synced.values()) {
    const list = bySource.get(write.head.sourceId)
    if (list === undefined) bySource.set(write.head.sourceId, [write])
    else list.push(write)
  }
  return [...bySource].flatMap(([sourceId, writes]) => {
    const segments: Segment[] = []
    for (let at = 0; at < writes.length; at += SEGMENT_RECORDS) {
      const some = writes.slice(at, at + SEGMENT_RECORDS)
      segments.push({ sourceId, writes: some, heads: packHeads(some.map(({ head }) => head)) })
    }
    return segments
  })
}

/** `number`: where it is known which one comes next, so that both rows leave together. Taken already, it is refused. */
export async function storeSegment(
  db: StoreDatabase,
  { sourceId, writes, heads }: Segment,
  number: number | null,
): Promise<number> {
  const bodies = packBodies(writes.map((write) => write.body))
  const row = { sourceId, n: writes.length, heads }
  if (number !== null) {
    const [segmentId] = await Promise.all([
      db.heads.add({ ...row, segmentId: number }),
      db.bodies.put({ segmentId: number, bodies }),
    ])
    return segmentId
  }
  const segmentId = await db.heads.add(row)
  await db.bodies.put({ segmentId, bodies })
  return segmentId
}

/** Ids that are stored with this draft: of its own page, and of pages before it that were not worth a transaction. */
export function sightingRows(draft: Draft): readonly SweepPageRow[] {
  const overdue = overdueSightings(draft)
  return overdue.length === 0 ? draft.sweepPages : [...overdue, ...draft.sweepPages]
}

export async function storeRows(db: StoreDatabase, draft: Draft, sightings: readonly SweepPageRow[]): Promise<void> {
  const openEdits = new Map(
    [...draft.edits].map(([id, edit]) => [id, edit !== null && isOpenEdit(edit) ? edit : null] as const),
  )
  await Promise.all([
    put(db.locals, draft.locals),
    put(db.overlays, draft.overlays),
    put(db.outbox, openEdits),
    put(db.conflicts, draft.conflicts),
    put(db.tombstones, draft.tombstones),
    put(db.holds, draft.holds),
    put(db.fieldRules, draft.fieldRules),
    put(db.notices, draft.notices),
    put(db.checkpoints, draft.checkpoints),
    sightings.length > 0 && db.sweepPages.bulkPut([...sightings]),
    draft.undone.length > 0 && db.undo.bulkDelete(draft.undone),
    draft.undoChanged.size > 0 && db.undo.bulkPut([...draft.undoChanged.values()]),
  ])
}

interface PutTable<R> {
  bulkPut(rows: R[]): PromiseLike<unknown>
  bulkDelete(keys: string[]): PromiseLike<unknown>
}

async function put<K extends string, R>(table: PutTable<R>, changes: ReadonlyMap<K, R | null>): Promise<void> {
  const rows: R[] = []
  const gone: string[] = []
  for (const [key, row] of changes) {
    if (row === null) gone.push(key)
    else rows.push(row)
  }
  await Promise.all([rows.length > 0 && table.bulkPut(rows), gone.length > 0 && table.bulkDelete(gone)])
}
