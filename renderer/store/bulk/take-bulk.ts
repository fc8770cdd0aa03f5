import type { AppError } from '../../../shared/app-error.ts'
import { clientIdOfRecord, type RecordId } from '../../../shared/ids.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { saveInto } from '../commands/save-client.ts'
import { undoStep } from '../commands/undo-step.ts'
import type { Draft } from '../draft.ts'
import type { UndoRow } from '../rows.ts'
import { LONG_WORK_MS } from '../storage-guard.ts'
import type { StoreContext } from '../store-context.ts'
import { type BulkChange, type BulkStep, MOST_CHANGED } from '../store-contract.ts'
import { bulkSession } from './bulk-session.ts'
import { changesOf } from './changes-of.ts'

/** Clients of one transaction: what a kill can take with it, and what the journal is told at once. As an import's. */
const MAX_PER_STEP = 250

type Filled = NonNullable<UndoRow['imported']>['filled']

/** Changes the next of the chosen clients, in one transaction, as if each had been edited by hand. */
export async function takeBulk(
  context: StoreContext,
  input: { readonly bulkId: string; readonly change: BulkChange; readonly from: number; readonly limit: number },
): Promise<Result<BulkStep, AppError>> {
  const { book } = context
  const session = bulkSession(book, input.bulkId)
  if (session === null) return err({ code: 'missing', what: 'selection' })
  const total = session.slots.length
  if (total > MOST_CHANGED) return err({ code: 'bad-input', field: 'selection', rule: 'too-many' })
  const from = Math.max(0, input.from)
  const next = Math.min(total, from + Math.max(1, Math.min(MAX_PER_STEP, input.limit)))
  return context.writer.write<BulkStep>({ durability: 'strict', epoch: null, timeoutMs: LONG_WORK_MS }, (draft) => {
    const filled: Filled = []
    let refused = 0
    for (const slot of session.slots.subarray(from, next)) {
      const recordId = book.records.recordAt(slot)
      if (recordId !== undefined && !changeOne(context, draft, recordId, input.change, filled)) refused++
    }
    keepUndo(context, draft, input.bulkId, nameOfChange(input.change), filled)
    return ok({ next, total, changed: filled.length, refused })
  })
}

/** False where its source does not take the value. One that is gone by now, or has it so, is no refusal. */
function changeOne(
  context: StoreContext,
  draft: Draft,
  recordId: RecordId,
  change: BulkChange,
  filled: Filled,
): boolean {
  const head = draft.head(recordId)
  if (head === undefined) return true
  const changes = changesOf(context.book, change, {
    head,
    local: draft.local(recordId),
    edits: draft.editsOf(recordId),
    overlay: draft.overlay(recordId),
  })
  if (typeof changes === 'string') return changes === 'same'
  const undoBefore = draft.undo.length
  const reply = saveInto(context, draft, { clientId: clientIdOfRecord(recordId), changes, seen: {} })
  for (const step of draft.undo.splice(undoBefore)) {
    filled.push({ recordId, editId: step.editId, changes: step.changes })
  }
  return reply.ok
}

/** One step for all of it: each transaction adds to it, and undo takes it back in parts as it does with an import. */
function keepUndo({ book, clock }: StoreContext, draft: Draft, bulkId: string, name: string, filled: Filled): void {
  const recordId = filled[0]?.recordId
  if (recordId === undefined) return
  const at = clock.now()
  const before = book.undo.findLast((row) => row.imported?.importId === bulkId)
  if (before === undefined || before.imported === null) {
    const imported = { importId: bulkId, fileName: name, bulk: true, made: [], filled }
    draft.undo.push(undoStep({ at, clientId: clientIdOfRecord(recordId), recordId, what: 'import', imported }))
    return
  }
  const imported = { ...before.imported, filled: [...before.imported.filled, ...filled] }
  draft.undoChanged.set(before.n, { ...before, at, imported })
}

/** As it is told when it is taken back. */
function nameOfChange(change: BulkChange): string {
  switch (change.kind) {
    case 'add-tag':
      return `tag “${change.tag}” added`
    case 'remove-tag':
      return `tag “${change.tag}” removed`
    case 'status':
      return `status “${change.label}”`
  }
}
