import type { AppError } from '../../../shared/app-error.ts'
import type { RemoteId, SourceId } from '../../../shared/ids.ts'
import type { PullPage } from '../../../shared/ipc/store-sync-contract.ts'
import { type PulledRecord, rawTextOf } from '../../../shared/model/pulled-record.ts'
import type { RecordProblem } from '../../../shared/model/record.ts'
import type { Log } from '../../host/host.ts'
import type { StoreClient } from '../store-link.ts'

/** So often a page may fail before its records are tried one by one. */
const PATIENCE = 3
/** So often a worker must have ended in the middle of the same record: a window that is closed is no proof. */
const DEATHS = 2
const RAW_CHARS = 4_000

/** Of so many pages of a source at most it is known how often they failed. */
const TROUBLES_KEPT = 8

/** A page that has failed. */
interface Trouble {
  failures: number
  trying: RemoteId | null
  readonly deaths: Map<RemoteId, number>
}

/** Pages of one source on their way to the store. */
interface Lane {
  /** The oldest first. */
  readonly underWay: Sent[]
  /** By the ids of a page. */
  readonly troubles: Map<string, Trouble>
  /** The page that is being tried record by record, or was last. */
  tried: Trouble | null
  /** Settles when it is answered: what comes behind it waits, because it takes more than one turn of the store. */
  gate: Promise<unknown> | null
}

interface Sent {
  /** One before it failed: it is refused for that, or has died with it. */
  isBehindFailure: boolean
}

export interface PagePoison {
  /** The same store; a page on which it fails again and again loses the record of which it fails. */
  readonly guard: (store: StoreClient) => StoreClient
  /** The store is about to try this record alone. */
  readonly trying: (sourceId: SourceId, remoteId: RemoteId | null) => void
}

/**
 * A page that makes the store fail, or the window die, would be asked for again for ever. The core outlives both: it
 * counts, has the records tried one by one (try-page.ts), and sets aside the one that the store dies of (SYNC.md F124,
 * F143). As long as that record stays as it is, it is kept from the store. Of several pages on their way only the first
 * can be the one that failed.
 */
export function createPagePoison(log: Log): PagePoison {
  const lanes = new Map<SourceId, Lane>()
  /** Records that killed, as they were then. */
  const deadly = new Map<string, string>()

  const laneOf = (sourceId: SourceId): Lane => {
    const known = lanes.get(sourceId)
    if (known !== undefined) return known
    const lane: Lane = { underWay: [], troubles: new Map(), tried: null, gate: null }
    lanes.set(sourceId, lane)
    return lane
  }

  const keep = ({ sourceId, records }: PullPage): [PulledRecord[], RecordProblem[]] => {
    const kept: PulledRecord[] = []
    const problems: RecordProblem[] = []
    for (const [index, record] of records.entries()) {
      const known = deadly.get(`${sourceId}|${record.remoteId}`)
      if (known !== undefined && known === record.hash) problems.push(setAside(record, index))
      else kept.push(record)
    }
    return [kept, problems]
  }

  const bury = (page: PullPage, trouble: Trouble): void => {
    const { trying } = trouble
    if (trying === null) return
    const record = page.records.find((one) => one.remoteId === trying)
    // Only named so far: it is judged when it comes whole.
    if (record === undefined) return
    trouble.trying = null
    const deaths = (trouble.deaths.get(trying) ?? 0) + 1
    trouble.deaths.set(trying, deaths)
    if (deaths < DEATHS) return
    deadly.set(`${page.sourceId}|${trying}`, record.hash)
    log.error('record-set-aside', { why: 'the store ended while it was stored' })
  }

  return {
    trying: (sourceId, remoteId) => {
      const { tried } = laneOf(sourceId)
      if (tried !== null) tried.trying = remoteId
    },
    guard: (store) => ({
      ...store,
      'run.applyPage': async (page) => {
        // What goes out has been made from parsed records.
        const parsed = page as PullPage
        const lane = laneOf(parsed.sourceId)
        const print = idsOf(parsed).join('\n')
        const trouble = lane.troubles.get(print)
        const careful = trouble !== undefined && trouble.failures >= PATIENCE
        const apply = () => {
          if (trouble !== undefined) bury(parsed, trouble)
          if (careful) lane.tried = trouble
          const [records, problems] = keep(parsed)
          return store['run.applyPage']({
            ...page,
            records,
            problems: [...page.problems, ...problems],
            ...(careful && { careful }),
          })
        }
        const sent: Sent = { isBehindFailure: false }
        lane.underWay.push(sent)
        const answer = lane.gate === null ? apply() : lane.gate.then(apply)
        if (careful) lane.gate = answer.catch(() => undefined)
        try {
          const receipt = await answer
          if (!receipt.ok) noteFailure(lane, sent, print, receipt.error)
          else if (receipt.value.wanted.length === 0) lane.troubles.delete(print)
          return receipt
        } finally {
          lane.underWay.splice(lane.underWay.indexOf(sent), 1)
          if (lane.underWay.length === 0) lane.gate = null
        }
      },
    }),
  }
}

function noteFailure({ underWay, troubles }: Lane, sent: Sent, print: string, error: AppError): void {
  const isFirst = underWay[0] === sent && !sent.isBehindFailure
  for (const other of underWay.slice(underWay.indexOf(sent) + 1)) other.isBehindFailure = true
  if (!isFirst || !isOfThePage(error)) return
  const trouble = troubles.get(print) ?? { failures: 0, trying: null, deaths: new Map() }
  trouble.failures++
  troubles.set(print, trouble)
  const [oldest] = troubles.keys()
  if (troubles.size > TROUBLES_KEPT && oldest !== undefined) troubles.delete(oldest)
}

/** Not: a full disk, a takeover, a book in other hands. */
function isOfThePage(error: AppError): boolean {
  if (error.code === 'disconnected' || error.code === 'internal') return true
  return error.code === 'storage' && (error.kind === 'failed' || error.kind === 'reopening')
}

/** Of all its records, in whatever form they come. */
function idsOf({ records, same = [] }: PullPage): readonly RemoteId[] {
  const ids = records.map((record) => record.remoteId)
  return [...ids, ...same.map(([remoteId]) => remoteId)].sort()
}

function setAside(record: PulledRecord, index: number): RecordProblem {
  return {
    remoteId: record.remoteId,
    index,
    path: '',
    expected: 'a record that can be stored',
    found: 'one that ends the window',
    rawText: rawTextOf(record.body).slice(0, RAW_CHARS),
  }
}
