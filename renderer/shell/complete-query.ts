import { foldText } from '../store/search/fold-text.ts'
import { FIELD_NAMES, FIELD_OF_NAME } from '../store/search/query/field-names.ts'
import type { FilterField } from '../store/search/query/query.ts'
import { quoteValue, type RawPart, scanQuery } from '../store/search/query/scan-query.ts'
import type { StatusView } from '../store/store-contract.ts'
import { type KnownValues, type Value, valuesOf } from './completion-values.ts'

/** One line of the list below the box. */
export interface Completion {
  /** What stands in the query afterwards, in place of what was typed of it. */
  readonly insert: string
  readonly label: string
  readonly hint: string
  readonly count: number | null
  readonly look: { readonly status: StatusView } | { readonly connectorId: string } | null
  /** The filter is whole with it; else there is more to type. */
  readonly whole: boolean
}

export interface Completions {
  /** What the list is of. */
  readonly label: string
  /** The stretch of the text that an option takes the place of. */
  readonly from: number
  readonly to: number
  readonly options: readonly Completion[]
}

const MOST = 8
/** So much of a field's name must stand there before it is offered unasked: most words are no fields. */
const ASKED_BY = 3

/**
 * What could stand at the caret: values after `status:`, fields where a word is the beginning of one. `all`: the user asked
 * for the list, so that every field is offered.
 */
export function completeQuery(text: string, caret: number, known: KnownValues, all: boolean): Completions | null {
  const part = scanQuery(text).find((each) => each.from <= caret && caret <= each.to)
  if (part === undefined) return all ? fieldsLike('', caret, caret, all) : null
  // Within a word there is nothing to complete.
  if (part.to !== caret) return null
  if (part.name === null) {
    if (part.values[0]?.quoted === true) return null
    const from = part.from + (text.charAt(part.from) === '-' ? 1 : 0)
    return fieldsLike(foldText(text.slice(from, caret)), from, caret, all)
  }
  const field = FIELD_OF_NAME.get(part.name)
  const isClosed = part.values.at(-1)?.quoted === true && !part.open
  return field === undefined || isClosed ? null : valuesLike(field, part, known)
}

function fieldsLike(typed: string, from: number, to: number, all: boolean): Completions | null {
  if (!all && typed.length < ASKED_BY) return null
  const options = FIELD_ORDER.flatMap((field): readonly Completion[] => {
    const name = FIELD_NAMES[field].find((each) => each.startsWith(typed))
    if (name === undefined) return []
    return [
      { insert: `${field}:`, label: `${field}:`, hint: FIELD_HINTS[field], count: null, look: null, whole: false },
    ]
  })
  return options.length === 0 ? null : { label: 'Filters', from, to, options: all ? options : options.slice(0, MOST) }
}

const FIELD_HINTS: Readonly<Record<FilterField, string>> = {
  status: 'by its label',
  source: 'where a client comes from',
  tag: 'one tag; several with a comma',
  has: 'testimonial, email, phone…',
  is: 'waiting, conflict, local…',
  created: '2026-01, >2026-01-01, 7d…',
  updated: 'today, 7d, 2026-01..2026-03…',
  name: 'words of the name',
  company: 'words of the company',
  email: 'part of the address',
  phone: 'digits of the number',
  title: 'words of the job title',
  location: 'words of the place',
  notes: 'words of the notes',
  owner: 'who looks after a client',
}
const FIELD_ORDER: readonly FilterField[] = [
  'status',
  'source',
  'tag',
  'company',
  'has',
  'is',
  'updated',
  'created',
  'name',
  'email',
  'phone',
  'title',
  'location',
  'notes',
  'owner',
]

const TITLES: Readonly<Partial<Record<FilterField, string>>> = {
  status: 'Statuses',
  source: 'Sources',
  tag: 'Tags',
  has: 'Has',
  is: 'Is',
  created: 'Created',
  updated: 'Updated',
}

function valuesLike(field: FilterField, part: RawPart, known: KnownValues): Completions | null {
  const label = TITLES[field]
  if (label === undefined) return null
  const typed = foldText(part.values.at(-1)?.text ?? '').trim()
  const others = new Set(part.values.slice(0, -1).map((value) => foldText(value.text).trim()))
  const fitting = valuesOf(field, known).filter(
    (each) => !others.has(foldText(each.value)) && beginsWord(foldText(each.label), typed, each.value),
  )
  // A value that stands there whole needs no list.
  const [only] = fitting
  if (only === undefined || (fitting.length === 1 && isTyped(only, typed))) return null
  const options = fitting
    .sort((a, b) => rankOf(a, typed) - rankOf(b, typed))
    .slice(0, field === 'has' || field === 'is' ? fitting.length : MOST)
    .map(({ value, ...rest }) => ({ ...rest, insert: value.startsWith('>') ? value : quoteValue(value) }))
  return { label, from: part.lastFrom, to: part.to, options }
}

function isTyped(value: Value, typed: string): boolean {
  return typed === foldText(value.label) || typed === foldText(value.value)
}

/** Those that begin with it before those that have a word that does. */
function rankOf(value: Value, typed: string): number {
  return isTyped(value, typed) ? 0 : foldText(value.label).startsWith(typed) ? 1 : 2
}

function beginsWord(label: string, typed: string, value: string): boolean {
  return label.startsWith(typed) || label.includes(` ${typed}`) || foldText(value).startsWith(typed)
}
