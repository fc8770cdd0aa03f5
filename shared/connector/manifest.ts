import { z } from 'zod'
import { fieldKeySchema } from '../model/field.ts'
import { statusOptionSchema } from '../model/status-option.ts'

/** A field of the "Add source" form. Its `label` is a name of UI-CONTRACT.md. */
export const settingFieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  kind: z.enum(['url', 'text', 'number', 'switch', 'select']),
  required: z.boolean(),
  /** Shown in a part that can be folded away, filled with its default. */
  advanced: z.boolean(),
  /** Heading of that part; `Advanced` where nothing else is said. */
  group: z.string().optional(),
  /** What a `select` offers. */
  options: z
    .array(z.object({ value: z.string(), label: z.string() }))
    .readonly()
    .optional(),
  /** Shown and asked for only while another setting has one of these values. */
  onlyWith: z.object({ name: z.string(), values: z.array(z.string()).readonly() }).optional(),
  defaultValue: z.union([z.string(), z.boolean()]),
  placeholder: z.string(),
  hint: z.string(),
})
export interface SettingField extends z.infer<typeof settingFieldSchema> {}

/**
 * What both sides know of a connector. The engine and the interface branch on this, never on the connector's name.
 */
export const manifestSchema = z.object({
  connectorId: z.string(),
  label: z.string(),
  /** Two characters for the tile; null: the first two of the source's own name. */
  monogram: z.string().nullable(),
  /** What its card says, where that is not simply what it can do. */
  summary: z.string().optional(),
  /** `API key` or `Secret key`. */
  keyLabel: z.string(),
  /** Where the user makes a new key, as in "Connect, Settings, API". */
  keyHint: z.string(),
  settings: z.array(settingFieldSchema).readonly(),
  /** Fields that travel with a create, or null where nothing can be created. */
  creates: z.array(fieldKeySchema).readonly().nullable(),
  /** Fields that travel with an update, or null where nothing can be updated. */
  updates: z.array(fieldKeySchema).readonly().nullable(),
  deletes: z.boolean(),
  /** Has an incremental pull; full sweeps then run daily and on demand. */
  incremental: z.boolean(),
  /** `clients` have testimonials that are fetched one client at a time. */
  testimonials: z.boolean(),
  /** How its form writes a person: one field or two. */
  nameStyle: z.enum(['full', 'split']),
  /** Status values known without asking. Others arrive with the records or from the vendor's own list. */
  statusOptions: z.array(statusOptionSchema).readonly(),
  /** What its values of `status` are called: `Status`, `Stage`, `Lead status`. */
  statusLabel: z.string(),
  /** Which board of the pipeline its clients stand on. */
  board: z.enum(['stage', 'lead-status', 'status']),
})
export interface Manifest extends z.infer<typeof manifestSchema> {}
