import { z } from 'zod'

/**
 * A value that the field `status` can have at a source: `active`, a Spott stage, a Connect lead status. The field
 * holds `id`; label, colour and order are looked up in the source's vocabulary. A value outside it is shown as it is.
 */
export const statusOptionSchema = z.object({
  id: z.string().min(1).max(200),
  label: z.string().max(200),
  /** The vendor's colour as `#rrggbb`, or null. Drawn as a dot only. */
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .nullable(),
  order: z.number().nullable(),
  /** The vendor's class of it, such as `lead`, `qualified`, `disqualified`, `stage`. */
  type: z.string().max(60).nullable(),
})
export interface StatusOption extends z.infer<typeof statusOptionSchema> {}
