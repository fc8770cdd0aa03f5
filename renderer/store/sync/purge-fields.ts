import type { AppError } from '../../../shared/app-error.ts'
import type { RecordId, SourceId } from '../../../shared/ids.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { FieldChange } from '../../../shared/model/edit.ts'
import type { FieldKey, Fields } from '../../../shared/model/field.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { StoreDatabase } from '../database.ts'
import type { SyncedWrite } from '../draft.ts'
import { ensureRead } from '../records/read-segments.ts'
import type { OverlayRow, TimelineEntry, TombstoneRow, UndoRow } from '../rows.ts'
import { EMPTY_BODY, type RecordBody } from '../segments/codec.ts'
import { bodyAt, readBodies } from '../segments/read-bodies.ts'
import { LONG_WORK_MS } from '../storage-guard.ts'
import { recordsOf } from './end-run.ts'
import { withCleanClients } from './forget-in-steps.ts'
import { type SyncContext, syncWrite } from './sync-context.ts'

interface Purge {
  readonly sourceId: SourceId
  readonly fields: readonly FieldKey[]
  readonly rawKeys: readonly string[]
}

/**
 * Forgets values that may no longer be kept, everywhere they are: records, raw records, the memory and search of this
 * worker, removed clients, unreadable records and the timeline. All segments of the source are written anew in one
 * transaction, so that no old copy stays behind. Values of this device are the user's own and stay.
 */
export function purgeFields(context: SyncContext, purge: Purge): Promise<Result<{ changed: number }, AppError>> {
  const { book, databases, guard } = context
  return syncWrite(
    context,
    'strict',
    async (draft) => {
      const old = [...book.segments].filter(([, info]) => info.sourceId === purge.sourceId).map(([id]) => id)
      const heads = await ensureRead(context, old)
      if (!heads.ok) return heads
      const stored = await guard.run(() => readBodies(databases.relaxed, old))
      if (!stored.ok) return stored
      const bodies = stored.value
      let changed = 0
      const recordIds = new Set<RecordId>()
      for (const head of recordsOf(book, purge.sourceId)) {
        recordIds.add(head.recordId)
        if (book.overlays.has(head.recordId)) draft.putOverlay(cleanOverlay(draft.overlay(head.recordId), purge.fields))
        const place = book.places.get(head.recordId)
        if (place === undefined || head.sourceId === null || head.remoteId === null) continue
        const body = bodyAt(bodies.get(place.segmentId), place.index) ?? EMPTY_BODY
        const fields = without(head.fields, purge.fields)
        const clean = cleanBody(body, purge.rawKeys)
        if (Object.keys(fields).length !== Object.keys(head.fields).length || clean !== body) changed++
        const write: SyncedWrite = {
          // Without a hash it is compared anew, so that switching the fields on again brings them back.
          head: { ...head, sourceId: head.sourceId, remoteId: head.remoteId, fields, hash: '' },
          body: clean,
        }
        draft.putSynced(write)
      }
      // What its source last said of a client that stays as one of this device is the source's still.
      for (const local of book.locals.values()) {
        if (local.sourceId !== purge.sourceId) continue
        recordIds.add(local.recordId)
        if (local.formerRemoteId === null) continue
        draft.putLocal({ ...local, fields: without(local.fields, purge.fields) })
        if (book.overlays.has(local.recordId))
          draft.putOverlay(cleanOverlay(draft.overlay(local.recordId), purge.fields))
      }
      for (const tombstone of book.tombstones.values()) {
        if (tombstone.sourceId !== purge.sourceId) continue
        recordIds.add(tombstone.recordId)
        // As rows of the draft, so that the second copy is cleaned with them.
        draft.tombstones.set(tombstone.key, cleanTombstone(tombstone, purge.fields))
      }
      draft.tableWork.push((db) => purgeRows(db, old, recordIds, purge))
      draft.journalAnew = true
      draft.forgets = true
      draft.memoryWork.push((after) => {
        for (const segmentId of old) after.segments.delete(segmentId)
        after.timeline = null
        const steps = after.undo.splice(0).filter((step) => !isWholeStep(step, recordIds))
        after.undo.push(...steps.map((step) => cleanStep(step, recordIds, purge.fields)))
      })
      return ok({ changed })
    },
    LONG_WORK_MS,
  )
}

async function purgeRows(
  db: StoreDatabase,
  segmentIds: readonly number[],
  recordIds: ReadonlySet<RecordId>,
  purge: Purge,
): Promise<void> {
  await db.heads.bulkDelete([...segmentIds])
  await db.bodies.bulkDelete([...segmentIds])
  await db.problems
    .where('sourceId')
    .equals(purge.sourceId)
    .modify((row) => {
      row.rawText = ''
    })
  await db.audit.toCollection().modify((row) => {
    row.entries = row.entries.map((entry) =>
      entry?.sourceId === purge.sourceId ? cleanEntry(entry, purge.fields) : entry,
    )
  })
  await db.undo.filter((row) => isWholeStep(row, recordIds)).delete()
  await db.undo.toCollection().modify((row) => {
    Object.assign(row, cleanStep(row, recordIds, purge.fields))
  })
}

/** Whole rows as they were, to be put back: they cannot be, with some of their values gone. */
function isWholeStep(step: UndoRow, recordIds: ReadonlySet<RecordId>): boolean {
  const { snapshots = [] } = step
  return (
    snapshots.length > 0 &&
    (recordIds.has(step.recordId) || snapshots.some((s) => s.recordIds.some((id) => recordIds.has(id))))
  )
}

function cleanTombstone(row: TombstoneRow, keys: readonly FieldKey[]): TombstoneRow {
  const over = cleanOverlay({ recordId: row.recordId, fields: row.over, hiddenAt: null }, keys).fields
  return { ...row, fields: row.fields === null ? null : without(row.fields, keys), over }
}

function cleanStep(step: UndoRow, recordIds: ReadonlySet<RecordId>, keys: readonly FieldKey[]): UndoRow {
  const changes = (all: readonly FieldChange[]): FieldChange[] => all.filter((change) => !keys.includes(change.field))
  const local = (row: UndoRow['local']): UndoRow['local'] =>
    row === null ? null : { ...row, fields: without(row.fields, keys) }
  const overlay = (row: UndoRow['overlay']): UndoRow['overlay'] => (row === null ? null : cleanOverlay(row, keys))
  const cleaned = withCleanClients(step, (recordId) => recordIds.has(recordId), { changes, local, overlay })
  if (!recordIds.has(step.recordId)) return cleaned
  return { ...cleaned, changes: changes(step.changes), local: local(step.local), overlay: overlay(step.overlay) }
}

/** What the source had said goes; what the user wrote over it stays. */
function cleanEntry(entry: TimelineEntry, keys: readonly FieldKey[]): TimelineEntry {
  if (entry.kind === 'source-changed') {
    return { ...entry, fields: entry.fields.filter((change) => !keys.includes(change.field)) }
  }
  return {
    ...entry,
    fields: entry.fields.map((change) => (keys.includes(change.field) ? { ...change, from: null } : change)),
  }
}

function cleanOverlay(overlay: OverlayRow, keys: readonly FieldKey[]): OverlayRow {
  const fields = { ...overlay.fields }
  for (const key of keys) {
    const over = fields[key]
    if (over !== undefined) fields[key] = { ...over, from: null }
  }
  return { ...overlay, fields }
}

function without(fields: Fields, keys: readonly FieldKey[]): Fields {
  const left = { ...fields }
  for (const key of keys) delete left[key]
  return left
}

function cleanBody(body: RecordBody, rawKeys: readonly string[]): RecordBody {
  const raw = cleanRaw(body.raw, rawKeys)
  const extra = body.extra.filter((field) => !rawKeys.includes(field.key))
  return raw === body.raw && extra.length === body.extra.length ? body : { raw, extra }
}

function cleanRaw(raw: JsonValue, rawKeys: readonly string[]): JsonValue {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return raw
  const entries = Object.entries(raw)
  const left = entries.filter(([key]) => !rawKeys.includes(key))
  return left.length === entries.length ? raw : Object.fromEntries(left)
}
