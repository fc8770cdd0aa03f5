import type { RecordId, SourceId } from '../../../shared/ids.ts'
import type { FieldChange } from '../../../shared/model/edit.ts'
import { FIELD_KEYS, sameFieldValue } from '../../../shared/model/field.ts'
import { type PulledRecord, pulledRecord } from '../../../shared/model/pulled-record.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import { holds } from '../../../shared/safety/rules.ts'
import { mergeSynced } from '../../../shared/sync/effective-client.ts'
import type { SyncedWrite } from '../draft.ts'
import type { RecordHead } from '../segments/codec.ts'

export interface SyncedInput {
  readonly sourceId: SourceId
  readonly recordId: RecordId
  /** As a pull brings it, or as the answer to a write of ours. */
  readonly record: PulledRecord | RemoteRecord
  readonly before: RecordHead | undefined
  readonly writeSeq: number
  readonly at: number
}

/** What is stored of a record as its source has it. A field that the source left out keeps its stored value. */
export function syncedWrite({ sourceId, recordId, record: given, before, writeSeq, at }: SyncedInput): SyncedWrite {
  const record = 'body' in given ? given : pulledRecord(given)
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
      ai: record.ai,
      hash: record.hash,
      firstKnownAt: before?.firstKnownAt ?? at,
      writeSeq,
      readAt: at,
    },
    body: record.body,
  }
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
