import { recordIdOfClient } from '../../../shared/ids.ts'
import type { Book } from '../book.ts'
import type { ListClients } from '../queries/list-clients.ts'
import type { StoreContext } from '../store-context.ts'
import type { BulkSelection } from '../store-contract.ts'

/** Whom a piece of bulk work is about, as they were chosen: what a pull brings meanwhile is not taken along. */
export interface BulkSession {
  readonly bulkId: string
  /** By their slots, which are given to nobody else: a million of them are 4 MB. */
  readonly slots: Uint32Array
}

/** By book, because the handlers of one store are made more than once. In memory only, and the last one only. */
const sessions = new WeakMap<Book, BulkSession>()

export function beginBulk(
  { book, view }: StoreContext,
  lists: ListClients,
  input: { readonly bulkId: string; readonly selection: BulkSelection },
): { readonly clients: number } {
  const { query, all, ids } = input.selection
  const named = new Set(ids.map((clientId) => book.records.slotOf(recordIdOfClient(clientId))))
  const slots = all
    ? lists.slots(query).filter((slot) => !named.has(slot))
    : Uint32Array.from([...named].filter((slot) => slot >= 0 && view.rowAt(slot) !== undefined))
  sessions.set(book, { bulkId: input.bulkId, slots })
  return { clients: slots.length }
}

/** Null where this worker does not know it, as after a restart. */
export function bulkSession(book: Book, bulkId: string): BulkSession | null {
  const session = sessions.get(book)
  return session?.bulkId === bulkId ? session : null
}

export function endBulk(book: Book, bulkId: string): void {
  if (bulkSession(book, bulkId) !== null) sessions.delete(book)
}
