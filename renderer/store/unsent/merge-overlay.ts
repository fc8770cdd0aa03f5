import type { RecordId } from '../../../shared/ids.ts'
import { type FieldKey, sameFieldValue } from '../../../shared/model/field.ts'
import { type OverlayValue, overlayKeys } from '../../../shared/sync/effective-client.ts'
import type { OverlayRow } from '../rows.ts'
import type { Merge } from './merge-unsent.ts'

/** Values of this device, field by field. Values on their way come back with their edits, and not by themselves. */
export function mergeOverlay({ draft, at, report }: Merge, row: OverlayRow, recordId: RecordId): void {
  const head = draft.head(recordId)
  const here = draft.overlay(recordId)
  const fields: Partial<Record<FieldKey, OverlayValue>> = { ...here.fields }
  const placed: FieldKey[] = []
  for (const field of overlayKeys(row.fields)) {
    const over = row.fields[field]
    if (over === undefined || over.mode !== 'local') continue
    const present = here.fields[field]
    // The later word counts; at the same moment it is the same word.
    if (present !== undefined && (present.mode === 'push' || present.at >= over.at)) continue
    if (present === undefined && head?.fields[field] !== undefined && sameFieldValue(head.fields[field], over.value))
      continue
    fields[field] = over
    placed.push(field)
  }
  const hides = row.hiddenAt !== null && here.hiddenAt === null && overlayKeys(here.fields).length === 0
  if (placed.length === 0 && !hides) {
    report.known++
    return
  }
  draft.putOverlay({ ...here, fields, hiddenAt: hides ? row.hiddenAt : here.hiddenAt })
  report.localValues += placed.length
  if (placed.length === 0) return
  draft.log({
    at,
    recordId,
    kind: 'you-changed',
    sourceId: head?.sourceId ?? null,
    onDevice: true,
    by: 'import',
    fields: placed.map((field) => ({
      field,
      from: here.fields[field]?.value ?? head?.fields[field] ?? null,
      to: row.fields[field]?.value ?? null,
    })),
  })
}
