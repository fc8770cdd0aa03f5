import {
  FIELD_KINDS,
  type FieldKey,
  type Fields,
  type FieldValue,
  sameFieldValue,
} from '../../../shared/model/field.ts'
import type { Destination } from '../../store/store-contract.ts'

export interface FormFieldSpec {
  readonly field: FieldKey
  readonly destination: Destination
}

/** Order of the fields within each half of a form. */
const ORDER: readonly FieldKey[] = [
  'name',
  'firstName',
  'lastName',
  'email',
  'phone',
  'status',
  'company',
  'jobTitle',
  'notes',
  'tags',
  'website',
  'location',
  'linkedinUrl',
  'twitterUrl',
  'facebookUrl',
  'instagramUrl',
]

/** Fields that may stand side by side. */
const PAIRS: Readonly<Partial<Record<FieldKey, FieldKey>>> = {
  firstName: 'lastName',
  phone: 'status',
  company: 'jobTitle',
  website: 'location',
  linkedinUrl: 'twitterUrl',
  facebookUrl: 'instagramUrl',
}

/** Lines of one half of a form: one field, or two side by side, never three. */
export function formLines(fields: readonly FormFieldSpec[]): readonly (readonly FormFieldSpec[])[] {
  const sorted = [...fields].sort((a, b) => ORDER.indexOf(a.field) - ORDER.indexOf(b.field))
  const lines: FormFieldSpec[][] = []
  const placed = new Set<FieldKey>()
  for (const spec of sorted) {
    if (placed.has(spec.field)) continue
    const partner = sorted.find((other) => other.field === PAIRS[spec.field] && !placed.has(other.field))
    const line = partner === undefined ? [spec] : [spec, partner]
    for (const each of line) placed.add(each.field)
    lines.push(line)
  }
  return lines
}

/** What a control holds for a field: its text, or its tags. `null` and absent are both an empty control. */
export type FormValues = Readonly<Partial<Record<FieldKey, string | readonly string[]>>>

export function valuesOf(fields: readonly { readonly field: FieldKey; readonly value: FieldValue }[]): FormValues {
  const values: Partial<Record<FieldKey, string | readonly string[]>> = {}
  for (const { field, value } of fields) values[field] = value ?? (FIELD_KINDS[field] === 'tags' ? [] : '')
  return values
}

/** A control's content as a value: emptied is `null`, text loses the blanks around it. */
export function fieldValueOf(content: string | readonly string[] | undefined): FieldValue {
  if (content === undefined) return null
  if (typeof content !== 'string') return content.length === 0 ? null : content
  const text = content.trim()
  return text === '' ? null : text
}

/** Only what differs from what the form showed at first; blanks around a text are no change. */
export function changesOf(shown: FormValues, now: FormValues): Fields {
  const changes: Partial<Record<FieldKey, FieldValue>> = {}
  for (const field of ORDER) {
    if (now[field] === undefined) continue
    const value = fieldValueOf(now[field])
    if (!sameFieldValue(value, fieldValueOf(shown[field]))) changes[field] = value
  }
  return changes
}

/** `press, vip` and the like as single tags, without doubles. */
export function splitTags(text: string): readonly string[] {
  return [...new Set(text.split(/[,;\n]/).map((tag) => tag.trim()))].filter((tag) => tag !== '')
}
