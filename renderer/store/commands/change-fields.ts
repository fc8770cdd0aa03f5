import type { RecordId, SourceId } from '../../../shared/ids.ts'
import type { FieldChange } from '../../../shared/model/edit.ts'
import {
  type FieldKey,
  type Fields,
  type FieldValue,
  isEmptyFieldValue,
  sameFieldValue,
} from '../../../shared/model/field.ts'
import { effectiveFields, type OverlayValue } from '../../../shared/sync/effective-client.ts'
import { foldChanges } from '../../../shared/sync/fold-edits.ts'
import { routeEdit } from '../../../shared/sync/route-edit.ts'
import type { Draft } from '../draft.ts'
import { routeInput } from '../routing.ts'
import type { EditRow } from '../rows.ts'
import { editInConflict, reviseConflicts } from '../sync/revise-conflicts.ts'
import { type EditDeps, queueUpdate } from './queue-edit.ts'

export interface Changed {
  readonly edit: EditRow | null
  /** What really changed, as it was shown and as it is now. */
  readonly sent: readonly FieldChange[]
  readonly local: readonly FieldChange[]
}

/**
 * Writes changes of one record into a draft: each field over the synced value, and those its source takes into the
 * outbox as well. `seen` is what the form showed when the edit began; a value equal to it was not touched.
 */
export function changeFields(deps: EditDeps, draft: Draft, recordId: RecordId, changes: Fields, seen: Fields): Changed {
  const head = draft.head(recordId)
  if (head === undefined) return { edit: null, sent: [], local: [] }
  const overlay = draft.overlay(recordId)
  const shown = effectiveFields(head.fields, overlay.fields)
  const touched = changedFields(changes, seen, shown)
  const route = routeEdit(
    routeInput(draft.book, head, draft.local(recordId), draft.editsOf(recordId)),
    touched.map((change) => change.field),
  )
  const sent = touched
    .filter((change) => route.send.includes(change.field))
    .map((change) => {
      // What is sent is compared with what the source has, and not with a value that never left this device.
      const over = head.remoteId === null ? undefined : overlay.fields[change.field]
      return over?.mode === 'local' ? { ...change, from: over.from } : change
    })
  const local = touched.filter((change) => route.keep.includes(change.field))
  const at = deps.clock.now()
  const edit = sent.length === 0 || head.sourceId === null ? null : carry(deps, draft, recordId, head.sourceId, sent)

  const fields: Partial<Record<FieldKey, OverlayValue>> = { ...overlay.fields }
  for (const change of sent) {
    const left = draft.editsOf(recordId)
    const stillQueued = left.some((e) => e.changes.some((c) => c.field === change.field))
    // What a waiting delete has made needless is still there, under what was written behind it.
    const under = left.flatMap((e) => e.restores).find((c) => c.field === change.field)
    if (stillQueued) fields[change.field] = overlayValue(fields[change.field], change, 'push', at)
    else if (under !== undefined) fields[change.field] = { value: under.to, from: under.from, mode: 'push', at }
    else delete fields[change.field]
  }
  for (const change of local) {
    // Back to what the source says: nothing of this device is left. A client without a source has only such values.
    const same = head.remoteId !== null && sameFieldValue(change.to, head.fields[change.field])
    const emptied = head.fields[change.field] === undefined && isEmptyFieldValue(change.to)
    if (same || emptied) delete fields[change.field]
    else fields[change.field] = overlayValue(fields[change.field], change, 'local', at)
  }
  draft.putOverlay({ ...overlay, fields })
  return { edit, sent, local }
}

/** Into the edit that a conflict is about, where there is one: it has not been sent. Else into the queue. */
function carry(
  deps: EditDeps,
  draft: Draft,
  recordId: RecordId,
  sourceId: SourceId,
  sent: readonly FieldChange[],
): EditRow | null {
  const disputed = editInConflict(draft, recordId)
  if (disputed === null) return queueUpdate(deps, draft, recordId, sourceId, sent)
  const at = deps.clock.now()
  const edit = { ...disputed, changes: foldChanges(disputed.changes, sent) }
  draft.putEdit(edit)
  const fields = sent.map((change) => change.field)
  reviseConflicts(draft, recordId, 'me', fields, at)
  return draft.edit(edit.editId) ?? null
}

function overlayValue(
  before: OverlayValue | undefined,
  change: FieldChange,
  mode: 'push' | 'local',
  at: number,
): OverlayValue {
  return { value: change.to, from: before === undefined ? change.from : before.from, mode, at }
}

function changedFields(changes: Fields, seen: Fields, shown: Fields): readonly FieldChange[] {
  const touched: FieldChange[] = []
  // Parsed as Fields: its keys are field keys.
  for (const field of Object.keys(changes) as FieldKey[]) {
    const to = tidy(changes[field])
    const from = seen[field] === undefined ? (shown[field] ?? null) : seen[field]
    if (to === undefined || sameFieldValue(from, to)) continue
    touched.push({ field, from, to })
  }
  return touched
}

/** An emptied text field is `null`, whatever the form made of it. */
export function tidy(value: FieldValue | undefined): FieldValue | undefined {
  if (typeof value === 'string') return value.trim() === '' ? null : value
  return value
}

export function tidyFields(fields: Fields): Fields {
  const tidied: Partial<Record<FieldKey, FieldValue>> = {}
  for (const field of Object.keys(fields) as FieldKey[]) {
    const value = tidy(fields[field])
    if (value !== undefined) tidied[field] = value
  }
  return tidied
}
