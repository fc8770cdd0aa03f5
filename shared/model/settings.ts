import { z } from 'zod'

/** Preferences of the profile, kept by the core. */
export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  density: z.enum(['compact', 'comfortable']).default('compact'),
  /** Minutes between scheduled syncs of a source. 0 is "only when asked". */
  syncIntervalMinutes: z.number().int().min(0).max(1440).default(5),
  workOffline: z.boolean().default(false),
  /** Whether `N`, `E`, `/`, `G C` and the like work without a modifier. */
  singleKeyShortcuts: z.boolean().default(true),
})
export interface Settings extends z.infer<typeof settingsSchema> {}

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({})
