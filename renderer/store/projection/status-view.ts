import { visibleText } from '../../../shared/display/visible-text.ts'
import type { StatusOption } from '../../../shared/model/status-option.ts'
import type { StatusView } from '../store-contract.ts'

/** A map and not an object: a vendor may call a status `constructor`. */
const OWN_TONES: ReadonlyMap<string, 'active' | 'paused' | 'inactive'> = new Map([
  ['active', 'active'],
  ['paused', 'paused'],
  ['inactive', 'inactive'],
])

/** How a value of `status` is shown. One outside the vocabulary is shown as it is. */
export function statusView(value: string, options: readonly StatusOption[]): StatusView {
  const option = options.find((candidate) => candidate.id === value)
  const label = visibleText(option?.label ?? value)
  if (option !== undefined && option.color !== null) return { id: value, label, tone: 'vendor', color: option.color }
  return { id: value, label, tone: OWN_TONES.get(value.toLowerCase()) ?? 'plain', color: null }
}
