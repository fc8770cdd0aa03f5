import { z } from 'zod'

const theme = z.enum(['system', 'light', 'dark'])
const density = z.enum(['compact', 'comfortable'])
const syncIntervalMinutes = z.number().int().min(0).max(1440)

/** Preferences of the profile, kept by the core. */
export const settingsSchema = z.object({
  theme: theme.default('system'),
  density: density.default('compact'),
  /** Minutes between scheduled syncs of a source. 0 is "only when asked". */
  syncIntervalMinutes: syncIntervalMinutes.default(5),
  workOffline: z.boolean().default(false),
  /** Whether `N`, `E`, `/`, `G C` and the like work without a modifier. */
  singleKeyShortcuts: z.boolean().default(true),
})
export interface Settings extends z.infer<typeof settingsSchema> {}

/**
 * Only what is to change. Not `settingsSchema.partial()`: Zod fills defaults in for what is absent there too, so that
 * choosing a theme would switch `Work offline` off.
 */
export const settingsChangeSchema = z.object({
  theme: theme.optional(),
  density: density.optional(),
  syncIntervalMinutes: syncIntervalMinutes.optional(),
  workOffline: z.boolean().optional(),
  singleKeyShortcuts: z.boolean().optional(),
})

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({})
