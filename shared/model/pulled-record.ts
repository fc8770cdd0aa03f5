import { z } from 'zod'
import { remoteIdSchema } from '../ids.ts'
import { isPulledRecord } from './is-pulled-record.ts'
import { type RemoteRecord, remoteRecordSchema } from './record.ts'
import { bodyTextOf } from './record-body.ts'
import { hashRecord } from './record-hash.ts'

const MOST_RECORDS = 500

/**
 * A record on its way from a pull into the store. What nobody looks at before a client is opened travels, and is stored, as
 * the text that the core has made of it: it is neither taken apart nor put together again on the way.
 */
export const pulledRecordSchema = remoteRecordSchema.omit({ extra: true, raw: true }).extend({
  /** A value that the vendor's AI filled in, as `fit 82`. */
  ai: z.string().max(5_000).nullable(),
  /** Of all that came (record-hash.ts). */
  hash: z.string().min(1).max(60),
  /** record-body.ts */
  body: z.string().max(2_000_000),
})
export interface PulledRecord extends z.infer<typeof pulledRecordSchema> {}

/** Records of a page. Those that are as they should be are not copied; of others the schema says what is wrong. */
export const pulledRecordsSchema = z.custom<readonly PulledRecord[]>().check((context) => {
  const { value } = context
  if (Array.isArray(value) && value.length <= MOST_RECORDS && value.every(isPulledRecord)) return
  const read = z.array(pulledRecordSchema).max(MOST_RECORDS).safeParse(value)
  for (const { path, message } of read.error?.issues ?? [])
    context.issues.push({ code: 'custom', path, message, input: value })
})

/** A record that the store is believed to have like this already. */
export const sameRecordSchema = z.tuple([remoteIdSchema, z.string().min(1).max(60)])

/** `hash` where it is known already. */
export function pulledRecord(record: RemoteRecord, hash = hashRecord(record)): PulledRecord {
  const { remoteId, fields, fallbackName, avatarUrl, createdAt, updatedAt, lastActivityAt, owner, extra, raw } = record
  const read = { remoteId, fields, fallbackName, avatarUrl, createdAt, updatedAt, lastActivityAt, owner }
  return { ...read, ai: aiValue(record), hash, body: bodyTextOf(extra, raw) }
}

function aiValue({ extra }: RemoteRecord): string | null {
  const filled = extra.find((field) => field.filledBy === 'vendor-ai' && field.value !== null && field.value !== '')
  return filled === undefined ? null : `${filled.label.toLowerCase()} ${filled.value}`
}

/** The vendor's record in the text of a body, for messages about it; empty where there is none. */
export function rawTextOf(body: string): string {
  try {
    const parts: unknown = JSON.parse(body)
    return Array.isArray(parts) ? (JSON.stringify(parts[1]) ?? '') : ''
  } catch {
    return ''
  }
}
