import type { Fields } from '../../../shared/model/field.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import type { Book } from '../book.ts'
import { statusOptionsOf } from '../projection/client-row.ts'
import { statusView } from '../projection/status-view.ts'
import { problemOfChanges, type RecordState } from '../record-state.ts'
import type { BulkChange } from '../store-contract.ts'

/** A change of values. */
export type ValueChange = Exclude<BulkChange, { readonly kind: 'delete' }>

/** What a bulk change means for one client: its new values, or why there is nothing to do. */
export function changesOf(book: Book, change: ValueChange, record: RecordState): Fields | 'same' | 'refused' {
  const changes = valuesOf(book, change, record)
  if (typeof changes === 'string') return changes
  return problemOfChanges(book, changes, record) === null ? changes : 'refused'
}

function valuesOf(book: Book, change: ValueChange, { head, overlay, edits }: RecordState): Fields | 'same' | 'refused' {
  // It is to go, and takes no other edit on its way.
  if (edits.some((edit) => edit.operation === 'delete')) return 'refused'
  const shown = effectiveFields(head.fields, overlay?.fields ?? {})
  if (change.kind === 'status') {
    const options = statusOptionsOf(book, head.sourceId)
    const option = options.find((each) => statusView(each.id, options).label === change.label)
    if (option === undefined) return 'refused'
    return shown.status === option.id ? 'same' : { status: option.id }
  }
  const tags = Array.isArray(shown.tags) ? shown.tags : []
  const has = tags.includes(change.tag)
  if (change.kind === 'add-tag') return has ? 'same' : { tags: [...tags, change.tag] }
  return has ? { tags: tags.filter((tag) => tag !== change.tag) } : 'same'
}
