import { z } from 'zod'
import { type RecordId, remoteIdSchema, sourceIdSchema } from '../../../shared/ids.ts'
import type { JsonValue } from '../../../shared/json.ts'
import { type FieldKey, type Fields, type FieldValue, fieldsSchema } from '../../../shared/model/field.ts'
import type { JournaledRow, JournaledTable } from '../../../shared/model/journal.ts'
import { isOpenEdit } from '../../../shared/sync/edit-machine.ts'
import type { Book } from '../book.ts'
import { Draft } from '../draft.ts'
import type { RecordHead } from '../segments/codec.ts'

/**
 * Whose work it is, where the record itself is lost: a row alone names a record by an id that exists nowhere else. Goes
 * along with each row of an edit and of values of this device.
 */
export const anchorSchema = z.object({
  sourceId: sourceIdSchema,
  remoteId: remoteIdSchema,
  fields: fieldsSchema,
  fallbackName: z.string().nullable(),
})
export type Anchor = z.infer<typeof anchorSchema>

/** What tells a person which client it is, until it is pulled again. */
const ANCHOR_FIELDS: readonly FieldKey[] = ['name', 'firstName', 'lastName', 'company', 'email', 'phone']

/** What this draft changes of the user's own work, as the journal keeps it. */
export function journaledRows(draft: Draft): readonly JournaledRow[] {
  const rows: JournaledRow[] = []
  for (const [key, edit] of draft.edits) {
    const isOpen = edit !== null && isOpenEdit(edit)
    rows.push(rowOf('outbox', key, isOpen ? { ...edit, ...anchorOf(draft, edit.recordId) } : null))
  }
  for (const [key, row] of draft.overlays) {
    rows.push(rowOf('overlays', key, row === null ? null : { ...row, ...anchorOf(draft, key) }))
  }
  for (const [key, row] of draft.locals) rows.push(rowOf('locals', key, row))
  for (const [key, row] of draft.conflicts) rows.push(rowOf('conflicts', key, row))
  for (const [key, row] of draft.fieldRules) rows.push(rowOf('fieldRules', key, row))
  for (const [key, row] of draft.tombstones) rows.push(rowOf('tombstones', key, row))
  for (const recordId of draft.synced.keys()) rows.push(...newlyAnchored(draft, recordId))
  return rows
}

/** A record that has just got its id at the source: what waits for it can be anchored from here on. */
function newlyAnchored(draft: Draft, recordId: RecordId): readonly JournaledRow[] {
  if (draft.book.heads.get(recordId)?.remoteId !== null) return []
  const rows: JournaledRow[] = []
  for (const edit of draft.editsOf(recordId)) {
    if (!draft.edits.has(edit.editId))
      rows.push(rowOf('outbox', edit.editId, { ...edit, ...anchorOf(draft, recordId) }))
  }
  const overlay = draft.book.overlays.get(recordId)
  if (overlay !== undefined && !draft.overlays.has(recordId)) {
    rows.push(rowOf('overlays', recordId, { ...overlay, ...anchorOf(draft, recordId) }))
  }
  return rows
}

/** All of the user's own work that the store holds. */
export function allJournaledRows(book: Book): readonly JournaledRow[] {
  const draft = new Draft(book)
  return [
    ...[...book.edits.values()].map((row) => rowOf('outbox', row.editId, { ...row, ...anchorOf(draft, row.recordId) })),
    ...[...book.overlays.values()].map((row) =>
      rowOf('overlays', row.recordId, { ...row, ...anchorOf(draft, row.recordId) }),
    ),
    ...[...book.locals.values()].map((row) => rowOf('locals', row.recordId, row)),
    ...[...book.conflicts.values()].map((row) => rowOf('conflicts', row.conflictId, row)),
    ...[...book.fieldRules.values()].map((row) => rowOf('fieldRules', row.ruleId, row)),
    ...[...book.tombstones.values()].map((row) => rowOf('tombstones', row.key, row)),
  ]
}

/** How many that is: asked before the heads are in memory that the rows name their clients by. */
export function countJournaledRows(book: Book): number {
  const { edits, overlays, locals, conflicts, fieldRules, tombstones } = book
  return [edits, overlays, locals, conflicts, fieldRules, tombstones].reduce((sum, { size }) => sum + size, 0)
}

function anchorOf(draft: Draft, recordId: RecordId): { readonly anchor?: Anchor } {
  const head: RecordHead | undefined = draft.head(recordId)
  if (head === undefined || head.sourceId === null || head.remoteId === null) return {}
  const { sourceId, remoteId, fallbackName } = head
  return { anchor: { sourceId, remoteId, fallbackName, fields: some(head.fields) } }
}

function some(fields: Fields): Fields {
  const kept: Partial<Record<FieldKey, FieldValue>> = {}
  for (const key of ANCHOR_FIELDS) {
    const value = fields[key]
    if (value !== undefined && value !== null) kept[key] = value
  }
  return kept
}

function rowOf(table: JournaledTable, key: string, row: object | null): JournaledRow {
  // Rows are plain data: IndexedDB has taken them, and so does JSON.
  return { table, key, row: row as JsonValue }
}
