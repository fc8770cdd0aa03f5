import { z } from 'zod'
import { runIdSchema, sourceIdSchema } from '../ids.ts'
import { jsonValueSchema } from '../json.ts'

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
    })
    .nullable(),
  /** Newest `modifiedAt` received from the server in a run that was stored whole. Never this machine's clock. */
  watermark: z.string().nullable(),
  lastComplete: z.object({ at: z.number(), durationMs: z.number(), kind: sweepKindSchema }).nullable(),
  lastFullAt: z.number().nullable(),
  paramsHash: z.string().nullable(),
})
export interface Checkpoint extends z.infer<typeof checkpointSchema> {}
