import { type FieldKey, type Fields, sameFieldValue } from '../../../shared/model/field.ts'
import type { EditView } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'

/** Fields that leave an update because they go back to what the source has. */
export function leavingFields(edit: EditView, values: Fields): readonly FieldKey[] {
  if (edit.operation !== 'update') return []
  return edit.changes
    .filter(({ field, from }) => values[field] !== undefined && sameFieldValue(values[field], from))
    .map(({ field }) => field)
}

/** The line at the foot: what `Save` will make of the edit. */
export function changeText(edit: EditView, values: Fields, changed: number, sourceName: string): string {
  const leaving = leavingFields(edit, values)
  if (leaving.length > 0 && leaving.length === edit.changes.length) {
    return `Nothing is left to send: ${sourceName} has it so. The edit leaves Queue.`
  }
  if (leaving.length > 0) {
    const names = leaving.map((field) => FIELD_LABELS[field])
    return `${names.join(', ')} ${names.length === 1 ? 'leaves' : 'leave'} the edit: ${sourceName} has it so.`
  }
  return changed === 0 ? 'No changes yet' : `The edit keeps its place and sends to ${sourceName}.`
}
