import type { ConflictChoice, ConflictField } from '../../../shared/model/conflict.ts'
import type { FieldChange } from '../../../shared/model/edit.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import { isOpenEdit, stepEdit } from '../../../shared/sync/edit-machine.ts'
import { restoreValues } from '../commands/discard-edit.ts'
import type { Draft } from '../draft.ts'
import type { ConflictRow, EditRow, FieldRuleRow } from '../rows.ts'

export type FieldChoices = Readonly<Partial<Record<FieldKey, ConflictChoice>>>

/** The same edit once more, as if it had just been made on what the source has now. */
export function again(edit: EditRow, changes: Partial<EditRow>): EditRow {
  return stepEdit(edit, 'waiting', {
    attempts: 0,
    frozenBody: null,
    fence: null,
    looks: 0,
    uncertain: false,
    notBefore: null,
    error: null,
    ...changes,
  })
}

/**
 * Decides some or all fields of a conflict. `mine` stays in the edit and starts from what was seen of theirs, so that it
 * is checked against exactly that before it is sent; `theirs` leaves the edit. The edit goes on once nothing is open.
 */
export function decideFields(
  draft: Draft,
  conflict: ConflictRow,
  choices: FieldChoices,
  by: 'me' | 'rule',
  at: number,
): void {
  const edit = draft.edit(conflict.editId)
  if (edit === undefined || !isOpenEdit(edit)) return
  const decided = conflict.fields.filter((field) => choices[field.field] !== undefined)
  const open = conflict.fields.filter((field) => choices[field.field] === undefined)
  const kept = decided.filter((field) => choices[field.field] === 'mine')
  const given = decided.filter((field) => choices[field.field] === 'theirs')
  const changes: FieldChange[] = edit.changes.flatMap((change) => {
    if (given.some((field) => field.field === change.field)) return []
    const mine = kept.find((field) => field.field === change.field)
    // Of a disputed field the user has seen theirs; of the others nothing newer than the edit began with.
    return mine === undefined ? [change] : [{ ...change, from: mine.theirs }]
  })
  draft.putConflict({
    ...conflict,
    // What has been decided stands in the row of a conflict that is closed, all of it.
    fields: open.length === 0 ? conflict.fields : open,
    merged: open.length === 0 ? conflict.merged : [...conflict.merged, ...kept.map((field) => field.field)],
    resolvedAt: open.length === 0 ? at : null,
    decidedBy: open.length === 0 ? by : null,
  })
  if (changes.length === 0) draft.dropEdit(edit)
  else if (open.length === 0) draft.putEdit(again(edit, { changes }))
  else draft.putEdit({ ...edit, changes })
  // A later edit of a field that was given up starts from what was seen here, not from what a pull brought since.
  const givenUp = { ...edit, changes: edit.changes.map((c) => ({ ...c, from: theirsOf(conflict, c) })) }
  restoreValues(
    draft,
    givenUp,
    given.map((field) => field.field),
  )
  draft.log({
    at,
    recordId: conflict.recordId,
    kind: 'resolved',
    sourceId: conflict.sourceId,
    onDevice: false,
    by,
    fields: decided.map((field) => losing(field, choices[field.field] ?? 'mine')),
  })
}

/** The value that was left out comes first: it can be put back from the timeline. */
export function losing({ field, mine, theirs }: ConflictField, choice: ConflictChoice): FieldChange {
  return choice === 'theirs' ? { field, from: mine, to: theirs } : { field, from: theirs, to: mine }
}

function theirsOf(conflict: ConflictRow, change: FieldChange): FieldChange['from'] {
  return conflict.fields.find((f) => f.field === change.field)?.theirs ?? change.from
}

/** Lets the user's rules decide what they decide of a conflict, and counts that they did. */
export function decideByRules(
  draft: Draft,
  conflict: ConflictRow,
  at: number,
  only: readonly FieldKey[] | null = null,
): void {
  if (conflict.kind !== 'field') return
  const choices: Partial<Record<FieldKey, ConflictChoice>> = {}
  const used: FieldRuleRow[] = []
  for (const { field } of conflict.fields) {
    const rule = only === null || only.includes(field) ? draft.ruleFor(conflict.sourceId, field) : undefined
    if (rule === undefined) continue
    choices[field] = rule.choice
    used.push(rule)
  }
  if (used.length === 0) return
  for (const rule of used) draft.fieldRules.set(rule.ruleId, { ...rule, used: rule.used + 1, usedAt: at })
  decideFields(draft, conflict, choices, 'rule', at)
}
