import { z } from 'zod'
import {
  clientIdSchema,
  editIdSchema,
  recordIdSchema,
  remoteIdSchema,
  runIdSchema,
  sourceIdSchema,
} from '../../shared/ids.ts'
import { storeSourceSchema } from '../../shared/ipc/store-sync-contract.ts'
import { checkpointSchema } from '../../shared/model/checkpoint.ts'
import { conflictSchema } from '../../shared/model/conflict.ts'
import { editSchema, fieldChangeSchema } from '../../shared/model/edit.ts'
import { fieldKeySchema, fieldsSchema, fieldValueSchema } from '../../shared/model/field.ts'
import { recordProblemSchema } from '../../shared/model/record.ts'
import { heldRemovalSchema } from '../../shared/model/source.ts'
import { statusOptionSchema } from '../../shared/model/status-option.ts'
import { testimonialSchema } from '../../shared/model/testimonial.ts'

/** The rows of the ordinary tables. Every row is parsed when read; one that does not parse is set aside, never deleted. */

/** Who may write: the worker that opened the database last, and the core's lease. One row, key `fence`. */
export const fenceRowSchema = z.object({ k: z.literal('fence'), owner: z.string(), epoch: z.number().int() })
export interface FenceRow extends z.infer<typeof fenceRowSchema> {}

export const overlayRowSchema = z.object({
  recordId: recordIdSchema,
  fields: z.partialRecord(
    fieldKeySchema,
    z.object({ value: fieldValueSchema, from: fieldValueSchema, mode: z.enum(['push', 'local']), at: z.number() }),
  ),
  /** Deleted on this device only, while its source still has it. */
  hiddenAt: z.number().nullable(),
})
export interface OverlayRow extends z.infer<typeof overlayRowSchema> {}

export const editRowSchema = editSchema.extend({
  /** The fate of a request that was sent is not known: look before sending again. */
  uncertain: z.boolean(),
  /** Attempts before the present one: it may turn out not to have been one. */
  attemptsBefore: z.number().int(),
  /** Changes that this delete made needless; they return if it is discarded. */
  restores: z.array(fieldChangeSchema).readonly(),
  /** Of a delete: what the source had when the user asked for it. A pull since then must not move this base. */
  base: fieldsSchema.nullable().default(null),
})
export interface EditRow extends z.infer<typeof editRowSchema> {}

export const conflictRowSchema = conflictSchema
export type ConflictRow = z.infer<typeof conflictRowSchema>

/** A record that no source has: made here, not yet sent, or gone from its source with values of this device. */
export const localRowSchema = z.object({
  recordId: recordIdSchema,
  /** Source it is on its way to, or whose form it follows. */
  sourceId: sourceIdSchema.nullable(),
  /** Never to be sent. */
  deviceOnly: z.boolean(),
  /** What the source last said, where it had the record once. */
  fields: fieldsSchema,
  fallbackName: z.string().nullable(),
  formerRemoteId: remoteIdSchema.nullable(),
  createdAt: z.number(),
})
export interface LocalRow extends z.infer<typeof localRowSchema> {}

/** A record that its source no longer has. Entries of segments up to `cut` are dead. */
export const tombstoneRowSchema = z.object({
  key: z.string(),
  sourceId: sourceIdSchema,
  remoteId: remoteIdSchema,
  recordId: recordIdSchema,
  cut: z.number().int(),
  at: z.number(),
  how: z.enum(['sweep', 'own-delete', 'gone', 'merged']),
  runId: runIdSchema.nullable(),
  /** Until when the last state can be brought back; null once it has been forgotten. */
  restoreUntil: z.number().nullable(),
  fields: fieldsSchema.nullable(),
  /** Place of our own delete among the core's requests: a page asked for before it does not bring the record back. */
  writeSeq: z.number().int().default(0),
})
export interface TombstoneRow extends z.infer<typeof tombstoneRowSchema> {}

/** A pulled record that is probably our own unsettled create, held aside so that nobody is listed twice. */
export const holdRowSchema = z.object({ recordId: recordIdSchema, editId: editIdSchema })
export interface HoldRow extends z.infer<typeof holdRowSchema> {}

export const checkpointRowSchema = checkpointSchema
export type CheckpointRow = z.infer<typeof checkpointRowSchema>

export const sweepPageRowSchema = z.object({
  runId: runIdSchema,
  seq: z.number().int(),
  sourceId: sourceIdSchema,
  ids: z.string(),
})
export interface SweepPageRow extends z.infer<typeof sweepPageRowSchema> {}

export const heldRowSchema = heldRemovalSchema.extend({
  sourceId: sourceIdSchema,
  runId: runIdSchema,
  remoteIds: z.array(remoteIdSchema),
})
export interface HeldRow extends z.infer<typeof heldRowSchema> {}

export const problemRowSchema = recordProblemSchema.extend({
  n: z.number().int(),
  sourceId: sourceIdSchema,
  runId: runIdSchema,
})
export interface ProblemRow extends z.infer<typeof problemRowSchema> {}

export const vocabularyRowSchema = z.object({
  sourceId: sourceIdSchema,
  statusOptions: z.array(statusOptionSchema),
})
export interface VocabularyRow extends z.infer<typeof vocabularyRowSchema> {}

export const testimonialRowSchema = z.object({
  recordId: recordIdSchema,
  sourceId: sourceIdSchema,
  readAt: z.number(),
  /** Hash of the record when they were read: another hash means that they are due again. */
  forHash: z.string(),
  items: z.array(testimonialSchema),
})
export interface TestimonialRow extends z.infer<typeof testimonialRowSchema> {}

export const runRowSchema = z.object({
  runId: runIdSchema,
  sourceId: sourceIdSchema,
  kind: z.enum(['full', 'incremental']),
  outcome: z.enum(['running', 'complete', 'partial', 'void']),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  errorCode: z.string().nullable(),
})
export interface RunRow extends z.infer<typeof runRowSchema> {}

export const timelineEntrySchema = z.object({
  at: z.number(),
  recordId: recordIdSchema,
  kind: z.enum([
    'you-changed',
    'source-changed',
    'you-created',
    'source-added',
    'you-deleted',
    'source-removed',
    'sent',
    'refused',
    'conflict',
    'resolved',
    'discarded',
  ]),
  sourceId: sourceIdSchema.nullable(),
  onDevice: z.boolean(),
  fields: z.array(z.object({ field: fieldKeySchema, from: fieldValueSchema, to: fieldValueSchema })),
})
export interface TimelineEntry extends z.infer<typeof timelineEntrySchema> {}

/** One row per commit, whatever the number of records it changed. */
export const auditRowSchema = z.object({ n: z.number().int(), entries: z.array(timelineEntrySchema) })
export interface AuditRow extends z.infer<typeof auditRowSchema> {}

/** What `edit.undoLast` takes back. */
export const undoRowSchema = z.object({
  n: z.number().int(),
  at: z.number(),
  clientId: clientIdSchema,
  recordId: recordIdSchema,
  what: z.enum(['edit', 'create', 'delete', 'local-values']),
  changes: z.array(fieldChangeSchema),
  /** What a delete took away for good. */
  local: localRowSchema.nullable(),
  overlay: overlayRowSchema.nullable(),
  edits: z.array(editRowSchema),
  /** The delete that was queued. */
  editId: editIdSchema.nullable(),
})
export interface UndoRow extends z.infer<typeof undoRowSchema> {}

export const sourceRowSchema = storeSourceSchema
export type SourceRow = z.infer<typeof sourceRowSchema>

/** A segment: the heads and bodies of many records, in the same order, as two texts (ADR 0004). */
export interface HeadRow {
  readonly segmentId: number
  readonly sourceId: string
  readonly n: number
  readonly heads: string
}
export interface BodyRow {
  readonly segmentId: number
  readonly bodies: string
}
