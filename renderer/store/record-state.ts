import type { RecordId } from '../../shared/ids.ts'
import type { Fields } from '../../shared/model/field.ts'
import { type FieldProblem, validateFields } from '../../shared/model/validate-fields.ts'
import { effectiveFields } from '../../shared/sync/effective-client.ts'
import type { Book } from './book.ts'
import { statusOptionsOf } from './projection/client-row.ts'
import { routeInput } from './routing.ts'
import type { EditRow, LocalRow, OverlayRow } from './rows.ts'
import type { RecordHead } from './segments/codec.ts'

export interface RecordState {
  readonly head: RecordHead
  readonly local: LocalRow | undefined
  readonly edits: readonly EditRow[]
  readonly overlay: OverlayRow | undefined
}

/** The first rule that these values would break, where they are to go. */
export function problemOfChanges(book: Book, changes: Fields, record: RecordState): FieldProblem | null {
  const { head, local, edits, overlay } = record
  const source = head.sourceId === null ? undefined : book.sources.get(head.sourceId)
  const route = routeInput(book, head, local, edits)
  const creating = route.record === 'create-open'
  const problems = validateFields({
    fields: changes,
    operation: 'update',
    creates: creating ? (source?.creates ?? null) : null,
    updates: route.record === 'device' ? null : creating ? (source?.creates ?? null) : (source?.updates ?? null),
    nameStyle: source?.nameStyle ?? 'full',
    statusOptions: statusOptionsOf(book, head.sourceId),
    before: effectiveFields(head.fields, overlay?.fields ?? {}),
  })
  return problems[0] ?? null
}

export function recordState(book: Book, recordId: RecordId): RecordState | null {
  const head = book.heads.get(recordId)
  if (head === undefined) return null
  return {
    head,
    local: book.locals.get(recordId),
    edits: book.editsOfRecord.get(recordId) ?? [],
    overlay: book.overlays.get(recordId),
  }
}
