import { z } from 'zod'
import { clientIdSchema, conflictIdSchema, editIdSchema, recordIdSchema, sourceIdSchema } from '../ids.ts'
import { fieldKeySchema, fieldValueSchema } from './field.ts'

/**
 * `field`: both sides changed the same field to different values.
 * `gone`: we edited what the source has deleted. `changed-before-delete`: we delete what the source has changed.
 * `duplicate`: an unknown create left several candidates at the source.
 */
export const conflictKindSchema = z.enum(['field', 'gone', 'changed-before-delete', 'duplicate'])
export type ConflictKind = z.infer<typeof conflictKindSchema>

export const conflictFieldSchema = z.object({
  field: fieldKeySchema,
  base: fieldValueSchema,
  mine: fieldValueSchema,
  theirs: fieldValueSchema,
})
export interface ConflictField extends z.infer<typeof conflictFieldSchema> {}

export const conflictSchema = z.object({
  conflictId: conflictIdSchema,
  kind: conflictKindSchema,
  editId: editIdSchema,
  recordId: recordIdSchema,
  clientId: clientIdSchema,
  sourceId: sourceIdSchema,
  fields: z.array(conflictFieldSchema).readonly(),
  /** Fields that merged by themselves and went on. */
  merged: z.array(fieldKeySchema).readonly(),
  /** Remote ids of the candidates of a `duplicate`. */
  candidates: z.array(z.string()).readonly(),
  mineAt: z.number(),
  theirsAt: z.number().nullable(),
  detectedAt: z.number(),
  resolvedAt: z.number().nullable(),
  /** When a side changed again while it was open: what had been looked at before is no longer what would be decided. */
  revisedAt: z.number().nullable().default(null),
  /** `source`: the sides came to agree by themselves. */
  decidedBy: z.enum(['me', 'rule', 'source']).nullable().default(null),
})
export interface Conflict extends z.infer<typeof conflictSchema> {}

export const conflictChoiceSchema = z.enum(['mine', 'theirs'])
export type ConflictChoice = z.infer<typeof conflictChoiceSchema>
