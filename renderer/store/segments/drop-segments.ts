import type { Draft } from '../draft.ts'

/** Takes segments from the disk, and out of memory behind the commit: all that was worth keeping of them lies elsewhere. */
export function dropSegments(draft: Draft, segmentIds: readonly number[]): void {
  draft.quiet = true
  draft.tableWork.push(
    async (db) => {
      await db.heads.bulkDelete([...segmentIds])
      await db.bodies.bulkDelete([...segmentIds])
    },
    ['heads', 'bodies'],
  )
  draft.memoryWork.push((book) => {
    for (const segmentId of segmentIds) book.segments.delete(segmentId)
  })
}
