import type { ConflictChoice } from '../../../shared/model/conflict.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import type { FieldRuleView } from '../../store/store-contract.ts'
import { FIELD_LABELS } from '../../text/field-labels.ts'
import { formatCount, formatDate } from '../../text/format.ts'

/** `Always keep mine for Phone of Full Engage`. */
export function ruleText(choice: ConflictChoice, field: FieldKey, sourceName: string): string {
  return `Always ${choice === 'mine' ? 'keep mine' : 'take theirs'} for ${FIELD_LABELS[field]} of ${sourceName}`
}

/** What a rule would decide at once, besides the card it is made from. */
export function previewText(preview: { readonly conflicts: number; readonly clients: readonly string[] }): string {
  const { conflicts, clients } = preview
  if (conflicts === 0) return 'No other conflict is open in this field.'
  const named = clients.slice(0, 3)
  const more = Math.max(0, conflicts - named.length)
  const who =
    more > 0
      ? `${named.join(', ')}${named.length > 0 ? ' and ' : ''}${formatCount(more, named.length > 0 ? 'other' : 'client')}`
      : `${named.slice(0, -1).join(', ')}${named.length > 1 ? ' and ' : ''}${named.at(-1) ?? ''}`
  return `Decides ${formatCount(conflicts, 'more open conflict')} now: ${who}.`
}

/** Since when a rule holds and how often it has decided. */
export function ruleUseText(rule: FieldRuleView, now: number): string {
  const since = `Since ${formatDate(rule.madeAt, now)}`
  const used = rule.used === 0 ? 'has not decided yet' : `decided ${rule.used === 1 ? 'once' : `${rule.used} times`}`
  return rule.wouldDecide === 0 ? `${since}, ${used}` : `${since}, ${used}, ${rule.wouldDecide} open`
}
