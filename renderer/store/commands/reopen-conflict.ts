import type { AppError } from '../../../shared/app-error.ts'
import type { ConflictId } from '../../../shared/ids.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Draft } from '../draft.ts'
import type { Snapshot, UndoRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import { reviseConflicts } from '../sync/revise-conflicts.ts'
import { type CannotRestore, restoreSnapshot, whyNotRestorable } from './snapshot.ts'

/** Opens a decision again: all is as it was before, with the newest of theirs. Only while nothing of it has been sent. */
export function reopenConflict(
  context: StoreContext,
  input: { readonly conflictId: ConflictId },
): Promise<Result<null, AppError>> {
  const at = context.clock.now()
  return context.writer.write<null>({ durability: 'strict', epoch: null }, (draft) => {
    const isOf = (snapshot: Snapshot): boolean => snapshot.conflicts.some((c) => c.conflictId === input.conflictId)
    const step = context.book.undo.findLast((row) => row.snapshots.some(isOf))
    const conflict = draft.conflict(input.conflictId)
    if (conflict === undefined || conflict.resolvedAt === null) return err({ code: 'missing', what: 'conflict' })
    // Decided by a rule as it arose, too long ago, or before this database was made anew.
    if (step === undefined) return err({ code: 'bad-input', field: 'conflictId', rule: 'not-kept' })
    // Of a rule that decided several when it was made, this one alone; the rule stays.
    const refused = takeBackDecision(draft, { ...step, snapshots: step.snapshots.filter(isOf) }, at)
    if (refused !== null) return err({ code: 'bad-input', field: 'conflictId', rule: refused })
    if (step.conflictId === input.conflictId) draft.undone.push(step.n)
    else draft.undoChanged.set(step.n, { ...step, snapshots: step.snapshots.filter((s) => !isOf(s)) })
    return ok(null)
  })
}

/** Null where it has been taken back, else why not. */
export function takeBackDecision(draft: Draft, step: UndoRow, at: number): CannotRestore | null {
  for (const snapshot of step.snapshots) {
    const refused = whyNotRestorable(draft, snapshot)
    if (refused !== null) return refused
  }
  for (const snapshot of step.snapshots) {
    restoreSnapshot(draft, snapshot)
    for (const { recordId } of snapshot.conflicts) reviseConflicts(draft, recordId, 'source', [], at)
    logReopened(draft, snapshot, at)
  }
  return null
}

export function logReopened(draft: Draft, snapshot: UndoRow['snapshots'][number], at: number): void {
  for (const conflict of snapshot.conflicts) {
    draft.log({
      at,
      recordId: conflict.recordId,
      kind: 'conflict',
      sourceId: conflict.sourceId,
      onDevice: false,
      by: 'undo',
      fields: conflict.fields.map(({ field, mine, theirs }) => ({ field, from: theirs, to: mine })),
    })
  }
}
