import { remoteIdSchema } from '../../../shared/ids.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { Fields } from '../../../shared/model/field.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import { addUnknownMembers, createExtraFields } from '../reading/extra-fields.ts'
import { saidFields } from '../reading/said-fields.ts'
import { readStamp } from '../reading/stamps.ts'
import { type FullEngageClient, fullEngageClientSchema } from './wire.ts'

const KNOWN = new Set(Object.keys(fullEngageClientSchema.shape))

export function fullEngageClientToRecord(wire: FullEngageClient, raw: JsonValue): RemoteRecord {
  const extras = createExtraFields()
  const createdAt = readStamp(wire.createdAt, 'createdAt', extras)
  const updatedAt = readStamp(wire.updatedAt, 'updatedAt', extras)
  addUnknownMembers(extras, raw, KNOWN)
  return {
    remoteId: remoteIdSchema.parse(wire.id),
    fields: saidFields({ name: wire.name, phone: wire.phone, status: wire.status, notes: wire.notes }),
    fallbackName: null,
    avatarUrl: null,
    createdAt,
    updatedAt,
    lastActivityAt: null,
    owner: null,
    extra: extras.list(),
    raw,
  }
}

/** What a create or an update sends. A field that is null is sent as null: emptied, which is not the same as unsaid. */
export function fieldsToFullEngage(fields: Fields): Readonly<Record<string, JsonValue>> {
  const body: Record<string, JsonValue> = {}
  for (const name of ['name', 'phone', 'status', 'notes'] as const) {
    const value = fields[name]
    if (value !== undefined) body[name] = value
  }
  return body
}
