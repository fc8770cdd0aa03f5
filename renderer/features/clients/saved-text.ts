import type { FieldKey } from '../../../shared/model/field.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatNumber } from '../../text/format.ts'

function list(fields: readonly FieldKey[]): string {
  const names = fields.map((field) => FIELD_LABELS[field])
  if (names.length > 3) return `${formatNumber(names.length)} fields`
  const last = names.pop() ?? ''
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`
}

/** Notes and tags are many by themselves. */
function verb(fields: readonly FieldKey[], one: string, many: string): string {
  const [only] = fields
  return fields.length === 1 && only !== 'notes' && only !== 'tags' ? one : many
}

/** `Saved. Phone sends to Full Engage.`, `Saved. Email stays on this device.` */
export function savedText(sent: readonly FieldKey[], kept: readonly FieldKey[], sourceName: string): string {
  if (sent.length === 0) return `Saved. ${list(kept)} ${verb(kept, 'stays', 'stay')} on this device.`
  const sends = `${list(sent)} ${verb(sent, 'sends', 'send')} to ${sourceName}`
  return kept.length === 0 ? `Saved. ${sends}.` : `Saved. ${sends}; ${list(kept)} ${verb(kept, 'stays', 'stay')} here.`
}

/** `1 change sends, 2 stay here`. */
export function changesText(sends: number, stays: number): string {
  if (sends === 0 && stays === 0) return 'No changes yet'
  const parts: string[] = []
  if (sends > 0) parts.push(`${sends} ${sends === 1 ? 'change sends' : 'changes send'}`)
  if (stays > 0) {
    const what = sends > 0 ? '' : stays === 1 ? 'change ' : 'changes '
    parts.push(`${stays} ${what}${stays === 1 ? 'stays' : 'stay'} here`)
  }
  return parts.join(', ')
}
