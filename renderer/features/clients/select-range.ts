import type { ClientId } from '../../../shared/ids.ts'
import type { StoreLink } from '../../bridge/start-store-worker.ts'
import type { WindowState } from './client-window.ts'

/** Rows that one range may take in. Whoever wants more wants all results, or a filter. */
export const MAX_RANGE = 50_000
/** Ids of one question. */
const STEP = 5_000

/** The clients of the rows `from` to `to`, both with it; null where the store could not say. */
export async function clientsBetween(
  store: StoreLink,
  state: WindowState,
  from: number,
  to: number,
): Promise<readonly ClientId[] | null> {
  const [first, last] = from < to ? [from, to] : [to, from]
  const ids: ClientId[] = []
  for (let index = first; index <= last; index++) {
    const row = state.rowAt(index)
    if (row === null) break
    ids.push(row.clientId)
  }
  // Rows that were never read are asked for by their ids alone.
  for (let at = first + ids.length; at <= last && state.query !== null; ) {
    const limit = Math.min(STEP, last - at + 1)
    const reply = await store.call['clients.ids']({ ...state.query, offset: at, limit })
    if (!reply.ok) return null
    if (reply.value.clientIds.length === 0) break
    ids.push(...reply.value.clientIds)
    at += limit
  }
  return ids
}
