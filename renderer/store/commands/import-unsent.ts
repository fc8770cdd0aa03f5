import type { AppError } from '../../../shared/app-error.ts'
import type { JournaledRow } from '../../../shared/model/journal.ts'
import { readUnsentFile } from '../../../shared/model/unsent-file.ts'
import type { ImportReport } from '../../../shared/model/unsent-work.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { Draft } from '../draft.ts'
import { notice } from '../journal/notice.ts'
import { LONG_WORK_MS } from '../storage-guard.ts'
import type { StoreContext } from '../store-context.ts'
import { type SyncContext, syncWrite } from '../sync/sync-context.ts'
import { mergeUnsent } from '../unsent/merge-unsent.ts'

/** A file that the user chose: refused whole with the reason, or taken in whole, in one transaction. */
export async function importUnsent(
  context: StoreContext,
  { text }: { readonly text: string },
): Promise<Result<ImportReport, AppError>> {
  const file = readUnsentFile(text)
  if (!file.ok) return file
  return context.writer.write({ durability: 'strict', epoch: null, timeoutMs: LONG_WORK_MS }, (draft) =>
    ok(take(context, draft, file.value.rows)),
  )
}

/** Rows of a backup, a part at a time, from the core, which does not read them. */
export function mergeBackup(
  context: SyncContext,
  { rows }: { readonly rows: readonly JournaledRow[] },
): Promise<Result<ImportReport, AppError>> {
  return syncWrite(context, 'strict', (draft) => ok(take(context, draft, rows)), LONG_WORK_MS)
}

function take({ clock }: StoreContext, draft: Draft, rows: readonly JournaledRow[]): ImportReport {
  const at = clock.now()
  const report = mergeUnsent(draft, rows, at)
  const { edits, localValues, refused } = report
  if (edits + localValues + refused.length > 0) {
    notice(draft, at, 'import-done', { edits, localValues, refused: refused.length })
  }
  return report
}
