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

interface Trouble {
  /** Ids of the page. */
  readonly page: string
  failures: number
  trying: RemoteId | null
  readonly deaths: Map<RemoteId, number>
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
 * F143). As long as that record stays as it is, it is kept from the store.
 */
export function createPagePoison(log: Log): PagePoison {
  const troubles = new Map<SourceId, Trouble>()
  /** Records that killed, as they were then. */
  const deadly = new Map<string, string>()

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
      const trouble = troubles.get(sourceId)
      if (trouble !== undefined) trouble.trying = remoteId
    },
    guard: (store) => ({
      ...store,
      'run.applyPage': async (page) => {
        // What goes out has been made from parsed records.
        const parsed = page as PullPage
        const print = idsOf(parsed).join('\n')
        let trouble = troubles.get(parsed.sourceId)
        if (trouble?.page !== print) {
          trouble = { page: print, failures: 0, trying: null, deaths: new Map() }
          troubles.set(parsed.sourceId, trouble)
        }
        bury(parsed, trouble)
        const [records, problems] = keep(parsed)
        const careful = trouble.failures >= PATIENCE
        const receipt = await store['run.applyPage']({
          ...page,
          records,
          problems: [...page.problems, ...problems],
          ...(careful && { careful }),
        })
        if (receipt.ok && receipt.value.wanted.length === 0) troubles.delete(parsed.sourceId)
        else if (!receipt.ok && isOfThePage(receipt.error)) trouble.failures++
        return receipt
      },
    }),
  }
}

/** Not: a full disk, a takeover, a book in other hands. */
function isOfThePage(error: { readonly code: string; readonly kind?: unknown }): boolean {
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
