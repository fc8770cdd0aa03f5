import { clientIdOfRecord } from '../../../shared/ids.ts'
import type { FieldChange } from '../../../shared/model/edit.ts'
import { canDiscardEdit, canHoldEdit, canRetryEdit, isOpenToChange } from '../../../shared/sync/edit-machine.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import type { Book } from '../book.ts'
import { displayName, statusOptionsOf } from '../projection/client-row.ts'
import type { EditRow } from '../rows.ts'
import type { RecordHead } from '../segments/codec.ts'
import type { EditView } from '../store-contract.ts'

export function editView(book: Book, edit: EditRow): EditView {
  return {
    editId: edit.editId,
    clientId: clientIdOfRecord(edit.recordId),
    clientName: clientName(book, edit.recordId),
    sourceId: edit.sourceId,
    operation: edit.operation,
    changes: edit.changes,
    state: edit.state,
    error: edit.error,
    attempts: edit.attempts,
    createdAt: edit.createdAt,
    notBefore: edit.notBefore,
    canDiscard: canDiscardEdit(edit),
    canRetry: canRetryEdit(edit) && edit.hold === null,
    hold: edit.hold,
    canHold: canHoldEdit(edit),
    canChange: isOpenToChange(edit) && edit.operation !== 'delete',
    attemptedAt: edit.attemptedAt,
    behind: (book.editsOfRecord.get(edit.recordId) ?? [])[0]?.editId !== edit.editId,
    statusLabels: statusLabels(book, edit.sourceId, edit.changes),
  }
}

export function listQueue(book: Book): readonly EditView[] {
  return [...book.edits.values()]
    .sort((a, b) => a.createdAt - b.createdAt || a.seq - b.seq || (a.editId < b.editId ? -1 : 1))
    .map((edit) => editView(book, edit))
}

export function clientName(book: Book, recordId: RecordHead['recordId']): string {
  const head = book.heads.get(recordId)
  if (head === undefined) return 'Unnamed'
  return displayName(head, effectiveFields(head.fields, book.overlays.get(recordId)?.fields ?? {}))
}

export function statusLabels(
  book: Book,
  sourceId: RecordHead['sourceId'],
  changes: readonly Pick<FieldChange, 'field' | 'from' | 'to'>[],
): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {}
  const options = statusOptionsOf(book, sourceId)
  for (const change of changes) {
    if (change.field !== 'status') continue
    for (const value of [change.from, change.to]) {
      if (typeof value !== 'string') continue
      labels[value] = options.find((option) => option.id === value)?.label ?? value
    }
  }
  return labels
}
