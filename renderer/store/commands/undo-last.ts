import type { AppError } from '../../../shared/app-error.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Draft } from '../draft.ts'
import type { UndoRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import type { Undone } from '../store-contract.ts'
import { nameOf, type TakenBack, undoChanges } from './undo-changes.ts'
import { type ImportTakenBack, undoImport } from './undo-import.ts'
import { undoDecision, undoSnapshots } from './undo-snapshots.ts'
import { undoCreate, undoDelete } from './undo-whole-client.ts'

/**
 * Takes the last command back. What has not been sent is as if it had never been; what has been sent is undone by
 * another edit, which is checked before it is sent like any other. What cannot be taken back is said, and the step is
 * forgotten; an older one is never undone in its place.
 */
export async function undoLast(context: StoreContext): Promise<Result<Undone | null, AppError>> {
  const done = await context.writer.write<TakenBack | ImportTakenBack>(
    { durability: 'strict', epoch: null },
    (draft) => {
      const steps = context.book.undo
      for (let i = steps.length - 1; i >= 0; i--) {
        const step = steps[i]
        if (step === undefined) continue
        if (step.what === 'import') return ok(undoImport(context, draft, step))
        const undone = takeBack(context, draft, step, step.what)
        // On its way: in a moment it can be told what became of it.
        if (undone !== null && 'refused' in undone && undone.refused === 'in-flight') return refusal(undone.refused)
        draft.undone.push(step.n)
        if (undone !== null) return ok(undone)
      }
      return ok(null)
    },
  )
  if (!done.ok) return done
  if (done.value !== null && 'refused' in done.value) return refusal(done.value.refused)
  if (done.value !== null && 'importId' in done.value) return undoRestOfImport(context, done.value)
  return ok(done.value)
}

/** Part after part, each in a transaction of its own; cut off in between, the next undo goes on. */
async function undoRestOfImport(context: StoreContext, first: ImportTakenBack): Promise<Result<Undone, AppError>> {
  let part = first
  const sum = { clients: 0, filled: 0, restored: 0, compensating: 0, stay: 0, underWay: 0 }
  for (;;) {
    sum.clients += part.clients
    sum.filled += part.filled
    sum.restored += part.restored
    sum.compensating += part.compensating
    sum.stay += part.stay
    sum.underWay = part.underWay
    if (!part.more) break
    const { importId } = part
    const next = await context.writer.write<ImportTakenBack | null>({ durability: 'strict', epoch: null }, (draft) => {
      const step = context.book.undo.findLast((row) => row.imported?.importId === importId)
      return ok(step === undefined ? null : undoImport(context, draft, step))
    })
    if (!next.ok) return next
    if (next.value === null) break
    part = next.value
  }
  return ok({
    clientName: part.fileName,
    what: 'import',
    compensating: sum.compensating > 0,
    imported: sum,
    ...(first.bulk && { bulk: true }),
  })
}

function refusal(rule: string): Result<never, AppError> {
  return err({ code: 'bad-input', field: 'undo', rule })
}

function takeBack(
  context: StoreContext,
  draft: Draft,
  step: UndoRow,
  what: Exclude<UndoRow['what'], 'import'>,
): TakenBack {
  switch (what) {
    case 'edit':
    case 'local-values':
      return undoChanges(context, draft, step, what)
    case 'create':
      return undoCreate(context, draft, step)
    case 'delete':
      return undoDelete(context, draft, step)
    case 'resolve':
      return undoDecision(context, draft, step)
    case 'discard':
    case 'rule':
    case 'tray':
      return undoSnapshots(context, draft, step, what, nameOf(draft, step.recordId))
  }
}
