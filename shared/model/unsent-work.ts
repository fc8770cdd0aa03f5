import { z } from 'zod'
import { type JournaledTable, journaledRowSchema } from './journal.ts'

/**
 * The file of `Export unsent work`, and of a backup: the rows of the journal's tables, with a readable account of them
 * in front (`summary`), so that a person without the app can read what was waiting.
 */
export const unsentWorkSchema = z.object({
  format: z.literal('clientele-unsent-work'),
  v: z.literal(1),
  exportedAt: z.string(),
  appVersion: z.string(),
  /** One entry per edit and per value of this device, in plain words; never read back. */
  summary: z.array(z.object({ client: z.string(), source: z.string(), what: z.string(), at: z.string() })).readonly(),
  /** CRC-32 of the rows: a file that was cut or changed is refused whole. */
  check: z.string(),
  rows: z.array(journaledRowSchema).readonly(),
})
export interface UnsentWork extends z.infer<typeof unsentWorkSchema> {}
export type UnsentSummary = UnsentWork['summary']

/** What taking such a file back has done. Nothing of it is guessed: what could not be placed is counted and named. */
export const importReportSchema = z.object({
  edits: z.number().int(),
  localValues: z.number().int(),
  clients: z.number().int(),
  conflicts: z.number().int(),
  /** Here already, in the same or a newer state. */
  known: z.number().int(),
  refused: z.array(z.object({ what: z.string().max(200), because: z.string().max(200) })).readonly(),
})
export interface ImportReport extends z.infer<typeof importReportSchema> {}

export const backupViewSchema = z.object({
  name: z.string().max(120),
  at: z.number(),
  bytes: z.number().int(),
  reason: z.enum(['daily', 'schema-upgrade', 'asked', 'before-restore', 'before-update']),
  edits: z.number().int(),
  localValues: z.number().int(),
})
export interface BackupView extends z.infer<typeof backupViewSchema> {}

/** In which order rows are taken in: what others rest on first. A conflict needs its edit. */
export const MERGE_ORDER: readonly JournaledTable[] = [
  'tombstones',
  'locals',
  'fieldRules',
  'overlays',
  'outbox',
  'conflicts',
]
