import { z } from 'zod'
import {
  attemptIdSchema,
  clientIdSchema,
  conflictIdSchema,
  databaseIdSchema,
  editIdSchema,
  fieldRuleIdSchema,
  instantSchema,
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
import { fieldRuleSchema } from '../../shared/model/field-rule.ts'
import { journaledRowSchema } from '../../shared/model/journal.ts'
import { recordProblemSchema } from '../../shared/model/record.ts'
import { heldRemovalSchema } from '../../shared/model/source.ts'
import { statusOptionSchema } from '../../shared/model/status-option.ts'
import { testimonialSchema } from '../../shared/model/testimonial.ts'
import { sweepProofSchema } from '../../shared/sync/verdict.ts'
import { NOTICE_KINDS } from './store-contract.ts'

/** The rows of the ordinary tables. Every row is parsed when read; one that does not parse is set aside, never deleted. */

/** Who may write: the worker that opened the database last, and the core's lease. One row, key `fence`. */
export const fenceRowSchema = z.object({ k: z.literal('fence'), owner: z.string(), epoch: z.number().int() })
export interface FenceRow extends z.infer<typeof fenceRowSchema> {}

/** Who this database is, for the journal, and how many commits of journaled rows it has made. Key `journal`. */
export const journalRowSchema = z.object({
  k: z.literal('journal'),
  databaseId: databaseIdSchema,
  commit: z.number().int().nonnegative(),
})
export interface JournalRow extends z.infer<typeof journalRowSchema> {}

/** The records were lost once: of each source, how many clean sweeps have been completed since. Key `rebuilt`. */
export const rebuiltRowSchema = z.object({
  k: z.literal('rebuilt'),
  at: z.number(),
  clean: z.record(z.string(), z.number().int()),
})
export interface RebuiltRow extends z.infer<typeof rebuiltRowSchema> {}

/** How often a saved form was found damaged, and when last. Key `damage`. */
export const damageRowSchema = z.object({
  k: z.literal('damage'),
  times: z.number().int().positive(),
  at: z.number(),
})
export interface DamageRow extends z.infer<typeof damageRowSchema> {}
export type MetaRow = FenceRow | JournalRow | RebuiltRow | DamageRow

/** A commit that the journal has not confirmed. `commit` null: made before the handshake, to be numbered by it. */
export const unjournaledRowSchema = z.object({
  n: z.number().int(),
  commit: z.number().int().positive().nullable(),
  rows: z.array(journaledRowSchema).readonly(),
})
export interface UnjournaledRow extends z.infer<typeof unjournaledRowSchema> {}

export const fieldRuleRowSchema = fieldRuleSchema
export type FieldRuleRow = z.infer<typeof fieldRuleRowSchema>

/** What the user should know; see `Notice`. */
export const noticeRowSchema = z.object({
  noticeId: z.string(),
  at: z.number(),
  kind: z.enum(NOTICE_KINDS),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  clientId: clientIdSchema.nullable(),
  sourceId: sourceIdSchema.nullable(),
})
export interface NoticeRow extends z.infer<typeof noticeRowSchema> {}

const overlayFieldsSchema = z.partialRecord(
  fieldKeySchema,
  z.object({ value: fieldValueSchema, from: fieldValueSchema, mode: z.enum(['push', 'local']), at: z.number() }),
)

export const overlayRowSchema = z.object({
  recordId: recordIdSchema,
  fields: overlayFieldsSchema,
  /** Deleted on this device only, while its source still has it. */
  hiddenAt: z.number().nullable(),
  /** Values of ours whose sending was not answered, and what the source took after them (sync/own-values.ts). */
  echoes: z
    .array(
      z.object({
        field: fieldKeySchema,
        value: fieldValueSchema,
        at: z.number(),
        later: z.object({ value: fieldValueSchema }).nullable(),
        /** Sendings of it without an answer, each of which may land once; one where nothing is said. */
        times: z.number().int().positive().optional(),
        /** The newest of them: what is said twice of one sending counts once. */
        attemptId: attemptIdSchema.nullable().optional(),
      }),
    )
    .readonly()
    .optional(),
  /** What the source makes of values that were sent: the same to it, and not the same text. */
  forms: z
    .array(z.object({ field: fieldKeySchema, sent: fieldValueSchema, stored: fieldValueSchema }))
    .readonly()
    .optional(),
  /** A create that the source took: a second record of the same words is the same request, landed twice. */
  made: z.object({ body: fieldsSchema, fence: z.array(z.string()).readonly(), at: z.number() }).optional(),
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
  /** When the source says that it made it: tells it from somebody else who got its id. */
  sourceCreatedAt: instantSchema.nullable().default(null),
  /** Values of this device that lay over it: they return with it. */
  over: overlayFieldsSchema.default({}),
  fallbackName: z.string().nullable().default(null),
  /** When the client was first seen here. */
  knownSince: z.number().nullable().default(null),
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
  /** So many pages of the run, up to and with `seq`. */
  pages: z.number().int().positive().default(1),
  /** All of their ids, as one JSON list. */
  ids: z.string(),
})
export interface SweepPageRow extends z.infer<typeof sweepPageRowSchema> {}

/** A record that was missing from its source, and how far the proof of its absence has come. */
export const suspectRowSchema = z.object({
  key: z.string(),
  sourceId: sourceIdSchema,
  remoteId: remoteIdSchema,
  /** The sweep that missed it first. */
  runId: runIdSchema,
  since: z.number(),
  proof: sweepProofSchema,
  /** No list can say more. */
  proven: z.boolean(),
  /** Too young to be missed when it was. */
  young: z.boolean(),
  /** Where the vendor can be asked for it: when to ask next, null where it need not be; and when it said `gone` first. */
  askAt: z.number().nullable(),
  goneAt: z.number().nullable(),
})
export interface SuspectRow extends z.infer<typeof suspectRowSchema> {}

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
  /** Who did it; missing where the kind says it (queries/timeline.ts). */
  by: z.enum(['me', 'source', 'undo', 'put-back', 'rule', 'import', 'recovery']).optional(),
})
export interface TimelineEntry extends z.infer<typeof timelineEntrySchema> {}

/** One row per commit, whatever the number of records it changed. An entry that was forgotten leaves its place empty. */
export const auditRowSchema = z.object({ n: z.number().int(), entries: z.array(timelineEntrySchema.nullable()) })
export interface AuditRow extends z.infer<typeof auditRowSchema> {}

/** An entry with its name: the commit that wrote it and its place there, the same after every restart. */
export interface StoredEntry extends TimelineEntry {
  readonly id: number
}

/**
 * What one step of the user replaced, whole: put back only while all is as the step has left it (`after`), so that nothing
 * that came later is lost by it.
 */
export const snapshotSchema = z.object({
  recordIds: z.array(recordIdSchema),
  conflicts: z.array(conflictRowSchema),
  fieldRules: z.array(fieldRuleRowSchema),
  /** Rules that the step made. */
  madeRules: z.array(fieldRuleIdSchema),
  tombstones: z.array(tombstoneRowSchema),
  records: z.array(
    z.object({
      recordId: recordIdSchema,
      /** As the source had it, where the step took it out of the book. */
      head: z.string().nullable(),
      sourceId: sourceIdSchema.nullable(),
      local: localRowSchema.nullable(),
      overlay: overlayRowSchema,
      edits: z.array(editRowSchema),
      hold: editIdSchema.nullable(),
    }),
  ),
  after: z.string(),
})
export interface Snapshot extends z.infer<typeof snapshotSchema> {}

/** What `edit.undoLast` takes back. */
export const undoRowSchema = z.object({
  n: z.number().int(),
  at: z.number(),
  clientId: clientIdSchema,
  recordId: recordIdSchema,
  what: z.enum(['edit', 'create', 'delete', 'local-values', 'discard', 'resolve', 'rule', 'tray', 'import']),
  changes: z.array(fieldChangeSchema),
  /** What a delete took away for good. */
  local: localRowSchema.nullable(),
  overlay: overlayRowSchema.nullable(),
  edits: z.array(editRowSchema),
  /** The delete that was queued. */
  editId: editIdSchema.nullable(),
  /** Rows as they were, for steps that are taken back whole. */
  snapshots: z.array(snapshotSchema).default([]),
  conflictId: conflictIdSchema.nullable().default(null),
  /** All of one import, however many transactions it took: one step. */
  imported: z
    .object({
      importId: z.string(),
      /** Of bulk work: what was done. */
      fileName: z.string(),
      /** Not a file, but a change of many clients at once. */
      bulk: z.boolean().optional(),
      made: z.array(recordIdSchema),
      filled: z.array(
        z.object({ recordId: recordIdSchema, editId: editIdSchema.nullable(), changes: z.array(fieldChangeSchema) }),
      ),
      /** Of a delete of many: what it took away, as a single delete keeps it. */
      deleted: z
        .array(
          z.object({
            recordId: recordIdSchema,
            local: localRowSchema.nullable(),
            overlay: overlayRowSchema.nullable(),
            edits: z.array(editRowSchema),
            editId: editIdSchema.nullable(),
          }),
        )
        .optional(),
    })
    .nullable()
    .default(null),
})
export interface UndoRow extends z.infer<typeof undoRowSchema> {}

export const sourceRowSchema = storeSourceSchema
export type SourceRow = z.infer<typeof sourceRowSchema>

/** What a command of the page has led to, so that asking for it again does not do it again. */
export interface CommandRow {
  readonly commandId: string
  readonly at: number
  readonly result: unknown
}

/** A segment: the heads and bodies of many records, in the same order (ADR 0027). Texts are of versions before 4. */
export interface HeadRow {
  readonly segmentId: number
  readonly sourceId: string
  readonly n: number
  readonly heads: Uint8Array | string
}
export interface BodyRow {
  readonly segmentId: number
  readonly bodies: Uint8Array | string
}

/** A piece of memory (saved/saved-part.ts), or what tells how the pieces belong together. Made anew where it does not fit. */
export interface SavedRow {
  readonly key: string
  readonly version: number
  readonly bytes: Uint8Array
}

/** The records that one commit has touched, as their ids: what a saved piece older than this row does not know. */
export interface ChangeRow {
  readonly n: number
  readonly recordIds: readonly string[]
}
