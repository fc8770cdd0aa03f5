import type { AppError } from '../../../shared/app-error.ts'
import { createRecordId, type RecordId, type RemoteId } from '../../../shared/ids.ts'
import type { PageReceipt, PullPage } from '../../../shared/ipc/store-sync-contract.ts'
import { sameFieldValue } from '../../../shared/model/field.ts'
import type { PulledRecord } from '../../../shared/model/pulled-record.ts'
import { isSameRaw } from '../../../shared/model/record-hash.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { holds } from '../../../shared/safety/rules.ts'
import { overlayKeys } from '../../../shared/sync/effective-client.ts'
import { remoteKey } from '../book.ts'
import type { Draft } from '../draft.ts'
import { formerOf, isAnotherPerson, isInFlight, makeWay, setApart } from './another-person.ts'
import { noteMadeTwice, recentlyMade } from './made-twice.ts'
import { matchingCreate } from './match-create.ts'
import { guardEchoes } from './own-values.ts'
import { checkpointAfter, isBalanced, noteSeen, sightingsOf } from './page-sightings.ts'
import { addVocabulary } from './put-vocabulary.ts'
import { returnedRecord } from './returned-record.ts'
import { mayStayAhead } from './seen-ahead.ts'
import { sourceRepeated, sourceSpoke } from './source-spoke.ts'
import { type SyncContext, syncWrite } from './sync-context.ts'
import { syncedChanges, syncedWrite } from './synced-record.ts'

/**
 * One page and its checkpoint, in one transaction (SYNC.md 1.4). Only changed records are written, as one segment; the
 * ids of all are kept as proof of what the run has seen. A page that brings nothing new needs no transaction of its own
 * (seen-ahead.ts). Waiting edits and values of this device stay over the new state.
 */
export async function applyPage(context: SyncContext, page: PullPage): Promise<Result<PageReceipt, AppError>> {
  const { clock, random } = context
  const isWithPage = holds('checkpoint-with-page')
  const before = context.book.checkpoints.get(page.sourceId)
  if (!isWithPage && before?.run?.runId === page.runId) {
    // As a program would that does not know better: what has been asked for is noted, then what came is stored.
    const moved = await syncWrite(context, 'relaxed', (draft) => {
      draft.checkpoints.set(page.sourceId, checkpointAfter(draft.checkpoint(page.sourceId), page, false))
      return ok(null)
    })
    if (!moved.ok) return moved
  }
  return syncWrite(context, 'relaxed', (draft) => {
    const checkpoint = draft.checkpoint(page.sourceId)
    const run = checkpoint.run
    if (run === null || run.runId !== page.runId) return err({ code: 'missing', what: 'run' })
    const receipt = {
      received: page.records.length + page.same.length + page.problems.length,
      written: 0,
      unchanged: 0,
      stale: 0,
      quarantined: page.problems.length,
      duplicates: 0,
      wanted: [] as number[],
    }
    const isReplay = page.seq <= run.seq && (isWithPage || page.seq < run.seq)
    if (isReplay) return ok({ ...receipt, unchanged: receipt.received, quarantined: 0 })
    if (page.seq > run.seq + 1) return err({ code: 'bad-input', field: 'seq', rule: 'page-gap' })

    const at = clock.now()
    const made = recentlyMade(draft, page.sourceId, at)
    let keyMoved = false
    receipt.wanted = notAsSaid(draft, page)
    if (receipt.wanted.length > 0) {
      draft.onlyLooked = true
      return ok(receipt)
    }
    for (const [remoteId] of page.same) {
      const known = draft.recordAt(page.sourceId, remoteId)
      if (known !== undefined) sourceRepeated(draft, known, run.startedAt, at)
      receipt.unchanged++
    }
    const records = new Map<RemoteId, PulledRecord>()
    for (const record of page.records) {
      if (records.has(record.remoteId)) receipt.duplicates++
      records.set(record.remoteId, record)
    }
    for (const record of records.values()) {
      let known = draft.recordAt(page.sourceId, record.remoteId)
      if (known !== undefined && !draft.synced.has(known) && isKnownLike(draft, known, record.hash, page)) {
        sourceRepeated(draft, known, run.startedAt, at)
        receipt.unchanged++
        continue
      }
      let before = known === undefined ? undefined : draft.head(known)
      let buried = draft.tombstone(remoteKey(page.sourceId, record.remoteId))
      const isStale = Math.max(before?.writeSeq ?? 0, buried?.writeSeq ?? 0) > page.requestSeq
      if (isStale && holds('stale-page')) {
        receipt.stale++
        continue
      }
      const { hash } = record
      if (before !== undefined && before.hash === hash) {
        if (known !== undefined) sourceRepeated(draft, known, run.startedAt, at)
        receipt.unchanged++
        continue
      }
      if (before !== undefined && isAnotherPerson(before, record)) {
        if (isInFlight(draft, before.recordId)) {
          receipt.stale++
          continue
        }
        makeWay(draft, before, at)
        known = undefined
        before = undefined
      } else if (buried !== undefined && isAnotherPerson(formerOf(buried), record)) {
        setApart(draft, buried)
        buried = undefined
      }
      const recordId = known ?? (buried === undefined ? createRecordId(random) : returnedRecord(draft, context, buried))
      const write = syncedWrite({
        sourceId: page.sourceId,
        recordId,
        record,
        // A record that comes back has been away: nothing of its old state is taken for granted.
        before,
        writeSeq: before?.writeSeq ?? 0,
        at,
      })
      if (before === undefined) {
        const create = matchingCreate(draft, page.sourceId, record)
        if (buried !== undefined) {
          draft.log({ at, recordId, kind: 'source-added', sourceId: page.sourceId, onDevice: false, fields: [] })
        }
        if (create !== null) draft.holds.set(recordId, { recordId, editId: create.editId })
        else noteMadeTwice(draft, made, record, at)
      } else {
        if (before.createdAt !== null && record.createdAt !== null && before.createdAt !== record.createdAt)
          keyMoved = true
        // What only our own reading has made of the same record is nothing that its source has changed.
        const fields = isSameRaw(before.hash, hash) ? [] : syncedChanges(before, write.head)
        if (fields.length > 0) {
          draft.log({ at, recordId, kind: 'source-changed', sourceId: page.sourceId, onDevice: false, fields })
        }
      }
      draft.putSynced(write)
      const isReadAnew = before !== undefined && isSameRaw(before.hash, hash)
      if (before !== undefined && !isReadAnew) guardEchoes(context, draft, before, write.head, at)
      dropEqualLocals(draft, write.head.recordId)
      if (!isReadAnew) sourceSpoke(draft, before, write.head, { runStartedAt: run.startedAt, at })
      receipt.written++
    }

    const seen = sightingsOf(page, [...page.same.map(([remoteId]) => remoteId), ...records.keys()])
    noteSeen(draft, page.sourceId, seen)
    if (page.problems.length > 0) {
      const rows = page.problems.map((problem) => ({ ...problem, sourceId: page.sourceId, runId: page.runId }))
      draft.tableWork.push((db) => db.problems.bulkAdd(rows), ['problems'])
      draft.memoryWork.push((book) =>
        book.problemCounts.set(page.sourceId, (book.problemCounts.get(page.sourceId) ?? 0) + rows.length),
      )
    }
    addVocabulary(draft, page.sourceId, page.statusOptions)
    const row = { runId: page.runId, seq: page.seq, sourceId: page.sourceId, pages: 1, ids: JSON.stringify(seen) }
    const after = checkpointAfter(draft.checkpoint(page.sourceId), page, keyMoved)
    const ahead = { sourceId: page.sourceId, checkpoint: after, page: row, at }
    if (draft.isEmpty() && isWithPage && mayStayAhead(context.book, ahead)) draft.ahead = ahead
    else {
      draft.checkpoints.set(page.sourceId, after)
      draft.sweepPages.push(row)
    }
    if (!isBalanced(receipt)) throw new Error(`a page does not add up: ${JSON.stringify(receipt)}`)
    return ok(receipt)
  })
}

/**
 * Places of those that are not known as the core believes: new, changed since, removed, or written to after the page was
 * asked for. They have to come whole, and then everything is decided as it always is.
 */
function notAsSaid(draft: Draft, page: PullPage): number[] {
  return page.same.flatMap(([remoteId, hash], place) => {
    const known = draft.recordAt(page.sourceId, remoteId)
    return known !== undefined && isKnownLike(draft, known, hash, page) ? [] : [place]
  })
}

/** Told by its hash alone, so that no head is taken apart for it. */
function isKnownLike({ book }: Draft, known: RecordId, hash: string, page: PullPage): boolean {
  const { records } = book
  return records.isHash(known, hash) && records.writeSeq(records.slotOf(known)) <= page.requestSeq
}

/** A value of this device that the source has come to agree with is no difference any more. */
export function dropEqualLocals(draft: Draft, recordId: Parameters<Draft['overlay']>[0]): void {
  const head = draft.head(recordId)
  const overlay = draft.overlay(recordId)
  const equal = overlayKeys(overlay.fields).filter((field) => {
    const over = overlay.fields[field]
    return over?.mode === 'local' && head?.fields[field] !== undefined && sameFieldValue(over.value, head.fields[field])
  })
  if (equal.length === 0) return
  const fields = { ...overlay.fields }
  for (const field of equal) delete fields[field]
  draft.putOverlay({ ...overlay, fields })
}
