import type { AppError } from '../../../shared/app-error.ts'
import { type ClientId, type RecordId, recordIdOfClient } from '../../../shared/ids.ts'
import { type FieldKey, sameFieldValue } from '../../../shared/model/field.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import type { Book } from '../book.ts'
import { storedEntries } from '../history.ts'
import { problemOfChanges, recordState } from '../record-state.ts'
import { auditRowSchema, type StoredEntry, type TimelineEntry } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import type { TimelineItem } from '../store-contract.ts'
import { statusLabels } from './edit-view.ts'

/** What has happened to a client, newest first. */
export async function clientTimeline(
  context: StoreContext,
  input: { readonly clientId: ClientId; readonly limit: number },
): Promise<Result<readonly TimelineItem[], AppError>> {
  const recordId = recordIdOfClient(input.clientId)
  const read = await readTimeline(context)
  if (!read.ok) return read
  const head = context.book.heads.get(recordId)
  const own = read.value.filter((entry) => entry.recordId === recordId)
  const first: StoredEntry[] =
    head === undefined || head.remoteId === null || own.some((entry) => entry.kind === 'you-created')
      ? []
      : [
          {
            id: 0,
            at: head.firstKnownAt,
            recordId,
            kind: 'source-added',
            sourceId: head.sourceId,
            onDevice: false,
            fields: [],
          },
        ]
  // Written in this order; a record's first sight is known from the record itself.
  const items = [...first, ...own].map((entry): TimelineItem => {
    const { id, at, kind, sourceId, onDevice, fields, by } = entry
    return {
      id,
      at,
      kind,
      sourceId,
      onDevice,
      fields,
      statusLabels: statusLabels(context.book, head?.sourceId ?? null, fields),
      by: by ?? authorOf(kind),
      canPutBack: fieldsToPutBack(context.book, entry),
    }
  })
  return ok(items.reverse().slice(0, input.limit))
}

/** Kinds of entries whose `from` is a value that is no longer shown, or was left out of a decision. */
const CAN_PUT_BACK: ReadonlySet<TimelineEntry['kind']> = new Set([
  'you-changed',
  'source-changed',
  'resolved',
  'discarded',
])

/** Fields whose former value can be put back now: another is shown, and nothing is open about it. */
export function fieldsToPutBack(book: Book, entry: TimelineEntry): readonly FieldKey[] {
  if (!CAN_PUT_BACK.has(entry.kind)) return []
  const record = recordState(book, entry.recordId)
  if (record === null || record.edits.some((edit) => edit.operation === 'delete')) return []
  const shown = effectiveFields(record.head.fields, record.overlay?.fields ?? {})
  const disputed = record.edits.some((edit) => edit.state === 'conflict') ? disputedFields(book, entry.recordId) : []
  return entry.fields
    .filter(({ field, from }) => !sameFieldValue(shown[field], from) && !disputed.includes(field))
    .filter(({ field, from }) => problemOfChanges(book, { [field]: from }, record) === null)
    .map(({ field }) => field)
}

function disputedFields(book: Book, recordId: RecordId): readonly FieldKey[] {
  return [...book.conflicts.values()]
    .filter((conflict) => conflict.recordId === recordId && conflict.resolvedAt === null)
    .flatMap((conflict) => conflict.fields.map((f) => f.field))
}

/** The whole story, read once; from then on the writer keeps it in step. */
export async function readTimeline({
  book,
  databases,
  guard,
  writer,
}: StoreContext): Promise<Result<readonly StoredEntry[], AppError>> {
  if (book.timeline !== null) return ok(book.timeline)
  return writer.between(async () => {
    const rows = await guard.run(() => databases.relaxed.audit.toArray())
    if (!rows.ok) return rows
    const entries: StoredEntry[] = []
    for (const row of rows.value) {
      const parsed = auditRowSchema.safeParse(row)
      if (parsed.success) entries.push(...storedEntries(parsed.data.n, parsed.data.entries))
    }
    book.timeline = entries
    return ok(entries)
  })
}

/** Who stands behind an entry that does not say so itself. */
function authorOf(kind: TimelineEntry['kind']): TimelineItem['by'] {
  switch (kind) {
    case 'source-changed':
    case 'source-added':
    case 'source-removed':
    case 'sent':
    case 'refused':
    case 'conflict':
      return 'source'
    default:
      return 'me'
  }
}
