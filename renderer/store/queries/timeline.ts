import type { AppError } from '../../../shared/app-error.ts'
import { type ClientId, recordIdOfClient } from '../../../shared/ids.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { auditRowSchema, type TimelineEntry } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import type { TimelineItem } from '../store-contract.ts'
import { statusLabels } from './edit-view.ts'

/** Rows of the timeline kept: one per commit, so this many commits that changed something. */
export const AUDIT_ROWS_KEPT = 5_000

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
  const first: TimelineEntry[] =
    head === undefined || head.remoteId === null || own.some((entry) => entry.kind === 'you-created')
      ? []
      : [
          {
            at: head.firstKnownAt,
            recordId,
            kind: 'source-added',
            sourceId: head.sourceId,
            onDevice: false,
            fields: [],
          },
        ]
  // Written in this order; a record's first sight is known from the record itself.
  const items = [...first, ...own].map(({ at, kind, sourceId, onDevice, fields }, id) => ({
    id,
    at,
    kind,
    sourceId,
    onDevice,
    fields,
    statusLabels: statusLabels(context.book, head?.sourceId ?? null, fields),
    by: kind.startsWith('source-') ? ('source' as const) : ('me' as const),
    canPutBack: [],
  }))
  return ok(items.reverse().slice(0, input.limit))
}

/** The whole story, read once; from then on the writer keeps it in step. */
async function readTimeline({
  book,
  databases,
  guard,
  writer,
}: StoreContext): Promise<Result<readonly TimelineEntry[], AppError>> {
  if (book.timeline !== null) return ok(book.timeline)
  return writer.between(async () => {
    const rows = await guard.run(() => databases.relaxed.audit.toArray())
    if (!rows.ok) return rows
    const entries: TimelineEntry[] = []
    for (const row of rows.value) {
      const parsed = auditRowSchema.safeParse(row)
      if (parsed.success) entries.push(...parsed.data.entries)
    }
    book.timeline = entries
    return ok(entries)
  })
}
