import type { Draft } from '../draft.ts'
import type { UndoRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import type { ImportUndone } from '../store-contract.ts'
import { type TakenBack, undoChanges } from './undo-changes.ts'
import { undoCreate, undoDelete } from './undo-whole-client.ts'

/** Clients that are taken back in one transaction. */
const PER_STEP = 250

export interface ImportTakenBack extends ImportUndone {
  readonly importId: string
  readonly fileName: string
  readonly bulk: boolean
  /** There is more of the step to take back, in another transaction. */
  readonly more: boolean
}

/**
 * Takes the newest part of an import back and leaves the rest of the step for the next transaction. What cannot be taken
 * back leaves the step, what is on its way stays in it.
 */
export function undoImport(context: StoreContext, draft: Draft, step: UndoRow): ImportTakenBack {
  const { imported } = step
  const { importId = '', fileName = '', bulk = false } = imported ?? {}
  const count = { clients: 0, filled: 0, restored: 0, compensating: 0, stay: 0, underWay: 0 }
  if (imported === null) {
    draft.undone.push(step.n)
    return { ...count, importId, fileName, bulk, more: false }
  }
  const tell = (kind: 'clients' | 'filled' | 'restored', done: TakenBack): boolean => {
    if (done === null) return true
    if ('refused' in done) {
      if (done.refused === 'in-flight') {
        count.underWay++
        return false
      }
      count.stay++
      return true
    }
    count[kind]++
    if (done.compensating) count.compensating++
    return true
  }
  // Newest first. Filled values go first: a client that was filled may have been made by the same import.
  const filledNow = imported.filled.slice(-PER_STEP)
  const filledLeft = filledNow.filter(
    (each) => !tell('filled', undoChanges(context, draft, { ...step, ...each }, 'edit')),
  )
  const deleted = imported.deleted ?? []
  const deletedNow = deleted.slice(-PER_STEP)
  const deletedLeft = deletedNow.filter((each) => !tell('restored', undoDelete(context, draft, { ...step, ...each })))
  const room = Math.max(0, PER_STEP - filledNow.length - deletedNow.length)
  const madeNow = room === 0 ? [] : imported.made.slice(-room)
  const madeLeft = madeNow.filter((recordId) => !tell('clients', undoCreate(context, draft, { ...step, recordId })))
  const rest = {
    ...imported,
    made: [...madeLeft, ...imported.made.slice(0, imported.made.length - madeNow.length)],
    filled: [...filledLeft, ...imported.filled.slice(0, imported.filled.length - filledNow.length)],
    deleted: [...deletedLeft, ...deleted.slice(0, deleted.length - deletedNow.length)],
  }
  // What is under way stands in front, so that the next transaction does not meet it again.
  const left = rest.made.length + rest.filled.length + rest.deleted.length
  if (left === 0) draft.undone.push(step.n)
  else draft.undoChanged.set(step.n, { ...step, imported: rest })
  return { ...count, importId, fileName, bulk, more: left > filledLeft.length + madeLeft.length + deletedLeft.length }
}
