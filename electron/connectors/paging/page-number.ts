import { z } from 'zod'
import type { VendorFailure } from '../../../shared/app-error.ts'
import type { JsonValue } from '../../../shared/json.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { PulledPage } from '../connector.ts'
import { type ReadRecord, readRecords } from '../reading/read-records.ts'
import { countPage, NO_FACTS, proofOf, spoil, sweepFactsSchema } from './sweep-facts.ts'

/**
 * A sweep by page numbers with totals. Nothing joins one page to the next, so it proves itself only by being clean:
 * the total never changed, every page but the last was full, no id came twice, and as many came as there should be.
 * Ids before a restart are not known here any more; the store has them all, and counts them against the total. Without a
 * total nothing is proven, and only an empty page is the end: a short one may be all that the server gives at a time.
 */

export interface PageReply {
  readonly items: readonly JsonValue[]
  readonly currentPage: number
  /** Null where the answer does not say: then the first page tells. */
  readonly pageSize: number | null
  readonly totalCount: number | null
  /** Null: follows from total and page size, where there is a total. */
  readonly totalPages: number | null
}

export interface PageNumberOptions {
  readonly path: string
  readonly read: ReadRecord
  readonly fetchPage: (page: number) => Promise<Result<PageReply, VendorFailure>>
  readonly position: JsonValue
}

const positionSchema = z.object({
  kind: z.literal('page'),
  /** The page to ask for next, from 1. */
  next: z.number().int().positive(),
  pageSize: z.number().int().nullable(),
  totalCount: z.number().int().nullable(),
  lastIds: z.array(z.string()).readonly(),
  facts: sweepFactsSchema,
})
type Position = z.infer<typeof positionSchema>

const BEGINNING: Position = {
  kind: 'page',
  next: 1,
  pageSize: null,
  totalCount: null,
  lastIds: [],
  facts: NO_FACTS,
}

export async function* pullPageNumbers(options: PageNumberOptions): AsyncGenerator<Result<PulledPage, VendorFailure>> {
  const { path, read, fetchPage } = options
  const resumed = positionSchema.safeParse(options.position)
  let at: Position = resumed.success ? resumed.data : BEGINNING
  const ids = new Set<string>()

  while (true) {
    const reply = await fetchPage(at.next)
    if (!reply.ok) {
      if (at.next > 1 && reply.error.code === 'not-found') {
        // The list became shorter while it was read: a page beyond its end is the end.
        const facts = spoil(at.facts, 'total-changed')
        const { totalCount: total } = at
        const end = { ...proofOf(facts, 'clean', total), watermark: null }
        yield ok({
          records: [],
          problems: [],
          position: { ...at, facts },
          total,
          pages: at.next - 1,
          statusOptions: [],
          end,
        })
        return
      }
      yield reply
      return
    }
    const { items, currentPage, totalCount } = reply.value
    const pageSize = reply.value.pageSize ?? at.pageSize ?? items.length
    const totalPages =
      reply.value.totalPages ?? (totalCount === null ? null : Math.ceil(totalCount / Math.max(1, pageSize)))
    const page = readRecords(items, { read, path })
    const pageIds = page.records.map((record) => String(record.remoteId))
    const isSamePage =
      pageIds.length > 0 && pageIds.length === at.lastIds.length && pageIds.every((id, i) => id === at.lastIds[i])
    if (at.next > 1 && (currentPage < at.next || isSamePage)) {
      yield err({ code: 'paging-loop', page: at.next })
      return
    }

    let facts = countPage(at.facts, page)
    for (const id of pageIds) {
      if (ids.has(id)) facts = spoil(facts, 'duplicate')
      ids.add(id)
    }
    if (at.totalCount !== null && at.totalCount !== totalCount) facts = spoil(facts, 'total-changed')
    if (at.pageSize !== null && at.pageSize !== pageSize) facts = spoil(facts, 'shifted')

    // A total that claims less than has come already is not believed: a full page may have a next one.
    const isUnderstated = totalCount !== null && facts.received > totalCount && items.length >= pageSize
    // A number of pages that we worked out ourselves ends nothing: pages may be shorter than the first one.
    const isComplete =
      reply.value.totalPages === null
        ? totalCount !== null && facts.received >= totalCount
        : at.next >= reply.value.totalPages
    const isLast = items.length === 0 || (isComplete && !isUnderstated)
    if (!isLast && items.length < pageSize) facts = spoil(facts, 'shifted')
    if (isLast && totalCount === null) facts = spoil(facts, 'no-total')
    else if (isLast && facts.received !== totalCount) facts = spoil(facts, 'total-changed')

    at = { kind: 'page', next: at.next + 1, pageSize, totalCount, lastIds: pageIds, facts }
    yield ok({
      ...page,
      position: at,
      total: totalCount,
      pages: totalPages === null ? null : Math.max(1, totalPages),
      statusOptions: [],
      end: isLast ? { ...proofOf(facts, 'clean', totalCount), watermark: null } : null,
    })
    if (isLast) return
  }
}
