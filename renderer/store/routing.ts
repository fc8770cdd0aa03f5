import { isOpenToChange } from '../../shared/sync/edit-machine.ts'
import type { RouteInput } from '../../shared/sync/route-edit.ts'
import type { Book } from './book.ts'
import type { EditRow, LocalRow } from './rows.ts'
import type { RecordHead } from './segments/codec.ts'

/** What route-edit must know of a record. */
export function routeInput(
  book: Book,
  head: RecordHead,
  local: LocalRow | undefined,
  edits: readonly EditRow[],
): RouteInput {
  const source = head.sourceId === null ? null : (book.sources.get(head.sourceId) ?? null)
  if (local === undefined) return { source, record: 'present' }
  if (local.deviceOnly) return { source, record: 'device' }
  const create = edits.find((edit) => edit.operation === 'create')
  if (create === undefined) return { source, record: 'device' }
  return { source, record: isOpenToChange(create) && edits.length === 1 ? 'create-open' : 'create-closed' }
}
