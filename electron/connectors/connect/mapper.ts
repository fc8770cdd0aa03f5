import { remoteIdSchema } from '../../../shared/ids.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { FieldKey, Fields } from '../../../shared/model/field.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import type { StatusOption } from '../../../shared/model/status-option.ts'
import { addUnknownMembers, createExtraFields } from '../reading/extra-fields.ts'
import { type Media, readAvatar } from '../reading/read-avatar.ts'
import { cutText, firstText, saidFields } from '../reading/said-fields.ts'
import { readStamp } from '../reading/stamps.ts'
import { readColor } from '../reading/status-vocabulary.ts'
import {
  type ConnectContact,
  type ConnectLeadStatus,
  type ConnectPhone,
  connectContactSchema,
  connectLeadStatusSchema,
} from './wire.ts'

const KNOWN = new Set(Object.keys(connectContactSchema.shape))

export function connectContactToRecord(wire: ConnectContact, raw: JsonValue, media: Media): RemoteRecord {
  const extras = createExtraFields()
  const phones = phonesOf(wire.phoneNumbers)
  for (const [i, phone] of (phones ?? []).entries()) {
    if (i > 0) extras.add(`phoneNumbers[${i}]`, phone, { label: `Phone ${i + 1}` })
  }
  const parts = [wire.firstName, wire.lastName].filter((part) => firstText(part) !== null).join(' ')
  // Said once where it says the same.
  if (wire.fullName !== parts) extras.add('fullName', wire.fullName)
  const avatarUrl = readAvatar(wire.photo, { key: 'photo', media, extras })
  const createdAt = readStamp(wire.createdAt, 'createdAt', extras)
  const lastActivityAt = readStamp(wire.lastActivityAt, 'lastActivityAt', extras)
  addUnknownMembers(extras, raw, KNOWN)
  return {
    remoteId: remoteIdSchema.parse(wire.id),
    fields: saidFields({
      firstName: wire.firstName,
      lastName: wire.lastName,
      email: wire.email,
      phone: phones === null || phones === undefined ? phones : (phones[0] ?? null),
      company: wire.companyName,
      jobTitle: wire.jobTitle,
      status: wire.leadStatus === null || wire.leadStatus === undefined ? wire.leadStatus : wire.leadStatus.id,
      notes: wire.note,
      facebookUrl: wire.facebookUrl,
      instagramUrl: wire.instagramUrl,
      linkedinUrl: wire.linkedinUrl,
      twitterUrl: wire.twitterUrl,
    }),
    fallbackName: cutText(firstText(wire.fullName, wire.email, wire.companyName), 200),
    avatarUrl,
    createdAt,
    updatedAt: null,
    lastActivityAt,
    owner: null,
    extra: extras.list(),
    raw,
  }
}

/** Members of a create and the fields they come from. `leadStatus` is apart: it is an id. */
const SENT_AS = [
  ['email', 'email'],
  ['firstName', 'firstName'],
  ['lastName', 'lastName'],
  ['jobTitle', 'jobTitle'],
  ['company', 'companyName'],
  ['facebookUrl', 'facebookUrl'],
  ['instagramUrl', 'instagramUrl'],
  ['linkedinUrl', 'linkedinUrl'],
  ['twitterUrl', 'twitterUrl'],
  ['notes', 'note'],
] as const satisfies readonly (readonly [FieldKey, string])[]

/** The body of a create. Empty fields are left out. `phoneNumbers` is sent as a list: its name is a plural. */
export function fieldsToConnect(fields: Fields): Readonly<Record<string, JsonValue>> {
  const body: Record<string, JsonValue> = {}
  for (const [field, member] of SENT_AS) {
    const text = filledText(fields[field])
    if (text !== null) body[member] = text
  }
  const phone = filledText(fields.phone)
  if (phone !== null) body.phoneNumbers = [phone]
  const status = filledText(fields.status)
  if (status !== null) body.leadStatus = leadStatusId(status)
  return body
}

export function connectLeadStatusToOption(wire: ConnectLeadStatus): StatusOption {
  return {
    id: wire.id.slice(0, 200),
    label: cutText(firstText(wire.label), 200) ?? wire.id.slice(0, 200),
    color: readColor(wire.color),
    order: wire.order ?? null,
    type: cutText(wire.type, 60),
  }
}

/** The lead status that a contact brings along: without its order and type. */
export function connectLeadStatusOf(item: JsonValue): StatusOption | null {
  if (item === null || typeof item !== 'object' || !('leadStatus' in item)) return null
  const status = connectLeadStatusSchema.safeParse(item.leadStatus)
  return status.success ? connectLeadStatusToOption(status.data) : null
}

function phonesOf(wire: ConnectContact['phoneNumbers']): readonly string[] | null | undefined {
  if (wire === null || wire === undefined) return wire
  const list = Array.isArray(wire) ? wire : [wire]
  return list.map(phoneText).filter((text) => text !== null)
}

function phoneText(phone: ConnectPhone | null): string | null {
  if (phone === null || typeof phone === 'string') return phone
  return firstText(phone.number, phone.value)
}

function filledText(value: Fields[FieldKey]): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** Ids of lead statuses are numbers at the vendor; one that is not is sent as it is. */
function leadStatusId(id: string): string | number {
  return /^(0|[1-9]\d*)$/.test(id) && Number.isSafeInteger(Number(id)) ? Number(id) : id
}
