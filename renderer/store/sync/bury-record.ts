import type { RecordId, RunId } from '../../../shared/ids.ts'
import { holds } from '../../../shared/safety/rules.ts'
import { overlayKeys } from '../../../shared/sync/effective-client.ts'
import { type Book, remoteKey } from '../book.ts'
import type { Draft } from '../draft.ts'
import type { OverlayRow, TombstoneRow } from '../rows.ts'

/** How long the last state of a removed client can be brought back. */
export const RESTORE_MS = 30 * 86_400_000

/**
 * Takes a record out because its source no longer has it. Values of this device are the user's own work: a client that
 * has some stays, as one of this device.
 */
export function removeAtSource(
  draft: Draft,
  recordId: RecordId,
  how: { readonly runId: RunId | null; readonly at: number },
): void {
  const head = draft.head(recordId)
  if (head === undefined) return
  const overlay = draft.overlay(recordId)
  const keeps =
    overlay.hiddenAt === null && overlayKeys(overlay.fields).some((field) => overlay.fields[field]?.mode === 'local')
  buryRecord(draft, recordId, { how: 'sweep', ...how })
  draft.log({ at: how.at, recordId, kind: 'source-removed', sourceId: head.sourceId, onDevice: false, fields: [] })
  if (!keeps) return
  draft.putLocal({
    recordId,
    sourceId: head.sourceId,
    deviceOnly: true,
    fields: head.fields,
    fallbackName: head.fallbackName ?? head.remoteId,
    formerRemoteId: head.remoteId,
    createdAt: head.firstKnownAt,
  })
}

/** Leaves a tombstone: the segment entry is dead, and the record comes back under its old id if the source has it again. */
export function buryRecord(
  draft: Draft,
  recordId: RecordId,
  {
    how,
    runId,
    at,
    writeSeq = 0,
  }: {
    readonly how: TombstoneRow['how']
    readonly runId: RunId | null
    readonly at: number
    readonly writeSeq?: number
  },
): void {
  const head = draft.head(recordId)
  draft.dropRecord(recordId)
  if (head === undefined || head.sourceId === null || head.remoteId === null) return
  const key = remoteKey(head.sourceId, head.remoteId)
  const keepsState = how !== 'sweep' || holds('tray-keeps-last-state')
  draft.tombstones.set(key, {
    key,
    sourceId: head.sourceId,
    remoteId: head.remoteId,
    recordId,
    cut: newestSegment(draft.book),
    at,
    how,
    runId,
    restoreUntil: keepsState ? at + RESTORE_MS : null,
    fields: keepsState ? head.fields : null,
    writeSeq,
    over: localValues(draft.overlay(recordId).fields),
    fallbackName: head.fallbackName,
    sourceCreatedAt: head.createdAt,
    knownSince: head.firstKnownAt,
  })
  draft.tableWork.push((db) => db.testimonials.delete(recordId))
  draft.memoryWork.push((book) => book.testimonials.delete(recordId))
}

/** What was written here and never went to the source. */
function localValues(fields: OverlayRow['fields']): OverlayRow['fields'] {
  return Object.fromEntries(
    overlayKeys(fields).flatMap((field) => {
      const over = fields[field]
      return over?.mode === 'local' ? [[field, over]] : []
    }),
  )
}

function newestSegment(book: Book): number {
  let newest = 0
  for (const segmentId of book.segments.keys()) if (segmentId > newest) newest = segmentId
  return newest
}
