import type { Draft } from '../draft.ts'

/** In place of ids: the saved form is of no use after this commit. */
export const EVERYTHING = '*'
/** A commit that touches more is dearer to replay than the whole form to make anew. */
const MANY = 20_000

/**
 * The records that a start from the saved form must look at again because of this commit. What stands in its segments need
 * not be named: their numbers tell.
 */
export function changedRecords(draft: Draft): readonly string[] {
  const changed = new Set<string>()
  for (const ids of [
    draft.touched,
    draft.droppedRecords,
    draft.locals.keys(),
    draft.overlays.keys(),
    draft.holds.keys(),
  ])
    for (const recordId of ids) if (!draft.synced.has(recordId)) changed.add(recordId)
  return changed.size > MANY ? [EVERYTHING] : [...changed]
}
