import type { PullEnd, PulledPage } from '../../electron/connectors/connector.ts'
import { pullCursor } from '../../electron/connectors/paging/cursor.ts'
import { pullOffset } from '../../electron/connectors/paging/offset.ts'
import { pullPageNumbers } from '../../electron/connectors/paging/page-number.ts'
import { NO_FACTS, proofOf } from '../../electron/connectors/paging/sweep-facts.ts'
import type { ReadRecord } from '../../electron/connectors/reading/read-records.ts'
import type { VendorFailure } from '../../shared/app-error.ts'
import type { Random } from '../../shared/clock.ts'
import { remoteIdSchema } from '../../shared/ids.ts'
import type { JsonValue } from '../../shared/json.ts'
import type { RemoteRecord } from '../../shared/model/record.ts'
import { ok, type Result } from '../../shared/result.ts'

/**
 * A vendor's list that changes between any two pages, behind the real paging of the connectors. Small and without a
 * socket, so that tens of thousands of courses of events can be tried.
 */
export interface Row {
  readonly [name: string]: JsonValue
  readonly id: string
  /** Seconds; the order of the list by creation. */
  readonly key: number
  /** The order of the list by change, or by nothing in particular. */
  readonly rank: number
}

export const LISTS = [
  'offset',
  'offset-ties',
  'pages',
  'pages-moving',
  'cursor-oldest',
  'cursor-newest',
  'single',
] as const
export type ListKind = (typeof LISTS)[number]

export interface ListServer {
  readonly has: (id: string) => boolean
  readonly ids: () => readonly string[]
  readonly now: () => number
  readonly wait: (ms: number) => void
  /** Chance of a change before a page, from here on. */
  readonly setChurn: (rate: number) => void
  readonly remove: () => string | null
  readonly sweep: () => Promise<{ readonly seen: ReadonlySet<string>; readonly end: PullEnd | null }>
}

const START = Date.UTC(2024, 0, 1)
const PAGE_MS = 2_000

export function createListServer(kind: ListKind, random: Random, count: number, pageSize: number): ListServer {
  let now = START
  let churn = 0
  let next = 1
  const rows: Row[] = []
  const below = (n: number): number => Math.floor(random.next() * n)
  const keyOf = (n: number): number => (kind === 'offset-ties' ? below(4) : n)
  const add = (): void => {
    const n = next++
    // Now and then one that is older than others, as an import brings it.
    const key = random.next() < 0.2 ? below(n) + 0.5 : keyOf(n)
    rows.push({ id: `r${n}`, key, rank: random.next() < 0.5 ? n : random.next() * n })
  }
  for (let i = 0; i < count; i++) add()

  const remove = (): string | null => {
    const [gone] = rows.splice(below(rows.length), 1)
    return gone?.id ?? null
  }
  const change = (): void => {
    while (random.next() < churn) {
      const luck = random.next()
      if (luck < 0.45) remove()
      else if (luck < 0.7) add()
      else if (luck < 0.85) {
        remove()
        add()
      } else {
        const at = below(rows.length)
        const row = rows[at]
        if (row !== undefined) rows[at] = { ...row, rank: next++ }
      }
    }
  }
  const ordered = (): readonly Row[] => {
    const by = kind.startsWith('offset') ? 'key' : kind === 'pages' ? null : 'rank'
    if (by === null) return rows
    const sign = kind === 'cursor-newest' ? -1 : 1
    // Rows of one key stand in no order that could be relied on, while anything changes.
    const tie = (): number => (churn > 0 && random.next() < 0.5 ? -1 : 1)
    return [...rows].sort((a, b) => sign * (a[by] - b[by]) || tie())
  }
  const page = (): readonly Row[] => {
    now += PAGE_MS
    change()
    return ordered()
  }

  const pull = (): AsyncIterable<Result<PulledPage, VendorFailure>> => {
    const common = { path: 'data', read, position: null }
    switch (kind) {
      case 'offset':
      case 'offset-ties':
        return pullOffset({
          ...common,
          limit: pageSize,
          fetchPage: async ({ limit, offset }) => {
            const list = page()
            return ok({ items: list.slice(offset, offset + limit), total: list.length })
          },
        })
      case 'pages':
      case 'pages-moving':
        return pullPageNumbers({
          ...common,
          fetchPage: async (number) => {
            const list = page()
            return ok({
              items: list.slice((number - 1) * pageSize, number * pageSize),
              currentPage: number,
              pageSize,
              totalCount: list.length,
              totalPages: Math.ceil(list.length / pageSize),
            })
          },
        })
      case 'cursor-oldest':
      case 'cursor-newest':
        return pullCursor({
          ...common,
          start: { kind: 'full', position: null, since: null },
          statusOptions: () => [],
          now: () => now,
          fetchPage: async ({ cursor, since }) => {
            const list = page()
            const sign = kind === 'cursor-newest' ? -1 : 1
            const from = since === null ? Number.NEGATIVE_INFINITY : (Date.parse(since) - START) / 1000
            const after = cursor === null ? null : Number(cursor)
            const left = list.filter((row) => row.rank >= from && (after === null || sign * row.rank > sign * after))
            const items = left.slice(0, pageSize)
            const last = items.at(-1)
            const isLast = left.length <= pageSize || last === undefined
            return ok({ items, cursor: isLast ? null : String(last.rank), serverDate: stamp(next) })
          },
        })
      case 'single':
        return (async function* () {
          const list = page()
          const records = list.flatMap((row) => {
            const record = read(row)
            return record.ok ? [record.value] : []
          })
          const end = { ...proofOf(NO_FACTS, 'snapshot', list.length), watermark: null }
          yield ok({ records, problems: [], position: null, total: null, pages: null, statusOptions: [], end })
        })()
    }
  }

  return {
    has: (id) => rows.some((row) => row.id === id),
    ids: () => rows.map((row) => row.id),
    now: () => now,
    wait: (ms) => {
      now += ms
    },
    setChurn: (rate) => {
      churn = rate
    },
    remove,
    sweep: async () => {
      const seen = new Set<string>()
      let end: PullEnd | null = null
      for await (const pulled of pull()) {
        if (!pulled.ok) return { seen, end: null }
        for (const record of pulled.value.records) seen.add(record.remoteId)
        end = pulled.value.end
      }
      return { seen, end }
    },
  }
}

function stamp(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString()
}

const records = new WeakMap<object, RemoteRecord>()

/** Each row is read once: it is the sweeps that are looked at here. */
const read: ReadRecord = (raw) => {
  const row = raw as Row
  const known = records.get(row)
  if (known !== undefined) return ok(known)
  const record: RemoteRecord = {
    remoteId: remoteIdSchema.parse(row.id),
    fields: {},
    fallbackName: null,
    avatarUrl: null,
    createdAt: stamp(row.key),
    updatedAt: stamp(row.rank),
    lastActivityAt: null,
    owner: null,
    extra: [],
    raw,
  }
  records.set(row, record)
  return ok(record)
}
