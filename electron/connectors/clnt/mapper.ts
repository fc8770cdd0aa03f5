import { remoteIdSchema } from '../../../shared/ids.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import { addUnknownMembers, createExtraFields } from '../reading/extra-fields.ts'
import { cutText, firstText, saidFields } from '../reading/said-fields.ts'
import { readStamp } from '../reading/stamps.ts'
import { type ClntClient, clntClientSchema } from './wire.ts'

const KNOWN = new Set(Object.keys(clntClientSchema.shape))

/** What "Include sensitive fields" is about: our fields, and the vendor's members they come from. */
export const SENSITIVE_FIELDS: readonly FieldKey[] = ['firstName', 'lastName', 'email', 'phone']
export const SENSITIVE_RAW_KEYS: readonly string[] = ['first_name', 'last_name', 'email', 'phone']

export function clntClientToRecord(wire: ClntClient, raw: JsonValue): RemoteRecord {
  const extras = createExtraFields()
  extras.add('locale', wire.locale)
  extras.add('time_zone', wire.time_zone)
  extras.add('reference_id', wire.reference_id, { label: 'Reference ID' })
  const createdAt = readStamp(wire.created_at, 'created_at', extras)
  const updatedAt = readStamp(wire.updated_at, 'updated_at', extras)
  addUnknownMembers(extras, raw, KNOWN)
  return {
    remoteId: remoteIdSchema.parse(wire.id),
    fields: saidFields({
      firstName: wire.first_name,
      lastName: wire.last_name,
      email: wire.email,
      phone: wire.phone,
    }),
    fallbackName: cutText(firstText(wire.reference_id, wire.id), 200),
    avatarUrl: null,
    createdAt,
    updatedAt,
    lastActivityAt: null,
    owner: null,
    extra: extras.list(),
    raw,
  }
}

/** The record as if it had come without its sensitive members: they are dropped before anything reads them. */
export function withoutSensitive(raw: JsonValue): JsonValue {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return raw
  return Object.fromEntries(Object.entries(raw).filter(([name]) => !SENSITIVE_RAW_KEYS.includes(name)))
}

export function hasSensitive(raw: JsonValue): boolean {
  if (raw === null || typeof raw !== 'object' || Array.isArray(raw)) return false
  return Object.entries(raw).some(([name, value]) => SENSITIVE_RAW_KEYS.includes(name) && value !== null)
}
