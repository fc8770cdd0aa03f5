import type { ConflictId, FieldRuleId, RecordId } from '../../../shared/ids.ts'
import type { Draft } from '../draft.ts'
import type { EditRow, Snapshot } from '../rows.ts'
import type { RecordHead } from '../segments/codec.ts'
import { decodeHeads, EMPTY_BODY, encodeHeads } from '../segments/codec.ts'

export interface Concerned {
  readonly records?: readonly RecordId[]
  readonly conflicts?: readonly ConflictId[]
  readonly tombstones?: readonly string[]
  readonly rules?: readonly FieldRuleId[]
}

/** Why a step cannot be taken back whole. */
export type CannotRestore = 'already-sent' | 'changed-meanwhile'

/**
 * Runs a step and keeps the rows that it replaces, so that it can be taken back whole. What the step does not name is
 * not kept.
 */
export function withSnapshot(
  draft: Draft,
  concerned: Concerned,
  step: () => { readonly madeRules: FieldRuleId[] } | undefined,
): Snapshot {
  const recordIds = [...(concerned.records ?? [])]
  const heads = new Map(recordIds.map((recordId) => [recordId, draft.head(recordId)]))
  const before = {
    recordIds,
    conflicts: (concerned.conflicts ?? []).flatMap((id) => draft.conflict(id) ?? []),
    fieldRules: (concerned.rules ?? []).flatMap((id) => draft.fieldRule(id) ?? []),
    tombstones: (concerned.tombstones ?? []).flatMap((key) => draft.tombstone(key) ?? []),
    records: recordIds.map((recordId) => ({
      recordId,
      head: null as string | null,
      sourceId: draft.head(recordId)?.sourceId ?? null,
      local: draft.local(recordId) ?? null,
      overlay: draft.overlay(recordId),
      edits: [...draft.editsOf(recordId)],
      hold: draft.book.holds.get(recordId)?.editId ?? null,
    })),
  }
  const made = step()
  const snapshot: Snapshot = {
    ...before,
    records: before.records.map((record) => ({ ...record, head: lostHead(draft, heads.get(record.recordId)) })),
    madeRules: made?.madeRules ?? [],
    after: '',
  }
  return { ...snapshot, after: fingerprint(draft, snapshot) }
}

/** What the source had said of a record that the step took out of the book; null where it is still there. */
function lostHead(draft: Draft, before: RecordHead | undefined): string | null {
  if (before === undefined || before.remoteId === null) return null
  return draft.head(before.recordId)?.remoteId === before.remoteId ? null : encodeHeads([before])
}

export function whyNotRestorable(draft: Draft, snapshot: Snapshot): CannotRestore | null {
  const edits = snapshot.recordIds.flatMap((recordId) => draft.editsOf(recordId))
  if (edits.some((edit) => isBeingSent(edit) && !wasSoBefore(snapshot, edit))) return 'already-sent'
  if (fingerprint(draft, snapshot) === snapshot.after) return null
  return left(draft, snapshot) ? 'already-sent' : 'changed-meanwhile'
}

function isBeingSent(edit: EditRow): boolean {
  return edit.state === 'sending' || edit.attempts > 0 || edit.frozenBody !== null
}

/** Had been sent before the step, and the step had left it so. */
function wasSoBefore(snapshot: Snapshot, edit: EditRow): boolean {
  return snapshot.records.some((record) =>
    record.edits.some(
      (old) => old.editId === edit.editId && old.attempts === edit.attempts && old.state === edit.state,
    ),
  )
}

/** An edit that the step had left in the queue is not in it any more. */
function left(draft: Draft, snapshot: Snapshot): boolean {
  const now = new Set(
    snapshot.recordIds.flatMap((recordId) => draft.editsOf(recordId).map((edit) => edit.editId as string)),
  )
  return editsIn(snapshot.after).some((editId) => !now.has(editId))
}

function editsIn(after: string): readonly string[] {
  return [...after.matchAll(/edt_[0-9a-z]{16}/g)].map((match) => match[0])
}

/** Everything that a later step of the user, or an answer of the source, would have changed. */
function fingerprint(draft: Draft, snapshot: Snapshot): string {
  return JSON.stringify([
    snapshot.recordIds.map((recordId) => [
      draft.local(recordId) === undefined ? 0 : 1,
      draft.head(recordId)?.remoteId ?? null,
      draft.overlay(recordId),
      draft.editsOf(recordId).map((edit) => [edit.editId, edit.operation, edit.changes]),
      draft.openConflictsOf(recordId).map((conflict) => [conflict.conflictId, conflict.fields.map((f) => f.field)]),
    ]),
    snapshot.conflicts.map(({ conflictId }) => draft.conflict(conflictId)?.resolvedAt ?? null),
    snapshot.tombstones.map(({ key }) => draft.tombstone(key)?.restoreUntil ?? null),
  ])
}

/** Puts the rows back. Asked for `whyNotRestorable` first. */
export function restoreSnapshot(draft: Draft, snapshot: Snapshot): void {
  // Records that take a place at the source back, before those that had it meanwhile become local again.
  for (const record of snapshot.records) {
    if (record.sourceId === null || record.head === null) continue
    const [head] = decodeHeads(record.sourceId, record.head)
    if (head === null || head === undefined || head.sourceId === null || head.remoteId === null) continue
    const { sourceId, remoteId } = head
    // The rest of it is read again: without a hash the next pull takes it for changed.
    draft.putSynced({ head: { ...head, sourceId, remoteId, hash: '' }, body: EMPTY_BODY })
  }
  for (const record of snapshot.records) {
    const { recordId } = record
    if (record.local !== null) draft.putLocal(record.local)
    else if (draft.local(recordId) !== undefined && record.head === null) draft.dropRecord(recordId)
    for (const edit of draft.editsOf(recordId)) draft.dropEdit(edit)
    for (const edit of record.edits) draft.putEdit(edit)
    draft.putOverlay(record.overlay)
    if (record.hold !== null) draft.holds.set(recordId, { recordId, editId: record.hold })
  }
  for (const conflict of snapshot.conflicts) draft.putConflict(conflict)
  for (const ruleId of snapshot.madeRules) draft.fieldRules.set(ruleId, null)
  for (const rule of snapshot.fieldRules) draft.fieldRules.set(rule.ruleId, rule)
  for (const tombstone of snapshot.tombstones) {
    draft.tombstones.set(tombstone.key, tombstone)
    draft.touched.add(tombstone.recordId)
  }
}
