import { z } from 'zod'
import { SCHEMA_VERSION } from '../database.ts'

/**
 * Grows when the way in which pieces are stored changes, or what columns and words are made of
 * (`test/unit/renderer/store/saved/made-of.test.ts`); the pieces themselves know their own forms.
 */
export const FORM = 1
export const MANIFEST_KEY = 'manifest'

/** Where one piece lies: in a row of `saved` that it shares with others, or cut into several, one behind the other. */
const entrySchema = z.object({
  id: z.string(),
  cuts: z
    .array(z.object({ row: z.string(), from: z.number().int().nonnegative(), length: z.number().int().nonnegative() }))
    .readonly(),
  sum: z.number().int().nonnegative(),
})
export interface SavedEntry extends z.infer<typeof entrySchema> {}

const manifestSchema = z.object({
  form: z.literal(FORM),
  schema: z.literal(SCHEMA_VERSION),
  /** Everything in segments up to this id is in the pieces, and so are all changes up to this row. */
  segment: z.number().int().nonnegative(),
  change: z.number().int().nonnegative(),
  at: z.number(),
  parts: z.array(entrySchema),
})
export interface Manifest extends z.infer<typeof manifestSchema> {}

export function packManifest(manifest: Omit<Manifest, 'form' | 'schema'>): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ form: FORM, schema: SCHEMA_VERSION, ...manifest }))
}

/** Of another version of the app. */
const otherFormSchema = z
  .object({ form: z.number(), schema: z.number() })
  .refine(({ form, schema }) => form !== FORM || schema !== SCHEMA_VERSION)

/** Null where it is damaged; `outdated` where another app has written it. In both cases nothing of what was saved counts. */
export function readManifest(bytes: Uint8Array): Manifest | 'outdated' | null {
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes))
    const parsed = manifestSchema.safeParse(json)
    if (parsed.success) return parsed.data
    return otherFormSchema.safeParse(json).success ? 'outdated' : null
  } catch {
    return null
  }
}
