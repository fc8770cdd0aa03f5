import type { Table } from 'dexie'
import type { SourceId } from '../../shared/ids.ts'
import { isOpenEdit } from '../../shared/sync/edit-machine.ts'
import type { StoreDatabase } from './database.ts'
import type { Draft, SyncedWrite } from './draft.ts'
import type { Requests } from './requests.ts'
import type { SweepPageRow } from './rows.ts'
import type { MovedSegment } from './segments/moved-segment.ts'
import { packBodies } from './segments/packed-bodies.ts'
import { packHeads } from './segments/packed-heads.ts'
import { overdueSightings } from './sync/seen-ahead.ts'

/** What a draft changes in the tables; run inside a transaction. */
export interface Segment extends Omit<MovedSegment, 'stored'> {
  readonly writes: readonly SyncedWrite[]
  /** Null: heads as they are in memory, bodies as the writes have them. */
  readonly stored: MovedSegment['stored'] | null
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
  const written = [...bySource].flatMap(([sourceId, writes]) => {
    const segments: Segment[] = []
    for (let at = 0; at < writes.length; at += SEGMENT_RECORDS) {
      const some = writes.slice(at, at + SEGMENT_RECORDS)
      const heads = packHeads(some.map(({ head }) => head))
      segments.push({ sourceId, n: some.length, heads, writes: some, stored: null })
    }
    return segments
  })
  return draft.moved.length === 0 ? written : [...written, ...draft.moved.map((moved) => ({ ...moved, writes: [] }))]
}

/** `number`: where it is known which one comes next, so that both rows leave together. Taken already, it is refused. */
export async function storeSegment(
  requests: Requests,
  db: StoreDatabase,
  { sourceId, n, heads, writes, stored }: Segment,
  number: number | null,
): Promise<number> {
  const bodies = stored?.bodies ?? packBodies(writes.map((write) => write.body))
  const row = { sourceId, n, heads: stored?.heads ?? heads }
  if (number !== null) {
    const [segmentId] = await Promise.all([
      requests.add(db.heads, { ...row, segmentId: number }),
      requests.put(db.bodies, [{ segmentId: number, bodies }]),
    ])
    return segmentId
  }
  const segmentId = await requests.add(db.heads, row)
  await requests.put(db.bodies, [{ segmentId, bodies }])
  return segmentId
}

/** Ids that are stored with this draft: of its own page, and of pages before it that were not worth a transaction. */
export function sightingRows(draft: Draft): readonly SweepPageRow[] {
  const overdue = overdueSightings(draft)
  return overdue.length === 0 ? draft.sweepPages : [...overdue, ...draft.sweepPages]
}

export async function storeRows(
  requests: Requests,
  db: StoreDatabase,
  draft: Draft,
  sightings: readonly SweepPageRow[],
): Promise<void> {
  const openEdits = new Map(
    [...draft.edits].map(([id, edit]) => [id, edit !== null && isOpenEdit(edit) ? edit : null] as const),
  )
  await Promise.all([
    change(requests, db.locals, draft.locals),
    change(requests, db.overlays, draft.overlays),
    change(requests, db.outbox, openEdits),
    change(requests, db.conflicts, draft.conflicts),
    change(requests, db.tombstones, draft.tombstones),
    change(requests, db.holds, draft.holds),
    change(requests, db.fieldRules, draft.fieldRules),
    change(requests, db.notices, draft.notices),
    change(requests, db.checkpoints, draft.checkpoints),
    requests.put(db.sweepPages, sightings),
    requests.remove(db.undo, draft.undone),
    requests.put(db.undo, [...draft.undoChanged.values()]),
  ])
}

async function change<K extends string, R>(
  requests: Requests,
  table: Table<R, string>,
  changes: ReadonlyMap<K, R | null>,
): Promise<void> {
  if (changes.size === 0) return
  const rows: R[] = []
  const gone: string[] = []
  for (const [key, row] of changes) {
    if (row === null) gone.push(key)
    else rows.push(row)
  }
  await Promise.all([requests.put(table, rows), requests.remove(table, gone)])
}
