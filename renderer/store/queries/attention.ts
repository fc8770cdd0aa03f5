import type { Book } from '../book.ts'
import type { Attention } from '../store-contract.ts'

/** More are counted, not named: nobody reads a notification that long. */
const NAMED = 1000

/** What waits for the user, by name: the newest of each kind. */
export function attention(book: Pick<Book, 'edits' | 'conflicts'>): Attention {
  const edits = [...book.edits.values()].filter((edit) => edit.state === 'needs-attention')
  const conflicts = [...book.conflicts.values()].filter((conflict) => conflict.resolvedAt === null)
  return {
    editCount: edits.length,
    conflictCount: conflicts.length,
    edits: edits
      .sort((a, b) => b.createdAt - a.createdAt)
      .slice(0, NAMED)
      .map(({ editId, sourceId, attempts, error }) => ({ editId, sourceId, attempts, code: error?.code ?? null })),
    conflicts: conflicts
      .sort((a, b) => b.detectedAt - a.detectedAt)
      .slice(0, NAMED)
      .map(({ conflictId, sourceId }) => ({ conflictId, sourceId })),
  }
}
