import type { RecordId, SourceId } from '../../../shared/ids.ts'
import type { FieldChange } from '../../../shared/model/edit.ts'
import { FIELD_KEYS, sameFieldValue } from '../../../shared/model/field.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import { holds } from '../../../shared/safety/rules.ts'
import { mergeSynced } from '../../../shared/sync/effective-client.ts'
import type { SyncedWrite } from '../draft.ts'
import { bodyOf, hashRecord, type RecordHead } from '../segments/codec.ts'

export interface SyncedInput {
  readonly sourceId: SourceId
  readonly recordId: RecordId
  readonly record: RemoteRecord
  readonly before: RecordHead | undefined
  readonly hash?: string
  readonly writeSeq: number
  readonly at: number
}

/** What is stored of a record as its source has it. A field that the source left out keeps its stored value. */
export function syncedWrite({ sourceId, recordId, record, before, hash, writeSeq, at }: SyncedInput): SyncedWrite {
  return {
    head: {
      recordId,
      sourceId,
      remoteId: record.remoteId,
      fields: holds('absent-is-unknown') ? mergeSynced(before?.fields ?? {}, record.fields) : record.fields,
      fallbackName: record.fallbackName ?? before?.fallbackName ?? null,
      avatarUrl: record.avatarUrl,
      createdAt: record.createdAt ?? before?.createdAt ?? null,
      updatedAt: record.updatedAt ?? before?.updatedAt ?? null,
      lastActivityAt: record.lastActivityAt ?? before?.lastActivityAt ?? null,
      owner: record.owner,
      ai: aiValue(record),
      hash: hash ?? hashRecord(record),
      firstKnownAt: before?.firstKnownAt ?? at,
      writeSeq,
      readAt: at,
    },
    body: bodyOf(record),
  }
}

function aiValue(record: RemoteRecord): string | null {
  const extra = record.extra.find(
    (field) => field.filledBy === 'vendor-ai' && field.value !== null && field.value !== '',
  )
  return extra === undefined ? null : `${extra.label.toLowerCase()} ${extra.value}`
}

/** What a source changed, field by field, for the timeline. */
export function syncedChanges(before: RecordHead, after: RecordHead): FieldChange[] {
  const changes: FieldChange[] = []
  for (const field of FIELD_KEYS) {
    if (sameFieldValue(before.fields[field], after.fields[field])) continue
    changes.push({ field, from: before.fields[field] ?? null, to: after.fields[field] ?? null })
  }
  return changes
}
