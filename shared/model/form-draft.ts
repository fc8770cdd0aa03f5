import { z } from 'zod'
import { fieldKeySchema } from './field.ts'

/** Controls of a client's form by field: text, or tags. Nothing else can be in a draft, so no key ever is. */
const formValuesSchema = z.partialRecord(fieldKeySchema, z.union([z.string(), z.array(z.string()).readonly()]))

/** What was typed in a form of a client and not saved. */
export const formDraftSchema = z.object({
  v: z.literal(1),
  form: z.enum(['edit', 'new-client']),
  /** The client that is edited; empty for a new one. */
  id: z.string().max(60),
  /** As the client was called, for the question whether to go on. */
  name: z.string(),
  /** The page that it was typed in; each load of a page has a name of its own. */
  page: z.string().max(60),
  at: z.number(),
  /** What the form showed at first: the base that later changes elsewhere are compared with. */
  shown: formValuesSchema,
  values: formValuesSchema,
  /** Where a new client was to go; null where nothing was chosen. */
  sourceId: z.string().max(60).nullable(),
})
export interface FormDraft extends z.infer<typeof formDraftSchema> {}
export type DraftForm = FormDraft['form']
