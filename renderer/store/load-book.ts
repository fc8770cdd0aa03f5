import type { Table } from 'dexie'
import type { z } from 'zod'
import { sourceIdSchema } from '../../shared/ids.ts'
import { type Book, createBook, headOfLocal, remoteKey, setEdit, type TestimonialHead } from './book.ts'
import type { StoreDatabase } from './database.ts'
import { type Readable, readAll } from './read-all.ts'
import {
  checkpointRowSchema,
  conflictRowSchema,
  editRowSchema,
  fieldRuleRowSchema,
  type HeadRow,
  heldRowSchema,
  holdRowSchema,
  localRowSchema,
  noticeRowSchema,
  overlayRowSchema,
  problemRowSchema,
  rebuiltRowSchema,
  runRowSchema,
  sourceRowSchema,
  suspectRowSchema,
  type TestimonialRow,
  testimonialRowSchema,
  tombstoneRowSchema,
  undoRowSchema,
  vocabularyRowSchema,
} from './rows.ts'
import { decodeHeads } from './segments/codec.ts'

/** Segments read at a time: bounds the memory of a start with a large book. */
const SEGMENTS_PER_READ = 200

/** Reads the whole store into memory: heads of all segments in order, then the ordinary tables. */
export async function loadBook(db: StoreDatabase): Promise<Book> {
  const book = createBook()
  const rows = async <R, K, T>(table: Table<R, K>, schema: z.ZodType<T>, keep: (row: T) => void): Promise<void> => {
    const read = await readAll(partOf(table), (key) => book.lost.rows.add(`${table.name}|${String(key)}`))
    for (const row of read) {
      const parsed = schema.safeParse(row)
      if (parsed.success) keep(parsed.data)
      else book.unreadable++
    }
  }
  await rows(db.tombstones, tombstoneRowSchema, (row) => book.tombstones.set(row.key, row))
  await loadSegments(db, book)
  await rows(db.sources, sourceRowSchema, (row) => book.sources.set(row.sourceId, row))
  await rows(db.locals, localRowSchema, (row) => {
    book.locals.set(row.recordId, row)
    book.heads.set(row.recordId, headOfLocal(row))
  })
  await rows(db.overlays, overlayRowSchema, (row) => book.overlays.set(row.recordId, row))
  await rows(db.outbox, editRowSchema, (row) => setEdit(book, row.editId, row))
  await rows(db.conflicts, conflictRowSchema, (row) => book.conflicts.set(row.conflictId, row))
  await rows(db.holds, holdRowSchema, (row) => book.holds.set(row.recordId, row))
  await rows(db.checkpoints, checkpointRowSchema, (row) => book.checkpoints.set(row.sourceId, row))
  await rows(db.heldRemovals, heldRowSchema, (row) => book.held.set(row.sourceId, row))
  await rows(db.suspects, suspectRowSchema, (row) => book.suspects.set(row.key, row))
  await rows(db.vocabulary, vocabularyRowSchema, (row) => book.vocabulary.set(row.sourceId, row))
  await rows(db.runs, runRowSchema, (row) => book.runs.set(row.runId, row))
  await rows(db.undo, undoRowSchema, (row) => book.undo.push(row))
  await rows(db.fieldRules, fieldRuleRowSchema, (row) => book.fieldRules.set(row.ruleId, row))
  await rows(db.notices, noticeRowSchema, (row) => book.notices.set(row.noticeId, row))
  const rebuilt = rebuiltRowSchema.safeParse(await db.meta.get('rebuilt'))
  if (rebuilt.success) book.rebuilt = rebuilt.data
  await rows(db.problems, problemRowSchema, (row) =>
    book.problemCounts.set(row.sourceId, (book.problemCounts.get(row.sourceId) ?? 0) + 1),
  )
  await rows(db.testimonials, testimonialRowSchema, (row) => book.testimonials.set(row.recordId, testimonialHead(row)))
  return book
}

function partOf<R, K>(table: Table<R, K>): Readable<K, R> {
  return {
    toArray: () => table.toArray(),
    toCollection: () => table.toCollection(),
    get: (key) => table.get(key),
  }
}

async function loadSegments(db: StoreDatabase, book: Book): Promise<void> {
  for (let after = 0; ; ) {
    const part = db.heads.where(':id').above(after).limit(SEGMENTS_PER_READ)
    let last = after
    const segments = await readAll<number, HeadRow>(
      {
        toArray: () => part.toArray(),
        toCollection: () => part,
        get: (key) => db.heads.get(key),
      },
      (key) => {
        book.lost.segments++
        last = Math.max(last, key)
      },
    )
    for (const segment of segments) {
      after = segment.segmentId
      const sourceId = sourceIdSchema.parse(segment.sourceId)
      const heads = decodeHeads(sourceId, segment.heads)
      book.segments.set(segment.segmentId, { sourceId, n: segment.n, live: 0, damaged: heads.length !== segment.n })
      heads.forEach((head, index) => {
        if (head === null || head.remoteId === null) {
          book.unreadable++
          const info = book.segments.get(segment.segmentId)
          if (info !== undefined) info.damaged = true
          return
        }
        const key = remoteKey(sourceId, head.remoteId)
        const tombstone = book.tombstones.get(key)
        if (tombstone !== undefined && tombstone.cut >= segment.segmentId) return
        const older = book.directory.get(key)
        if (older !== undefined && older !== head.recordId) {
          leave(book, older)
          book.heads.delete(older)
          book.places.delete(older)
        }
        // Made again at its source it has another key: the old one may come back as somebody else.
        const before = book.heads.get(head.recordId)
        if (before !== undefined && before.remoteId !== null && before.remoteId !== head.remoteId)
          book.directory.delete(remoteKey(sourceId, before.remoteId))
        leave(book, head.recordId)
        book.heads.set(head.recordId, head)
        book.places.set(head.recordId, { segmentId: segment.segmentId, index })
        book.directory.set(key, head.recordId)
        const info = book.segments.get(segment.segmentId)
        if (info !== undefined) info.live++
      })
    }
    // Of a part that could not be read whole, some may be missing, and it was still a whole part.
    if (segments.length < SEGMENTS_PER_READ && last <= after) return
    after = Math.max(after, last)
  }
}

function leave(book: Book, recordId: Parameters<Book['places']['get']>[0]): void {
  const place = book.places.get(recordId)
  const info = place === undefined ? undefined : book.segments.get(place.segmentId)
  if (info !== undefined) info.live--
}

export function testimonialHead(row: TestimonialRow): TestimonialHead {
  return {
    recordId: row.recordId,
    sourceId: row.sourceId,
    readAt: row.readAt,
    forHash: row.forHash,
    items: row.items.map((item) => ({
      video: item.type === 'video',
      rating: item.rating,
      at: Date.parse(item.sourceCreatedAt ?? item.createdAt ?? '') || 0,
    })),
  }
}
