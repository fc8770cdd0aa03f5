import { FIELD_KEYS } from './field.ts'
import type { PulledRecord } from './pulled-record.ts'

const FIELDS: ReadonlySet<string> = new Set(FIELD_KEYS)

/**
 * What `pulledRecordSchema` says, in a tenth of the time: every record of a pull is looked at by it, in the thread that
 * answers the page. A property test holds the one against the other.
 */
export function isPulledRecord(value: unknown): value is PulledRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const record: Partial<Record<keyof PulledRecord, unknown>> = value
  return (
    isText(record.remoteId, 1, 512) &&
    isText(record.hash, 1, 60) &&
    isText(record.body, 0, 2_000_000) &&
    areFields(record.fields) &&
    isTextOrNull(record.fallbackName, 0, 200) &&
    isTextOrNull(record.avatarUrl, 0, 2048) &&
    isTextOrNull(record.createdAt, 1, 64) &&
    isTextOrNull(record.updatedAt, 1, 64) &&
    isTextOrNull(record.lastActivityAt, 1, 64) &&
    isTextOrNull(record.owner, 0, 200) &&
    isTextOrNull(record.ai, 0, 5_000)
  )
}

function isText(value: unknown, least: number, most: number): boolean {
  return typeof value === 'string' && value.length >= least && value.length <= most
}

function isTextOrNull(value: unknown, least: number, most: number): boolean {
  return value === null || isText(value, least, most)
}

function areFields(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  for (const [name, field] of Object.entries(value)) {
    if (!FIELDS.has(name)) return false
    if (typeof field === 'string' || field === null) continue
    if (!Array.isArray(field) || !field.every((item) => typeof item === 'string')) return false
  }
  return true
}
