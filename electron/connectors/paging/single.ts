import type { VendorFailure } from '../../../shared/app-error.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { StatusOption } from '../../../shared/model/status-option.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { PulledPage, VendorHttp, VendorRequest } from '../connector.ts'
import { type ReadRecord, readRecords } from '../reading/read-records.ts'
import { countPage, NO_FACTS, proofOf, spoil } from './sweep-facts.ts'

/**
 * Records per page of a list that the vendor sends in one response. They are checked, mapped and sent in one go, so this
 * is also how long the core stands still for them: about 13 ms of work.
 */
export const BATCH_SIZE = 250

/**
 * Everything in one response: one observation of the whole list, stored in batches while it arrives. It cannot be
 * resumed, so every page's position is null, and a pull always begins at the beginning whatever position it is given.
 */
export async function* pullSingle(options: {
  readonly http: VendorHttp
  readonly request: VendorRequest
  readonly listKey: string | null
  readonly read: ReadRecord
  /** Looks at what came around the list once it is there. */
  readonly checkEnvelope?: (envelope: Readonly<Record<string, JsonValue>>) => VendorFailure | null
  readonly statusOptions?: (items: readonly JsonValue[]) => readonly StatusOption[]
}): AsyncGenerator<Result<PulledPage, VendorFailure>> {
  const { http, request, listKey, read } = options
  let facts = NO_FACTS
  const ids = new Set<string>()
  for await (const batch of http.stream(request, { listKey, batchSize: BATCH_SIZE })) {
    if (!batch.ok) {
      yield batch
      return
    }
    const { items, firstIndex, last, envelope } = batch.value
    if (last) {
      const failure = options.checkEnvelope?.(envelope) ?? null
      if (failure !== null) {
        yield err(failure)
        return
      }
    }
    const page = readRecords(items, { read, path: listKey ?? '', firstIndex })
    facts = countPage(facts, page)
    for (const { remoteId } of page.records) {
      if (ids.has(remoteId)) facts = spoil(facts, 'duplicate')
      ids.add(remoteId)
    }
    yield ok({
      ...page,
      position: null,
      total: last ? firstIndex + items.length : null,
      pages: null,
      statusOptions: options.statusOptions?.(items) ?? [],
      end: last ? { ...proofOf(facts, 'snapshot', firstIndex + items.length), watermark: null } : null,
    })
  }
}
