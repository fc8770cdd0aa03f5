import type { KeptValue, ReadClient } from '../../../shared/imports/read-client.ts'
import type { FieldKey, Fields, FieldValue } from '../../../shared/model/field.ts'
import { FIELD_LABELS } from '../../../shared/model/field-labels.ts'
import type { StatusOption } from '../../../shared/model/status-option.ts'
import { MAX_NOTES, validateFields } from '../../../shared/model/validate-fields.ts'
import { joinName } from '../projection/join-name.ts'
import { foldText } from '../search/fold-text.ts'
import type { ImportRemark } from '../store-contract.ts'

/** Where clients of a file go, and what is taken there. */
export interface FitTarget {
  readonly creates: readonly FieldKey[] | null
  readonly nameStyle: 'full' | 'split'
  readonly statusOptions: readonly StatusOption[]
}

export interface Fitted {
  /** Ready for `client.create`; null where nothing of it can be a client. */
  readonly fields: Fields | null
  /** What was not taken as it stood. */
  readonly remarks: readonly Omit<ImportRemark, 'line' | 'name'>[]
  /** A whole name was taken apart, because there is no field for a whole one. */
  readonly tookNameApart: boolean
}

/**
 * One client as the target takes it. A value that breaks a rule there goes into the notes under its label, as does
 * what has no field at all: nothing is dropped, and what was moved is said.
 */
export function fitClient(read: ReadClient, target: FitTarget): Fitted {
  const remarks: Omit<ImportRemark, 'line' | 'name'>[] = []
  const kept: KeptValue[] = [...read.kept]
  const fields: Partial<Record<FieldKey, FieldValue>> = { ...read.fields }
  const moveToNotes = (field: FieldKey, rule: string): void => {
    const value = fields[field]
    delete fields[field]
    const text = typeof value === 'string' ? value : (value?.join(', ') ?? '')
    kept.push({ label: FIELD_LABELS[field], value: text })
    remarks.push({ code: 'kept-in-notes', field, rule, text: text.slice(0, 120) })
  }

  const tookNameApart = fitName(read, fields, kept, target.nameStyle)
  const named = nameInstead(fields, target.nameStyle)
  if (named !== null) remarks.push({ code: 'named-by', field: named, rule: null, text: String(fields[named] ?? '') })
  if (read.status !== null) fields.status = statusOf(read.status, target.statusOptions)
  for (const field of ADDRESSES) {
    const value = fields[field]
    if (typeof value !== 'string' || value.length > 2_048 || !/^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(value)) continue
    fields[field] = `https://${value}`
    remarks.push({ code: 'https-added', field, rule: null, text: value.slice(0, 120) })
  }
  const check = () =>
    validateFields({
      fields,
      operation: 'create',
      creates: target.creates,
      updates: null,
      nameStyle: target.nameStyle,
      statusOptions: target.statusOptions,
    })
  for (const { field, rule } of check()) {
    if (fields[field] !== undefined && field !== 'notes' && !NAMELESS.has(rule)) moveToNotes(field, rule)
  }
  const notes = notesOf(fields.notes, kept)
  if (notes !== null) fields.notes = notes.slice(0, MAX_NOTES)
  if (notes !== null && notes.length > MAX_NOTES) {
    remarks.push({ code: 'notes-cut', field: 'notes', rule: null, text: notes.slice(MAX_NOTES, MAX_NOTES + 120) })
  }
  const [left] = check()
  if (left === undefined) return { fields, remarks, tookNameApart }
  return { fields: null, remarks: [{ code: 'refused', field: left.field, rule: left.rule, text: '' }], tookNameApart }
}

const ADDRESSES = ['website', 'facebookUrl', 'instagramUrl', 'linkedinUrl', 'twitterUrl'] as const
/** Rules about what is missing: there is no value to move. */
const NAMELESS: ReadonlySet<string> = new Set(['required', 'email-or-first-name'])

/** Whole or in two parts, as the target has it. True where a whole name was taken apart. */
function fitName(
  read: ReadClient,
  fields: Partial<Record<FieldKey, FieldValue>>,
  kept: KeptValue[],
  style: FitTarget['nameStyle'],
): boolean {
  const whole = textOf(fields.name)
  const first = textOf(fields.firstName)
  const last = textOf(fields.lastName)
  const joined = joinName(first, last)
  if (style === 'full') {
    delete fields.firstName
    delete fields.lastName
    if (whole === null && joined !== null) fields.name = joined
    if (whole !== null && joined !== null && !hasWordsOf(whole, joined))
      kept.push({ label: 'Full name', value: joined })
    return false
  }
  delete fields.name
  kept.push(...read.nameParts)
  if (joined !== null) {
    const parts = [joined, ...read.nameParts.map((part) => part.value)].join(' ')
    if (whole !== null && !hasWordsOf(parts, whole)) kept.push({ label: 'Shown as', value: whole })
    return false
  }
  if (whole === null) return false
  const [familyFirst, given, ...more] = whole.split(/\s*,\s+/)
  if (given !== undefined && familyFirst !== undefined && more.length === 0) {
    fields.firstName = given
    fields.lastName = familyFirst
    return true
  }
  const space = whole.lastIndexOf(' ')
  fields.firstName = space === -1 ? whole : whole.slice(0, space).trim()
  if (space !== -1) fields.lastName = whole.slice(space + 1)
  return space !== -1
}

/** Somebody without a name is called by the company, the e-mail address or the phone number: said, not hidden. */
function nameInstead(
  fields: Partial<Record<FieldKey, FieldValue>>,
  style: FitTarget['nameStyle'],
): 'company' | 'email' | 'phone' | null {
  const own = style === 'full' ? textOf(fields.name) : joinName(textOf(fields.firstName), textOf(fields.lastName))
  if (own !== null) return null
  const field = (['company', 'email', 'phone'] as const).find((each) => textOf(fields[each]) !== null)
  if (field === undefined) return null
  // A source that knows people by an e-mail address needs no name made up.
  if (style === 'split' && field === 'email') return null
  fields[style === 'full' ? 'name' : 'firstName'] = textOf(fields[field])
  return field
}

function statusOf(said: string, options: readonly StatusOption[]): string {
  const wanted = foldText(said.trim())
  return options.find(({ id, label }) => foldText(label) === wanted || foldText(id) === wanted)?.id ?? said.trim()
}

/** The file's own notes first, then a line for each value that has no field. */
function notesOf(notes: FieldValue | undefined, kept: readonly KeptValue[]): string | null {
  const lines = kept.map(({ label, value }) => `${label}: ${value}`).join('\n')
  const all = [textOf(notes) ?? '', lines].filter((part) => part !== '').join('\n\n')
  return all === '' ? null : all
}

function hasWordsOf(text: string, words: string): boolean {
  const own = new Set(wordsOf(text))
  return wordsOf(words).every((word) => own.has(word))
}

function wordsOf(text: string): readonly string[] {
  return foldText(text)
    .split(/[\s,.]+/)
    .filter((word) => word !== '')
}

function textOf(value: FieldValue | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
