import type { AppError } from '../../shared/app-error.ts'
import type { RecordId, SourceId } from '../../shared/ids.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { isOpenEdit } from '../../shared/sync/edit-machine.ts'
import { type Book, headOfLocal, remoteKey, setEdit } from './book.ts'
import type { Databases, StoreDatabase } from './database.ts'
import { Draft, type SyncedWrite } from './draft.ts'
import { encodeBodies, encodeHeads } from './segments/codec.ts'
import type { StorageGuard } from './storage-guard.ts'

export interface WriteOptions {
  /** `strict`: on disk before it is answered (edits). `relaxed`: a page that a power cut may take whole. */
  readonly durability: 'strict' | 'relaxed'
  /** Epoch of the lease that a write of the core rests on; null for the user's own commands. */
  readonly epoch: number | null
  /** For work over the whole book; else the watchdog's usual patience. */
  readonly timeoutMs?: number
}

export interface Committed {
  readonly touched: ReadonlySet<RecordId>
  readonly waiting: ReadonlySet<SourceId>
  readonly draft: Draft
}

export interface Writer {
  /**
   * Runs `compose` against a draft, puts the draft into one transaction, and only then into memory. Writes go one
   * after another, so what `compose` read is still true when it is stored. A refusal of `compose` stores nothing.
   */
  readonly write: <T>(
    options: WriteOptions,
    compose: (draft: Draft) => Result<T, AppError> | Promise<Result<T, AppError>>,
  ) => Promise<Result<T, AppError>>
  /** Takes the database over: every older owner's writes fail from here on. */
  readonly claim: (owner: string) => Promise<Result<null, AppError>>
  /** Runs reading work between two writes, so that what it puts into memory misses none of them. */
  readonly between: <T>(work: () => Promise<T>) => Promise<T>
  readonly setEpoch: (epoch: number) => Promise<Result<null, AppError>>
}

export interface WriterDeps {
  readonly book: Book
  readonly databases: Databases
  readonly guard: StorageGuard
  readonly onCommitted: (committed: Committed) => void
}

const FENCED: AppError = { code: 'storage', kind: 'fenced' }

class FencedError extends Error {
  override readonly name = 'FencedError'
}

export function createWriter({ book, databases, guard, onCommitted }: WriterDeps): Writer {
  let owner = ''
  let tail: Promise<unknown> = Promise.resolve()
  /** A transaction that the watchdog has given up may still be running: nothing is composed on what it may change. */
  let hung = false

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const run = tail.then(work, work)
    tail = run.catch(() => undefined)
    return run
  }

  const checkFence = async (db: StoreDatabase, epoch: number | null): Promise<void> => {
    const fence = await db.meta.get('fence')
    if (fence === undefined || fence.owner !== owner) throw new FencedError()
    if (epoch !== null && fence.epoch !== epoch) throw new FencedError()
  }

  const setFence = (change: (epoch: number) => { owner: string; epoch: number }): Promise<Result<null, AppError>> =>
    inTurn(async () => {
      const done = await guard.run(() =>
        databases.strict.transaction('rw', databases.strict.meta, async () => {
          const before = await databases.strict.meta.get('fence')
          await databases.strict.meta.put({ k: 'fence', ...change(before?.epoch ?? 0) })
        }),
      )
      return done.ok ? ok(null) : done
    })

  return {
    claim: (name) => {
      owner = name
      return setFence((epoch) => ({ owner: name, epoch }))
    },
    between: inTurn,
    setEpoch: (epoch) => setFence(() => ({ owner, epoch })),
    write: (options, compose) =>
      inTurn(async () => {
        const draft = new Draft(book)
        const result = await compose(draft)
        if (!result.ok) return result
        const db = databases[options.durability]
        const segments = packSegments(draft)
        let ids: readonly number[] = []
        let undoIds: readonly number[] = []
        if (hung) return err({ code: 'storage', kind: 'failed' })
        const stored = await guard.run(async () => {
          hung = true
          try {
            await db.transaction('rw', db.tables, async () => {
              // Asked for at once and not one after another: each answer is a way to another process and back. The
              // fence comes first, and all of it is undone where it refuses.
              const [, newIds, newUndoIds] = await Promise.all([
                checkFence(db, options.epoch),
                Promise.all(segments.map((segment) => storeSegment(db, segment))),
                Promise.all(draft.undo.map((row) => db.undo.add(row))),
                storeRows(db, draft),
              ])
              ids = newIds
              undoIds = newUndoIds
              // Last, and in turn: it may read what was just written.
              for (const work of draft.tableWork) await work(db)
            })
          } finally {
            hung = false
          }
          // Even where nobody waits any more: what is on the disk is in memory.
          applyDraft(book, draft, segments, ids)
          for (const [i, row] of draft.undo.entries()) book.undo.push({ ...row, n: undoIds[i] ?? 0 })
          for (const n of draft.undone) removeUndo(book, n)
          onCommitted({ touched: draft.touched, waiting: draft.waiting, draft })
        }, options.timeoutMs)
        if (!stored.ok) return isFenced(stored) ? err(FENCED) : stored
        return result
      }),
  }
}

function isFenced(failed: { readonly error: AppError }): boolean {
  return failed.error.code === 'storage' && failed.error.kind === 'fenced'
}

interface Segment {
  readonly sourceId: SourceId
  readonly writes: readonly SyncedWrite[]
}

/** Records of one segment at most: a page always fits, and a body is read without reading much else. */
export const SEGMENT_RECORDS = 500

/** The changed records of one draft, as one segment per source. */
function packSegments(draft: Draft): readonly Segment[] {
  const bySource = new Map<SourceId, SyncedWrite[]>()
  for (const write of draft.synced.values()) {
    const list = bySource.get(write.head.sourceId)
    if (list === undefined) bySource.set(write.head.sourceId, [write])
    else list.push(write)
  }
  return [...bySource].flatMap(([sourceId, writes]) => {
    const segments: Segment[] = []
    for (let at = 0; at < writes.length; at += SEGMENT_RECORDS) {
      segments.push({ sourceId, writes: writes.slice(at, at + SEGMENT_RECORDS) })
    }
    return segments
  })
}

async function storeSegment(db: StoreDatabase, { sourceId, writes }: Segment): Promise<number> {
  const segmentId = await db.heads.add({
    sourceId,
    n: writes.length,
    heads: encodeHeads(writes.map((write) => write.head)),
  })
  await db.bodies.put({ segmentId, bodies: encodeBodies(writes.map((write) => write.body)) })
  return segmentId
}

async function storeRows(db: StoreDatabase, draft: Draft): Promise<void> {
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
    put(db.checkpoints, draft.checkpoints),
    draft.sweepPages.length > 0 && db.sweepPages.bulkPut(draft.sweepPages),
    draft.timeline.length > 0 && db.audit.add({ entries: draft.timeline }),
    draft.undone.length > 0 && db.undo.bulkDelete(draft.undone),
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

function applyDraft(book: Book, draft: Draft, segments: readonly Segment[], ids: readonly number[]): void {
  for (const recordId of draft.droppedRecords) forget(book, recordId)
  for (const [recordId, row] of draft.locals) {
    if (row === null) {
      if (book.locals.delete(recordId) && !draft.synced.has(recordId)) book.heads.delete(recordId)
    } else {
      forget(book, recordId)
      book.locals.set(recordId, row)
      book.heads.set(recordId, headOfLocal(row))
    }
  }
  segments.forEach((segment, s) => {
    const segmentId = ids[s]
    if (segmentId === undefined) throw new Error('a stored segment has no id')
    book.segments.set(segmentId, {
      sourceId: segment.sourceId,
      n: segment.writes.length,
      live: segment.writes.length,
      damaged: false,
    })
    segment.writes.forEach(({ head }, index) => {
      release(book, head.recordId)
      book.heads.set(head.recordId, head)
      book.places.set(head.recordId, { segmentId, index })
      book.directory.set(remoteKey(head.sourceId, head.remoteId), head.recordId)
    })
  })
  setAll(book.overlays, draft.overlays)
  for (const [editId, edit] of draft.edits) setEdit(book, editId, edit)
  setAll(book.conflicts, draft.conflicts)
  setAll(book.tombstones, draft.tombstones)
  setAll(book.holds, draft.holds)
  setAll(book.checkpoints, draft.checkpoints)
  if (book.timeline !== null) book.timeline.push(...draft.timeline)
  for (const work of draft.memoryWork) work(book)
}

function setAll<K, V>(map: Map<K, V>, changes: ReadonlyMap<K, V | null>): void {
  for (const [key, value] of changes) {
    if (value === null) map.delete(key)
    else map.set(key, value)
  }
}

function release(book: Book, recordId: RecordId): void {
  const place = book.places.get(recordId)
  const segment = place === undefined ? undefined : book.segments.get(place.segmentId)
  if (segment !== undefined) segment.live--
}

function forget(book: Book, recordId: RecordId): void {
  const head = book.heads.get(recordId)
  if (head !== undefined && head.sourceId !== null && head.remoteId !== null) {
    const key = remoteKey(head.sourceId, head.remoteId)
    if (book.directory.get(key) === recordId) book.directory.delete(key)
  }
  release(book, recordId)
  book.places.delete(recordId)
  book.heads.delete(recordId)
  book.locals.delete(recordId)
}

function removeUndo(book: Book, n: number): void {
  const at = book.undo.findIndex((row) => row.n === n)
  if (at !== -1) book.undo.splice(at, 1)
}
