import type { RecordId } from '../../../shared/ids.ts'
import type { StoreContext } from '../store-context.ts'
import { decodeBodies, EMPTY_BODY, type RecordBody } from './codec.ts'

/** The raw record and the other fields of one client, from its segment. */
export async function readBody(
  { book, databases, guard }: Pick<StoreContext, 'book' | 'databases' | 'guard'>,
  recordId: RecordId,
): Promise<RecordBody> {
  const place = book.places.get(recordId)
  if (place === undefined) return EMPTY_BODY
  const row = await guard.run(() => databases.relaxed.bodies.get(place.segmentId))
  if (!row.ok || row.value === undefined) return EMPTY_BODY
  return decodeBodies(row.value.bodies)[place.index] ?? EMPTY_BODY
}
