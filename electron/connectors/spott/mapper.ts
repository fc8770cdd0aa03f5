import { remoteIdSchema } from '../../../shared/ids.ts'
import type { JsonValue } from '../../../shared/json.ts'
import { readableText } from '../../../shared/model/readable-text.ts'
import type { ExtraField, RemoteRecord } from '../../../shared/model/record.ts'
import type { StatusOption } from '../../../shared/model/status-option.ts'
import { addUnknownMembers, createExtraFields, type ExtraFields } from '../reading/extra-fields.ts'
import { type Media, readAvatar } from '../reading/read-avatar.ts'
import { cutText, firstText, saidFields } from '../reading/said-fields.ts'
import { readStamp } from '../reading/stamps.ts'
import { readColor } from '../reading/status-vocabulary.ts'
import {
  type SpottAttribute,
  type SpottContact,
  type SpottLocation,
  spottContactSchema,
  spottStageSchema,
} from './wire.ts'

const KNOWN = new Set(Object.keys(spottContactSchema.shape))

export function spottContactToRecord(wire: SpottContact, raw: JsonValue, media: Media): RemoteRecord {
  const extras = createExtraFields()
  extras.add('department', wire.department)
  extras.add('active', wire.active)
  extras.add('startDate', wire.startDate)
  extras.add('endDate', wire.endDate)
  addLocations(extras, 'locations', wire.locations, 'Location')
  addLocations(extras, 'client.locations', wire.client?.locations, 'Company location')
  extras.add('client.company.linkedinUrl', wire.client?.company?.linkedinUrl, { label: 'Company LinkedIn' })
  extras.add('client.company.logoUrl', wire.client?.company?.logoUrl, { label: 'Company logo' })
  extras.add('client.company.id', wire.client?.company?.id, { label: 'Company ID' })
  extras.add('mainContact.deactivatedAt', wire.mainContact?.deactivatedAt, { label: 'Main contact deactivated at' })
  extras.add('candidateId', wire.candidateId, { label: 'Candidate ID' })
  for (const attribute of wire.customAttributes ?? []) addAttribute(extras, attribute)
  const avatarUrl = readAvatar(wire.avatarUrl, { key: 'avatarUrl', media, extras })
  const createdAt = readStamp(wire.createdAt, 'createdAt', extras)
  const updatedAt = readStamp(wire.modifiedAt, 'modifiedAt', extras)
  addUnknownMembers(extras, raw, KNOWN)
  return {
    remoteId: remoteIdSchema.parse(wire.id),
    fields: saidFields({
      firstName: wire.firstName,
      lastName: wire.lastName,
      jobTitle: wire.role,
      company: within(
        within(wire.client, (client) => client.company),
        (company) => company.name,
      ),
      status: within(wire.stage, (stage) => stage.id),
      location: within(wire.locations, (locations) => (locations[0] === undefined ? null : addressText(locations[0]))),
      email: contactDetail(wire.customAttributes, /^e-?mail( address)?$/i, /^\S+@\S+$/),
      phone: contactDetail(wire.customAttributes, /^((mobile|cell|work)? ?phone( number)?|mobile|telephone)$/i, /\d/),
    }),
    fallbackName: cutText(wire.client?.company?.name, 200),
    avatarUrl,
    createdAt,
    updatedAt,
    lastActivityAt: null,
    owner: cutText(firstText(wire.mainContact?.name), 200),
    extra: extras.list(),
    raw,
  }
}

/** The stage that a contact brings along. */
export function spottStageOf(item: JsonValue): StatusOption | null {
  if (item === null || typeof item !== 'object' || !('stage' in item)) return null
  const stage = spottStageSchema.safeParse(item.stage)
  if (!stage.success || stage.data.id.length > 200) return null
  const { id, name, order, colorHex } = stage.data
  return {
    id,
    label: cutText(firstText(name), 200) ?? id,
    color: readColor(colorHex),
    order: order ?? null,
    type: 'stage',
  }
}

/** Absent stays absent, null becomes null, and so does what is missing inside of what is there. */
function within<T, R>(value: T | null | undefined, part: (value: T) => R | null | undefined): R | null | undefined {
  if (value === undefined) return undefined
  return value === null ? null : part(value)
}

function addAttribute(extras: ExtraFields, attribute: SpottAttribute): void {
  const id = attribute.attributeDefinitionId ?? attribute.label ?? ''
  extras.add(`customAttributes.${id}`, attributeText(attribute), {
    label: firstText(attribute.label) ?? id,
    filledBy: filledBy(attribute),
  })
}

function filledBy(attribute: SpottAttribute): ExtraField['filledBy'] {
  if (attribute.aiOverridden === true) return 'person-over-ai'
  return attribute.isFilledByAI === true ? 'vendor-ai' : null
}

function attributeText({ value }: SpottAttribute): string | null {
  if (value !== null && typeof value === 'object' && 'text' in value && Object.keys(value).length === 1) {
    return readableText(value.text)
  }
  return readableText(value)
}

/**
 * Spott documents no e-mail and no phone: they come as custom attributes, if at all. Only an attribute that is called
 * so and looks so is taken; it stays among the other fields as well.
 */
function contactDetail(
  attributes: readonly SpottAttribute[] | null | undefined,
  label: RegExp,
  shape: RegExp,
): string | undefined {
  const texts = (attributes ?? [])
    .filter((attribute) => label.test((attribute.label ?? '').trim()))
    .map((attribute) => attributeText(attribute)?.trim() ?? '')
  return texts.find((text) => text.length <= 320 && shape.test(text))
}

function addLocations(
  extras: ExtraFields,
  key: string,
  locations: readonly SpottLocation[] | null | undefined,
  label: string,
): void {
  for (const [i, location] of (locations ?? []).entries()) {
    extras.add(`${key}[${i}]`, addressText(location), { label: i === 0 ? label : `${label} ${i + 1}` })
  }
}

function addressText(location: SpottLocation): string | null {
  const { street1, street2, postalCode, city, region, state, country } = location
  const parts = [
    street1,
    street2,
    [postalCode, city].filter((part) => firstText(part) !== null).join(' '),
    region,
    state,
    country,
  ]
  const composed = parts.filter((part) => firstText(part) !== null).join(', ')
  return firstText(location.formattedAddress, location.rawCityCountry, composed)
}
