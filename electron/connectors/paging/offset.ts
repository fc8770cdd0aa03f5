import { z } from 'zod'
import type { VendorFailure } from '../../../shared/app-error.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { holds } from '../../../shared/safety/rules.ts'
import type { PulledPage } from '../connector.ts'
import { type ReadRecord, type ReadRecords, readRecords } from '../reading/read-records.ts'
import { orderKeyOf } from '../reading/stamps.ts'
import { countPage, NO_FACTS, proofOf, type SweepFacts, spoil, sweepFactsSchema } from './sweep-facts.ts'

/**
 * A sweep by limit and offset over a list sorted ascending by `createdAt`, which proves that it missed nothing
 * (SYNC.md 1.5, "Strict chain proof").
 *
 * Pages overlap, and a page joins what came before if its first `createdAt` is strictly before the newest one already
 * covered. Every row between them was then in one of the two pages, whatever was inserted or removed meanwhile, and
 * whatever the totals say. A page that does not join is asked for again with more overlap, up to three times.
 *
 * Where that does not help (rows without a usable stamp, or too many with the same one) the chain is broken for good, and
 * the sweep can still be clean: as many different ids as the list had entries at its end. Where the server does not sort,
 * or a stamp moves, or an id comes twice in a page, it proves nothing at all.
 */

export interface OffsetReply {
  readonly items: readonly JsonValue[]
  readonly total: number | null
}

export interface OffsetOptions {
  readonly limit: number
  readonly path: string
  readonly read: ReadRecord
  readonly fetchPage: (query: {
    readonly limit: number
    readonly offset: number
  }) => Promise<Result<OffsetReply, VendorFailure>>
  readonly position: JsonValue
}

const MIN_OVERLAP = 2
const MAX_REWINDS = 3
/** Ids of the last page that are kept to join the next one by. More than any overlap could be. */
const KEPT_IDS = 200

const positionSchema = z.object({
  kind: z.literal('offset'),
  /** Rows from the beginning up to the end of the last accepted page. */
  covered: z.number().int().nonnegative(),
  /** Newest order key covered. */
  lastKey: z.string().nullable(),
  /** Ids of the last accepted page, in order. */
  lastIds: z.array(z.string()).readonly(),
  /** Rows that the server gives at most, once it has given fewer than asked. */
  pageSize: z.number().int().positive(),
  total: z.number().int().nonnegative().nullable(),
  /** The chain is unbroken: every page has joined by its stamps, and none of them was missing or out of order. */
  byKey: z.boolean(),
  page: z.number().int().nonnegative(),
  facts: sweepFactsSchema,
})
type Position = z.infer<typeof positionSchema>

export async function* pullOffset(options: OffsetOptions): AsyncGenerator<Result<PulledPage, VendorFailure>> {
  const { limit } = options
  const resumed = positionSchema.safeParse(options.position)
  let at: Position = resumed.success ? resumed.data : start(limit)
  let before: ReadonlyMap<string, RemoteRecord> = new Map()

  while (true) {
    const fetched = await fetchJoined(at, options)
    if (!fetched.ok) {
      yield fetched
      return
    }
    const { page, reply, joined, byKey, offset } = fetched.value
    const ids = page.records.map((record) => String(record.remoteId))
    const rows = reply.items.length
    if (joined !== 'first' && rows > 0 && sameList(ids, at.lastIds) && ids.length > 1) {
      yield err({ code: 'paging-loop', page: at.page + 1 })
      return
    }

    let facts: SweepFacts = countPage(at.facts, page)
    if (new Set(ids).size < ids.length) facts = spoil(facts, 'duplicate')
    if (changedKey(page.records, before)) facts = spoil(facts, 'shifted')

    const end = offset + rows
    const pageSize = rows > 0 && rows < at.pageSize && reply.total !== null && end < reply.total ? rows : at.pageSize
    // A full page may have another one behind it, whatever the total says: only a short one is the end.
    const isLast = rows === 0 || (rows < pageSize && (reply.total === null || end >= reply.total))
    if (isLast && rows > 0 && reply.total !== null && end > reply.total) facts = spoil(facts, 'total-changed')

    const keys = keysOf(page.records)
    const order = orderOf(keys)
    // The server does not sort by the stamp at all: neither way of joining proves anything then.
    if (order === 'none') facts = spoil(facts, 'not-joined')
    at = {
      kind: 'offset',
      covered: rows === 0 ? at.covered : end,
      lastKey: maxKey(at.lastKey, keys),
      lastIds: rows === 0 ? at.lastIds : ids.slice(-KEPT_IDS),
      pageSize,
      total: reply.total ?? at.total,
      byKey: byKey && joined !== 'no' && order === 'ascending',
      page: at.page + 1,
      facts,
    }
    // Rows of the overlap that have not changed since the page before need not be stored twice.
    const records = page.records.filter((record) => !isSameAs(record, before.get(record.remoteId)))
    before = new Map(page.records.map((record) => [record.remoteId, record]))

    yield ok({
      records,
      problems: page.problems,
      position: at,
      total: at.total,
      pages: at.total === null ? null : pagesOf(at.total, pageSize),
      statusOptions: [],
      end: isLast ? { ...proofOf(facts, at.byKey ? 'chain' : 'clean', sizeAtEnd(at, rows)), watermark: null } : null,
    })
    if (isLast) return
  }
}

interface Joined {
  readonly page: ReadRecords
  readonly reply: OffsetReply
  readonly offset: number
  readonly joined: 'first' | 'by-key' | 'by-id' | 'no'
  readonly byKey: boolean
}

/** The next page, with as much overlap as it takes to join it. */
async function fetchJoined(at: Position, options: OffsetOptions): Promise<Result<Joined, VendorFailure>> {
  const { limit, path, read, fetchPage } = options
  let overlap = Math.min(MIN_OVERLAP, Math.max(0, at.lastIds.length - 1))
  const mostOverlap = Math.max(overlap, Math.min(at.lastIds.length, at.pageSize) - 1)
  for (let rewinds = 0; ; rewinds++) {
    const offset = at.page === 0 ? 0 : Math.max(0, at.covered - overlap)
    const reply = await fetchPage({ limit, offset })
    if (!reply.ok) return reply
    const page = readRecords(reply.value.items, { read, path })
    const found = { page, reply: reply.value, offset }
    if (at.page === 0) return ok({ ...found, joined: 'first', byKey: at.byKey })

    const firstKey = keysOf(page.records)[0] ?? null
    const overlaps = firstKey !== null && at.lastKey !== null && firstKey < at.lastKey
    if (at.byKey && (overlaps || !holds('strict-overlap'))) {
      return ok({ ...found, joined: 'by-key', byKey: true })
    }
    const isLastTry = rewinds >= MAX_REWINDS || overlap >= mostOverlap
    // Stamps that can decide are given their tries first; ids decide at once where there are no stamps.
    if (!at.byKey || firstKey === null || isLastTry) {
      const firstId = page.records[0]?.remoteId
      const joinsById = firstId !== undefined && at.lastIds.includes(firstId)
      if (joinsById) return ok({ ...found, joined: 'by-id', byKey: false })
    }
    if (isLastTry) return ok({ ...found, joined: 'no', byKey: at.byKey })
    overlap = rewinds + 1 >= MAX_REWINDS ? mostOverlap : Math.min(overlap * 2, mostOverlap)
  }
}

/** An empty page after others says that the list has become shorter, and not by how much. */
function sizeAtEnd(at: Position, rows: number): number | null {
  return rows > 0 || at.page === 1 ? at.covered : null
}

function start(limit: number): Position {
  return {
    kind: 'offset',
    covered: 0,
    lastKey: null,
    lastIds: [],
    pageSize: limit,
    total: null,
    byKey: true,
    page: 0,
    facts: NO_FACTS,
  }
}

function keysOf(records: readonly RemoteRecord[]): readonly (string | null)[] {
  return records.map((record) => orderKeyOf(record.createdAt))
}

/** `unknown` where a row has no usable stamp. */
function orderOf(keys: readonly (string | null)[]): 'ascending' | 'none' | 'unknown' {
  let previous = ''
  for (const key of keys) {
    if (key === null) return 'unknown'
    if (key < previous) return 'none'
    previous = key
  }
  return 'ascending'
}

function maxKey(covered: string | null, keys: readonly (string | null)[]): string | null {
  return keys.reduce((max, key) => (key !== null && (max === null || key > max) ? key : max), covered)
}

/** The sort key of a row moved between two pages: the order was never what the proof rests on. */
function changedKey(records: readonly RemoteRecord[], before: ReadonlyMap<string, RemoteRecord>): boolean {
  return records.some((record) => {
    const known = before.get(record.remoteId)
    return known !== undefined && known.createdAt !== record.createdAt
  })
}

function isSameAs(record: RemoteRecord, known: RemoteRecord | undefined): boolean {
  return known !== undefined && JSON.stringify(known.raw) === JSON.stringify(record.raw)
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i])
}

/** Pages in all, the overlap included. */
function pagesOf(total: number, pageSize: number): number {
  const step = Math.max(1, pageSize - MIN_OVERLAP)
  return total <= pageSize ? 1 : 1 + Math.ceil((total - pageSize) / step)
}
