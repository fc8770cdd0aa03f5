import { z } from 'zod'
import { instantSchema, remoteIdSchema } from '../ids.ts'
import { jsonValueSchema } from '../json.ts'
import { fieldsSchema } from './field.ts'

/** A value that the vendor gives beyond our fields, shown under "Other fields". */
export const extraFieldSchema = z.object({
  /** Path in the vendor's record, unique within it. */
  key: z.string().min(1).max(200),
  label: z.string().max(200),
  value: z.string().max(4000).nullable(),
  /** Spott: who filled it in. */
  filledBy: z.enum(['vendor-ai', 'person-over-ai']).nullable(),
})
export interface ExtraField extends z.infer<typeof extraFieldSchema> {}

/**
 * One client as a source has it: the normalised fields beside the raw record they came from.
 * `fields` lacks what the source did not send (absent), and holds `null` for what it sent as empty.
 */
export const remoteRecordSchema = z.object({
  remoteId: remoteIdSchema,
  fields: fieldsSchema,
  /** Shown where there is no name, for example a reference id. */
  fallbackName: z.string().max(200).nullable(),
  avatarUrl: z.string().max(2048).nullable(),
  createdAt: instantSchema.nullable(),
  updatedAt: instantSchema.nullable(),
  lastActivityAt: instantSchema.nullable(),
  /** The person at the vendor who looks after this client (Spott's main contact). */
  owner: z.string().max(200).nullable(),
  extra: z.array(extraFieldSchema).max(200).readonly(),
  raw: jsonValueSchema,
})
export interface RemoteRecord extends z.infer<typeof remoteRecordSchema> {}

/** A record of a page that could not be read. It is set aside and shown, never skipped in silence. */
export const recordProblemSchema = z.object({
  /** The vendor's id where it could be read. */
  remoteId: z.string().max(512).nullable(),
  /** Place in the page, from 0. */
  index: z.number().int().nonnegative(),
  path: z.string().max(200),
  expected: z.string().max(120),
  found: z.string().max(60),
  /** The record as received, cut to a bounded text. */
  rawText: z.string().max(4000),
})
export interface RecordProblem extends z.infer<typeof recordProblemSchema> {}
