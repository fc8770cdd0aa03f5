import type { AppError } from '../../../shared/app-error.ts'
import type { SourceId } from '../../../shared/ids.ts'
import type { Result } from '../../../shared/result.ts'
import { ok } from '../../../shared/result.ts'
import { notice } from '../journal/notice.ts'
import { type SyncContext, syncWrite } from './sync-context.ts'

/** The clock of this machine and that of a source differ by so many minutes; null where they agree again. */
export function noteClock(
  context: SyncContext,
  input: { readonly sourceId: SourceId; readonly minutesAhead: number | null; readonly at: number },
): Promise<Result<null, AppError>> {
  const { sourceId, minutesAhead, at } = input
  return syncWrite<null>(context, 'relaxed', (draft) => {
    if (minutesAhead !== null) notice(draft, at, 'clock-off', { minutes: minutesAhead }, { sourceId })
    else {
      for (const row of context.book.notices.values()) {
        if (row.kind === 'clock-off' && row.sourceId === sourceId) draft.notices.set(row.noticeId, null)
      }
    }
    return ok(null)
  })
}
