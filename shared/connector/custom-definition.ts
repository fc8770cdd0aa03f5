import { z } from 'zod'
import type { FieldKey } from '../model/field.ts'
import type { SourceSettings } from '../model/source.ts'
import { err, ok, type Result } from '../result.ts'

/**
 * What a connector of the user's own is made of: a closed vocabulary, read out of the flat settings of a source. Where
 * the list stands, how it is paged, and where in a record each field stands. No expressions, no code.
 */
export interface CustomDefinition {
  /** Where the list stands in the answer; empty: the answer itself is the list. */
  readonly listAt: FieldPath
  readonly paging: CustomPaging
  /** Where the number of all clients stands, or null. */
  readonly totalAt: FieldPath | null
  readonly idAt: FieldPath
  readonly fieldsAt: Readonly<Partial<Record<FieldKey, FieldPath>>>
  readonly createdAt: FieldPath | null
  readonly updatedAt: FieldPath | null
}

/** `['company', 'name']`, written `company.name`. A whole number is a place in an array: `emails.0`. */
export type FieldPath = readonly string[]

export type CustomPaging =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'page'
      readonly pageParameter: string
      /** The number that the first page has, mostly 1. */
      readonly firstPage: number
      readonly sizeParameter: string | null
      readonly pageSize: number
    }
  | {
      readonly kind: 'offset'
      readonly offsetParameter: string
      readonly sizeParameter: string | null
      readonly pageSize: number
    }
  | {
      readonly kind: 'cursor'
      readonly cursorParameter: string
      readonly cursorAt: FieldPath
      readonly sizeParameter: string | null
      readonly pageSize: number
    }

export const PAGING_KINDS = ['none', 'page', 'offset', 'cursor'] as const

/** The settings that the definition is read from, each with what stands in an untouched form. */
export const CUSTOM_DEFAULTS = {
  listAt: '',
  paging: 'none',
  pageParameter: 'page',
  firstPage: '1',
  offsetParameter: 'offset',
  cursorParameter: 'cursor',
  cursorAt: 'next_cursor',
  sizeParameter: 'limit',
  pageSize: '100',
  totalAt: '',
  idAt: 'id',
  nameAt: 'name',
  firstNameAt: 'first_name',
  lastNameAt: 'last_name',
  emailAt: 'email',
  phoneAt: 'phone',
  companyAt: 'company',
  jobTitleAt: 'job_title',
  statusAt: 'status',
  notesAt: 'notes',
  tagsAt: 'tags',
  websiteAt: 'website',
  locationAt: 'location',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
} as const
export type CustomSetting = keyof typeof CUSTOM_DEFAULTS
// The keys of a constant are known; Object.keys only does not say so.
export const CUSTOM_SETTINGS = Object.keys(CUSTOM_DEFAULTS) as readonly CustomSetting[]

/** Which setting says where a field stands. */
export const FIELD_SETTINGS = {
  name: 'nameAt',
  firstName: 'firstNameAt',
  lastName: 'lastNameAt',
  email: 'emailAt',
  phone: 'phoneAt',
  company: 'companyAt',
  jobTitle: 'jobTitleAt',
  status: 'statusAt',
  notes: 'notesAt',
  tags: 'tagsAt',
  website: 'websiteAt',
  location: 'locationAt',
} as const satisfies Readonly<Partial<Record<FieldKey, CustomSetting>>>
// As above.
export const MAPPED_FIELDS = Object.keys(FIELD_SETTINGS) as readonly (keyof typeof FIELD_SETTINGS)[]

const MAX_PAGE_SIZE = 1000
const MAX_STEPS = 10

/** Names with dots between, up to ten. Messages of issues are the rules that the form has sentences for. */
const pathSchema = z
  .string()
  .max(300, 'too-long')
  .transform((text) => (text === '' ? [] : text.split('.').map((step) => step.trim())))
  .refine((steps) => steps.length <= MAX_STEPS && steps.every((step) => step !== ''), 'bad-path')
const optionalPathSchema = pathSchema.transform((steps) => (steps.length === 0 ? null : steps))
const neededPathSchema = z.string().min(1, 'required').pipe(pathSchema)

/** The name of a query parameter. */
const parameterSchema = z
  .string()
  .min(1, 'required')
  .regex(/^[\w.[\]$:-]{1,60}$/, 'not-usable')
const optionalParameterSchema = z.union([z.literal('').transform(() => null), parameterSchema], 'not-usable')

const countSchema = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'not-a-number')
    .transform(Number)
    .refine((count) => count >= least && count <= most, 'out-of-range')
const pageSizeSchema = countSchema(1, MAX_PAGE_SIZE)

/** Only the chosen paging's settings are looked at: what the form does not show cannot be wrong. */
const pagingSchema = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('none') }),
    z.object({
      kind: z.literal('page'),
      pageParameter: parameterSchema,
      firstPage: countSchema(0, 1),
      sizeParameter: optionalParameterSchema,
      pageSize: pageSizeSchema,
    }),
    z.object({
      kind: z.literal('offset'),
      offsetParameter: parameterSchema,
      sizeParameter: optionalParameterSchema,
      pageSize: pageSizeSchema,
    }),
    z.object({
      kind: z.literal('cursor'),
      cursorParameter: parameterSchema,
      cursorAt: neededPathSchema,
      sizeParameter: optionalParameterSchema,
      pageSize: pageSizeSchema,
    }),
  ],
  'not-usable',
)

const definitionSchema = z.object({
  listAt: pathSchema,
  paging: pagingSchema,
  totalAt: optionalPathSchema,
  idAt: neededPathSchema,
  nameAt: optionalPathSchema,
  firstNameAt: optionalPathSchema,
  lastNameAt: optionalPathSchema,
  emailAt: optionalPathSchema,
  phoneAt: optionalPathSchema,
  companyAt: optionalPathSchema,
  jobTitleAt: optionalPathSchema,
  statusAt: optionalPathSchema,
  notesAt: optionalPathSchema,
  tagsAt: optionalPathSchema,
  websiteAt: optionalPathSchema,
  locationAt: optionalPathSchema,
  createdAt: optionalPathSchema,
  updatedAt: optionalPathSchema,
})

/** A setting of the definition as typed, trimmed, or its default where it was left out altogether. */
export function customSetting(settings: SourceSettings, name: CustomSetting): string {
  const value = Object.hasOwn(settings, name) ? settings[name] : undefined
  return typeof value === 'string' ? value.trim() : CUSTOM_DEFAULTS[name]
}

/** The definition, or the first setting that breaks a rule. */
export function readCustomDefinition(
  settings: SourceSettings,
): Result<CustomDefinition, { readonly field: string; readonly rule: string }> {
  const typed = Object.fromEntries(CUSTOM_SETTINGS.map((name) => [name, customSetting(settings, name)]))
  const kind = typed.paging
  // Without pages the list is counted by reading it.
  const totalAt = kind === 'none' ? '' : typed.totalAt
  const read = definitionSchema.safeParse({ ...typed, totalAt, paging: { ...typed, kind } })
  if (!read.success) {
    const issue = read.error.issues[0]
    const steps = issue?.path.filter((step) => step !== 'kind') ?? []
    return err({ field: String(steps.at(-1) ?? 'paging'), rule: issue?.message ?? 'not-usable' })
  }
  const said = read.data
  const fieldsAt: Partial<Record<FieldKey, FieldPath>> = {}
  for (const key of MAPPED_FIELDS) {
    const path = said[FIELD_SETTINGS[key]]
    if (path !== null) fieldsAt[key] = path
  }
  const { paging, idAt, createdAt, updatedAt } = said
  if (paging.kind !== 'none' && paging.sizeParameter !== null && paging.sizeParameter === placeParameter(paging)) {
    return err({ field: 'sizeParameter', rule: 'not-usable' })
  }
  return ok({ listAt: said.listAt, paging, totalAt: said.totalAt, idAt, fieldsAt, createdAt, updatedAt })
}

/** The query parameter that says which part of the list is asked for. */
function placeParameter(paging: Exclude<CustomPaging, { kind: 'none' }>): string {
  switch (paging.kind) {
    case 'page':
      return paging.pageParameter
    case 'offset':
      return paging.offsetParameter
    case 'cursor':
      return paging.cursorParameter
  }
}
