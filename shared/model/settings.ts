import { z } from 'zod'

const theme = z.enum(['system', 'light', 'dark'])
const density = z.enum(['compact', 'comfortable'])
const syncIntervalMinutes = z.number().int().min(0).max(1440)
/** `22:30`, local time. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/** As Electron writes keys: `CmdOrCtrl+Shift+Space`. */
const accelerator = z.string().max(40)
const idleMinutes = z.number().int().min(0).max(1440)
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)

/** Preferences of the profile, kept by the core. */
export const settingsSchema = z.object({
  theme: theme.default('system'),
  density: density.default('compact'),
  /** Minutes between scheduled syncs of a source. 0 is "only when asked". */
  syncIntervalMinutes: syncIntervalMinutes.default(5),
  workOffline: z.boolean().default(false),
  /** Whether `N`, `E`, `/`, `G C` and the like work without a modifier. */
  singleKeyShortcuts: z.boolean().default(true),
  /** Notifications of the system. Nothing is shown between `quietFrom` and `quietUntil` (over midnight where from is later). */
  notifyConflicts: z.boolean().default(true),
  notifyFailures: z.boolean().default(true),
  quietFrom: timeOfDay.nullable().default(null),
  quietUntil: timeOfDay.nullable().default(null),
  /** An icon beside the clock; closing the window then keeps the sync going. */
  tray: z.boolean().default(false),
  startAtLogin: z.boolean().default(false),
  /** Keys that bring the search up from any program; null is off. */
  quickSearchKeys: accelerator.nullable().default(null),
  /** Off by default: on Windows and Linux dictionaries are fetched from a server. */
  spellcheck: z.boolean().default(false),
  spellcheckLanguages: z.array(language).max(8).default([]),
  /** Off by default: without a question no request leaves the machine that is not to a source of the user. */
  updates: z.enum(['off', 'check', 'fetch']).default('off'),
  /** Minutes without a key or a pointer after which a passphrase is asked for again; 0 is never. */
  lockAfterMinutes: idleMinutes.default(0),
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
  notifyConflicts: z.boolean().optional(),
  notifyFailures: z.boolean().optional(),
  quietFrom: timeOfDay.nullable().optional(),
  quietUntil: timeOfDay.nullable().optional(),
  tray: z.boolean().optional(),
  startAtLogin: z.boolean().optional(),
  quickSearchKeys: accelerator.nullable().optional(),
  spellcheck: z.boolean().optional(),
  spellcheckLanguages: z.array(language).max(8).optional(),
  updates: z.enum(['off', 'check', 'fetch']).optional(),
  lockAfterMinutes: idleMinutes.optional(),
})

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({})
