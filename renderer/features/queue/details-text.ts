import { fieldText } from '../../domain/field-diff.tsx'
import type { EditView } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatFullDate, formatTime } from '../../text/format.ts'
import { EDIT_STATE_WORDS, OPERATION_WORDS } from './queue-rows.ts'

/**
 * One edit as plain text, for a message or a note: what, whom, when, state, attempts, reason. Made of what the row
 * shows; neither keys nor raw answers are in it.
 */
export function detailsText(edit: EditView, sourceName: string, reason: string): string {
  const lines = [
    `${OPERATION_WORDS[edit.operation]} of ${edit.clientName} at ${sourceName}`,
    ...edit.changes.map((change) => {
      const from = fieldText(change.field, change.from, edit.statusLabels) ?? 'empty'
      const to = fieldText(change.field, change.to, edit.statusLabels) ?? 'empty'
      return `${FIELD_LABELS[change.field]}: ${edit.operation === 'create' ? to : `${from} → ${to}`}`
    }),
    `Made: ${when(edit.createdAt)}`,
    `State: ${EDIT_STATE_WORDS[edit.state]}${edit.hold === null ? '' : ', held'}`,
    `Attempts: ${edit.attempts}${edit.attemptedAt === null ? '' : `, the last ${when(edit.attemptedAt)}`}`,
    `Reason: ${reason}`,
    `Edit: ${edit.editId}`,
  ]
  return `${lines.join('\n')}\n`
}

function when(at: number): string {
  return `${formatFullDate(at)}, ${formatTime(at)}`
}
