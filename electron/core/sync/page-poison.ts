import type { RemoteId, SourceId } from '../../../shared/ids.ts'
import type { PullPage } from '../../../shared/ipc/store-sync-contract.ts'
import type { RecordProblem, RemoteRecord } from '../../../shared/model/record.ts'
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

  const keep = ({ sourceId, records }: PullPage): [RemoteRecord[], RecordProblem[]] => {
    const kept: RemoteRecord[] = []
    const problems: RecordProblem[] = []
    for (const [index, record] of records.entries()) {
      const known = deadly.get(`${sourceId}|${record.remoteId}`)
      if (known !== undefined && known === printOf(record)) problems.push(setAside(record, index))
      else kept.push(record)
    }
    return [kept, problems]
  }

  const bury = (page: PullPage, trouble: Trouble): void => {
    const { trying } = trouble
    if (trying === null) return
    trouble.trying = null
    const deaths = (trouble.deaths.get(trying) ?? 0) + 1
    trouble.deaths.set(trying, deaths)
    const record = page.records.find((one) => one.remoteId === trying)
    if (deaths < DEATHS || record === undefined) return
    deadly.set(`${page.sourceId}|${trying}`, printOf(record))
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
        const print = parsed.records.map((record) => record.remoteId).join('\n')
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
        if (receipt.ok) troubles.delete(parsed.sourceId)
        else if (isOfThePage(receipt.error)) trouble.failures++
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

function printOf(record: RemoteRecord): string {
  return JSON.stringify(record)
}

function setAside(record: RemoteRecord, index: number): RecordProblem {
  return {
    remoteId: record.remoteId,
    index,
    path: '',
    expected: 'a record that can be stored',
    found: 'one that ends the window',
    rawText: JSON.stringify(record.raw).slice(0, RAW_CHARS),
  }
}
