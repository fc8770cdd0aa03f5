import type { SourceId } from '../../../shared/ids.ts'
import type { Book } from '../book.ts'
import type { SourceRemoval } from '../store-contract.ts'
import { hasOwnWork } from '../sync/keep-own-work.ts'
import { clientName } from './edit-view.ts'

/** Enough to know whom it is about; a question is no list. */
const NAMES_SHOWN = 12

/** What goes from this device with a source, and can be pulled from nowhere. */
export function sourceRemoval(book: Book, sourceId: SourceId): SourceRemoval {
  const about = new Set<string>()
  const isSample = book.sources.get(sourceId)?.sample === true
  let edits = 0
  for (const edit of book.edits.values()) {
    if (edit.sourceId !== sourceId) continue
    edits++
    about.add(edit.recordId)
  }
  let localValues = 0
  let clients = 0
  let kept = 0
  for (const head of book.heads.values()) {
    // A client that was never to be sent is not the source's: it stays.
    if (head.sourceId !== sourceId || book.locals.get(head.recordId)?.deviceOnly === true) continue
    clients++
    if (!isSample && hasOwnWork(book, head.recordId)) kept++
    const own = Object.values(book.overlays.get(head.recordId)?.fields ?? {}).filter(({ mode }) => mode === 'local')
    if (own.length === 0) continue
    localValues += own.length
    about.add(head.recordId)
  }
  const conflicts = [...book.conflicts.values()].filter((c) => c.sourceId === sourceId && c.resolvedAt === null).length
  const names: string[] = []
  for (const head of book.heads.values()) {
    if (names.length === NAMES_SHOWN) break
    if (about.has(head.recordId)) names.push(clientName(book, head.recordId))
  }
  return { clients, edits, localValues, conflicts, kept, names, more: Math.max(0, about.size - names.length) }
}
