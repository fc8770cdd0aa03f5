import type { RecordId } from '../../../shared/ids.ts'
import type { ConflictField } from '../../../shared/model/conflict.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import { sameFieldValue } from '../../../shared/model/field.ts'
import { isOpenToChange } from '../../../shared/sync/edit-machine.ts'
import { foldChanges } from '../../../shared/sync/fold-edits.ts'
import { changedSince, mergeFields } from '../../../shared/sync/merge-fields.ts'
import { restoreValues } from '../commands/discard-edit.ts'
import type { Draft } from '../draft.ts'
import { instant } from '../projection/client-row.ts'
import type { ConflictRow, EditRow } from '../rows.ts'
import { again, decideByRules } from './decide-fields.ts'

/**
 * Brings the open conflicts of a record in line with what its source has now and with what the user has written since:
 * an open conflict shows the newest of both sides (F156). Where the sides have come to agree, it closes by itself.
 * `changed` are the fields that have moved; another that both sides once changed is not dug up again.
 */
export function reviseConflicts(
  draft: Draft,
  recordId: RecordId,
  side: 'source' | 'me',
  changed: readonly FieldKey[],
  at: number,
): void {
  for (const conflict of draft.openConflictsOf(recordId)) {
    const edit = draft.edit(conflict.editId)
    const head = draft.head(recordId)
    if (edit === undefined || edit.state !== 'conflict' || head === undefined) continue
    const fields = fieldsNow(conflict, edit, head.fields, changed)
    if (sameFields(fields, conflict.fields)) continue
    const revised: ConflictRow = {
      ...conflict,
      fields,
      merged: edit.changes.map((c) => c.field).filter((field) => !fields.some((f) => f.field === field)),
      mineAt: side === 'me' ? at : conflict.mineAt,
      theirsAt: side === 'source' ? (instant(head.updatedAt) ?? at) : conflict.theirsAt,
      revisedAt: at,
    }
    if (fields.length === 0 && conflict.kind !== 'gone') {
      closeAgreed(draft, conflict, edit, at)
      // Back where it began, by the user's own hand.
      if (edit.operation === 'update' && edit.changes.length === 0) draft.dropEdit(edit)
      continue
    }
    draft.putConflict(revised)
    decideByRules(draft, revised, at)
  }
}

function fieldsNow(
  conflict: ConflictRow,
  edit: EditRow,
  theirs: Parameters<typeof mergeFields>[1],
  changed: readonly FieldKey[],
): readonly ConflictField[] {
  switch (conflict.kind) {
    case 'field':
      return mergeFields(edit.changes, theirs).conflicts.filter(
        ({ field }) => changed.includes(field) || conflict.fields.some((f) => f.field === field),
      )
    case 'changed-before-delete':
      return changedSince(edit.base ?? {}, theirs)
    case 'gone':
      return edit.changes.map(({ field, from, to }) => ({ field, base: from, mine: to, theirs: null }))
    case 'duplicate':
      return conflict.fields
  }
}

function sameFields(a: readonly ConflictField[], b: readonly ConflictField[]): boolean {
  return (
    a.length === b.length &&
    a.every((field) => {
      const other = b.find((f) => f.field === field.field)
      return other !== undefined && sameFieldValue(field.mine, other.mine) && sameFieldValue(field.theirs, other.theirs)
    })
  )
}

/** Both sides say the same by now, or one is back where it was: nothing is left to decide. */
function closeAgreed(draft: Draft, conflict: ConflictRow, edit: EditRow, at: number): void {
  draft.putConflict({ ...conflict, resolvedAt: at, revisedAt: at, decidedBy: 'source' })
  draft.putEdit(again(edit, {}))
  const shown = draft.overlay(conflict.recordId).fields
  const theirs = draft.head(conflict.recordId)?.fields ?? {}
  draft.log({
    at,
    recordId: conflict.recordId,
    kind: 'resolved',
    sourceId: conflict.sourceId,
    onDevice: false,
    by: 'source',
    fields: conflict.fields.map((f) => ({
      field: f.field,
      from: f.theirs,
      to: shown[f.field]?.value ?? theirs[f.field] ?? null,
    })),
  })
}

/** Its source has a client again that it was said to have deleted: the edit goes on as if nothing had been. */
export function reviveGone(draft: Draft, recordId: RecordId, runStartedAt: number, at: number): void {
  for (const conflict of draft.openConflictsOf(recordId)) {
    const edit = draft.edit(conflict.editId)
    // A page asked for before the source said "gone" proves nothing.
    if (conflict.kind !== 'gone' || edit?.state !== 'conflict' || conflict.detectedAt >= runStartedAt) continue
    closeAgreed(draft, conflict, edit, at)
  }
}

/**
 * The edit that an open conflict of this client is about, if a later change belongs into it: nothing of it is at the
 * source, and the conflict then shows what would be sent.
 */
export function editInConflict(draft: Draft, recordId: RecordId): EditRow | null {
  const last = draft.editsOf(recordId).at(-1)
  if (last?.state !== 'conflict' || last.operation !== 'update') return null
  const isAbout = (c: ConflictRow): boolean => c.editId === last.editId && (c.kind === 'field' || c.kind === 'gone')
  return draft.openConflictsOf(recordId).some(isAbout) ? last : null
}

/**
 * Edits that wait behind one that has come into conflict join it, unless it may have left: what is decided about is the
 * newest value. A field that they have put back is no longer a change, and shows what the source has.
 */
export function gatherBehind(draft: Draft, edit: EditRow): EditRow {
  if (edit.attempts > 0 || edit.uncertain) return edit
  let gathered = edit
  const fields = new Set(edit.changes.map((change) => change.field))
  for (const next of draft.editsOf(edit.recordId)) {
    if (next.seq <= edit.seq) continue
    if (next.operation !== 'update' || next.hold !== edit.hold || !isOpenToChange(next)) break
    gathered = { ...gathered, changes: foldChanges(gathered.changes, next.changes) }
    for (const change of next.changes) fields.add(change.field)
    draft.dropEdit(next)
  }
  if (gathered === edit) return edit
  draft.putEdit(gathered)
  restoreValues(
    draft,
    gathered,
    [...fields].filter((field) => !gathered.changes.some((change) => change.field === field)),
  )
  return gathered
}
