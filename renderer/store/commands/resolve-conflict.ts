import type { AppError } from '../../../shared/app-error.ts'
import { type ConflictId, remoteIdSchema } from '../../../shared/ids.ts'
import type { ConflictChoice } from '../../../shared/model/conflict.ts'
import type { FieldChange } from '../../../shared/model/edit.ts'
import type { FieldKey, Fields, FieldValue } from '../../../shared/model/field.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { stepEdit } from '../../../shared/sync/edit-machine.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import { remoteKey } from '../book.ts'
import type { Draft } from '../draft.ts'
import type { ConflictRow, EditRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import { buryRecord } from '../sync/bury-record.ts'
import { releaseHolds } from '../sync/settle-done.ts'
import { layCreate } from './create-client.ts'
import { dropEditAndValues, restoreValues } from './discard-edit.ts'

type Choices = Readonly<Partial<Record<FieldKey | 'record', ConflictChoice>>>

/** The user's decision, and what follows from it, in one transaction. */
export function resolveConflict(
  context: StoreContext,
  input: { readonly conflictId: ConflictId; readonly choices: Choices },
): Promise<Result<null, AppError>> {
  const at = context.clock.now()
  return context.writer.write<null>({ durability: 'strict', epoch: null }, (draft) => {
    const conflict = context.book.conflicts.get(input.conflictId)
    if (conflict === undefined || conflict.resolvedAt !== null) return err({ code: 'missing', what: 'conflict' })
    const edit = draft.edit(conflict.editId)
    if (edit === undefined) {
      draft.putConflict({ ...conflict, resolvedAt: at })
      return ok(null)
    }
    if (conflict.kind === 'field') {
      const open = conflict.fields.find((field) => input.choices[field.field] === undefined)
      if (open !== undefined) return err({ code: 'bad-input', field: open.field, rule: 'choice-required' })
    } else if (recordChoice(conflict, input.choices) === null) {
      return err({ code: 'bad-input', field: 'record', rule: 'choice-required' })
    }
    draft.putConflict({ ...conflict, resolvedAt: at })
    apply(context, draft, conflict, edit, input.choices, at)
    draft.log({
      at,
      recordId: conflict.recordId,
      kind: 'resolved',
      sourceId: conflict.sourceId,
      onDevice: false,
      fields: conflict.fields.map(({ field, mine, theirs }) =>
        input.choices[field] === 'theirs' ? { field, from: mine, to: theirs } : { field, from: theirs, to: mine },
      ),
    })
    return ok(null)
  })
}

function recordChoice(conflict: ConflictRow, choices: Choices): ConflictChoice | null {
  return choices.record ?? conflict.fields.map((f) => choices[f.field]).find((choice) => choice !== undefined) ?? null
}

function apply(
  context: StoreContext,
  draft: Draft,
  conflict: ConflictRow,
  edit: EditRow,
  choices: Choices,
  at: number,
): void {
  if (conflict.kind === 'field') {
    resolveFields(draft, conflict, edit, choices)
    return
  }
  const mine = recordChoice(conflict, choices) === 'mine'
  switch (conflict.kind) {
    case 'gone':
      resolveGone(context, draft, edit, mine, at)
      return
    case 'changed-before-delete':
      // What the user has now seen, and still wants gone.
      if (mine) draft.putEdit(again(edit, { base: seenBefore(conflict, edit) }))
      else dropEditAndValues(context, draft, edit)
      return
    case 'duplicate':
      resolveDuplicate(draft, conflict, edit, mine, at)
  }
}

/** The same edit once more, as if it had just been made on what the source has now. */
function again(edit: EditRow, changes: Partial<EditRow>): EditRow {
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

function theirsOf(conflict: ConflictRow, change: FieldChange): FieldValue {
  const field = conflict.fields.find((f) => f.field === change.field)
  return field === undefined ? change.from : field.theirs
}

function seenBefore(conflict: ConflictRow, edit: EditRow): Fields {
  const seen: Partial<Record<FieldKey, FieldValue>> = { ...edit.base }
  for (const { field, theirs } of conflict.fields) seen[field] = theirs
  return seen
}

function resolveFields(draft: Draft, conflict: ConflictRow, edit: EditRow, choices: Choices): void {
  const changes: FieldChange[] = []
  const given: FieldKey[] = []
  for (const change of edit.changes) {
    const field = conflict.fields.find((f) => f.field === change.field)
    if (field !== undefined && choices[change.field] === 'theirs') given.push(change.field)
    // Of a disputed field the user has seen theirs; of the others nothing newer than the edit began with.
    else changes.push(field === undefined ? change : { ...change, from: field.theirs })
  }
  if (changes.length === 0) draft.dropEdit(edit)
  else draft.putEdit(again(edit, { changes }))
  // A later edit of a field that was given up starts from what was seen here, not from what a pull brought since.
  const givenUp = { ...edit, changes: edit.changes.map((c) => ({ ...c, from: theirsOf(conflict, c) })) }
  restoreValues(draft, givenUp, given)
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

/** Several at the source could be our create. Theirs: the first of them is it. Mine: none of them, send it. */
function resolveDuplicate(draft: Draft, conflict: ConflictRow, edit: EditRow, mine: boolean, at: number): void {
  const candidate = conflict.candidates[0]
  if (mine || candidate === undefined) {
    draft.putEdit(again(edit, { fence: [...new Set([...(edit.fence ?? []), ...conflict.candidates])] }))
    releaseHolds(draft, edit.editId)
    return
  }
  const remoteId = remoteIdSchema.parse(candidate)
  const twin = draft.recordAt(edit.sourceId, remoteId)
  const known = twin === undefined ? undefined : draft.head(twin)
  const own = draft.head(edit.recordId)
  const base = known ?? own
  releaseHolds(draft, edit.editId)
  draft.dropEdit(edit)
  if (base === undefined) return
  const sent: Partial<Record<FieldKey, FieldChange['to']>> = {}
  for (const change of edit.changes) sent[change.field] = change.to
  draft.putSynced({
    head: {
      ...base,
      recordId: edit.recordId,
      sourceId: edit.sourceId,
      remoteId,
      fields: known?.fields ?? sent,
      // Read anew at the next pull, whatever it is.
      hash: '',
      readAt: known?.readAt ?? at,
    },
    body: { extra: [], raw: null },
  })
  restoreValues(
    draft,
    edit,
    edit.changes.map((change) => change.field),
  )
  draft.tombstones.delete(remoteKey(edit.sourceId, remoteId))
}
