import type { Draft } from '../draft.ts'
import type { UndoRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import { reviseConflicts } from '../sync/revise-conflicts.ts'
import { logReopened, takeBackDecision } from './reopen-conflict.ts'
import { restoreSnapshot, whyNotRestorable } from './snapshot.ts'
import { nameOf, type TakenBack, undoChanges } from './undo-changes.ts'

/** A step whose rows were kept: they are put back, each as far as nothing has come of it since. */
export function undoSnapshots(
  context: StoreContext,
  draft: Draft,
  step: UndoRow,
  what: 'discard' | 'rule' | 'tray',
  name: string,
): TakenBack {
  const at = context.clock.now()
  const reasons = step.snapshots.map((snapshot) => whyNotRestorable(draft, snapshot))
  const [first] = reasons
  // A rule goes in any case; what it has decided and has been sent since stays.
  if (what !== 'rule' && first !== undefined && first !== null) return { refused: first }
  step.snapshots.forEach((snapshot, i) => {
    if (reasons[i] !== null) return
    restoreSnapshot(draft, snapshot)
    // Its source may have gone on meanwhile.
    for (const { recordId } of snapshot.conflicts) reviseConflicts(draft, recordId, 'source', [], at)
    if (what === 'rule') logReopened(draft, snapshot, at)
  })
  if (what !== 'rule') {
    draft.log({
      at,
      recordId: step.recordId,
      kind: what === 'discard' ? 'you-changed' : 'discarded',
      sourceId: draft.head(step.recordId)?.sourceId ?? null,
      onDevice: false,
      by: 'undo',
      fields: step.changes.map(({ field, from, to }) => ({ field, from: to, to: from })),
    })
  }
  const after = nameOf(draft, step.recordId)
  return { clientName: after === 'Unnamed' ? name : after, what, compensating: false }
}

/** A decision is opened again; one that has been sent is undone by an edit that puts the other value back. */
export function undoDecision(context: StoreContext, draft: Draft, step: UndoRow): TakenBack {
  const clientName = nameOf(draft, step.recordId)
  const refused = takeBackDecision(draft, step, context.clock.now())
  if (refused === null) return { clientName: nameOf(draft, step.recordId), what: 'resolve', compensating: false }
  if (refused === 'changed-meanwhile' || step.changes.length === 0) return { refused }
  const undone = undoChanges(context, draft, step, 'resolve')
  return undone === null || 'refused' in undone ? undone : { ...undone, clientName }
}
