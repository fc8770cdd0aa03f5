import { SCHEMA_VERSION } from '../database.ts'
import type { Damage } from '../saved/damage.ts'
import type { StoreContext } from '../store-context.ts'
import type { StorageUsage } from '../store-contract.ts'

/** What the browser says; null where it does not. */
export interface Estimate {
  readonly bytes: number | null
  readonly quotaBytes: number | null
  readonly persisted: boolean
}

/** How much room the book takes, on the disk and in memory. */
export function storageUsage(
  { book, view, search, saved }: StoreContext,
  used: Estimate,
  damage: Damage | null,
): StorageUsage {
  let heads = 0
  for (const { texts } of book.segments.values()) if (texts !== null) heads += texts.bytes.byteLength
  const { startedFrom, savedAt, bytes } = saved.report()
  return {
    ...used,
    clients: view.size(),
    segments: book.segments.size,
    schemaVersion: SCHEMA_VERSION,
    memory: { records: book.records.bytes() - heads, heads, lists: view.bytes(), search: search.bytes() },
    saved: { startedFrom, at: savedAt, bytes, damage },
  }
}
