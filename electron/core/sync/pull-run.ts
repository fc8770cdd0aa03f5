import type { AppError, VendorFailure } from '../../../shared/app-error.ts'
import type { Clock, Random } from '../../../shared/clock.ts'
import { READING_VERSION } from '../../../shared/connector/reading-version.ts'
import { createRunId, type SourceId } from '../../../shared/ids.ts'
import type { SweepKind } from '../../../shared/model/checkpoint.ts'
import type { Coverage, HeldRemoval, SyncProgress } from '../../../shared/model/source.ts'
import type { Result } from '../../../shared/result.ts'
import type { Call, Connector, PullEnd, PulledPage } from '../../connectors/connector.ts'
import type { StoreClient } from '../store-link.ts'
import { failurePolicy } from './failure-policy.ts'
import { createPageLane } from './page-lane.ts'
import { createPageSender, type HashedRecords, hashRecords } from './send-page.ts'

/** Records in one transaction at most: what the user asks the store meanwhile waits for one such slice, not for more. */
const PAGE_RECORDS = 250

export interface PullInput {
  readonly sourceId: SourceId
  readonly kind: SweepKind
  readonly paramsHash: string
  /** Print of address and key. */
  readonly tenant: string
  readonly since: string | null
  /** Go on from an unfinished run of the same kind and parameters. */
  readonly resume: boolean
}

export interface PullDeps {
  readonly store: StoreClient
  readonly connector: Connector
  readonly call: Call
  /** Place of the newest request of this run among all requests and writes of the core. */
  readonly requestSeq: () => number
  readonly clock: Clock
  readonly random: Random
  readonly onProgress: (progress: SyncProgress) => void
  /** How far the stored part of the run reaches. */
  readonly onStored: (coverage: Omit<Coverage, 'interrupted'>) => void
  /** Answers of this run in which a member of an object came twice, and records with values nobody asked for. */
  readonly heard: () => {
    readonly duplicateKeys: number
    readonly unaskedValues: number
    /** The vendor's time at its first answer, where it tells. */
    readonly serverStartedAt: number | null
  }
  readonly aborted: () => boolean
}

export type PullResult =
  | {
      readonly kind: 'complete'
      readonly held: HeldRemoval | null
      readonly problems: number
      /** Why the sweep proves nothing of what it lacks, if it does not. */
      readonly unproven: string | null
    }
  | { readonly kind: 'failed'; readonly error: VendorFailure }
  | { readonly kind: 'stopped' }
  /** The store refused or went away; the checkpoint is where it was. */
  | { readonly kind: 'store'; readonly error: AppError }

/**
 * One pull of one source: pages from the connector into the store, in order, at most two on their way there at once.
 *
 *   begin ─► page ─► applyPage ─► … ─► end ─► verdict of the store: suspects, or a removal held
 *              ├─ failure or stop: end(partial); the checkpoint stays at the last stored page
 *              └─ a place that leads nowhere, or an answer that cannot be read: end(void); the next run begins anew
 *
 * Nothing is removed here: what the store suspects is followed up in confirm-absence.ts, or by a later sweep.
 */
export async function pullRun(deps: PullDeps, input: PullInput): Promise<PullResult> {
  const { store, connector, call, clock } = deps
  const { sourceId, kind, paramsHash, tenant } = input
  const startedNow = clock.now()
  const begun = await store['run.begin']({
    sourceId,
    runId: createRunId(deps.random),
    kind,
    paramsHash,
    tenant,
    startedAt: startedNow,
    resume: input.resume,
  })
  if (!begun.ok) return { kind: 'store', error: begun.error }
  const run = begun.value.run
  if (run === null) return { kind: 'store', error: { code: 'missing', what: 'run' } }

  let seq = run.seq
  let position = run.position
  // A list that cannot be resumed starts over, and is counted anew.
  let done = run.position === null ? 0 : run.received
  let problems = 0
  let page = 0
  const pagesBefore = run.position === null ? 0 : run.pages
  let end: PullEnd | null = null
  let failure: VendorFailure | null = null
  const finish = (outcome: 'complete' | 'partial' | 'void', error: VendorFailure | null) =>
    store['run.end']({
      sourceId,
      runId: run.runId,
      kind,
      outcome,
      proof: end?.proof ?? 'none',
      size: end?.size ?? null,
      canAsk: connector.read !== undefined,
      ...deps.heard(),
      // Of a run that went on from an earlier part this is not its beginning.
      ...(run.startedAt === startedNow ? {} : { serverStartedAt: null }),
      readingVersion: READING_VERSION,
      paramsHash,
      watermark: end?.watermark ?? null,
      startedAt: run.startedAt,
      endedAt: clock.now(),
      error,
    })

  deps.onProgress({ kind, done, total: null, page: 0, pages: null, startedAt: startedNow })
  const pages = connector.pull(call, { kind, position: run.position, since: input.since })[Symbol.asyncIterator]()
  // The number of the request that brought a page is read before the next request gets a later one.
  const next = (): Promise<IteratorResult<Arrived>> => pages.next().then((step) => arrived(step, deps.requestSeq()))
  const lane = createPageLane(createPageSender(store, kind === 'full' && begun.value.lastComplete !== null))
  let storeFailure: AppError | null = null
  // One page is fetched while those before it are being stored: never more, so that memory stays bounded.
  let coming = next()
  for (;;) {
    const step = await coming
    if (step.done === true || deps.aborted()) break
    const { pulled, hashed, requestSeq } = step.value
    if (!pulled.ok) {
      failure = pulled.error
      break
    }
    if (pulled.value.end === null) coming = next()
    const { records, problems: unread, statusOptions, total, pages: pageCount } = pulled.value
    problems += unread.length
    page += 1
    const pagesNow = page
    const stored = (): void => {
      if (deps.aborted()) return
      done += records.length
      deps.onProgress({ kind, done, total, page: pagesNow, pages: pageCount, startedAt: startedNow })
      deps.onStored({ pages: pagesBefore + pagesNow, ofPages: pageCount, clients: done, ofClients: total })
    }
    // A vendor's page may be larger than a transaction of the store; its position counts only with the last part.
    const parts = Math.max(1, Math.ceil(Math.max(records.length, unread.length) / PAGE_RECORDS))
    for (let part = 0; part < parts && storeFailure === null && !deps.aborted(); part++) {
      const last = part === parts - 1
      const from = part * PAGE_RECORDS
      seq += 1
      storeFailure = await lane.offer(
        {
          sourceId,
          runId: run.runId,
          seq,
          requestSeq,
          problems: unread.slice(from, from + PAGE_RECORDS),
          position: last ? pulled.value.position : position,
          statusOptions: part === 0 ? statusOptions : [],
          pages: pagesBefore + page - (last ? 0 : 1),
          ofPages: pageCount,
          ofClients: total,
        },
        {
          records: hashed.records.slice(from, from + PAGE_RECORDS),
          hashes: hashed.hashes.slice(from, from + PAGE_RECORDS),
        },
        last ? stored : () => undefined,
      )
    }
    if (storeFailure !== null || deps.aborted()) break
    position = pulled.value.position
    if (pulled.value.end !== null) {
      end = pulled.value.end
      break
    }
  }
  abandon(pages, coming)
  // Whatever comes next, be it another run: nothing of this one is still on its way.
  storeFailure = await lane.drain()
  if (storeFailure !== null) return { kind: 'store', error: storeFailure }

  if (deps.aborted()) return { kind: 'stopped' }
  if (failure !== null) {
    if (failure.code === 'cancelled') return { kind: 'stopped' }
    const isStuck = failure.code === 'paging-loop' || (page === 0 && run.position !== null && isAboutRequest(failure))
    await finish(isStuck ? 'void' : 'partial', failure)
    return { kind: 'failed', error: failure }
  }
  if (end === null) {
    // A connector whose pull just stops has not said that it saw everything: no evidence of anything.
    await finish('partial', null)
    return { kind: 'failed', error: { code: 'bad-shape', path: '', expected: 'a last page', found: 'none' } }
  }
  if (end.isVoid) {
    const unread: VendorFailure = {
      code: 'bad-shape',
      path: '',
      expected: 'records as documented',
      found: 'unreadable',
    }
    await finish('void', unread)
    return { kind: 'failed', error: unread }
  }
  const ended = await finish('complete', null)
  if (!ended.ok) return { kind: 'store', error: ended.error }
  return { kind: 'complete', held: ended.value.held, problems, unproven: end.reason }
}

interface Arrived {
  readonly pulled: Result<PulledPage, VendorFailure>
  readonly hashed: HashedRecords
  readonly requestSeq: number
}

function arrived(step: IteratorResult<Result<PulledPage, VendorFailure>>, requestSeq: number): IteratorResult<Arrived> {
  if (step.done === true) return { done: true, value: undefined }
  const pulled = step.value
  return { done: false, value: { pulled, hashed: hashRecords(pulled.ok ? pulled.value.records : []), requestSeq } }
}

/** Asking again from the same place would get the same answer: the next run begins at the beginning. */
function isAboutRequest(failure: VendorFailure): boolean {
  const policy = failurePolicy(failure)
  return policy === 'settings' || policy === 'schedule'
}

/** Ends a pull early: the request under way is aborted with the run, its answer is of no interest any more. */
function abandon(pages: AsyncIterator<unknown>, coming: Promise<unknown>): void {
  coming.catch(() => undefined)
  pages.return?.().catch(() => undefined)
}
