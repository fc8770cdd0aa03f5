import type { RecordId, SourceId } from '../../../shared/ids.ts'
import type { Book } from '../book.ts'
import type { SourceRemoval } from '../store-contract.ts'
import { hasOwnWork } from '../sync/keep-own-work.ts'
import { clientName } from './edit-view.ts'

/** Enough to know whom it is about; a question is no list. */
const NAMES_SHOWN = 12

/** What goes from this device with a source, and can be pulled from nowhere. */
export function sourceRemoval(book: Book, sourceId: SourceId): SourceRemoval {
  const about = new Set<RecordId>()
  const isSample = book.sources.get(sourceId)?.sample === true
  let edits = 0
  for (const edit of book.edits.values()) {
    if (edit.sourceId !== sourceId) continue
    edits++
    about.add(edit.recordId)
  }
  let localValues = 0
  const { records } = book
  let clients = records.countOf(sourceId)
  for (const local of book.locals.values()) if (local.sourceId === sourceId && !local.deviceOnly) clients++
  let kept = 0
  for (const { recordId, fields } of book.overlays.values()) {
    // A client that was never to be sent is not the source's: it stays.
    if (records.sourceOf(records.slotOf(recordId)) !== sourceId || book.locals.get(recordId)?.deviceOnly === true)
      continue
    if (!isSample && hasOwnWork(book, recordId)) kept++
    const own = Object.values(fields).filter(({ mode }) => mode === 'local')
    if (own.length === 0) continue
    localValues += own.length
    about.add(recordId)
  }
  const conflicts = [...book.conflicts.values()].filter((c) => c.sourceId === sourceId && c.resolvedAt === null).length
  const known = [...about].filter((recordId) => book.heads.has(recordId))
  const first = known.sort((a, b) => records.slotOf(a) - records.slotOf(b)).slice(0, NAMES_SHOWN)
  const names = first.map((recordId) => clientName(book, recordId))
  return { clients, edits, localValues, conflicts, kept, names, more: Math.max(0, about.size - names.length) }
}
