import type { Edit, FieldChange, Operation } from '../model/edit.ts'
import { sameFieldValue } from '../model/field.ts'
import { isOpenToChange } from './edit-machine.ts'

export interface FoldResult<E extends Edit> {
  /** Edits changed in place. */
  readonly put: readonly E[]
  /** Edits that are no longer needed. */
  readonly drop: readonly E[]
  /** What is left to be queued as an edit of its own, if anything. */
  readonly append: { readonly operation: Operation; readonly changes: readonly FieldChange[] } | null
}

/**
 * Folds a new edit of a record into the edits that wait already (in order of `seq`). Only the last one may be changed,
 * and only while nothing of it can be at the source: an attempted request is frozen (SYNC.md 1.6).
 */
export function foldEdit<E extends Edit>(
  waiting: readonly E[],
  incoming: { readonly operation: 'update' | 'delete'; readonly changes: readonly FieldChange[] },
): FoldResult<E> {
  return incoming.operation === 'delete' ? foldDelete(waiting) : foldUpdate(waiting, incoming.changes)
}

function foldUpdate<E extends Edit>(waiting: readonly E[], incoming: readonly FieldChange[]): FoldResult<E> {
  const last = waiting.at(-1)
  if (last === undefined || last.operation === 'delete' || !isOpenToChange(last)) {
    const changes = incoming.filter((change) => !sameFieldValue(change.from, change.to))
    return { put: [], drop: [], append: changes.length === 0 ? null : { operation: 'update', changes } }
  }
  const changes = foldChanges(last.changes, incoming)
  if (changes.length === 0 && last.operation === 'update') return { put: [], drop: [last], append: null }
  return { put: [reopenEdit({ ...last, changes })], drop: [], append: null }
}

function foldDelete<E extends Edit>(waiting: readonly E[]): FoldResult<E> {
  const drop: E[] = []
  let rest = waiting.length
  for (; rest > 0; rest--) {
    const edit = waiting[rest - 1]
    if (edit === undefined || !isOpenToChange(edit)) break
    drop.unshift(edit)
  }
  const neverSent = drop.some((edit) => edit.operation === 'create')
  const deletesAlready = waiting.slice(0, rest).some((edit) => edit.operation === 'delete')
  return { put: [], drop, append: neverSent || deletesAlready ? null : { operation: 'delete', changes: [] } }
}

/** Per field: the first `from`, the last `to`. A field that is back where it began drops out. */
export function foldChanges(first: readonly FieldChange[], then: readonly FieldChange[]): readonly FieldChange[] {
  const folded = new Map(first.map((change) => [change.field, change]))
  for (const change of then) {
    const earlier = folded.get(change.field)
    const from = earlier === undefined ? change.from : earlier.from
    if (sameFieldValue(from, change.to)) folded.delete(change.field)
    else folded.set(change.field, { field: change.field, from, to: change.to })
  }
  return [...folded.values()]
}

/** A corrected edit is as good as new: it was refused, so nothing of it is at the source. */
export function reopenEdit<E extends Edit>(edit: E): E {
  if (edit.state !== 'needs-attention') return edit
  return { ...edit, state: 'waiting', attempts: 0, frozenBody: null, fence: null, notBefore: null, error: null }
}
