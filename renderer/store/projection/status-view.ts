import type { StatusOption } from '../../../shared/model/status-option.ts'
import type { StatusView } from '../store-contract.ts'

const OWN_TONES: Readonly<Record<string, 'active' | 'paused' | 'inactive'>> = {
  active: 'active',
  paused: 'paused',
  inactive: 'inactive',
}

/** How a value of `status` is shown. One outside the vocabulary is shown as it is. */
export function statusView(value: string, options: readonly StatusOption[]): StatusView {
  const option = options.find((candidate) => candidate.id === value)
  const label = option?.label ?? value
  if (option !== undefined && option.color !== null) return { id: value, label, tone: 'vendor', color: option.color }
  return { id: value, label, tone: OWN_TONES[value.toLowerCase()] ?? 'plain', color: null }
}
