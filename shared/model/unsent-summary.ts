import { z } from 'zod'
import type { JournaledRow } from './journal.ts'
import type { UnsentSummary } from './unsent-work.ts'

/** Rows are read here as far as a summary needs it; what does not fit is left out of it, never out of the file. */
const value = z.union([z.string(), z.null(), z.array(z.string())])
const named = z.object({ anchor: z.object({ fields: z.record(z.string(), value) }).optional() })
const editRow = named.extend({
  recordId: z.string(),
  sourceId: z.string(),
  operation: z.enum(['create', 'update', 'delete']),
  changes: z.array(z.object({ field: z.string(), from: value, to: value })),
  createdAt: z.number(),
})
const overlayRow = named.extend({
  recordId: z.string(),
  fields: z.record(z.string(), z.object({ value, mode: z.string(), at: z.number() })),
})

export interface SummaryNames {
  readonly client: (recordId: string) => string | null
  readonly source: (sourceId: string) => string | null
}

export interface UnsentCounts {
  readonly summary: UnsentSummary
  readonly edits: number
  readonly localValues: number
}

/**
 * What is in the file, for a person who reads it without the app, in the words of the file itself: it outlives the app's
 * own wording.
 */
export function summarise(rows: readonly JournaledRow[], names: SummaryNames): UnsentCounts {
  const summary: { client: string; source: string; what: string; at: string }[] = []
  const values = namesInValues(rows)
  const client = (recordId: string, anchor: z.infer<typeof named>['anchor']): string =>
    names.client(recordId) ?? nameOf(anchor?.fields ?? {}) ?? values.get(recordId) ?? recordId
  let edits = 0
  let localValues = 0
  for (const { table, row } of rows) {
    if (table === 'outbox') {
      const edit = editRow.safeParse(row)
      if (!edit.success) continue
      edits++
      const { recordId, anchor, sourceId, operation, changes, createdAt } = edit.data
      const changed = changes.map(({ field, from, to }) =>
        operation === 'create' ? `${field} ${said(to)}` : `${field} from ${said(from)} to ${said(to)}`,
      )
      const what =
        operation === 'delete'
          ? 'delete this client'
          : `${operation === 'create' ? 'new client' : 'change'}: ${changed.join('; ')}`
      summary.push({
        client: client(recordId, anchor),
        source: names.source(sourceId) ?? sourceId,
        what,
        at: when(createdAt),
      })
    } else if (table === 'overlays') {
      const overlay = overlayRow.safeParse(row)
      if (!overlay.success) continue
      const { recordId, anchor, fields } = overlay.data
      const local = Object.entries(fields).filter(([, over]) => over.mode === 'local')
      if (local.length === 0) continue
      localValues += local.length
      summary.push({
        client: client(recordId, anchor),
        source: 'this device only',
        what: local.map(([field, over]) => `${field} ${said(over.value)}`).join('; '),
        at: when(Math.max(...local.map(([, over]) => over.at))),
      })
    }
  }
  return { summary, edits, localValues }
}

/** Of a client that no source has yet, the name is among the values themselves. */
function namesInValues(rows: readonly JournaledRow[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { table, row } of rows) {
    if (table !== 'overlays') continue
    const overlay = overlayRow.safeParse(row)
    if (!overlay.success) continue
    const fields = Object.fromEntries(Object.entries(overlay.data.fields).map(([field, over]) => [field, over.value]))
    const name = nameOf(fields)
    if (name !== null) found.set(overlay.data.recordId, name)
  }
  return found
}

function nameOf(fields: Readonly<Record<string, z.infer<typeof value>>>): string | null {
  const text = (key: string): string => {
    const found = fields[key]
    return typeof found === 'string' ? found.trim() : ''
  }
  const whole = text('name') || `${text('firstName')} ${text('lastName')}`.trim()
  return whole || text('company') || text('email') || text('phone') || null
}

function said(of: z.infer<typeof value>): string {
  if (of === null || of.length === 0) return '(empty)'
  return typeof of === 'string' ? `“${of}”` : of.map((part) => `“${part}”`).join(', ')
}

function when(at: number): string {
  const time = new Date(at)
  return Number.isNaN(time.getTime()) ? '' : time.toISOString()
}
