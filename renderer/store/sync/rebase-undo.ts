import { type Fields, sameFieldValue } from '../../../shared/model/field.ts'
import type { Draft } from '../draft.ts'
import type { EditRow } from '../rows.ts'

/**
 * A source may write what it was sent in its own way. What undoes the edit must know that form, or it would take the
 * value for somebody else's change.
 */
export function rebaseUndo(draft: Draft, edit: EditRow, stored: Fields): void {
  const rewritten = edit.changes.filter(
    ({ field, to }) => stored[field] !== undefined && !sameFieldValue(stored[field], to),
  )
  if (rewritten.length === 0) return
  for (const step of draft.book.undo) {
    if (step.recordId !== edit.recordId) continue
    const changes = step.changes.map((change) => {
      const now = stored[change.field]
      const isIt = rewritten.some((r) => r.field === change.field && sameFieldValue(r.to, change.to))
      return isIt && now !== undefined ? { ...change, to: now } : change
    })
    if (changes.some((change, i) => change !== step.changes[i])) draft.undoChanged.set(step.n, { ...step, changes })
  }
}
