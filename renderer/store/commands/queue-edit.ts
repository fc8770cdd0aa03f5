import type { Clock, Random } from '../../../shared/clock.ts'
import { clientIdOfRecord, createEditId, type RecordId, type SourceId } from '../../../shared/ids.ts'
import type { FieldChange, Operation } from '../../../shared/model/edit.ts'
import { foldEdit } from '../../../shared/sync/fold-edits.ts'
import type { Draft } from '../draft.ts'
import type { EditRow } from '../rows.ts'

export interface EditDeps {
  readonly clock: Clock
  readonly random: Random
}

/** A delete waits this long before it may go, so that taking it back costs nothing. */
export const DELETE_HOLD_MS = 2_000

export function newEdit(
  { clock, random }: EditDeps,
  draft: Draft,
  input: {
    readonly recordId: RecordId
    readonly sourceId: SourceId
    readonly operation: Operation
    readonly changes: readonly FieldChange[]
    readonly restores?: readonly FieldChange[]
  },
): EditRow {
  const last = draft.editsOf(input.recordId).at(-1)
  const at = clock.now()
  return {
    editId: createEditId(random),
    recordId: input.recordId,
    clientId: clientIdOfRecord(input.recordId),
    sourceId: input.sourceId,
    remoteId: null,
    seq: (last?.seq ?? 0) + 1,
    operation: input.operation,
    changes: input.changes,
    state: 'waiting',
    attempts: 0,
    createdAt: at,
    attemptedAt: null,
    notBefore: input.operation === 'delete' ? at + DELETE_HOLD_MS : null,
    frozenBody: null,
    fence: null,
    looks: 0,
    error: null,
    hold: draft.book.sources.get(input.sourceId)?.review === true ? 'review' : null,
    attemptId: null,
    uncertain: false,
    attemptsBefore: 0,
    restores: input.restores ?? [],
    base: input.operation === 'delete' ? (draft.head(input.recordId)?.fields ?? null) : null,
  }
}

/** Queues an update, folded into what waits already. The edit that now carries it, or null where nothing is left. */
export function queueUpdate(
  deps: EditDeps,
  draft: Draft,
  recordId: RecordId,
  sourceId: SourceId,
  changes: readonly FieldChange[],
): EditRow | null {
  const folded = foldEdit(draft.editsOf(recordId), { operation: 'update', changes })
  for (const edit of folded.drop) draft.dropEdit(edit)
  for (const edit of folded.put) draft.putEdit(edit)
  if (folded.append === null) return folded.put.at(-1) ?? null
  const edit = newEdit(deps, draft, { recordId, sourceId, operation: 'update', changes: folded.append.changes })
  draft.putEdit(edit)
  return edit
}
