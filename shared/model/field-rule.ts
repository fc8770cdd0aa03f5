import { z } from 'zod'
import { fieldRuleIdSchema, sourceIdSchema } from '../ids.ts'
import { conflictChoiceSchema } from './conflict.ts'
import { fieldKeySchema } from './field.ts'

/** "Always keep mine for this field of this source": made by the user from a choice in a conflict, never by the app. */
export const fieldRuleSchema = z.object({
  ruleId: fieldRuleIdSchema,
  sourceId: sourceIdSchema,
  field: fieldKeySchema,
  choice: conflictChoiceSchema,
  madeAt: z.number(),
  /** How often it has decided since. */
  used: z.number().int().nonnegative(),
  usedAt: z.number().nullable(),
})
export interface FieldRule extends z.infer<typeof fieldRuleSchema> {}
