import { z } from 'zod'
import { appErrorSchema } from '../app-error.ts'
import {
  attemptIdSchema,
  clientIdSchema,
  editIdSchema,
  recordIdSchema,
  remoteIdSchema,
  sourceIdSchema,
} from '../ids.ts'
import { fieldKeySchema, fieldsSchema, fieldValueSchema } from './field.ts'

export const operationSchema = z.enum(['create', 'update', 'delete'])
export type Operation = z.infer<typeof operationSchema>

/**
 * Life of an edit in the outbox; the legal steps are in shared/sync/edit-machine.ts.
 * `sending` and the time of the attempt are stored before the request leaves.
 */
export const editStateSchema = z.enum([
  'waiting',
  'sending',
  'retrying',
  'needs-attention',
  'unknown-outcome',
  'conflict',
  'done',
  'discarded',
])
export type EditState = z.infer<typeof editStateSchema>

/** One field of an edit. `from` is what the user saw when the edit began: the base of the three-way merge. */
export const fieldChangeSchema = z.object({
  field: fieldKeySchema,
  from: fieldValueSchema,
  to: fieldValueSchema,
})
export interface FieldChange extends z.infer<typeof fieldChangeSchema> {}

export const editSchema = z.object({
  editId: editIdSchema,
  recordId: recordIdSchema,
  clientId: clientIdSchema,
  sourceId: sourceIdSchema,
  /** Null until the source has given one. Filled in at the moment of sending, from the record. */
  remoteId: remoteIdSchema.nullable(),
  /** Order of the edits of one record. */
  seq: z.number().int().positive(),
  operation: operationSchema,
  changes: z.array(fieldChangeSchema).readonly(),
  state: editStateSchema,
  /** Requests sent so far. An edit with attempts is frozen: later changes become a new edit. */
  attempts: z.number().int().nonnegative(),
  createdAt: z.number(),
  attemptedAt: z.number().nullable(),
  /** Not before this time (ms since the epoch). */
  notBefore: z.number().nullable(),
  /** Exactly what was sent; sent again unchanged if it must be sent again. */
  frozenBody: fieldsSchema.nullable(),
  /** Remote ids that already matched before a create was sent: a match outside of it is our own (SYNC.md 1.6). */
  fence: z.array(z.string()).readonly().nullable(),
  /** How often the source has been asked what became of an unknown outcome. */
  looks: z.number().int().nonnegative(),
  error: appErrorSchema.nullable(),
  /**
   * Not to be sent until released: `user` held it, `review` waits for a look before anything of this source is sent,
   * `recovered` came back from a damaged database, a backup or an import and must not be sent unseen.
   */
  hold: z.enum(['user', 'review', 'recovered']).nullable().default(null),
  /** The sending under way, or the last one. An outcome of another is not applied. */
  attemptId: attemptIdSchema.nullable().default(null),
})
export interface Edit extends z.infer<typeof editSchema> {}
