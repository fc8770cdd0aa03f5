import { z } from 'zod'
import { appErrorSchema } from '../app-error.ts'
import { instantSchema, sourceIdSchema } from '../ids.ts'

/** Settings of a source as text and switches, by the names of its connector's manifest. The key is never among them. */
export const sourceSettingsSchema = z.record(z.string().max(60), z.union([z.string().max(2048), z.boolean()]))
export type SourceSettings = Readonly<z.infer<typeof sourceSettingsSchema>>

/** What the user fills in. `key` is missing when an existing key stays. */
export const sourceDraftSchema = z.object({
  connectorId: z.string().min(1).max(60),
  name: z.string().max(120),
  settings: sourceSettingsSchema,
  key: z.string().max(8192).optional(),
})
export interface SourceDraft extends z.infer<typeof sourceDraftSchema> {}

export const sourceStateSchema = z.enum([
  'up-to-date',
  'syncing',
  'waiting-to-retry',
  'paused',
  'key-rejected',
  'offline',
  'error',
  /** Configured, never synced to its end, and nothing wrong. */
  'not-synced',
])
export type SourceState = z.infer<typeof sourceStateSchema>

export const syncProgressSchema = z.object({
  kind: z.enum(['full', 'incremental']),
  /** Clients stored in this run. */
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative().nullable(),
  page: z.number().int().nonnegative(),
  pages: z.number().int().positive().nullable(),
  startedAt: z.number(),
})
export interface SyncProgress extends z.infer<typeof syncProgressSchema> {}

/** "Page 41 of 50": of a run under way, or one that stopped there. */
export const coverageSchema = z.object({
  pages: z.number().int().nonnegative(),
  ofPages: z.number().int().positive().nullable(),
  clients: z.number().int().nonnegative(),
  ofClients: z.number().int().nonnegative().nullable(),
  interrupted: z.boolean(),
})
export interface Coverage extends z.infer<typeof coverageSchema> {}

/** A removal that was not believed: too many clients were missing at once. Held until the user says which it is. */
export const heldRemovalSchema = z.object({
  missing: z.number().int(),
  seen: z.number().int(),
  had: z.number().int(),
  /** Why it is held. */
  because: z.enum(['too-many', 'empty', 'other-tenant', 'other-parameters', 'trouble']).default('too-many'),
})
export interface HeldRemoval extends z.infer<typeof heldRemovalSchema> {}

/**
 * Why the kept key cannot be opened: it was for one session, or the keychain, the key file or the passphrase that sealed
 * it is another one by now, or the keychain is locked. The sealed key stays until there is a new one.
 */
export const keyTroubleSchema = z.enum([
  'session-over',
  'keychain-changed',
  'keychain-locked',
  'key-file-changed',
  'passphrase-changed',
])
export type KeyTrouble = z.infer<typeof keyTroubleSchema>

export const connectionReportSchema = z.object({
  /** Whose workspace answers, where the vendor tells. */
  workspace: z.string().max(300).nullable(),
  person: z.string().max(300).nullable(),
  /** Clients there, where one request tells. */
  clients: z.number().int().nonnegative().nullable(),
  statusOptions: z.number().int().nonnegative().nullable(),
})
export interface ConnectionReport extends z.infer<typeof connectionReportSchema> {}

export const deletionsSeenBySchema = z.enum(['key-chain', 'clean-sweeps', 'two-snapshots', 'none'])
export type DeletionsSeenBy = z.infer<typeof deletionsSeenBySchema>

/** A source as the page may know it. There is no key in it, and no part of one. */
export const sourceViewSchema = z.object({
  sourceId: sourceIdSchema,
  connectorId: z.string(),
  name: z.string(),
  settings: sourceSettingsSchema,
  /** Host and path of the base address, for display. */
  address: z.string(),
  hasKey: z.boolean(),
  /** Null as far as is known: keys are opened when they are needed. */
  keyTrouble: keyTroubleSchema.nullable().default(null),
  sample: z.boolean(),
  state: sourceStateSchema,
  paused: z.boolean(),
  progress: syncProgressSchema.nullable(),
  error: appErrorSchema.nullable(),
  /** When the engine tries or syncs next (ms since the epoch), if it will by itself. */
  nextAttemptAt: z.number().nullable(),
  lastComplete: z.object({ at: z.number(), durationMs: z.number(), kind: z.enum(['full', 'incremental']) }).nullable(),
  heldRemoval: heldRemovalSchema.nullable(),
  account: connectionReportSchema.nullable(),
  /** Records of the last run that could not be read. */
  problems: z.number().int().nonnegative(),
  addedAt: instantSchema,
  /** Each edit waits for a look before it is sent. */
  reviewBeforeSending: z.boolean(),
  /** How far the run under way, or the one that was interrupted, has come. Derived from the stored checkpoint. */
  coverage: coverageSchema.nullable(),
  /** Whether clients that its source has deleted are noticed, and by which proof. */
  deletionsSeenBy: deletionsSeenBySchema,
  /** Set while too many requests in a row have failed: only a probe is sent, at `nextAttemptAt`. */
  circuitOpen: z.boolean(),
  /** Clients that were missing once and are not yet proven gone. */
  suspects: z.number().int().nonnegative(),
})
export interface SourceView extends z.infer<typeof sourceViewSchema> {}
