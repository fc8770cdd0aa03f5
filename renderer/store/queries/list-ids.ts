import { type ClientId, clientIdOfRecord } from '../../../shared/ids.ts'
import type { StoreContext } from '../store-context.ts'
import type { Found } from './find-clients.ts'

/** Part of a result as ids, without making its lines. */
export function listIds(
  { book }: StoreContext,
  found: Found,
  offset: number,
  limit: number,
): { readonly clientIds: readonly ClientId[]; readonly total: number } {
  const clientIds: ClientId[] = []
  for (const slot of found.slots(offset, offset + limit)) {
    const recordId = book.records.recordAt(slot)
    if (recordId !== undefined) clientIds.push(clientIdOfRecord(recordId))
  }
  return { clientIds, total: found.total }
}
