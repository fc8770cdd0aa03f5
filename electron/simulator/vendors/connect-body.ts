import { type JsonValue, jsonValueSchema } from '../../../shared/json.ts'
import { leadStatusOf } from './connect-lead-statuses.ts'

const TEXT_FIELDS = [
  'email',
  'firstName',
  'lastName',
  'jobTitle',
  'companyName',
  'facebookUrl',
  'instagramUrl',
  'linkedinUrl',
  'twitterUrl',
  'note',
] as const
type TextField = (typeof TEXT_FIELDS)[number]

export interface NewContact extends Partial<Record<TextField, string>> {
  readonly phoneNumbers?: JsonValue
  readonly leadStatus: number | null
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** The fields of a create, or one of the page's three messages. */
export function checkContactBody(body: Readonly<Record<string, unknown>> | null): NewContact | string {
  const texts: Partial<Record<TextField, string>> = {}
  for (const field of TEXT_FIELDS) {
    const value = body?.[field]
    if (typeof value === 'string' && value !== '') {
      texts[field] = value
    }
  }
  if (body === null || (texts.email === undefined && texts.firstName === undefined)) {
    return 'At least email or firstName is required'
  }
  if (texts.email !== undefined && !EMAIL.test(texts.email)) {
    return 'Invalid email'
  }
  const { leadStatus, phoneNumbers } = body
  if (
    leadStatus !== undefined &&
    leadStatus !== null &&
    (typeof leadStatus !== 'number' || !leadStatusOf(leadStatus))
  ) {
    return 'Invalid lead status'
  }
  const phones = jsonValueSchema.safeParse(phoneNumbers)
  return {
    ...texts,
    ...(phones.success ? { phoneNumbers: phones.data } : {}),
    leadStatus: typeof leadStatus === 'number' ? leadStatus : null,
  }
}
