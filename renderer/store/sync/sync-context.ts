import type { AppError } from '../../../shared/app-error.ts'
import type { RemoteId, SourceId } from '../../../shared/ids.ts'
import { err, type Result } from '../../../shared/result.ts'
import type { Draft } from '../draft.ts'
import type { StoreContext } from '../store-context.ts'

/** What the core's calls work with: the store, and the lease they rest on. */
export interface SyncContext extends StoreContext {
  /** Epoch of the lease, or null while there is none: then nothing of the core is stored. */
  readonly epoch: () => number | null
  /** Tells the core which record is being tried alone (try-page.ts); null: none any more. */
  readonly onTrying?: (sourceId: SourceId, remoteId: RemoteId | null) => void
}

/** A write of the core: refused without a lease, and by the database if a newer worker holds it. */
export function syncWrite<T>(
  context: SyncContext,
  durability: 'strict' | 'relaxed',
  compose: (draft: Draft) => Result<T, AppError> | Promise<Result<T, AppError>>,
  timeoutMs?: number,
): Promise<Result<T, AppError>> {
  const epoch = context.epoch()
  if (epoch === null) return Promise.resolve(err({ code: 'storage', kind: 'fenced' }))
  // What room there is belongs to the user's edits; a page can be fetched again.
  if (durability === 'relaxed' && context.guard.state() === 'full')
    return Promise.resolve(err({ code: 'storage', kind: 'full' }))
  return context.writer.write({ durability, epoch, ...(timeoutMs === undefined ? {} : { timeoutMs }) }, compose)
}
