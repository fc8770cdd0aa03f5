import { FIELD_KEYS, FIELD_KINDS, type FieldKey, type Fields, type FieldValue, isEmptyFieldValue } from './field.ts'
import type { StatusOption } from './status-option.ts'

export interface ValidateInput {
  /** For a create all fields of the new client, for an update only what changes. */
  readonly fields: Fields
  readonly operation: 'create' | 'update'
  /** What the source takes; null where it takes nothing, so that only rules of form apply. */
  readonly creates: readonly FieldKey[] | null
  readonly updates: readonly FieldKey[] | null
  readonly nameStyle: 'full' | 'split'
  /** Known values of `status`; empty where any value may be written. */
  readonly statusOptions: readonly StatusOption[]
  /** The client as it is before an update, so that clearing the last of two names can be told apart. */
  readonly before?: Fields
}

export interface FieldProblem {
  readonly field: FieldKey
  /**
   * `required`, `email-or-first-name`, `needs-at`, `needs-local-part`, `needs-domain`, `needs-dot`, `has-space`,
   * `needs-digits`, `needs-http`, `not-a-url`, `unknown-status`, `too-long`, `too-many`, `wrong-kind`
   */
  readonly rule: string
}

const MAX_TEXT = 300
export const MAX_NOTES = 20_000
const MAX_URL = 2048
const MAX_TAGS = 100

/** All problems of what a user typed, in form order. The same rules guard the form, the store and the connectors. */
export function validateFields(input: ValidateInput): readonly FieldProblem[] {
  const problems: FieldProblem[] = []
  for (const field of FIELD_KEYS) {
    const value = input.fields[field]
    if (value === undefined) continue
    const rule = ruleBroken(field, value, input)
    if (rule !== null) problems.push({ field, rule })
  }
  const name = nameProblem(input)
  if (name !== null && !problems.some((problem) => problem.field === name.field)) problems.unshift(name)
  return problems
}

function ruleBroken(field: FieldKey, value: FieldValue, input: ValidateInput): string | null {
  if (value === null) return null
  if (FIELD_KINDS[field] === 'tags') return typeof value === 'string' ? 'wrong-kind' : tagsProblem(value)
  if (typeof value !== 'string') return 'wrong-kind'
  if (value.trim() === '') return null
  switch (FIELD_KINDS[field]) {
    case 'email':
      return emailProblem(value.trim())
    case 'phone':
      if (value.length > MAX_TEXT) return 'too-long'
      return /\p{Nd}/u.test(value) ? null : 'needs-digits'
    case 'url':
      return urlProblem(value.trim())
    case 'status':
      return statusProblem(value, input)
    case 'multiline':
      return value.length > MAX_NOTES ? 'too-long' : null
    default:
      return value.length > MAX_TEXT ? 'too-long' : null
  }
}

function nameProblem({ fields, operation, creates, updates, nameStyle, before }: ValidateInput): FieldProblem | null {
  const after: Fields = { ...before, ...fields }
  const sent = operation === 'create' ? creates : updates
  if (nameStyle === 'full') {
    const asked = operation === 'create' || fields.name !== undefined
    const required = sent === null ? operation === 'create' : sent.includes('name')
    return asked && required && isBlank(after.name) ? { field: 'name', rule: 'required' } : null
  }
  if (operation === 'update') return null
  const canSendEmail = creates === null || creates.includes('email')
  if (!isBlank(after.firstName) || (canSendEmail && !isBlank(after.email))) return null
  // A client that never leaves this device is known well enough by a last name.
  if (creates === null && !isBlank(after.lastName)) return null
  return { field: 'firstName', rule: 'email-or-first-name' }
}

function isBlank(value: FieldValue | undefined): boolean {
  return isEmptyFieldValue(value) || (typeof value === 'string' && value.trim() === '')
}

/** Shape only: whether an address exists is not ours to say. */
export function emailProblem(email: string): string | null {
  if (email.length > 254) return 'too-long'
  if (/\s/.test(email)) return 'has-space'
  const at = email.lastIndexOf('@')
  if (at === -1) return 'needs-at'
  const domain = email.slice(at + 1)
  if (at === 0 || email.slice(0, at).includes('@')) return 'needs-local-part'
  if (domain === '') return 'needs-domain'
  const labels = domain.split('.')
  if (labels.length < 2) return 'needs-dot'
  return labels.every((label) => label !== '') ? null : 'needs-domain'
}

/** Web addresses only: a link of a client must never run a script or open a file. */
export function urlProblem(url: string): string | null {
  if (url.length > MAX_URL) return 'too-long'
  if (!/^https?:/i.test(url)) return 'needs-http'
  return /^https?:\/\/[^\s/?#@\\]+([/?#][^\s]*)?$/i.test(url) ? null : 'not-a-url'
}

function statusProblem(value: string, { operation, creates, updates, statusOptions }: ValidateInput): string | null {
  const sent = (operation === 'create' ? creates : updates)?.includes('status') ?? false
  if (!sent || statusOptions.length === 0) return value.length > MAX_TEXT ? 'too-long' : null
  return statusOptions.some((option) => option.id === value) ? null : 'unknown-status'
}

function tagsProblem(tags: readonly string[]): string | null {
  if (tags.length > MAX_TAGS) return 'too-many'
  return tags.some((tag) => tag.length > MAX_TEXT) ? 'too-long' : null
}
