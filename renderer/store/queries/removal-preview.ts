import type { SourceId } from '../../../shared/ids.ts'
import { effectiveFields } from '../../../shared/sync/effective-client.ts'
import { type Book, remoteKey } from '../book.ts'
import { displayName } from '../projection/client-row.ts'

const MAX_NAMES = 200

/** Whom a held removal is about, by the names under which they are listed here. */
export function removalPreview(
  book: Book,
  sourceId: SourceId,
): { readonly names: readonly string[]; readonly total: number } {
  const remoteIds = book.held.get(sourceId)?.remoteIds ?? []
  const names = remoteIds.slice(0, MAX_NAMES).flatMap((remoteId) => {
    const recordId = book.directory.get(remoteKey(sourceId, remoteId))
    const head = recordId === undefined ? undefined : book.heads.get(recordId)
    if (head === undefined) return []
    return displayName(head, effectiveFields(head.fields, book.overlays.get(head.recordId)?.fields ?? {}))
  })
  return { names: names.sort((a, b) => a.localeCompare(b)), total: remoteIds.length }
}
