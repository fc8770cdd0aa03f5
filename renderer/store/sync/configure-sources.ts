import type { AppError } from '../../../shared/app-error.ts'
import type { RecordId, SourceId } from '../../../shared/ids.ts'
import type { StoreSource } from '../../../shared/ipc/store-sync-contract.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { type Book, remoteKey } from '../book.ts'
import type { StoreDatabase } from '../database.ts'
import type { Draft } from '../draft.ts'
import type { TimelineEntry, UndoRow } from '../rows.ts'
import { withoutClients } from './forget-in-steps.ts'
import { keepOwnWork } from './keep-own-work.ts'
import { type SyncContext, syncWrite } from './sync-context.ts'

/** What the store knows of the sources. One that the user has removed goes with all that is its own. */
export function configureSources(
  context: SyncContext,
  input: { readonly sources: readonly StoreSource[]; readonly removed: readonly SourceId[] },
): Promise<Result<null, AppError>> {
  return syncWrite(context, 'strict', (draft) => {
    const { book } = context
    const gone = input.removed.filter((sourceId) => book.sources.has(sourceId))
    for (const sourceId of gone) dropSource(draft, sourceId, context.clock.now())
    draft.forgets = gone.length > 0
    const changed = input.sources.filter((s) => JSON.stringify(book.sources.get(s.sourceId)) !== JSON.stringify(s))
    if (changed.length === 0 && gone.length === 0) return ok(null)
    draft.tableWork.push((db) => db.sources.bulkPut([...changed]))
    draft.memoryWork.push((after) => {
      for (const source of changed) after.sources.set(source.sourceId, source)
    })
    // Names of sources and statuses: the view knows both by their numbers, so that no line of a million changes.
    draft.topics.add('clients').add('insights')
    return ok(null)
  })
}

function dropSource(draft: Draft, sourceId: SourceId, at: number): void {
  const { book } = draft
  const kept = keepOwnWork(draft, sourceId, at)
  for (const recordId of book.records.recordsOf(sourceId)) {
    if (kept.has(recordId)) continue
    const local = draft.local(recordId)
    if (local?.deviceOnly === true) {
      // Never was the source's: it stays on this device.
      draft.putLocal({ ...local, sourceId: null })
      continue
    }
    draft.overlays.set(recordId, null)
    draft.dropRecord(recordId)
  }
  for (const edit of book.edits.values()) if (edit.sourceId === sourceId) draft.edits.set(edit.editId, null)
  for (const c of book.conflicts.values()) if (c.sourceId === sourceId) draft.conflicts.set(c.conflictId, null)
  for (const t of book.tombstones.values()) if (t.sourceId === sourceId) draft.tombstones.set(t.key, null)
  for (const rule of book.fieldRules.values()) if (rule.sourceId === sourceId) draft.fieldRules.set(rule.ruleId, null)
  draft.checkpoints.set(sourceId, null)
  dropSteps(draft, sourceId, kept)
  const segmentIds = [...book.segments].filter(([, info]) => info.sourceId === sourceId).map(([id]) => id)
  draft.tableWork.push((db) => deleteRows(db, sourceId, segmentIds, kept))
  draft.memoryWork.push((after) => forgetSource(after, sourceId, segmentIds, kept))
}

/** Of a step of many clients only those of the source go. */
function dropSteps(draft: Draft, sourceId: SourceId, kept: ReadonlySet<RecordId>): void {
  const { book } = draft
  const buried = new Set([...book.tombstones.values()].filter((t) => t.sourceId === sourceId).map((t) => t.recordId))
  const isGone = (recordId: RecordId): boolean => {
    if (kept.has(recordId) || book.locals.get(recordId)?.deviceOnly === true) return false
    return buried.has(recordId) || book.records.sourceOf(book.records.slotOf(recordId)) === sourceId
  }
  for (const known of book.undo) {
    const step = draft.undoChanged.get(known.n) ?? known
    const left = step.imported === null && isStepOf(draft, step, sourceId) ? null : withoutClients(step, isGone)
    if (left === null) {
      draft.undone.push(step.n)
      draft.undoChanged.delete(step.n)
    } else if (left !== step) draft.undoChanged.set(step.n, left)
  }
}

function isStepOf({ book }: Draft, step: UndoRow, sourceId: SourceId): boolean {
  if ((step.local ?? book.heads.get(step.recordId))?.sourceId === sourceId) return true
  return [...book.tombstones.values()].some((t) => t.recordId === step.recordId && t.sourceId === sourceId)
}

async function deleteRows(
  db: StoreDatabase,
  sourceId: SourceId,
  segmentIds: readonly number[],
  kept: ReadonlySet<RecordId>,
): Promise<void> {
  await db.heads.bulkDelete([...segmentIds])
  await db.bodies.bulkDelete([...segmentIds])
  await db.sources.delete(sourceId)
  await db.heldRemovals.delete(sourceId)
  await db.suspects.where('sourceId').equals(sourceId).delete()
  await db.vocabulary.delete(sourceId)
  await db.sweepPages.where('sourceId').equals(sourceId).delete()
  await db.problems.where('sourceId').equals(sourceId).delete()
  await db.testimonials.where('sourceId').equals(sourceId).delete()
  await db.runs.filter((run) => run.sourceId === sourceId).delete()
  await db.audit
    .filter((row) => row.entries.some((entry) => isStoryOf(entry, sourceId, kept)))
    .modify((row) => {
      // Their places stay taken: an entry is named by its place.
      row.entries = row.entries.map((entry) => (isStoryOf(entry, sourceId, kept) ? null : entry))
    })
}

function isStoryOf(entry: TimelineEntry | null, sourceId: SourceId, kept: ReadonlySet<RecordId>): boolean {
  return entry !== null && entry.sourceId === sourceId && !kept.has(entry.recordId)
}

function forgetSource(
  book: Book,
  sourceId: SourceId,
  segmentIds: readonly number[],
  kept: ReadonlySet<RecordId>,
): void {
  for (const segmentId of segmentIds) book.segments.delete(segmentId)
  book.sources.delete(sourceId)
  book.held.delete(sourceId)
  book.seenAhead.delete(sourceId)
  for (const [key, row] of book.suspects) if (row.sourceId === sourceId) book.suspects.delete(key)
  book.vocabulary.delete(sourceId)
  book.problemCounts.delete(sourceId)
  for (const [key, head] of book.testimonials) if (head.sourceId === sourceId) book.testimonials.delete(key)
  for (const [key, run] of book.runs) if (run.sourceId === sourceId) book.runs.delete(key)
  for (const key of book.directory.keys()) if (key.startsWith(remoteKey(sourceId, ''))) book.directory.delete(key)
  book.timeline = book.timeline?.filter((entry) => !isStoryOf(entry, sourceId, kept)) ?? null
}
