import type { Book } from '../book.ts'
import type { ClientView } from '../projection/view.ts'
import type { StorageState } from '../storage-guard.ts'
import type { Counts } from '../store-contract.ts'
import { trayCount } from './tray.ts'

interface SourceCounts {
  clients: number
  edits: number
  conflicts: number
  problems: number
}

export function storeCounts(
  book: Book,
  view: ClientView,
  storage: StorageState,
  unjournaled: number,
  now: number,
): Counts {
  const bySource: Record<string, SourceCounts> = {}
  const of = (sourceId: string): SourceCounts => {
    bySource[sourceId] ??= { clients: 0, edits: 0, conflicts: 0, problems: 0 }
    return bySource[sourceId]
  }
  for (const sourceId of book.sources.keys()) of(sourceId).problems = book.problemCounts.get(sourceId) ?? 0
  for (const [kind, { sourceId, here }] of view.words.kinds().entries()) {
    const clients = view.words.linesOfKind(kind)
    if (clients > 0 && !here && sourceId !== null) of(sourceId).clients += clients
  }
  let needsAttention = 0
  let unknownOutcome = 0
  let oldestEditAt: number | null = null
  for (const edit of book.edits.values()) {
    of(edit.sourceId).edits++
    if (edit.state === 'needs-attention') needsAttention++
    if (edit.state === 'unknown-outcome') unknownOutcome++
    if (oldestEditAt === null || edit.createdAt < oldestEditAt) oldestEditAt = edit.createdAt
  }
  let conflicts = 0
  for (const conflict of book.conflicts.values()) {
    if (conflict.resolvedAt !== null) continue
    conflicts++
    of(conflict.sourceId).conflicts++
  }
  let testimonials = 0
  for (const head of book.testimonials.values()) testimonials += head.items.length
  return {
    clients: view.size(),
    edits: book.edits.size,
    needsAttention,
    unknownOutcome,
    conflicts,
    heldRemovals: book.held.size,
    bySource,
    testimonials,
    oldestEditAt,
    storage,
    held: [...book.edits.values()].filter((edit) => edit.hold !== null).length,
    unjournaled,
    tray: trayCount(book, now),
    notices: book.notices.size,
  }
}
