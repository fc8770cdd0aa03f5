import { z } from 'zod'

/** Where an update of the app stands. */
export const appUpdateSchema = z.discriminatedUnion('state', [
  /** This installation cannot update itself, and why: run from source, unsigned, or a package of the system. */
  z.object({ state: z.literal('unavailable'), why: z.enum(['browser', 'development', 'unsigned', 'package-manager']) }),
  /** Switched off, or nothing asked yet. */
  z.object({ state: z.literal('idle'), checkedAt: z.number().nullable() }),
  /** There is one that the user put off: until then, or for good where `until` is null. */
  z.object({ state: z.literal('put-off'), version: z.string().max(60), until: z.number().nullable() }),
  z.object({ state: z.literal('checking') }),
  /** There is one, not fetched. `notes` is plain text. */
  z.object({ state: z.literal('available'), version: z.string().max(60), notes: z.string().max(20_000) }),
  z.object({ state: z.literal('fetching'), version: z.string().max(60), percent: z.number().min(0).max(100) }),
  /** Fetched and checked; it is put in place at the next start, or now. */
  z.object({ state: z.literal('ready'), version: z.string().max(60), notes: z.string().max(20_000) }),
  /** Only after the user asked: a check of its own fails silently. */
  z.object({
    state: z.literal('failed'),
    why: z.enum(['offline', 'bad-signature', 'bad-checksum', 'server', 'disk']),
    checkedAt: z.number().nullable(),
  }),
])
export type AppUpdate = z.infer<typeof appUpdateSchema>
