import { type FilterField, HAS, IS } from '../store/search/query/query.ts'
import type { StatusView } from '../store/store-contract.ts'
import type { Completion } from './complete-query.ts'

/** Values in use, most frequent first. */
export interface KnownValues {
  readonly statuses: readonly { readonly status: StatusView; readonly count: number }[]
  readonly sources: readonly {
    readonly value: string
    readonly name: string
    readonly connectorId: string
    readonly count: number | null
  }[]
  readonly tags: readonly { readonly tag: string; readonly count: number }[]
}

/** A value of a filter, and how it is offered. */
export interface Value extends Omit<Completion, 'insert'> {
  readonly value: string
}

const HAS_HINTS: Readonly<Partial<Record<(typeof HAS)[number], string>>> = {
  video: 'a video testimonial',
  local: 'values kept on this device',
  photo: 'a picture',
}
const IS_HINTS: Readonly<Record<(typeof IS)[number], string>> = {
  waiting: 'an edit waits to sync',
  conflict: 'changed on both sides',
  failed: 'an edit needs attention',
  held: 'an edit is held',
  unknown: 'sent, and not answered',
  new: 'not at its source yet',
  deleting: 'a delete waits',
  local: 'on this device only',
  'read-only': 'its source takes no edits',
}
const TIMES = [
  { value: 'today', hint: '', whole: true },
  { value: 'yesterday', hint: '', whole: true },
  { value: '7d', hint: 'the last 7 days', whole: true },
  { value: '30d', hint: 'the last 30 days', whole: true },
  { value: '>', hint: 'after a day, as >2026-01-31', whole: false },
  { value: '<', hint: 'before a day', whole: false },
] as const

/** All values that may be offered after the colon of a filter. */
export function valuesOf(field: FilterField, known: KnownValues): Value[] {
  switch (field) {
    case 'status':
      return known.statuses.map(({ status, count }) => ({
        value: status.label,
        label: status.label,
        hint: '',
        count,
        look: { status },
        whole: true,
      }))
    case 'source':
      return known.sources.map(({ value, name, connectorId, count }) => ({
        value,
        label: name,
        hint: '',
        count,
        look: { connectorId },
        whole: true,
      }))
    case 'tag':
      return known.tags.map(({ tag, count }) => ({ value: tag, label: tag, hint: '', count, look: null, whole: true }))
    case 'has':
      return HAS.map((value) => ({
        value,
        label: value,
        hint: HAS_HINTS[value] ?? '',
        count: null,
        look: null,
        whole: true,
      }))
    case 'is':
      return IS.map((value) => ({
        value,
        label: value,
        hint: IS_HINTS[value],
        count: null,
        look: null,
        whole: true,
      }))
    case 'created':
    case 'updated':
      return TIMES.map(({ value, hint, whole }) => ({ value, label: value, hint, count: null, look: null, whole }))
    default:
      return []
  }
}
