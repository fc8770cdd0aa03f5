import type { AppError } from '../../../shared/app-error.ts'
import { clientIdOfRecord, type RecordId } from '../../../shared/ids.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { deleteInto } from '../commands/delete-client.ts'
import { saveInto } from '../commands/save-client.ts'
import { undoStep } from '../commands/undo-step.ts'
import type { Draft } from '../draft.ts'
import type { UndoRow } from '../rows.ts'
import { LONG_WORK_MS } from '../storage-guard.ts'
import type { StoreContext } from '../store-context.ts'
import { BULK_DELETE_HOLD_MS, type BulkChange, type BulkStep, MOST_CHANGED } from '../store-contract.ts'
import { bulkSession } from './bulk-session.ts'
import { changesOf, type ValueChange } from './changes-of.ts'

/** Clients of one transaction: what a kill can take with it, and what the journal is told at once. As an import's. */
const MAX_PER_STEP = 250

type Imported = NonNullable<UndoRow['imported']>

/** What undo needs of those that were changed, and of those that were deleted. */
interface Done {
  readonly filled: Imported['filled']
  readonly deleted: NonNullable<Imported['deleted']>
}

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
    const done: Done = { filled: [], deleted: [] }
    let refused = 0
    for (const slot of session.slots.subarray(from, next)) {
      const recordId = book.records.recordAt(slot)
      if (recordId === undefined) continue
      if (input.change.kind === 'delete') deleteOne(context, draft, recordId, done)
      else if (!changeOne(context, draft, recordId, input.change, done)) refused++
    }
    keepUndo(context, draft, input.bulkId, nameOfChange(input.change), done)
    return ok({ copies: 'one', next, total, changed: done.filled.length + done.deleted.length, refused })
  })
}

/** False where its source does not take the value. One that is gone by now, or has it so, is no refusal. */
function changeOne(context: StoreContext, draft: Draft, recordId: RecordId, change: ValueChange, done: Done): boolean {
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
    done.filled.push({ recordId, editId: step.editId, changes: step.changes })
  }
  return reply.ok
}

/** As the user would by hand, but for the time until it may be sent. */
function deleteOne(context: StoreContext, draft: Draft, recordId: RecordId, done: Done): void {
  const deleted = deleteInto(context, draft, recordId, BULK_DELETE_HOLD_MS)?.deleted ?? null
  if (deleted !== null) done.deleted.push({ recordId, ...deleted })
}

/** One step for all of it: each transaction adds to it, and undo takes it back in parts as it does with an import. */
function keepUndo({ book, clock }: StoreContext, draft: Draft, bulkId: string, name: string, done: Done): void {
  const { filled, deleted } = done
  const recordId = (filled[0] ?? deleted[0])?.recordId
  if (recordId === undefined) return
  const at = clock.now()
  const before = book.undo.findLast((row) => row.imported?.importId === bulkId)
  if (before === undefined || before.imported === null) {
    const imported = { importId: bulkId, fileName: name, bulk: true, made: [], filled, deleted }
    draft.undo.push(undoStep({ at, clientId: clientIdOfRecord(recordId), recordId, what: 'import', imported }))
    return
  }
  const imported = {
    ...before.imported,
    filled: [...before.imported.filled, ...filled],
    deleted: [...(before.imported.deleted ?? []), ...deleted],
  }
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
    case 'delete':
      return 'clients deleted'
  }
}
