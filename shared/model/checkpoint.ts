import { z } from 'zod'
import { runIdSchema, type SourceId, sourceIdSchema } from '../ids.ts'
import { jsonValueSchema } from '../json.ts'
import { sweepProofSchema } from '../sync/verdict.ts'

export const sweepKindSchema = z.enum(['full', 'incremental'])
export type SweepKind = z.infer<typeof sweepKindSchema>

/** Where a source's pull stands. Moves in the same transaction as the page it speaks of. */
export const checkpointSchema = z.object({
  sourceId: sourceIdSchema,
  /** The run under way, or null between runs. */
  run: z
    .object({
      runId: runIdSchema,
      kind: sweepKindSchema,
      /** Endpoint, filters and switches of the run; a run of other parameters is another run. */
      paramsHash: z.string(),
      /** Pages stored so far. */
      seq: z.number().int().nonnegative(),
      /** Opaque to everything but the connector. Null before the first page. */
      position: jsonValueSchema,
      startedAt: z.number(),
      received: z.number().int().nonnegative(),
      /** Print of address and key: says whether two runs asked the same vendor account, and nothing else. */
      tenant: z.string().default(''),
      /** Pages of the vendor stored so far, and what there is in all, where the vendor says. */
      pages: z.number().int().nonnegative().default(0),
      ofPages: z.number().int().positive().nullable().default(null),
      ofClients: z.number().int().nonnegative().nullable().default(null),
      /** The key was refused, or an answer was not as documented, since this run began. */
      trouble: z.boolean().default(false),
      /** A record's creation date is not what it was: pages that are sorted by it prove nothing. */
      keyMoved: z.boolean().default(false),
    })
    .nullable(),
  /** Newest `modifiedAt` received from the server in a run that was stored whole. Never this machine's clock. */
  watermark: z.string().nullable(),
  lastComplete: z.object({ at: z.number(), durationMs: z.number(), kind: sweepKindSchema }).nullable(),
  lastFullAt: z.number().nullable(),
  paramsHash: z.string().nullable(),
  /** Account and parameters of the last full sweep whose absences were believed, or that had none. */
  believed: z.object({ tenant: z.string(), paramsHash: z.string() }).nullable().default(null),
  /** The same of the last complete full sweep, believed or not. */
  lastFull: z.object({ tenant: z.string(), paramsHash: z.string() }).nullable().default(null),
  /** What it could prove. */
  lastProof: sweepProofSchema.nullable().default(null),
  /** A sweep that lacked something and waits for a later one to decide; its pages are kept. */
  base: z
    .object({
      runId: runIdSchema,
      startedAt: z.number(),
      endedAt: z.number(),
      proof: sweepProofSchema,
      looks: z.number().int().nonnegative(),
    })
    .nullable()
    .default(null),
  /** When another full sweep could decide. */
  lookAgainAt: z.number().nullable().default(null),
  /** When the last run began, and since when the clock is known to have been set back. */
  lastBegunAt: z.number().nullable().default(null),
  clockSetBackAt: z.number().nullable().default(null),
  /** Version of the rules by which records were read (shared/connector/reading-version.ts). */
  readingVersion: z.number().int().default(0),
})
export interface Checkpoint extends z.infer<typeof checkpointSchema> {}

/** Of a source that nothing is known of yet. */
export function noCheckpoint(sourceId: SourceId): Checkpoint {
  return {
    sourceId,
    run: null,
    watermark: null,
    lastComplete: null,
    lastFullAt: null,
    paramsHash: null,
    believed: null,
    lastFull: null,
    lastProof: null,
    base: null,
    lookAgainAt: null,
    lastBegunAt: null,
    clockSetBackAt: null,
    readingVersion: 0,
  }
}
