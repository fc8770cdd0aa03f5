import type { FieldKey } from '../../shared/model/field.ts'
import type { Saved } from '../store/store-contract.ts'
import { FIELD_LABELS } from './field-labels.ts'
import { formatNumber } from './format.ts'

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

/** "Saved on this computer" is a promise of two copies; with one of them, that is what is said. */
export function copiesText(copies: Saved['copies']): string {
  return copies === 'both'
    ? 'Saved on this computer.'
    : 'Saved in this window’s store; the second copy follows when the app answers.'
}

/** `Saved on this computer. Phone sends to Full Engage.`, `Saved on this computer. Email stays here.` */
export function savedText(
  sent: readonly FieldKey[],
  kept: readonly FieldKey[],
  sourceName: string,
  copies: Saved['copies'],
  /** Edits of this source wait for a look first. */
  review = false,
): string {
  const stays = `${list(kept)} ${verb(kept, 'stays', 'stay')} here`
  if (sent.length === 0) return `${copiesText(copies)} ${stays}.`
  const sends = review
    ? `${list(sent)} ${verb(sent, 'waits', 'wait')} in Queue for your look`
    : `${list(sent)} ${verb(sent, 'sends', 'send')} to ${sourceName}`
  return `${copiesText(copies)} ${kept.length === 0 ? sends : `${sends}; ${stays}`}.`
}

/** The same for a new client. */
export function createdText(saved: Saved, sourceName: string, review = false): string {
  const goes =
    saved.editId === null
      ? 'This client stays on this device.'
      : review
        ? 'It waits in Queue for your look.'
        : `It sends to ${sourceName}.`
  return saved.copies === 'both'
    ? `Created and saved on this computer. ${goes}`
    : `Created. ${copiesText('one')} ${goes}`
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
