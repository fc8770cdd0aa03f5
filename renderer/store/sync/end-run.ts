import { z } from 'zod'
import type { AppError } from '../../../shared/app-error.ts'
import type { RunId, SourceId } from '../../../shared/ids.ts'
import { remoteIdSchema } from '../../../shared/ids.ts'
import type { RunEnd, RunVerdict } from '../../../shared/ipc/store-sync-contract.ts'
import type { Checkpoint } from '../../../shared/model/checkpoint.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { type LiveRecord, provenBy, type Sweep, type Verdict, verdict } from '../../../shared/sync/verdict.ts'
import { type Book, remoteKey } from '../book.ts'
import type { Draft } from '../draft.ts'
import { notice } from '../journal/notice.ts'
import { noteCleanSweep, sweepsOwed } from '../journal/sweeps-owed.ts'
import { type HeldRow, type RunRow, sweepPageRowSchema } from '../rows.ts'
import type { RecordHead } from '../segments/codec.ts'
import { mayBeOwnCreate } from './match-create.ts'
import { sightingsAhead } from './seen-ahead.ts'
import { changeSuspects, suspectAfter, suspectsOf } from './suspects.ts'
import { type SyncContext, syncWrite } from './sync-context.ts'

const NONE: RunVerdict = { missing: 0, held: null }

/** Ends a run. Only a complete full sweep may speak of what is missing, and nothing is removed by it (verdict.ts). */
export function endRun(context: SyncContext, end: RunEnd): Promise<Result<RunVerdict, AppError>> {
  const { databases, guard, book } = context
  return syncWrite(context, 'relaxed', async (draft) => {
    const before = draft.checkpoint(end.sourceId)
    const run = before.run
    if (run === null || run.runId !== end.runId) return err({ code: 'missing', what: 'run' })
    draft.checkpoints.set(end.sourceId, afterRun(before, end))
    const row: RunRow = {
      runId: end.runId,
      sourceId: end.sourceId,
      kind: end.kind,
      outcome: end.outcome,
      startedAt: run.startedAt,
      endedAt: end.endedAt,
      errorCode: end.error?.code ?? null,
    }
    draft.tableWork.push((db) => db.runs.put(row), ['runs'])
    draft.memoryWork.push((after) => after.runs.set(row.runId, row))
    const about = { clientId: null, sourceId: end.sourceId }
    if (end.duplicateKeys > 0) notice(draft, end.endedAt, 'duplicate-keys', { answers: end.duplicateKeys }, about)
    if (end.unaskedValues > 0) notice(draft, end.endedAt, 'unasked-values', { clients: end.unaskedValues }, about)
    if (end.outcome !== 'complete' || end.kind !== 'full') return ok(NONE)

    const pages = await guard.run(() => readSweep(databases.relaxed, book, end.runId))
    if (!pages.ok) return pages
    const baseSeen =
      before.base === null ? null : await guard.run(() => readSweep(databases.relaxed, book, before.base?.runId))
    if (baseSeen !== null && !baseSeen.ok) return baseSeen
    const sweep: Sweep = {
      startedAt: run.startedAt,
      serverStartedAt: end.serverStartedAt,
      endedAt: end.endedAt,
      // A page that is not there any more may have held anything; a date that moved was never an order.
      proof: pages.value.count < run.seq || (run.keyMoved && end.proof === 'chain') ? 'none' : end.proof,
      size: end.size,
      seen: pages.value.seen,
    }
    const proof = provenBy(sweep)
    draft.checkpoints.set(end.sourceId, { ...draft.checkpoint(end.sourceId), lastProof: proof })
    const owed = sweepsOwed(book, end.sourceId)
    draft.tableWork.push(
      async (db) => {
        // Only what a later sweep will be compared with is kept.
        const base = draft.checkpoint(end.sourceId).base?.runId
        const over = new Set([end.runId, before.base?.runId].filter((of) => of !== undefined && of !== base))
        await Promise.all([...over].map((of) => ofRun(db, of).delete()))
      },
      ['sweepPages'],
    )
    if (proof !== 'none') noteCleanSweep(draft, end.sourceId)
    if (owed > 0) return ok(NONE)

    const believed = before.believed
    const judged = verdict({
      sweep,
      live: liveWithout(book, end.sourceId, sweep.seen),
      clients: book.records.countOf(end.sourceId),
      base: before.base === null || baseSeen === null ? null : { ...before.base, seen: baseSeen.value.seen },
      absent: new Map(suspectsOf(book, end.sourceId).map((one) => [one.remoteId, one])),
      doubts: {
        otherTenant: believed !== null && believed.tenant !== run.tenant,
        otherParameters: believed !== null && believed.paramsHash !== run.paramsHash,
        trouble: run.trouble,
      },
      canAsk: end.canAsk,
      clockSetBackAt: before.clockSetBackAt,
    })
    return ok(keepVerdict(draft, end, sweep, judged))
  })
}

function keepVerdict(draft: Draft, end: RunEnd, sweep: Sweep, judged: Verdict): RunVerdict {
  const { sourceId, runId } = end
  const { book } = draft
  const proof = provenBy(sweep)
  const had = book.records.countOf(sourceId)
  const because = judged.held
  const held: HeldRow | null =
    because === null
      ? null
      : { missing: judged.missing.length, seen: sweep.seen.size, had, because, sourceId, runId, remoteIds: ids(judged) }
  // A sweep that proves nothing does not say either that the finding of an earlier one is over.
  if (proof !== 'none' || judged.missing.length === 0) {
    draft.tableWork.push(
      (db) => (held === null ? db.heldRemovals.delete(sourceId) : db.heldRemovals.put(held)),
      ['heldRemovals'],
    )
    draft.memoryWork.push((after) => {
      if (held === null) after.held.delete(sourceId)
      else after.held.set(sourceId, held)
    })
  }

  const before = suspectsOf(book, sourceId)
  const put = [...judged.absent].map(([id, absence]) => {
    const remoteId = remoteIdSchema.parse(id)
    const known = book.suspects.get(remoteKey(sourceId, remoteId))
    const { since, proven, young } = absence
    return suspectAfter(known, {
      sourceId,
      remoteId,
      runId,
      since,
      proven,
      young,
      proof,
      canAsk: end.canAsk,
      at: end.endedAt,
    })
  })
  const gone = before.filter((row) => !judged.absent.has(row.remoteId)).map((row) => row.key)
  changeSuspects(draft, put, gone)

  const now = draft.checkpoint(sourceId)
  const { startedAt, endedAt } = sweep
  const isBelieved = held === null && proof !== 'none'
  draft.checkpoints.set(sourceId, {
    ...now,
    base:
      judged.base === 'drop'
        ? null
        : judged.base === 'this'
          ? { runId, startedAt, endedAt, proof, looks: judged.looks }
          : now.base === null
            ? null
            : { ...now.base, looks: judged.looks },
    lookAgainAt: judged.lookAgainAt,
    believed: isBelieved ? now.lastFull : now.believed,
  })
  return { missing: judged.missing.length, held: held === null ? null : heldView(held) }
}

function ids(judged: Verdict): HeldRow['remoteIds'] {
  return judged.missing.map((id) => remoteIdSchema.parse(id))
}

export function heldView({ missing, seen, had, because }: HeldRow): NonNullable<RunVerdict['held']> {
  return { missing, seen, had, because }
}

function afterRun(before: Checkpoint, end: RunEnd): Checkpoint {
  const { run } = before
  // Cut short: the next run goes on from here, and remembers if it was for a reason that makes its answers doubtful.
  if (end.outcome === 'partial') {
    const trouble = end.error !== null && isTrouble(end.error)
    return run === null || !trouble ? before : { ...before, run: { ...run, trouble: true } }
  }
  if (end.outcome === 'void') return { ...before, run: null }
  return {
    ...before,
    run: null,
    watermark: end.watermark ?? before.watermark,
    lastComplete: { at: end.endedAt, durationMs: Math.max(0, end.endedAt - end.startedAt), kind: end.kind },
    lastFullAt: end.kind === 'full' ? end.endedAt : before.lastFullAt,
    lastFull:
      end.kind === 'full' && run !== null ? { tenant: run.tenant, paramsHash: run.paramsHash } : before.lastFull,
    paramsHash: end.paramsHash,
    readingVersion: end.kind === 'full' ? end.readingVersion : before.readingVersion,
    lookAgainAt: end.kind === 'full' ? null : before.lookAgainAt,
  }
}

/** The key was refused, or what came was not what is documented. */
function isTrouble({ code }: AppError): boolean {
  return code === 'key-rejected' || code === 'forbidden' || code === 'bad-shape' || code === 'vendor-error'
}

interface SweepTable {
  readonly sweepPages: SyncContext['databases']['relaxed']['sweepPages']
}

/** Every id of a run's pages, and how many pages there are: those on the disk, and those that memory is ahead of it. */
async function readSweep(
  db: SweepTable,
  book: Book,
  runId: RunId | undefined,
): Promise<{ seen: Set<string>; count: number }> {
  const seen = new Set<string>()
  if (runId === undefined) return { seen, count: 0 }
  const rows = await ofRun(db, runId).toArray()
  const ahead = sightingsAhead(book, runId)
  let count = ahead.pages
  for (const row of rows) {
    const page = sweepPageRowSchema.safeParse(row)
    // What cannot be read is a page that is not there: a sweep without it proves nothing.
    if (page.success && addIds(seen, page.data.ids)) count += page.data.pages
  }
  for (const ids of ahead.ids) addIds(seen, ids)
  return { seen, count }
}

function ofRun(db: SweepTable, runId: RunId | undefined) {
  return db.sweepPages.where('[runId+seq]').between([runId, 0], [runId, Number.MAX_SAFE_INTEGER])
}

function addIds(seen: Set<string>, text: string): boolean {
  const listed = idListSchema.safeParse(parseJson(text))
  if (listed.success) for (const id of listed.data) seen.add(id)
  return listed.success
}

/** A million of them at the end of a large sweep: looked at, and not copied. */
const idListSchema = z.custom<readonly string[]>(
  (list) => Array.isArray(list) && list.every((id) => typeof id === 'string' && id !== ''),
)

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function recordsOf(book: Book, sourceId: SourceId): readonly RecordHead[] {
  const heads: RecordHead[] = []
  for (const slot of book.records.slotsOf(sourceId)) {
    const head = book.records.headAt(slot)
    if (head !== undefined) heads.push(head)
  }
  return heads
}

/** Of a source's clients those that a sweep lacks. Only of these anything more than their id is looked at. */
function liveWithout(book: Book, sourceId: SourceId, seen: ReadonlySet<string>): readonly LiveRecord[] {
  const live: LiveRecord[] = []
  const { records } = book
  for (const slot of records.slotsOf(sourceId)) {
    const remoteId = records.remoteIdOf(slot)
    if (remoteId === null || seen.has(remoteId)) continue
    const head = records.headAt(slot)
    if (head === undefined) continue
    live.push({
      remoteId,
      firstKnownAt: records.firstKnownAt(slot),
      madeAt: records.createdAt(slot),
      busy: isBusy(book, sourceId, head),
      own: records.writeSeq(slot) > 0,
    })
  }
  return live
}

function isBusy(book: Book, sourceId: SourceId, head: RecordHead): boolean {
  const { recordId, fields } = head
  return book.editsOfRecord.has(recordId) || book.holds.has(recordId) || mayBeOwnCreate(book, sourceId, fields)
}
