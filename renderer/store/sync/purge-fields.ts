import type { AppError } from '../../../shared/app-error.ts'
import type { SourceId } from '../../../shared/ids.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { FieldKey, Fields } from '../../../shared/model/field.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { StoreDatabase } from '../database.ts'
import type { SyncedWrite } from '../draft.ts'
import { decodeBodies, EMPTY_BODY, type RecordBody } from '../segments/codec.ts'
import { recordsOf } from './end-run.ts'
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
  return syncWrite(context, 'strict', async (draft) => {
    const old = [...book.segments].filter(([, info]) => info.sourceId === purge.sourceId).map(([id]) => id)
    const stored = await guard.run(() => databases.relaxed.bodies.bulkGet(old))
    if (!stored.ok) return stored
    const bodies = new Map(stored.value.map((row) => [row?.segmentId ?? -1, decodeBodies(row?.bodies ?? '[]')]))
    let changed = 0
    for (const head of recordsOf(book, purge.sourceId)) {
      const place = book.places.get(head.recordId)
      if (place === undefined || head.sourceId === null || head.remoteId === null) continue
      const body = bodies.get(place.segmentId)?.[place.index] ?? EMPTY_BODY
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
    draft.tableWork.push((db) => purgeRows(db, old, purge))
    draft.memoryWork.push((after) => {
      for (const segmentId of old) after.segments.delete(segmentId)
      for (const [key, tombstone] of after.tombstones) {
        if (tombstone.sourceId !== purge.sourceId || tombstone.fields === null) continue
        after.tombstones.set(key, { ...tombstone, fields: without(tombstone.fields, purge.fields) })
      }
      after.timeline = null
    })
    return ok({ changed })
  })
}

async function purgeRows(db: StoreDatabase, segmentIds: readonly number[], purge: Purge): Promise<void> {
  await db.heads.bulkDelete([...segmentIds])
  await db.bodies.bulkDelete([...segmentIds])
  await db.tombstones
    .where('sourceId')
    .equals(purge.sourceId)
    .modify((row) => {
      if (row.fields !== null) row.fields = without(row.fields, purge.fields)
    })
  await db.problems
    .where('sourceId')
    .equals(purge.sourceId)
    .modify((row) => {
      row.rawText = ''
    })
  await db.audit.toCollection().modify((row) => {
    for (const entry of row.entries) {
      if (entry.sourceId === purge.sourceId && entry.kind === 'source-changed') {
        entry.fields = entry.fields.filter((change) => !purge.fields.includes(change.field))
      }
    }
  })
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
