import { z } from 'zod'

/**
 * The fields of a client that can be shown, edited and sent. A source may know some of them; the rest can still be
 * written and stays on this device.
 */
export const fieldKeySchema = z.enum([
  'name',
  'firstName',
  'lastName',
  'email',
  'phone',
  'company',
  'jobTitle',
  'status',
  'notes',
  'tags',
  'website',
  'location',
  'facebookUrl',
  'instagramUrl',
  'linkedinUrl',
  'twitterUrl',
])
export type FieldKey = z.infer<typeof fieldKeySchema>

/** `null` is an emptied field; a field that is absent from an object was never said or touched. The two never mix. */
export const fieldValueSchema = z.union([z.string(), z.null(), z.array(z.string()).readonly()])
export type FieldValue = z.infer<typeof fieldValueSchema>

/** Only the fields that were said. */
export const fieldsSchema = z.partialRecord(fieldKeySchema, fieldValueSchema)
export type Fields = Readonly<Partial<Record<FieldKey, FieldValue>>>

export type FieldKind = 'text' | 'multiline' | 'email' | 'phone' | 'url' | 'status' | 'tags'

export const FIELD_KINDS: Readonly<Record<FieldKey, FieldKind>> = {
  name: 'text',
  firstName: 'text',
  lastName: 'text',
  email: 'email',
  phone: 'phone',
  company: 'text',
  jobTitle: 'text',
  status: 'status',
  notes: 'multiline',
  tags: 'tags',
  website: 'url',
  location: 'text',
  facebookUrl: 'url',
  instagramUrl: 'url',
  linkedinUrl: 'url',
  twitterUrl: 'url',
}

export const FIELD_KEYS: readonly FieldKey[] = fieldKeySchema.options

/** Equal as a user sees it: same text, or the same tags in any order; `null`, `''` and an empty list are all "empty". */
export function sameFieldValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (isEmptyFieldValue(a) || isEmptyFieldValue(b)) return isEmptyFieldValue(a) && isEmptyFieldValue(b)
  if (typeof a === 'string' || typeof b === 'string') return a === b
  if (a === null || a === undefined || b === null || b === undefined) return false
  if (a.length !== b.length) return false
  const sortedA = [...a].sort()
  const sortedB = [...b].sort()
  return sortedA.every((tag, i) => tag === sortedB[i])
}

export function isEmptyFieldValue(value: FieldValue | undefined): boolean {
  return value == null || value.length === 0
}
