import { isEmptyFieldValue } from '../../../shared/model/field.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import { type Book, remoteKey } from '../book.ts'
import { displayName, instant, shown as shownText } from '../projection/client-row.ts'
import type { ConflictRow } from '../rows.ts'
import type { CandidateView, ConflictView } from '../store-contract.ts'
import { clientName, statusLabels } from './edit-view.ts'

/** Open conflicts, oldest first. */
export function listConflicts(book: Book): readonly ConflictView[] {
  return [...book.conflicts.values()]
    .filter((conflict) => conflict.resolvedAt === null)
    .sort((a, b) => a.detectedAt - b.detectedAt || (a.conflictId < b.conflictId ? -1 : 1))
    .map((conflict) => conflictView(book, conflict))
}

export function resolvedCount(book: Book, since: number): number {
  let count = 0
  for (const { resolvedAt } of book.conflicts.values()) if (resolvedAt !== null && resolvedAt >= since) count++
  return count
}

function conflictView(book: Book, conflict: ConflictRow): ConflictView {
  const head = book.heads.get(conflict.recordId)
  const shown = effectiveFields(head?.fields ?? {}, book.overlays.get(conflict.recordId)?.fields ?? {})
  const creates = book.sources.get(conflict.sourceId)?.creates ?? []
  return {
    ...conflict,
    clientName: clientName(book, conflict.recordId),
    company: shownText(shown.company),
    statusLabels: statusLabels(
      book,
      conflict.sourceId,
      conflict.fields.flatMap(({ field, base, mine, theirs }) => [
        { field, from: base, to: mine },
        { field, from: base, to: theirs },
      ]),
    ),
    recreateFields: creates.filter((field) => !isEmptyFieldValue(shown[field])).length,
    candidateViews: conflict.candidates.map((remoteId) => candidateView(book, conflict, remoteId)),
  }
}

function candidateView(book: Book, conflict: ConflictRow, remoteId: string): CandidateView {
  const recordId = book.directory.get(remoteKey(conflict.sourceId, remoteId))
  const head = recordId === undefined ? undefined : book.heads.get(recordId)
  if (head === undefined) return { remoteId, name: null, email: null, phone: null, createdAt: null }
  return {
    remoteId,
    name: displayName(head, head.fields),
    email: shownText(head.fields.email),
    phone: shownText(head.fields.phone),
    createdAt: instant(head.createdAt),
  }
}
