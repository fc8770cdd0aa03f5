import { z } from 'zod'
import type { VendorFailure } from '../../../shared/app-error.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { StatusOption } from '../../../shared/model/status-option.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { PulledPage, PullStart } from '../connector.ts'
import { type ReadRecord, readRecords } from '../reading/read-records.ts'
import { orderKeyOf } from '../reading/stamps.ts'
import { countPage, NO_FACTS, proofOf, type SweepFacts, spoil, sweepFactsSchema } from './sweep-facts.ts'

/**
 * A list behind an opaque cursor, whole or from `since` on.
 *
 * ```
 *   full:        list ──▶ … ──▶ end, if the rows came oldest change first: a row changed meanwhile moves ahead of us
 *                              └─▶ follow-up (changes since before the start) ──▶ end, if they did not: it may have moved behind
 *   incremental: list with `since` ──▶ end
 * ```
 * The watermark is the newest change *received*, and never later than the server's own time at the first request, so
 * that a stamp from the future cannot hide what comes after.
 */

export interface CursorReply {
  readonly items: readonly JsonValue[]
  /** Absent, null and empty mean the same: this was the last page. */
  readonly cursor: string | null
  readonly serverDate: string | null
}

export interface CursorOptions {
  readonly start: PullStart
  readonly path: string
  readonly read: ReadRecord
  readonly fetchPage: (query: {
    readonly cursor: string | null
    readonly since: string | null
  }) => Promise<Result<CursorReply, VendorFailure>>
  readonly statusOptions: (items: readonly JsonValue[]) => readonly StatusOption[]
  /** This machine's time: only ever makes us ask for more. */
  readonly now: () => number
}

/** Empty pages in a row that still name a next one. */
const MAX_EMPTY_PAGES = 20
const MAX_CURSOR_LENGTH = 8192
/** A million records: a list whose cursors never end and never repeat is none. */
const MAX_PAGES = 20_000
/** The follow-up begins before the sweep did: stamps of the server's machines may be off by this much, or come late. */
const FOLLOW_UP_SLACK_MS = 600_000
/** Where the server does not tell its time, a stamp this far ahead of ours is not taken for one. */
const CREDIBLE_MS = 86_400_000

const positionSchema = z.object({
  kind: z.literal('cursor'),
  phase: z.enum(['list', 'follow-up']),
  cursor: z.string().nullable(),
  /** The server's time at the first request. */
  startedAt: z.string().nullable(),
  /** What the follow-up asks for, decided once: its own pages move the watermark. */
  followUpSince: z.string().nullable().default(null),
  watermark: z.string().nullable(),
  /** Rows came oldest change first so far. */
  ascending: z.boolean(),
  lastKey: z.string().nullable(),
  emptyPages: z.number().int().nonnegative(),
  page: z.number().int().nonnegative(),
  facts: sweepFactsSchema,
})
type Position = z.infer<typeof positionSchema>

export async function* pullCursor(options: CursorOptions): AsyncGenerator<Result<PulledPage, VendorFailure>> {
  const { start, path, read, fetchPage } = options
  const resumed = positionSchema.safeParse(start.position)
  let at: Position = resumed.success ? resumed.data : BEGINNING
  let hasRestarted = false
  // Cursors of this process only. A loop that spans a restart is caught on its next round.
  let seen = new Set<string>(at.cursor === null ? [] : [at.cursor])

  while (true) {
    const since = at.phase === 'follow-up' ? at.followUpSince : start.kind === 'incremental' ? start.since : null
    const reply = await fetchPage({ cursor: at.cursor, since: since === null ? null : utcStamp(since) })
    if (!reply.ok) {
      if (at.cursor !== null && !hasRestarted && isCursorRefused(reply.error)) {
        // An expired cursor costs the pass, not the run: it begins again where it began, and what was stored stays.
        hasRestarted = true
        at = at.phase === 'follow-up' ? { ...at, cursor: null, emptyPages: 0 } : BEGINNING
        seen = new Set()
        continue
      }
      yield reply
      return
    }

    const { items, serverDate } = reply.value
    const next = reply.value.cursor === '' ? null : reply.value.cursor
    const emptyPages = items.length === 0 ? at.emptyPages + 1 : 0
    const isEndless = emptyPages > MAX_EMPTY_PAGES || at.page >= MAX_PAGES
    if (next !== null && (seen.has(next) || next.length > MAX_CURSOR_LENGTH || isEndless)) {
      yield err({ code: 'paging-loop', page: at.page + 1 })
      return
    }
    if (next !== null) seen.add(next)

    const page = readRecords(items, { read, path })
    let facts: SweepFacts = countPage(at.facts, page)
    if (new Set(page.records.map((record) => record.remoteId)).size < page.records.length) {
      facts = spoil(facts, 'duplicate')
    }
    const stamps = page.records.map((record) => record.updatedAt)
    const startedAt = at.startedAt ?? (at.page === 0 ? serverDate : null)
    const order = at.phase === 'list' ? orderAfter(at, stamps) : at
    at = {
      kind: 'cursor',
      phase: at.phase,
      cursor: next,
      startedAt,
      followUpSince: at.followUpSince,
      watermark: newest([
        at.watermark,
        ...stamps.filter((stamp) => startedAt !== null || isCredible(stamp, options.now())),
      ]),
      ascending: order.ascending,
      lastKey: order.lastKey,
      emptyPages,
      page: at.page + 1,
      facts,
    }
    const isListOver = next === null
    const wasFollowUp = at.phase === 'follow-up'
    if (isListOver && start.kind === 'full' && at.phase === 'list' && !at.ascending) {
      if (at.startedAt === null) at = { ...at, facts: spoil(at.facts, 'shifted') }
      else at = { ...at, phase: 'follow-up', followUpSince: followUpSince(at), emptyPages: 0 }
      // Another list: a vendor whose cursors are places in an order may name the same place again.
      seen = new Set()
    }
    const isLast = isListOver && (at.phase === 'list' || wasFollowUp)
    yield ok({
      ...page,
      position: at,
      total: null,
      pages: null,
      statusOptions: options.statusOptions(items),
      end: isLast
        ? { ...proofOf(at.facts, start.kind === 'full' ? 'traverse' : 'none', null), watermark: cappedWatermark(at) }
        : null,
    })
    if (isLast) return
  }
}

const BEGINNING: Position = {
  kind: 'cursor',
  phase: 'list',
  cursor: null,
  startedAt: null,
  followUpSince: null,
  watermark: null,
  ascending: true,
  lastKey: null,
  emptyPages: 0,
  page: 0,
  facts: NO_FACTS,
}

/** `since` as the vendor's pattern wants it: UTC with `Z`. Null where it is no time: then everything is asked for. */
export function utcStamp(since: string): string | null {
  const at = Date.parse(since)
  if (Number.isNaN(at)) return null
  const text = new Date(at).toISOString()
  return /^\d{4}-/.test(text) ? text : null
}

/**
 * From before the sweep began, and never later than the newest change received: a server whose stamps lag behind its
 * clock is not asked for a time that it has not reached.
 */
function followUpSince(at: Position): string | null {
  const since = Date.parse(cappedWatermark(at) ?? at.startedAt ?? '')
  return Number.isNaN(since) ? null : new Date(since - FOLLOW_UP_SLACK_MS).toISOString()
}

/** A record that claims to have been changed in 2099 must not hide everything that changes before. */
function isCredible(stamp: string | null, now: number): boolean {
  return stamp !== null && !(Date.parse(stamp) > now + CREDIBLE_MS)
}

function isCursorRefused(failure: VendorFailure): boolean {
  return failure.code === 'refused' || (failure.code === 'not-found' && failure.status === 410)
}

function orderAfter(
  at: Position,
  stamps: readonly (string | null)[],
): { readonly ascending: boolean; readonly lastKey: string | null } {
  let { ascending, lastKey } = at
  for (const stamp of stamps) {
    const key = orderKeyOf(stamp)
    if (key === null || (lastKey !== null && key < lastKey)) ascending = false
    if (key !== null) lastKey = key
  }
  return { ascending, lastKey }
}

/** The newest of these, as the vendor wrote it. */
function newest(stamps: readonly (string | null)[]): string | null {
  return stamps.reduce((max, stamp) => ((orderKeyOf(stamp) ?? '') > (orderKeyOf(max) ?? '') ? stamp : max), null)
}

function cappedWatermark(at: Position): string | null {
  const mark = orderKeyOf(at.watermark)
  const limit = orderKeyOf(at.startedAt)
  return mark !== null && limit !== null && mark > limit ? at.startedAt : at.watermark
}
