import type { RemoteId, SourceId } from '../../../shared/ids.ts'
import type { PageReceipt, PullPage } from '../../../shared/ipc/store-sync-contract.ts'
import type { Checkpoint } from '../../../shared/model/checkpoint.ts'
import { holds } from '../../../shared/safety/rules.ts'
import { remoteKey } from '../book.ts'
import type { Draft } from '../draft.ts'
import { clearSuspects } from './suspects.ts'

/** Where the run stands after a page. Stored with the page and never without it. */
export function checkpointAfter(checkpoint: Checkpoint, page: PullPage, keyMoved: boolean): Checkpoint {
  const { run } = checkpoint
  if (run === null) return checkpoint
  return {
    ...checkpoint,
    run: {
      ...run,
      seq: page.seq,
      position: page.position,
      received: run.received + page.records.length + page.same.length,
      pages: page.pages,
      ofPages: page.ofPages,
      ofClients: page.ofClients,
      keyMoved: run.keyMoved || keyMoved,
    },
  }
}

/** What a page contained, as evidence: the ids of all its records, those that could not be read among them. */
export function sightingsOf(page: PullPage, readable: Iterable<RemoteId>): readonly string[] {
  const unreadable = page.problems.flatMap((problem) => (problem.remoteId === null ? [] : [problem.remoteId]))
  return [...readable, ...(holds('quarantine-counts-as-seen') ? unreadable : [])]
}

/** Whoever was thought to be missing is not. */
export function noteSeen(draft: Draft, sourceId: SourceId, ids: readonly string[]): void {
  const { book } = draft
  const suspected =
    book.suspects.size === 0 ? [] : ids.flatMap((id) => book.suspects.get(remoteKey(sourceId, id)) ?? [])
  clearSuspects(draft, sourceId, suspected)
  noteHeldSeen(draft, sourceId, ids)
}

/** Of a removal that waits for the user's answer: who has been seen since is not part of the question any more. */
function noteHeldSeen(draft: Draft, sourceId: SourceId, ids: readonly string[]): void {
  const held = draft.book.held.get(sourceId)
  if (held === undefined) return
  const seen = new Set(ids)
  const remoteIds = held.remoteIds.filter((id) => !seen.has(id))
  if (remoteIds.length === held.remoteIds.length) return
  const left = remoteIds.length === 0 ? null : { ...held, remoteIds, missing: remoteIds.length }
  draft.tableWork.push(
    (db) => (left === null ? db.heldRemovals.delete(sourceId) : db.heldRemovals.put(left)),
    ['heldRemovals'],
  )
  draft.memoryWork.push((book) => {
    if (left === null) book.held.delete(sourceId)
    else book.held.set(sourceId, left)
  })
}

/** Nothing of a page may get lost on the way: each record that came is accounted for, once. */
export function isBalanced(receipt: PageReceipt): boolean {
  const { received, written, unchanged, stale, quarantined, duplicates } = receipt
  return received === written + unchanged + stale + quarantined + duplicates
}
