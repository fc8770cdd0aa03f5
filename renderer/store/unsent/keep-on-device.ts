import { FIELD_KEYS, type FieldKey, type FieldValue, isEmptyFieldValue } from '../../../shared/model/field.ts'
import type { OverlayValue } from '../../../shared/sync/effective-client.ts'
import type { Found, Merge } from './merge-unsent.ts'

interface Kept {
  readonly field: FieldKey
  readonly value: FieldValue
  readonly at: number
}

/**
 * Work on a client of a source that this profile does not have: it cannot be sent, and it is not dropped. A client of
 * this device holds it, with what the file knows of who it is.
 */
export function keepOnDevice(
  { draft, at, report }: Merge,
  found: Exclude<Found, { kind: 'refused' }>,
  values: readonly Kept[],
): void {
  const { recordId } = found
  const known: Kept[] = []
  if (found.kind === 'foreign' && draft.head(recordId) === undefined) {
    draft.putLocal({
      recordId,
      sourceId: null,
      deviceOnly: true,
      fields: {},
      fallbackName: found.anchor.fallbackName,
      formerRemoteId: null,
      createdAt: at,
    })
    report.clients++
    for (const field of FIELD_KEYS) {
      const value = found.anchor.fields[field]
      // Older than anything that somebody wrote over it.
      if (value !== undefined) known.push({ field, value, at: 0 })
    }
  }
  const here = draft.overlay(recordId)
  const fields: Partial<Record<FieldKey, OverlayValue>> = { ...here.fields }
  let placed = 0
  for (const { field, value, at: since } of [...known, ...values]) {
    const present = fields[field]
    if (present !== undefined ? present.at >= since : isEmptyFieldValue(value)) continue
    if (present === undefined) placed++
    fields[field] = { value, from: null, mode: 'local', at: since }
  }
  if (placed === 0) {
    report.known++
    return
  }
  draft.putOverlay({ ...here, fields })
  report.localValues += placed
}
