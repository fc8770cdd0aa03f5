import type { CustomDefinition } from '../../../shared/connector/custom-definition.ts'
import { remoteIdSchema } from '../../../shared/ids.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import { createExtraFields, type ExtraFields } from '../reading/extra-fields.ts'
import { createReadRecord, type ReadRecord } from '../reading/read-records.ts'
import { cutText, saidFields } from '../reading/said-fields.ts'
import { readStamp } from '../reading/stamps.ts'
import { wireId } from '../reading/wire-values.ts'
import { addUnmapped, pathText, valueAt } from './field-path.ts'
import { type CustomClient, customClientSchema } from './wire.ts'

/** Reads records as the definition says. A record that cannot be read keeps its id, wherever that stands. */
export function readCustomRecord(definition: CustomDefinition): ReadRecord {
  const { createdAt, updatedAt, idAt, fieldsAt } = definition
  const stamps = [createdAt, updatedAt].filter((path) => path !== null)
  const read = [idAt, ...Object.values(fieldsAt), ...stamps]

  const toRecord = (client: CustomClient, raw: JsonValue): RemoteRecord => {
    const extras = createExtraFields()
    const created = readScalarStamp(client.createdAt, pathText(createdAt ?? []), extras)
    const updated = readScalarStamp(client.updatedAt, pathText(updatedAt ?? []), extras)
    addUnmapped(extras, raw, read)
    return {
      remoteId: remoteIdSchema.parse(client.id),
      fields: saidFields(client.fields),
      fallbackName: cutText(client.id, 200),
      avatarUrl: null,
      createdAt: created,
      updatedAt: updated,
      lastActivityAt: null,
      owner: null,
      extra: extras.list(),
      raw,
    }
  }
  const readRecord = createReadRecord(customClientSchema(definition), toRecord)
  return (raw) => {
    const record = readRecord(raw)
    if (record.ok) return record
    const id = wireId.safeParse(valueAt(raw, idAt))
    return { ok: false, error: { ...record.error, remoteId: id.success ? id.data : null } }
  }
}

/** A stamp that is no text at all is shown as it is. */
function readScalarStamp(value: JsonValue | undefined, key: string, extras: ExtraFields): string | null {
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'number') {
    return readStamp(value, key, extras)
  }
  extras.add(key, value)
  return null
}
