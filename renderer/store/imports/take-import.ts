import type { AppError } from '../../../shared/app-error.ts'
import { clientIdOfRecord } from '../../../shared/ids.ts'
import { type FieldKey, isEmptyFieldValue } from '../../../shared/model/field.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import { createInto } from '../commands/create-client.ts'
import { saveInto } from '../commands/save-client.ts'
import { undoStep } from '../commands/undo-step.ts'
import type { Draft } from '../draft.ts'
import { notice } from '../journal/notice.ts'
import type { UndoRow } from '../rows.ts'
import { LONG_WORK_MS } from '../storage-guard.ts'
import type { StoreContext } from '../store-context.ts'
import type { ImportRemark, ImportStep } from '../store-contract.ts'
import { endSession, type ImportSession, type PlannedRow, sessionOf } from './import-session.ts'
import { fateOf } from './plan-import.ts'

/** Rows of one transaction: what a kill can take with it, and what the journal is told at once. */
const MAX_PER_STEP = 250

type Imported = NonNullable<UndoRow['imported']>

/** The next rows of the plan, in one transaction. What is skipped costs none. */
export async function takeImport(
  context: StoreContext,
  input: { readonly importId: string; readonly from: number; readonly limit: number },
): Promise<Result<ImportStep, AppError>> {
  const session = sessionOf(context.book, input.importId)
  const plan = session?.plan ?? null
  if (session === null || plan === null) return err({ code: 'missing', what: 'import' })
  const { rows, choices } = plan
  const limit = Math.max(1, Math.min(MAX_PER_STEP, input.limit))
  const work: PlannedRow[] = []
  let next = input.from
  for (; next < rows.length && work.length < limit; next++) {
    const row = rows[next]
    const fate = row === undefined ? 'skip' : fateOf(row, choices)
    if (row !== undefined && (fate === 'import' || fate === 'fill')) work.push(row)
  }
  // The rest is all skipped or refused: this is the end.
  while (next < rows.length && isLeftOut(rows[next], choices)) next++
  const { total, isEnd } = { total: rows.length, isEnd: next >= rows.length }
  return context.writer.write<ImportStep>({ durability: 'strict', epoch: null, timeoutMs: LONG_WORK_MS }, (draft) => {
    const made: Imported['made'] = []
    const filled: Imported['filled'] = []
    const remarks: ImportRemark[] = []
    for (const row of work) {
      const refused =
        fateOf(row, choices) === 'import'
          ? makeOne(context, draft, session, row, made)
          : fillOne(context, draft, row, filled)
      if (refused !== null) remarks.push({ ...refused, line: row.line, name: row.name, text: '' })
    }
    const at = context.clock.now()
    keepUndo(context, draft, { importId: session.importId, fileName: session.fileName, made, filled }, at)
    // Stays where this is the last that is heard of the import: then it was cut off.
    if (isEnd) dropCutNotice(draft)
    else notice(draft, at, 'import-cut', { file: session.fileName.slice(0, 200), done: next, of: total })
    return ok({ next, total, created: made.length, filled: filled.length, remarks })
  })
}

function isLeftOut(row: PlannedRow | undefined, choices: Parameters<typeof fateOf>[1]): boolean {
  const fate = row === undefined ? 'skip' : fateOf(row, choices)
  return fate === 'skip' || fate === 'refused'
}

type Refused = Pick<ImportRemark, 'code' | 'field' | 'rule'>

function makeOne(
  context: StoreContext,
  draft: Draft,
  { plan }: ImportSession,
  row: PlannedRow,
  made: Imported['made'],
): Refused | null {
  if (plan === null || row.fields === null) return null
  const reply = createInto(context, draft, { ...plan.target, fields: row.fields }, 'import')
  if (!reply.ok) return refusalOf(reply.error, 'refused')
  made.push(reply.value.recordId)
  return null
}

function fillOne(context: StoreContext, draft: Draft, row: PlannedRow, filled: Imported['filled']): Refused | null {
  if (row.existing === null) return null
  const { clientId, recordId } = row.existing
  const undoBefore = draft.undo.length
  // What was written there since the plan, by hand or by an earlier row, is not written over.
  const shown = effectiveFields(draft.head(recordId)?.fields ?? {}, draft.overlay(recordId).fields)
  const changes = Object.fromEntries(
    Object.entries(row.fills).filter(([field]) => isEmptyFieldValue(shown[field as FieldKey])),
  )
  if (Object.keys(changes).length === 0) return { code: 'not-filled', field: 'name', rule: 'changed-meanwhile' }
  const reply = saveInto(context, draft, { clientId, changes, seen: {} }, 'import')
  if (!reply.ok) return refusalOf(reply.error, 'not-filled')
  for (const step of draft.undo.splice(undoBefore)) {
    filled.push({ recordId, editId: step.editId, changes: step.changes })
  }
  return null
}

function refusalOf(error: AppError, code: ImportRemark['code']): Refused {
  // The store names a field of its own: its keys are field keys.
  if (error.code === 'bad-input') return { code, field: error.field as FieldKey, rule: error.rule }
  return { code, field: 'name', rule: error.code }
}

/** One step for the whole import: each transaction adds to it. */
function keepUndo({ book }: StoreContext, draft: Draft, added: Imported, at: number): void {
  const recordId = added.made[0] ?? added.filled[0]?.recordId
  if (recordId === undefined) return
  const before = book.undo.findLast((row) => row.imported?.importId === added.importId)
  if (before === undefined || before.imported === null) {
    draft.undo.push(undoStep({ at, clientId: clientIdOfRecord(recordId), recordId, what: 'import', imported: added }))
    return
  }
  draft.undoChanged.set(before.n, {
    ...before,
    at,
    imported: {
      ...before.imported,
      made: [...before.imported.made, ...added.made],
      filled: [...before.imported.filled, ...added.filled],
    },
  })
}

function dropCutNotice(draft: Draft): void {
  if (draft.book.notices.has('import-cut')) draft.notices.set('import-cut', null)
}

/** Done or given up. What came in stays. */
export async function endImport(
  context: StoreContext,
  input: { readonly importId: string },
): Promise<Result<null, AppError>> {
  endSession(context.book, input.importId)
  if (!context.book.notices.has('import-cut')) return ok(null)
  return context.writer.write<null>({ durability: 'strict', epoch: null }, (draft) => {
    dropCutNotice(draft)
    return ok(null)
  })
}
