import type { FieldKey } from '../../../shared/model/field.ts'
import { fieldText } from '../../domain/field-diff.tsx'
import type { DiscardPreview, EditView } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatCount } from '../../text/format.ts'

const MANY = 6

/** What `Discard` undoes, line by line, as the store has worked it out. */
export function discardLines(edit: EditView, preview: DiscardPreview, sourceName: string): readonly string[] {
  const lines: string[] = []
  if (preview.dropsClient) lines.push(`${edit.clientName} is removed from this device; only this edit has brought it.`)
  else if (edit.operation === 'delete') lines.push(`${edit.clientName} stays, here and at ${sourceName}.`)
  const shown = preview.restores.slice(0, preview.restores.length > MANY ? MANY - 1 : MANY)
  for (const { field, to } of preview.dropsClient ? [] : shown) {
    const before = fieldText(field, to, edit.statusLabels)
    lines.push(
      before === null
        ? `${FIELD_LABELS[field]} ${isMany(field) ? 'become' : 'becomes'} empty again.`
        : `${FIELD_LABELS[field]} ${isMany(field) ? 'return' : 'returns'} to ${quoted(before)}`,
    )
  }
  const more = preview.dropsClient ? 0 : preview.restores.length - shown.length
  if (more > 0) lines.push(`${formatCount(more, 'more value')} return.`)
  if (preview.dropsEdits > 0) {
    lines.push(
      preview.dropsEdits === 1
        ? '1 later edit of this client goes with it.'
        : `${formatCount(preview.dropsEdits, 'later edit')} of this client go with it.`,
    )
  }
  return lines
}

/** Whether the source may know of it by now. */
export function discardFate(preview: DiscardPreview, sourceName: string): string {
  return preview.mayHaveArrived
    ? `It was sent once and may have reached ${sourceName} all the same. What arrived there shows again with the next sync.`
    : `It was never sent; ${sourceName} is not told.`
}

function isMany(field: FieldKey): boolean {
  return field === 'notes' || field === 'tags'
}

/** In quotes, with the full stop where the text brings none of its own. */
function quoted(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 79)}…` : text
  return /[.!?…]$/.test(short) ? `“${short}”` : `“${short}”.`
}
