import { z } from 'zod'
import { attemptIdSchema, databaseIdSchema, editIdSchema, sourceIdSchema } from '../ids.ts'
import { jsonValueSchema } from '../json.ts'
import { fieldsSchema } from './field.ts'

/**
 * The intent journal: the second copy of everything that cannot be pulled again, as the rows that the store holds.
 * It is a log of states, not of commands: of a row the last line counts, so that folding is idempotent and a prefix is
 * always a state that once was (docs/adr/0012). The core reads no row beyond its key; the store parses what it takes back.
 */

/** Tables whose rows are the user's own work. All others can be pulled again. */
export const JOURNALED_TABLES = ['outbox', 'overlays', 'locals', 'conflicts', 'fieldRules', 'tombstones'] as const
export const journaledTableSchema = z.enum(JOURNALED_TABLES)
export type JournaledTable = z.infer<typeof journaledTableSchema>

/** `row` null: the row is gone. */
export const journaledRowSchema = z.object({
  table: journaledTableSchema,
  key: z.string().min(1).max(600),
  row: jsonValueSchema,
})
export interface JournaledRow extends z.infer<typeof journaledRowSchema> {}

/** The journaled rows of one transaction of the store. `commit` counts from 1 in each database, without gaps. */
export const journaledCommitSchema = z.object({
  databaseId: databaseIdSchema,
  commit: z.number().int().positive(),
  rows: z.array(journaledRowSchema).readonly(),
})
export interface JournaledCommit extends z.infer<typeof journaledCommitSchema> {}

/** A write that is about to leave, with all that is needed to look for its effect if everything else is lost. */
export const journaledAttemptSchema = z.object({
  attemptId: attemptIdSchema,
  editId: editIdSchema,
  sourceId: sourceIdSchema,
  at: z.number(),
  /** What is sent, and what matched before: as `outbox.freeze` stores them. */
  body: fieldsSchema,
  fence: z.array(z.string()).max(1000).readonly().nullable(),
})
export interface JournaledAttempt extends z.infer<typeof journaledAttemptSchema> {}

export const journaledOutcomeSchema = z.object({
  attemptId: attemptIdSchema,
  editId: editIdSchema,
  sourceId: sourceIdSchema,
  at: z.number(),
  outcome: jsonValueSchema,
})
export interface JournaledOutcome extends z.infer<typeof journaledOutcomeSchema> {}

export const journalLineSchema = z.discriminatedUnion('k', [
  z.object({ k: z.literal('rows'), ...journaledCommitSchema.shape }),
  /** From here on only what follows counts: first line of a compacted segment, or of a copy made anew from the store. */
  z.object({ k: z.literal('base'), databaseId: databaseIdSchema, commit: z.number().int().nonnegative() }),
  /** Rows of the base; what the journal calls gone (`row` null) stays known for a while. */
  z.object({ k: z.literal('base-rows'), rows: z.array(journaledRowSchema).readonly() }),
  /** The base is complete; without this line it does not count. */
  z.object({ k: z.literal('base-end'), rows: z.number().int().nonnegative() }),
  /** The profile's name is here, too: a lost profile document must not open another, empty database. */
  z.object({
    k: z.literal('lease'),
    epoch: z.number().int().positive(),
    profileId: z.string().min(8).max(64),
    databaseId: databaseIdSchema.nullable(),
  }),
  /** About to be sent. Without an outcome its fate is unknown. */
  z.object({ k: z.literal('attempt'), ...journaledAttemptSchema.shape }),
  /** What came back; kept until the store has it. */
  z.object({ k: z.literal('outcome'), ...journaledOutcomeSchema.shape }),
  z.object({ k: z.literal('acknowledged'), attemptId: attemptIdSchema }),
])
export type JournalLine = z.infer<typeof journalLineSchema>

/** What a start found, and what was done about it (SYNC.md 1.4). */
export const recoveryStateSchema = z.enum([
  /** Nothing was here before. */
  'first-start',
  'in-step',
  /** The database knows more: the journal is being completed from it. */
  'journal-behind',
  /** The database has lost its newest commits: they are replayed. */
  'database-behind',
  /** The database is new and empty, the journal is not: rebuilt from it. */
  'database-reset',
  /** Old rows without their identity came back: only what the journal knows counts. */
  'database-resurrected',
  /** The journal is gone or damaged; made anew from the database. */
  'journal-lost',
  /** Neither has what an earlier start had. */
  'both-lost',
])
export type RecoveryState = z.infer<typeof recoveryStateSchema>
