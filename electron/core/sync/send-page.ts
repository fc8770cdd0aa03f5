import type { AppError } from '../../../shared/app-error.ts'
import type { RemoteId } from '../../../shared/ids.ts'
import type { PageReceipt, PullPage } from '../../../shared/ipc/store-sync-contract.ts'
import { pulledRecord } from '../../../shared/model/pulled-record.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import { RecordHasher } from '../../../shared/model/record-hash.ts'
import type { Result } from '../../../shared/result.ts'
import type { StoreClient } from '../store-link.ts'

/** After a page most of which was new to the store, so many go whole before one is only named again. */
const WHOLE_AFTER_A_MISS = 20

/** Records with what tells them apart from their state of before. */
export interface HashedRecords {
  readonly records: readonly RemoteRecord[]
  readonly hashes: readonly string[]
}

/** Done as soon as a page has arrived, while the one before it is being stored. */
export function hashRecords(records: readonly RemoteRecord[]): HashedRecords {
  const hasher = new RecordHasher()
  return { records, hashes: records.map((record) => hasher.hash(record)) }
}

/** A page without its records. */
export type SentPage = Omit<PullPage, 'records' | 'same'>

export interface PageSender {
  /** Whether the next page goes with all of its records, whatever the store has: then its answer is not needed at once. */
  readonly goesWhole: (hashed: HashedRecords) => boolean
  readonly send: (page: SentPage, hashed: HashedRecords) => Promise<Result<PageReceipt, AppError>>
}

/**
 * Takes pages to the store. What it should have already is only named, by id and hash; it asks for what it has not, and
 * nothing is stored before all of the page is there. So a sweep that brings nothing new moves next to nothing.
 */
export function createPageSender(store: StoreClient, knowsList: boolean): PageSender {
  let wholePages = knowsList ? 0 : Number.POSITIVE_INFINITY

  const send = (page: SentPage, { records, hashes }: HashedRecords, isWanted: (at: number) => boolean) => {
    const whole = records.flatMap((record, at) => (isWanted(at) ? [pulledRecord(record, hashes[at])] : []))
    const same = records.flatMap((record, at): [RemoteId, string][] =>
      isWanted(at) ? [] : [[record.remoteId, hashes[at] ?? '']],
    )
    return store['run.applyPage']({ ...page, problems: [...page.problems], records: whole, same })
  }

  // Of an id that comes twice the last one counts: only a list in order tells which that is.
  const goesWhole = ({ records }: HashedRecords): boolean =>
    wholePages > 0 || records.length === 0 || new Set(records.map((record) => record.remoteId)).size < records.length

  return {
    goesWhole,
    send: async (page, hashed) => {
      const { records } = hashed
      if (goesWhole(hashed)) {
        wholePages--
        return send(page, hashed, () => true)
      }
      const named = await send(page, hashed, () => false)
      if (!named.ok || named.value.wanted.length === 0) return named
      const wanted = new Set(named.value.wanted)
      if (wanted.size > records.length / 2) wholePages = WHOLE_AFTER_A_MISS
      const asked = await send(page, hashed, (at) => wanted.has(at))
      // What it has may have changed between the two.
      return asked.ok && asked.value.wanted.length > 0 ? send(page, hashed, () => true) : asked
    },
  }
}
