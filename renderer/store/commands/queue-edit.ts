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

/** A delete waits this long before it may go, so that taking it back costs nothing. Stored, so a restart changes nothing. */
export const DELETE_HOLD_MS = 10_000

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
    hold: holdOf(draft, input.sourceId),
    attemptId: null,
    uncertain: false,
    attemptsBefore: 0,
    restores: input.restores ?? [],
    base: input.operation === 'delete' ? (draft.head(input.recordId)?.fields ?? null) : null,
  }
}

function holdOf(draft: Draft, sourceId: SourceId): EditRow['hold'] {
  return draft.book.sources.get(sourceId)?.review === true ? 'review' : null
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
  // Values that nobody has looked at must not leave with an edit that was not held.
  const held = (edit: EditRow): EditRow => ({ ...edit, hold: edit.hold ?? holdOf(draft, sourceId) })
  for (const edit of folded.put) draft.putEdit(held(edit))
  const last = folded.put.at(-1)
  if (folded.append === null) return last === undefined ? null : held(last)
  const edit = newEdit(deps, draft, { recordId, sourceId, operation: 'update', changes: folded.append.changes })
  draft.putEdit(edit)
  return edit
}
