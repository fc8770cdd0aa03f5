import type { AppError } from '../../../shared/app-error.ts'
import { type ConflictId, type RecordId, remoteIdSchema } from '../../../shared/ids.ts'
import type { ConflictChoice } from '../../../shared/model/conflict.ts'
import type { FieldChange } from '../../../shared/model/edit.ts'
import { type FieldKey, type Fields, type FieldValue, sameFieldValue } from '../../../shared/model/field.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { holds } from '../../../shared/safety/rules.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import { sameInSubstance } from '../../../shared/sync/field-forms.ts'
import type { Draft } from '../draft.ts'
import type { ConflictRow, EditRow } from '../rows.ts'
import { EMPTY_BODY } from '../segments/codec.ts'
import type { StoreContext } from '../store-context.ts'
import { buryRecord } from '../sync/bury-record.ts'
import { again, decideFields, losing } from '../sync/decide-fields.ts'
import { adoptPulledTwin, releaseHolds } from '../sync/settle-done.ts'
import { layCreate } from './create-client.ts'
import { dropEditAndValues, liftValues } from './discard-edit.ts'
import { withSnapshot } from './snapshot.ts'
import { undoStep } from './undo-step.ts'

type Choices = Readonly<Partial<Record<FieldKey | 'record', ConflictChoice>>>

export interface Decision {
  readonly conflictId: ConflictId
  readonly choices: Choices
  /** Theirs as it was shown. */
  readonly seen?: Fields
  /** Of several at the source, the one that "theirs" means. */
  readonly candidate?: string
}

/**
 * The user's decision, and what follows from it, in one transaction. It holds for what was looked at: where theirs has
 * changed again, nothing is decided and the conflict shows the new value (F156).
 */
export function resolveConflict(context: StoreContext, input: Decision): Promise<Result<null, AppError>> {
  const at = context.clock.now()
  return context.writer.write<null>({ durability: 'strict', epoch: null }, (draft) => {
    const conflict = context.book.conflicts.get(input.conflictId)
    if (conflict === undefined || conflict.resolvedAt !== null) return err({ code: 'missing', what: 'conflict' })
    const edit = draft.edit(conflict.editId)
    if (edit === undefined) {
      draft.putConflict({ ...conflict, resolvedAt: at })
      return ok(null)
    }
    const problem = undecided(conflict, input)
    if (problem !== null) return err({ code: 'bad-input', ...problem })
    const snapshot = withSnapshot(
      draft,
      { records: [conflict.recordId, ...twinsOf(draft, conflict)], conflicts: [conflict.conflictId] },
      () => {
        apply(context, draft, conflict, edit, input, at)
        return undefined
      },
    )
    draft.undo.push(
      undoStep({
        at,
        clientId: conflict.clientId,
        recordId: conflict.recordId,
        what: 'resolve',
        conflictId: conflict.conflictId,
        changes:
          conflict.kind === 'field' ? conflict.fields.map((f) => losing(f, input.choices[f.field] ?? 'mine')) : [],
        snapshots: [snapshot],
      }),
    )
    return ok(null)
  })
}

/** What is missing from a decision, or was decided about something else than what is here now. */
function undecided(conflict: ConflictRow, input: Decision): { readonly field: string; readonly rule: string } | null {
  if (conflict.kind === 'field') {
    const open = conflict.fields.find((field) => input.choices[field.field] === undefined)
    if (open !== undefined) return { field: open.field, rule: 'choice-required' }
  } else if (recordChoice(conflict, input.choices) === null) return { field: 'record', rule: 'choice-required' }
  if (input.candidate !== undefined && !conflict.candidates.includes(input.candidate)) {
    return { field: 'candidate', rule: 'unknown-candidate' }
  }
  if (!holds('decision-revalidated')) return null
  const { seen } = input
  const other = conflict.fields.find((f) =>
    // Whoever does not say what he saw can only have seen what was there from the beginning.
    seen === undefined
      ? conflict.revisedAt !== null
      : seen[f.field] === undefined || !sameFieldValue(seen[f.field], f.theirs),
  )
  return other === undefined ? null : { field: other.field, rule: 'changed-meanwhile' }
}

function recordChoice(conflict: ConflictRow, choices: Choices): ConflictChoice | null {
  return choices.record ?? conflict.fields.map((f) => choices[f.field]).find((choice) => choice !== undefined) ?? null
}

/** Records pulled meanwhile that one of the candidates of a `duplicate` is, or that were held aside for its create. */
function twinsOf(draft: Draft, conflict: ConflictRow): readonly RecordId[] {
  if (conflict.kind !== 'duplicate') return []
  return conflict.candidates.flatMap((id) => {
    const twin = draft.recordAt(conflict.sourceId, remoteIdSchema.parse(id))
    return twin === undefined || twin === conflict.recordId ? [] : [twin]
  })
}

function apply(
  context: StoreContext,
  draft: Draft,
  conflict: ConflictRow,
  edit: EditRow,
  { choices, candidate }: Decision,
  at: number,
): void {
  if (conflict.kind === 'field') {
    decideFields(draft, conflict, choices, 'me', at)
    return
  }
  draft.putConflict({ ...conflict, resolvedAt: at, decidedBy: 'me' })
  const mine = recordChoice(conflict, choices) === 'mine'
  const lost = applyToRecord(context, draft, conflict, edit, mine, candidate ?? conflict.candidates[0], at)
  draft.log({
    at,
    recordId: conflict.recordId,
    kind: 'resolved',
    sourceId: conflict.sourceId,
    onDevice: false,
    by: 'me',
    fields: [...lost],
  })
}

/** What was left out by the decision, to be put back from the timeline. */
function applyToRecord(
  context: StoreContext,
  draft: Draft,
  conflict: ConflictRow,
  edit: EditRow,
  mine: boolean,
  candidate: string | undefined,
  at: number,
): readonly FieldChange[] {
  switch (conflict.kind) {
    case 'field':
      return []
    case 'gone':
      resolveGone(context, draft, edit, mine, at)
      return mine ? [] : edit.changes.map(({ field, to }) => ({ field, from: to, to: null }))
    case 'changed-before-delete':
      // What the user has now seen, and still wants gone.
      if (mine) draft.putEdit(again(edit, { base: seenBefore(conflict, edit) }))
      else dropEditAndValues(context, draft, edit)
      return []
    case 'duplicate':
      return resolveDuplicate(draft, conflict, edit, mine ? undefined : candidate, at)
  }
}

function seenBefore(conflict: ConflictRow, edit: EditRow): Fields {
  const seen: Partial<Record<FieldKey, FieldValue>> = { ...edit.base }
  for (const { field, theirs } of conflict.fields) seen[field] = theirs
  return seen
}

/** The source has deleted it. Mine: it is made anew there, with everything the source takes. Theirs: gone here too. */
function resolveGone(context: StoreContext, draft: Draft, edit: EditRow, mine: boolean, at: number): void {
  const { recordId, sourceId } = edit
  const head = draft.head(recordId)
  const overlay = draft.overlay(recordId)
  for (const open of draft.editsOf(recordId)) draft.dropEdit(open)
  if (head === undefined) return
  const fields = effectiveFields(head.fields, overlay.fields)
  buryRecord(draft, recordId, { how: 'gone', runId: null, at })
  draft.overlays.set(recordId, null)
  if (!mine) return
  draft.putLocal({
    recordId,
    sourceId,
    deviceOnly: false,
    fields: {},
    fallbackName: head.fallbackName,
    formerRemoteId: head.remoteId,
    createdAt: head.firstKnownAt,
  })
  layCreate(context, draft, recordId, sourceId, fields, context.book.sources.get(sourceId)?.creates ?? [])
}

/**
 * What was written behind the create was written on what had been sent, and nobody has seen more of the one that was
 * chosen than who it is. Only where it says the same in another form is that form the base; anything else is asked about.
 */
function startFromItsForms(draft: Draft, recordId: RecordId, there: Fields): void {
  for (const later of draft.editsOf(recordId)) {
    if (later.attempts > 0) continue
    const changes = later.changes.map((change) => {
      const form = there[change.field]
      const isSame = form !== undefined && sameInSubstance(change.field, form, change.from)
      return isSame && !sameFieldValue(form, change.from) ? { ...change, from: form } : change
    })
    if (changes.some((change, i) => change !== later.changes[i])) draft.putEdit({ ...later, changes })
  }
}

/** Several at the source could be our create. With a candidate: that one is it. Without: none of them, send it. */
function resolveDuplicate(
  draft: Draft,
  conflict: ConflictRow,
  edit: EditRow,
  candidate: string | undefined,
  at: number,
): readonly FieldChange[] {
  if (candidate === undefined) {
    draft.putEdit(again(edit, { fence: [...new Set([...(edit.fence ?? []), ...conflict.candidates])] }))
    releaseHolds(draft, edit.editId)
    return []
  }
  const remoteId = remoteIdSchema.parse(candidate)
  const twin = draft.recordAt(edit.sourceId, remoteId)
  const known = twin === undefined ? undefined : draft.head(twin)
  const base = known ?? draft.head(edit.recordId)
  releaseHolds(draft, edit.editId)
  draft.dropEdit(edit)
  if (base === undefined) return []
  const sent: Partial<Record<FieldKey, FieldChange['to']>> = {}
  for (const change of edit.changes) sent[change.field] = change.to
  adoptPulledTwin(draft, edit, remoteId, at)
  const fields = known?.fields ?? sent
  draft.putSynced({
    head: {
      ...base,
      recordId: edit.recordId,
      sourceId: edit.sourceId,
      remoteId,
      fields,
      // Read anew at the next pull, whatever it is.
      hash: '',
      readAt: known?.readAt ?? at,
    },
    body: EMPTY_BODY,
  })
  liftValues(
    draft,
    edit,
    edit.changes.map((change) => change.field),
  )
  startFromItsForms(draft, edit.recordId, fields)
  return edit.changes
    .filter(({ field, to }) => fields[field] !== undefined && !sameFieldValue(fields[field], to))
    .map(({ field, to }) => ({ field, from: to, to: fields[field] ?? null }))
}
