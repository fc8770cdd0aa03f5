import type { AppError } from '../../../shared/app-error.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Draft } from '../draft.ts'
import type { UndoRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import type { Undone } from '../store-contract.ts'
import { nameOf, type TakenBack, undoChanges } from './undo-changes.ts'
import { undoDecision, undoSnapshots } from './undo-snapshots.ts'
import { undoCreate, undoDelete } from './undo-whole-client.ts'

/**
 * Takes the last command back. What has not been sent is as if it had never been; what has been sent is undone by
 * another edit, which is checked before it is sent like any other. What cannot be taken back is said, and the step is
 * forgotten; an older one is never undone in its place.
 */
export async function undoLast(context: StoreContext): Promise<Result<Undone | null, AppError>> {
  const done = await context.writer.write<TakenBack>({ durability: 'strict', epoch: null }, (draft) => {
    const steps = context.book.undo
    for (let i = steps.length - 1; i >= 0; i--) {
      const step = steps[i]
      if (step === undefined) continue
      const undone = takeBack(context, draft, step)
      // On its way: in a moment it can be told what became of it.
      if (undone !== null && 'refused' in undone && undone.refused === 'in-flight') return refusal(undone.refused)
      draft.undone.push(step.n)
      if (undone !== null) return ok(undone)
    }
    return ok(null)
  })
  if (!done.ok) return done
  if (done.value !== null && 'refused' in done.value) return refusal(done.value.refused)
  return ok(done.value)
}

function refusal(rule: string): Result<never, AppError> {
  return err({ code: 'bad-input', field: 'undo', rule })
}

function takeBack(context: StoreContext, draft: Draft, step: UndoRow): TakenBack {
  switch (step.what) {
    case 'edit':
    case 'local-values':
      return undoChanges(context, draft, step, step.what)
    case 'create':
      return undoCreate(context, draft, step)
    case 'delete':
      return undoDelete(context, draft, step)
    case 'resolve':
      return undoDecision(context, draft, step)
    case 'discard':
    case 'rule':
    case 'tray':
      return undoSnapshots(context, draft, step, step.what, nameOf(draft, step.recordId))
  }
}
