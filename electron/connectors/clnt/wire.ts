import { z } from 'zod'
import { jsonValueSchema } from '../../../shared/json.ts'
import { wireStamp, wireText, wireTextOrNumber } from '../reading/wire-values.ts'

/** `email`, `first_name`, `last_name` and `phone` are absent unless sensitive fields are included. */
export const clntClientSchema = z.looseObject({
  id: z.string().regex(/^clnt_\w{12}$/, 'clnt_ and 12 characters'),
  object: z.literal('client').optional(),
  email: wireText,
  first_name: wireText,
  last_name: wireText,
  phone: wireTextOrNumber,
  locale: wireText,
  time_zone: wireText,
  reference_id: wireTextOrNumber,
  created_at: wireStamp,
  updated_at: wireStamp,
})
export type ClntClient = z.infer<typeof clntClientSchema>

export const clntPageSchema = z.looseObject({
  data: z.array(jsonValueSchema),
  meta: z.looseObject({
    current_page: z.number().int().nonnegative(),
    page_size: z.number().int().positive(),
    total_count: z.number().int().nonnegative(),
    total_pages: z.number().int().nonnegative(),
  }),
})
