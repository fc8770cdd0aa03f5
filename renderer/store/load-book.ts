import type { Table } from 'dexie'
import type { z } from 'zod'
import type { RecordId } from '../../shared/ids.ts'
import { forgetRecord } from './apply-draft.ts'
import { type Book, createBook, headOfLocal, setEdit, type TestimonialHead } from './book.ts'
import type { StoreDatabase } from './database.ts'
import { loadSegments, putSegment } from './load-segments.ts'
import { type Readable, readAll } from './read-all.ts'
import {
  checkpointRowSchema,
  conflictRowSchema,
  editRowSchema,
  fieldRuleRowSchema,
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
import type { SavedParts } from './saved/saved-part.ts'
import type { ReadHeads } from './segments/read-heads.ts'

/** Reads the whole store into memory: heads of all segments in order, and the ordinary tables. */
export async function loadBook(
  db: StoreDatabase,
  onRead: (segments: number, of: number) => void = () => undefined,
): Promise<Book> {
  const book = createBook()
  await loadTables(db, book, async () => {
    const segmentIds = await db.heads.toCollection().primaryKeys()
    let read = 0
    await loadSegments(db, book, segmentIds, (heads) => {
      putSegment(book, heads)
      onRead(++read, segmentIds.length)
    })
  })
  return book
}

/** What was saved of the records, and what has been written since. */
export interface SavedRecords {
  readonly parts: SavedParts
  /** Newest segment that the parts know of. */
  readonly segment: number
}

/**
 * The same from saved pieces: only segments that are newer are read. `replayed` are the records in these, or that have
 * turned out to be gone. Null: the pieces do not fit the tables, and are of no use.
 */
export async function loadSavedBook(
  db: StoreDatabase,
  { parts, segment }: SavedRecords,
): Promise<{ readonly book: Book; readonly replayed: ReadonlySet<RecordId> } | null> {
  const book = createBook()
  if (!book.records.load(parts)) return null
  for (const { lost } of book.segments.values()) book.unreadable += lost
  const replayed = new Set<RecordId>()
  let fits = true
  await loadTables(db, book, async () => {
    const present = await db.heads.toCollection().primaryKeys()
    const newer = present.filter((segmentId) => segmentId > segment)
    fits = present.every((segmentId) => segmentId > segment || book.segments.has(segmentId))
    if (!fits) return
    await loadSegments(db, book, newer, (heads) => {
      for (const recordId of notAsKnown(book, heads)) replayed.add(recordId)
      putSegment(book, heads)
    })
    for (const recordId of dropDead(book, new Set(present))) replayed.add(recordId)
  })
  return fits ? { book, replayed } : null
}

/** Records of a newer segment that are not as they were saved. Housekeeping moves most of a book as it is. */
function* notAsKnown({ records }: Book, { sourceId, packed }: ReadHeads): Generator<RecordId> {
  for (let index = 0; index < (packed?.count ?? 0); index++) {
    if (packed?.isWhole(index) === true && !records.isSame(sourceId, packed, index)) yield packed.recordId(index)
  }
}

/** Records whose segment has gone since, or that have been buried. */
function dropDead(book: Book, present: ReadonlySet<number>): readonly RecordId[] {
  const { records, segments } = book
  const gone = [...segments.keys()].filter((segmentId) => !present.has(segmentId))
  const dead = [...records.recordsIn(new Set(gone))]
  for (const segmentId of gone) segments.delete(segmentId)
  for (const { key, cut } of book.tombstones.values()) {
    const recordId = book.directory.get(key)
    const place = recordId === undefined ? undefined : book.places.get(recordId)
    if (recordId !== undefined && place !== undefined && place.segmentId <= cut) dead.push(recordId)
  }
  for (const recordId of dead) {
    // Of this device by now, perhaps: its row may have been read already.
    const local = book.locals.get(recordId)
    forgetRecord(book, recordId)
    if (local !== undefined) book.locals.set(recordId, local)
  }
  return dead
}

/** The ordinary tables, all at once; tombstones before `segments`, and clients of this device after them. */
async function loadTables(db: StoreDatabase, book: Book, segments: () => Promise<void>): Promise<void> {
  const rows = async <R, K, T>(table: Table<R, K>, schema: z.ZodType<T>, keep: (row: T) => void): Promise<void> => {
    const read = await readAll(partOf(table), (key) => book.lost.rows.add(`${table.name}|${String(key)}`))
    for (const row of read) {
      const parsed = schema.safeParse(row)
      if (parsed.success) keep(parsed.data)
      else book.unreadable++
    }
  }
  await Promise.all([
    rows(db.tombstones, tombstoneRowSchema, (row) => book.tombstones.set(row.key, row)).then(segments),
    rows(db.sources, sourceRowSchema, (row) => book.sources.set(row.sourceId, row)),
    rows(db.locals, localRowSchema, (row) => book.locals.set(row.recordId, row)),
    rows(db.overlays, overlayRowSchema, (row) => book.overlays.set(row.recordId, row)),
    rows(db.outbox, editRowSchema, (row) => setEdit(book, row.editId, row)),
    rows(db.conflicts, conflictRowSchema, (row) => book.conflicts.set(row.conflictId, row)),
    rows(db.holds, holdRowSchema, (row) => book.holds.set(row.recordId, row)),
    rows(db.checkpoints, checkpointRowSchema, (row) => book.checkpoints.set(row.sourceId, row)),
    rows(db.heldRemovals, heldRowSchema, (row) => book.held.set(row.sourceId, row)),
    rows(db.suspects, suspectRowSchema, (row) => book.suspects.set(row.key, row)),
    rows(db.vocabulary, vocabularyRowSchema, (row) => book.vocabulary.set(row.sourceId, row)),
    rows(db.runs, runRowSchema, (row) => book.runs.set(row.runId, row)),
    rows(db.undo, undoRowSchema, (row) => book.undo.push(row)),
    rows(db.fieldRules, fieldRuleRowSchema, (row) => book.fieldRules.set(row.ruleId, row)),
    rows(db.notices, noticeRowSchema, (row) => book.notices.set(row.noticeId, row)),
    rows(db.problems, problemRowSchema, (row) =>
      book.problemCounts.set(row.sourceId, (book.problemCounts.get(row.sourceId) ?? 0) + 1),
    ),
    rows(db.testimonials, testimonialRowSchema, (row) => book.testimonials.set(row.recordId, testimonialHead(row))),
    db.meta.get('rebuilt').then((row) => {
      const rebuilt = rebuiltRowSchema.safeParse(row)
      if (rebuilt.success) book.rebuilt = rebuilt.data
    }),
  ])
  for (const row of book.locals.values()) book.heads.set(row.recordId, headOfLocal(row))
}

function partOf<R, K>(table: Table<R, K>): Readable<K, R> {
  return {
    toArray: () => table.toArray(),
    toCollection: () => table.toCollection(),
    get: (key) => table.get(key),
  }
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
