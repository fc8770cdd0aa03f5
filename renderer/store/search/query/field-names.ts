import { PHONE_BIT, SEARCH_FIELDS, type SearchField } from '../engine/engine-contract.ts'
import type { FilterField, Has, Is, TextField } from './query.ts'
import { HAS, IS } from './query.ts'

/** Every name of a filter, the one that is shown first. */
export const FIELD_NAMES: Readonly<Record<FilterField, readonly string[]>> = {
  name: ['name'],
  company: ['company', 'org', 'organisation', 'organization', 'employer'],
  email: ['email', 'e-mail', 'mail', 'mailto'],
  phone: ['phone', 'tel', 'telephone', 'mobile'],
  title: ['title', 'job', 'jobtitle', 'role'],
  location: ['location', 'city', 'place'],
  notes: ['notes', 'note'],
  owner: ['owner'],
  status: ['status', 'state', 'stage'],
  source: ['source', 'src'],
  tag: ['tag', 'tags', 'label'],
  has: ['has'],
  is: ['is'],
  created: ['created', 'added'],
  updated: ['updated', 'changed', 'modified'],
}

const HAS_NAMES: Readonly<Partial<Record<Has, readonly string[]>>> = {
  testimonial: ['testimonials', 'review', 'reviews'],
  video: ['videos'],
  email: ['e-mail', 'mail'],
  phone: ['tel', 'telephone'],
  company: ['org'],
  title: ['job', 'role'],
  location: ['city'],
  notes: ['note'],
  tags: ['tag'],
  website: ['url', 'site'],
  photo: ['picture', 'avatar', 'image'],
  local: ['local-values'],
}

const IS_NAMES: Readonly<Partial<Record<Is, readonly string[]>>> = {
  waiting: ['unsent', 'pending', 'edited'],
  conflict: ['conflicted', 'conflicts'],
  failed: ['needs-attention', 'attention', 'refused'],
  held: ['on-hold'],
  unknown: ['unknown-outcome'],
  deleting: ['deleted'],
  local: ['this-device', 'device'],
  'read-only': ['readonly'],
}

export const FIELD_OF_NAME: ReadonlyMap<string, FilterField> = new Map(
  Object.entries(FIELD_NAMES).flatMap(([field, names]) =>
    names.map((name): [string, FilterField] => [name, field as FilterField]),
  ),
)
export const HAS_OF_NAME: ReadonlyMap<string, Has> = named(HAS, HAS_NAMES)
export const IS_OF_NAME: ReadonlyMap<string, Is> = named(IS, IS_NAMES)

function named<T extends string>(
  values: readonly T[],
  others: Readonly<Partial<Record<T, readonly string[]>>>,
): ReadonlyMap<string, T> {
  return new Map(values.flatMap((value) => [value, ...(others[value] ?? [])].map((name): [string, T] => [name, value])))
}

const SEARCHED: Readonly<Record<Exclude<TextField, 'phone'>, SearchField>> = {
  name: 'name',
  company: 'company',
  email: 'email',
  title: 'jobTitle',
  location: 'location',
  notes: 'notes',
  owner: 'owner',
}

/** The `fields` of a token that may stand in this field only. */
export function fieldMask(field: TextField): number {
  return field === 'phone' ? PHONE_BIT : 1 << SEARCH_FIELDS.indexOf(SEARCHED[field])
}

export function isTextField(field: FilterField): field is TextField {
  return field === 'phone' || Object.hasOwn(SEARCHED, field)
}
