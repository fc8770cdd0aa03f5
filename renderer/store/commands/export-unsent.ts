import type { AppError } from '../../../shared/app-error.ts'
import { clientIdOfRecord, type RecordId, recordIdSchema, type SourceId, sourceIdSchema } from '../../../shared/ids.ts'
import { writeUnsentFile } from '../../../shared/model/unsent-file.ts'
import { summarise } from '../../../shared/model/unsent-summary.ts'
import { ok, type Result } from '../../../shared/result.ts'
import { SCHEMA_VERSION } from '../database.ts'
import { allJournaledRows } from '../journal/journaled-rows.ts'
import type { StoreContext } from '../store-context.ts'

/**
 * Everything that cannot be pulled again, as a readable file. Made from memory alone: it works on a full disk, and while
 * the database does not open.
 */
export async function exportUnsent({
  book,
  view,
  clock,
}: StoreContext): Promise<Result<{ fileName: string; text: string; edits: number; localValues: number }, AppError>> {
  const rows = allJournaledRows(book)
  const { summary, edits, localValues } = summarise(rows, {
    client: (recordId) => {
      const known = recordIdSchema.safeParse(recordId)
      return known.success ? clientName(view, known.data) : null
    },
    source: (sourceId) => {
      const known = sourceIdSchema.safeParse(sourceId)
      return known.success ? sourceName(book, known.data) : null
    },
  })
  const exportedAt = new Date(clock.now()).toISOString()
  const text = writeUnsentFile({ exportedAt, appVersion: `store ${SCHEMA_VERSION}`, summary, rows })
  return ok({ fileName: `clientele-unsent-work-${exportedAt.slice(0, 10)}.json`, text, edits, localValues })
}

function clientName(view: StoreContext['view'], recordId: RecordId): string | null {
  return view.row(clientIdOfRecord(recordId))?.name ?? null
}

function sourceName(book: StoreContext['book'], sourceId: SourceId): string | null {
  return book.sources.get(sourceId)?.name ?? null
}
