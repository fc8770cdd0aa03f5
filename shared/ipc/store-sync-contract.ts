import { z } from 'zod'
import { appErrorSchema } from '../app-error.ts'
import {
  attemptIdSchema,
  databaseIdSchema,
  editIdSchema,
  instantSchema,
  recordIdSchema,
  remoteIdSchema,
  runIdSchema,
  sourceIdSchema,
} from '../ids.ts'
import { jsonValueSchema } from '../json.ts'
import { checkpointSchema, sweepKindSchema } from '../model/checkpoint.ts'
import { conflictFieldSchema, conflictKindSchema } from '../model/conflict.ts'
import { editSchema } from '../model/edit.ts'
import { fieldKeySchema, fieldsSchema, fieldValueSchema } from '../model/field.ts'
import {
  journaledAttemptSchema,
  journaledCommitSchema,
  journaledRowSchema,
  recoveryStateSchema,
} from '../model/journal.ts'
import { pulledRecordsSchema, sameRecordSchema } from '../model/pulled-record.ts'
import { recordProblemSchema, remoteRecordSchema } from '../model/record.ts'
import { heldRemovalSchema } from '../model/source.ts'
import { statusOptionSchema } from '../model/status-option.ts'
import { testimonialSchema } from '../model/testimonial.ts'
import { importReportSchema } from '../model/unsent-work.ts'
import { sweepProofSchema } from '../sync/verdict.ts'
import type { Contract, EventContract } from './rpc.ts'

/**
 * What the core asks of the store worker that holds the lease. Every write here is one IndexedDB transaction, fenced by
 * the lease's epoch, and answered only after the transaction is complete.
 */

const bySource = z.object({ sourceId: sourceIdSchema })

/** What the store must know of a source to route edits and to show values, without asking the core. */
export const storeSourceSchema = z.object({
  sourceId: sourceIdSchema,
  connectorId: z.string(),
  name: z.string(),
  label: z.string(),
  creates: z.array(fieldKeySchema).readonly().nullable(),
  updates: z.array(fieldKeySchema).readonly().nullable(),
  deletes: z.boolean(),
  testimonials: z.boolean(),
  nameStyle: z.enum(['full', 'split']),
  statusOptions: z.array(statusOptionSchema).readonly(),
  statusLabel: z.string(),
  board: z.enum(['stage', 'lead-status', 'status']),
  sample: z.boolean(),
  /** New edits are held for a look before they are sent. */
  review: z.boolean().default(false),
})
export interface StoreSource extends z.infer<typeof storeSourceSchema> {}

/** A page of a pull. `seq` counts from 1 within the run; a page seen before is a no-op, a page too far is refused. */
export const pullPageSchema = z.object({
  sourceId: sourceIdSchema,
  runId: runIdSchema,
  seq: z.number().int().positive(),
  /** Place of the request among all requests and writes of the core: older pages never undo newer writes. */
  requestSeq: z.number().int().nonnegative(),
  records: pulledRecordsSchema,
  /** Id and hash of records that the store should have like this already. Where it has not, it asks for them. */
  same: z.array(sameRecordSchema).max(500).readonly().default([]),
  problems: z.array(recordProblemSchema).max(500).readonly(),
  /** Where the next page begins. */
  position: jsonValueSchema,
  statusOptions: z.array(statusOptionSchema).max(500).readonly(),
  /** Pages of the vendor with this one, and what there is in all, where the vendor says. */
  pages: z.number().int().nonnegative().default(0),
  ofPages: z.number().int().positive().nullable().default(null),
  ofClients: z.number().int().nonnegative().nullable().default(null),
  /** It has failed over and over: each record is tried alone first, and one that fails is set aside. */
  careful: z.boolean().optional(),
})
export interface PullPage extends z.infer<typeof pullPageSchema> {}

export const pageReceiptSchema = z.object({
  received: z.number().int(),
  written: z.number().int(),
  unchanged: z.number().int(),
  stale: z.number().int(),
  quarantined: z.number().int(),
  duplicates: z.number().int(),
  /** Places in `same` of records that are not known like this. Nothing was stored: the page is to come again with them. */
  wanted: z.array(z.number().int().nonnegative()).readonly().default([]),
})
export interface PageReceipt extends z.infer<typeof pageReceiptSchema> {}

export const runEndSchema = z.object({
  sourceId: sourceIdSchema,
  runId: runIdSchema,
  kind: sweepKindSchema,
  outcome: z.enum(['complete', 'partial', 'void']),
  /** What this sweep proves of what it lacks. The store checks `clean` against the ids of its pages. */
  proof: sweepProofSchema,
  size: z.number().int().nonnegative().nullable(),
  /** The vendor can be asked for one record: then absentees are, before they are removed. */
  canAsk: z.boolean(),
  /** Answers of the run in which a member of an object came twice. */
  duplicateKeys: z.number().int().nonnegative().default(0),
  /** Records that carried sensitive values although they were not asked for. They are not kept. */
  unaskedValues: z.number().int().nonnegative().default(0),
  /** The vendor's own time when the run began; null where it does not tell, or the run began before a break. */
  serverStartedAt: z.number().nullable().default(null),
  readingVersion: z.number().int().default(0),
  paramsHash: z.string(),
  watermark: z.string().nullable(),
  startedAt: z.number(),
  endedAt: z.number(),
  error: appErrorSchema.nullable(),
})
export interface RunEnd extends z.infer<typeof runEndSchema> {}

/** What a run said of clients that it did not contain. Nothing is removed by it: `suspects.due` says what comes next. */
export const runVerdictSchema = z.object({
  missing: z.number().int(),
  held: heldRemovalSchema.nullable(),
})
export interface RunVerdict extends z.infer<typeof runVerdictSchema> {}

/** What became of an attempt. Applied once per `attemptId`, in one transaction with the record it changes. */
export const outcomeSchema = z.discriminatedUnion('kind', [
  /** Accepted. `record` is the vendor's answer and the new base; null after a delete. */
  z.object({ kind: z.literal('done'), record: remoteRecordSchema.nullable(), writeSeq: z.number().int() }),
  /** Not applied, worth another try at `at`. */
  z.object({
    kind: z.literal('retry'),
    at: z.number(),
    error: appErrorSchema,
    countAttempt: z.boolean(),
    /** It was turned away by somebody who may be wrong about it: it goes again unchanged, and a create is looked for. */
    keepFrozen: z.boolean().optional(),
  }),
  /** Sent, and nobody knows. Look at `at`. */
  z.object({ kind: z.literal('unknown'), at: z.number(), error: appErrorSchema }),
  /**
   * Refused, or outcome undecidable: waits for the user. With `taken` the source has the record like this now, and only
   * the fields `left` of the edit are still not as wanted.
   */
  z.object({
    kind: z.literal('needs-attention'),
    error: appErrorSchema,
    taken: z
      .object({ record: remoteRecordSchema, writeSeq: z.number().int(), left: z.array(fieldKeySchema).readonly() })
      .optional(),
  }),
  /** The source cannot take it after all (405, 501): it stays on this device, over the source's own value. */
  z.object({ kind: z.literal('kept-here'), error: appErrorSchema }),
  /** Not sent, because the source has something else than the edit was made on. `remote` is null where it is gone. */
  z.object({
    kind: z.literal('conflict'),
    conflict: conflictKindSchema,
    remote: remoteRecordSchema.nullable(),
    fields: z.array(conflictFieldSchema).readonly(),
    merged: z.array(fieldKeySchema).readonly(),
    candidates: z.array(z.string()).readonly(),
  }),
])
export type Outcome = z.infer<typeof outcomeSchema>

export const storeSyncApi = {
  /**
   * Rows of a backup, clients before what lies over them. What is newer here stays, edits come back held, and the same
   * rows again change nothing.
   */
  'unsent.merge': {
    input: z.object({ rows: z.array(journaledRowSchema).max(1000).readonly() }),
    output: importReportSchema,
  },

  /**
   * What the store must know of the sources. Only those that the user has removed are dropped, with all that is theirs:
   * one that is merely not named (a list that was lost, a connector that is missing) keeps its clients and its edits.
   */
  'sources.configure': {
    input: z.object({
      sources: z.array(storeSourceSchema).readonly(),
      removed: z.array(sourceIdSchema).readonly().default([]),
    }),
    output: z.null(),
  },
  'sources.checkpoints': { input: z.object({}), output: z.array(checkpointSchema) },

  /** Opens a run, or hands back the one to go on with if its parameters are the same. */
  'run.begin': {
    input: z.object({
      sourceId: sourceIdSchema,
      runId: runIdSchema,
      kind: sweepKindSchema,
      paramsHash: z.string(),
      startedAt: z.number(),
      /** Print of address and key. */
      tenant: z.string().default(''),
      /** True: an unfinished run of the same kind, account and parameters goes on from its checkpoint. */
      resume: z.boolean(),
    }),
    output: checkpointSchema,
  },
  'run.applyPage': { input: pullPageSchema, output: pageReceiptSchema },
  'run.end': { input: runEndSchema, output: runVerdictSchema },
  /** What is missing at a source: whom to ask for by id now, and whether there are any to remove. */
  'suspects.due': {
    input: z.object({ sourceId: sourceIdSchema, at: z.number(), limit: z.number().int().positive() }),
    output: z.object({
      ask: z.array(remoteIdSchema).readonly(),
      /** Proof complete: `run.remove` may be called. */
      proven: z.number().int(),
      suspects: z.number().int(),
      /** When the next one is to be asked for. */
      nextAt: z.number().nullable(),
    }),
  },
  /** What the vendor said of single records. One that is there clears all that the same sweep had missed. */
  'suspects.answer': {
    input: z.object({
      sourceId: sourceIdSchema,
      at: z.number(),
      answers: z.array(z.object({ remoteId: remoteIdSchema, is: z.enum(['gone', 'there', 'unknown']) })).max(500),
    }),
    output: z.object({ cleared: z.number().int() }),
  },
  /** Removes what is proven gone, at most 500 in one transaction. To be called until nothing is left. */
  'run.remove': {
    input: z.object({ sourceId: sourceIdSchema, at: z.number() }),
    output: z.object({ removed: z.number().int(), left: z.number().int() }),
  },
  'removal.settle': {
    input: z.object({ sourceId: sourceIdSchema, decision: z.enum(['remove', 'keep']), at: z.number() }),
    output: z.object({ removed: z.number().int() }),
  },
  'removal.held': { input: bySource, output: heldRemovalSchema.nullable() },

  'vocabulary.put': {
    input: z.object({ sourceId: sourceIdSchema, statusOptions: z.array(statusOptionSchema).max(500).readonly() }),
    output: z.null(),
  },
  'testimonials.put': {
    input: z.object({
      sourceId: sourceIdSchema,
      remoteId: remoteIdSchema,
      items: z.array(testimonialSchema).max(200).readonly(),
      readAt: z.number(),
      /** There may be more than these, or nobody could be asked: none of the known ones is gone for not being here. */
      mayBeCut: z.boolean().default(false),
    }),
    output: z.null(),
  },
  /** Clients whose testimonials were never read, or before the client last changed. */
  'testimonials.due': {
    input: z.object({ sourceId: sourceIdSchema, limit: z.number().int().positive() }),
    output: z.object({
      remoteIds: z.array(remoteIdSchema).readonly(),
      total: z.number().int(),
      read: z.number().int(),
    }),
  },

  /**
   * The next edit of a source that may go now: lowest `seq` of a record with nothing ahead of it, due, and waiting,
   * retrying or of unknown outcome. Stores `sending` and the attempt's time before it answers. `remoteId` is filled in.
   */
  'outbox.take': {
    input: z.object({
      sourceId: sourceIdSchema,
      at: z.number(),
      /** The delays of our own making that wait now are over, once; what a vendor asked for (`rate-limited`) holds. */
      hurry: z.boolean(),
      /** On their way: nothing else of their records goes, whatever the store has made of them meanwhile. */
      except: z.array(editIdSchema).max(100).readonly().optional(),
    }),
    output: z.object({
      edit: editSchema.nullable(),
      /** The record's synced fields as the store has them, for the merge. */
      synced: fieldsSchema.nullable(),
      /** The record's last known `updatedAt`. */
      syncedAt: instantSchema.nullable(),
      /** Was the outcome of an earlier attempt unknown? Then look before sending. */
      wasUnknown: z.boolean(),
      /** What is known of our own writing to this record. */
      own: z
        .object({
          /** Values that were sent and not answered: found at the source, they are no change of theirs. */
          echoes: z.array(z.object({ field: fieldKeySchema, value: fieldValueSchema })).readonly(),
          /** What the source makes of values of ours. */
          forms: z
            .array(z.object({ field: fieldKeySchema, sent: fieldValueSchema, stored: fieldValueSchema }))
            .readonly(),
          /** Records held aside by a pull, because each of them may be what became of this create. */
          heldAside: z.array(z.string()).readonly(),
        })
        .default({ echoes: [], forms: [], heldAside: [] }),
      /** When to ask again (ms since the epoch), if nothing is due now. */
      nextDueAt: z.number().nullable(),
    }),
  },
  /** Stores what is about to be sent, before it is: the frozen body and, for a create, the fence. Counts the attempt. */
  'outbox.freeze': {
    input: z.object({
      editId: editIdSchema,
      attemptId: attemptIdSchema,
      body: fieldsSchema,
      fence: z.array(z.string()).max(1000).readonly().nullable(),
      at: z.number(),
    }),
    output: z.null(),
  },
  'outbox.settle': {
    /** `attemptId` null: nothing was sent. */
    input: z.object({
      editId: editIdSchema,
      attemptId: attemptIdSchema.nullable(),
      outcome: outcomeSchema,
      at: z.number(),
    }),
    /** The commit that holds it: the outcome may be forgotten once the journal has that commit. Null: nothing changed. */
    output: z.object({ commit: z.number().int().nullable() }),
  },
  /**
   * Of edits left in `sending` nobody waits for an answer: they become `unknown-outcome` if frozen, else `waiting`.
   * After a start for all sources; for one, after an answer of the store to its engine got lost.
   */
  'outbox.recover': {
    input: z.object({ at: z.number(), sourceId: sourceIdSchema.optional() }),
    output: z.object({ unknown: z.number().int() }),
  },

  /** This machine's clock is so many minutes ahead of a source's (behind: negative); null where they agree again. */
  'clock.note': {
    input: z.object({ sourceId: sourceIdSchema, minutesAhead: z.number().int().nullable(), at: z.number() }),
    output: z.null(),
  },

  /** Forgets values that may no longer be kept (clnt without sensitive fields): rows, raw records and search index. */
  'records.purgeFields': {
    input: z.object({
      sourceId: sourceIdSchema,
      fields: z.array(fieldKeySchema).readonly(),
      rawKeys: z.array(z.string()).readonly(),
    }),
    output: z.object({ changed: z.number().int() }),
  },
  'records.get': {
    input: z.object({ recordId: recordIdSchema }),
    output: z
      .object({ sourceId: sourceIdSchema, remoteId: remoteIdSchema.nullable(), fields: fieldsSchema })
      .nullable(),
  },
} as const satisfies Contract
export type StoreSyncApi = typeof storeSyncApi

/** What the store worker asks of the core. */
export const leaseApi = {
  /** Sent first. The core raises the epoch, closes any older worker's port and answers with the new number. */
  'lease.request': {
    input: z.object({
      database: z.string().max(120),
      /** Null where the database has no identity: new, emptied, or old rows that came back. */
      databaseId: databaseIdSchema.nullable(),
      /** Newest commit of the database, and the oldest that the journal has not confirmed. */
      commit: z.number().int().nonnegative(),
      unconfirmedFrom: z.number().int().positive().nullable(),
      /** Rows that only the user could make again, and clients, in the database as it was found. */
      journaledRows: z.number().int().nonnegative(),
      clients: z.number().int().nonnegative(),
      /** Epoch of the last lease that the database stored: one that the core does not know yet is from its future. */
      epoch: z.number().int().nonnegative().default(0),
    }),
    output: z.object({
      epoch: z.number().int().positive(),
      profileId: z.string(),
      sources: z.array(storeSourceSchema),
      removed: z.array(sourceIdSchema).default([]),
      recovery: z.object({
        state: recoveryStateSchema,
        /** Newest commit of this database that the journal holds; 0 where it knows nothing of it. */
        commit: z.number().int().nonnegative(),
        /** Writes whose outcome the store may not know: none of these edits is sent again unseen. */
        attempts: z.array(journaledAttemptSchema).max(5000).readonly().default([]),
        /**
         * Nothing that waits is sent before the user has looked: the profile was copied to another machine, or an older
         * one was put back.
         */
        hold: z.enum(['copied', 'restored']).nullable().default(null),
      }),
    }),
  },
  /** The second copy of commits, in order. Answered after it is on the disk. Again is a no-op; a gap is refused. */
  'journal.append': {
    input: z.object({
      epoch: z.number().int().positive(),
      commits: z.array(journaledCommitSchema).max(500).readonly(),
    }),
    output: z.object({ commit: z.number().int().nonnegative() }),
  },
  /** Rows as the journal last saw them, a part at a time: of commits after `after`, or all (`after` null). */
  'journal.read': {
    input: z.object({ after: z.number().int().nonnegative().nullable(), cursor: z.string().max(80).nullable() }),
    output: z.object({
      rows: z.array(journaledRowSchema).readonly(),
      commit: z.number().int().nonnegative(),
      /** These are all rows there are: what the database has besides them is gone. */
      complete: z.boolean(),
      next: z.string().max(80).nullable(),
    }),
  },
  /** Makes the journal anew from the database, a part at a time; it counts once `last` is stored. */
  'journal.rebuild': {
    input: z.object({
      epoch: z.number().int().positive(),
      databaseId: databaseIdSchema,
      commit: z.number().int().nonnegative(),
      part: z.number().int().nonnegative(),
      last: z.boolean(),
      rows: z.array(journaledRowSchema).max(1000).readonly(),
    }),
    output: z.object({ commit: z.number().int().nonnegative() }),
  },
  /** Asked before the lease where the database is about to be upgraded: keeps what the journal holds under a name. */
  'backup.make': {
    input: z.object({ reason: z.enum(['schema-upgrade']) }),
    output: z.object({ name: z.string().max(120) }),
  },
} as const satisfies Contract
export type LeaseApi = typeof leaseApi

/** What the store worker announces to the core. */
export const storeEvents = {
  /** Edits were added or released; the core may send. */
  editsWaiting: z.object({ sourceId: sourceIdSchema }),
  /** The disk under the database is full: room kept in reserve is to be given free. */
  storageFull: z.object({}),
  /** About to try one record of a page that has failed before, alone: whoever dies now has died of it. Null: done. */
  tryingRecord: z.object({ sourceId: sourceIdSchema, remoteId: remoteIdSchema.nullable() }),
  /** What the browser answered to the wish to keep the book when room is short. Kept in the log, relied on nowhere. */
  persistence: z.object({ granted: z.boolean() }),
} as const satisfies EventContract
export type StoreEvents = typeof storeEvents
