import type { SourceId } from '../../../shared/ids.ts'
import { statusOptionsOf } from '../projection/client-row.ts'
import { type Columns, NO_INSTANT } from '../projection/line-columns.ts'
import { statusView } from '../projection/status-view.ts'
import type { RunRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import type { InsightsView, StatusView } from '../store-contract.ts'
import { storeCounts } from './counts.ts'

const HOUR_MS = 3_600_000
const HOURS = 24
const MONTHS = 12
type Group = InsightsView['byStatus'][number]['group']
type Mark = InsightsView['health'][number]['hours'][number]

/** A few honest figures, counted from what is on this device. */
export function insights(context: StoreContext): InsightsView {
  const { book, view, clock, guard, copies } = context
  const now = clock.now()
  const counts = storeCounts(book, view, guard.state(), copies.pending().length, now)
  const bySource = new Map<SourceId | null, number>([...book.sources.keys()].map((id) => [id, 0]))
  const byStatus = new Map<string, { status: StatusView | null; group: Group; clients: number }>()
  const months = lastMonths(now)
  for (const [number, kind] of view.words.kinds().entries()) {
    const clients = view.words.linesOfKind(number)
    if (clients === 0) continue
    const sourceId = kind.here ? null : kind.sourceId
    bySource.set(sourceId, (bySource.get(sourceId) ?? 0) + clients)
    const status = kind.status === null ? null : statusView(kind.status, statusOptionsOf(book, kind.sourceId))
    const group = groupOf(context, sourceId, status)
    const key = `${group}|${status?.label ?? ''}`
    const known = byStatus.get(key)
    if (known === undefined) byStatus.set(key, { status, group, clients })
    else known.clients += clients
  }
  const { inMonth, withoutCreationDate } = countCreated(view.columns(), months)
  return {
    asOf: now,
    clients: view.size(),
    bySource: [...bySource].map(([sourceId, clients]) => ({ sourceId, clients })).sort((a, b) => b.clients - a.clients),
    byStatus: [...byStatus.values()].sort((a, b) => b.clients - a.clients),
    byMonth: months.map((month, i) => ({ month, clients: inMonth[i] ?? 0 })),
    withoutCreationDate,
    edits: counts.edits,
    oldestEditAt: counts.oldestEditAt,
    health: [...book.sources.keys()].map((sourceId) => ({
      sourceId,
      hours: hoursOf([...book.runs.values()], sourceId, now),
    })),
  }
}

function groupOf({ book }: StoreContext, sourceId: SourceId | null, status: StatusView | null): Group {
  if (status === null) return 'none'
  const kind = sourceId === null ? 'status' : (book.sources.get(sourceId)?.board ?? 'status')
  if (kind === 'stage') return 'pipeline'
  if (kind === 'lead-status') return 'lead'
  const id = status.id.toLowerCase()
  return id === 'active' || id === 'paused' || id === 'inactive' ? id : 'none'
}

/** One pass over a column: how many clients were made in each of these months, oldest first, and how many nobody knows of. */
function countCreated({ flags, created }: Columns, months: readonly string[]) {
  const starts = months.map((month) => Date.parse(`${month}-01T00:00:00Z`))
  const first = starts[0] ?? 0
  const last = new Date(starts.at(-1) ?? 0)
  const end = Date.UTC(last.getUTCFullYear(), last.getUTCMonth() + 1, 1)
  const inMonth = months.map(() => 0)
  let withoutCreationDate = 0
  for (let slot = 0; slot < flags.length; slot++) {
    if (flags[slot] === 0) continue
    const at = created[slot] ?? NO_INSTANT
    if (at === NO_INSTANT) withoutCreationDate++
    else if (at >= first && at < end) {
      let month = starts.length - 1
      while (month > 0 && at < (starts[month] ?? 0)) month--
      inMonth[month] = (inMonth[month] ?? 0) + 1
    }
  }
  return { inMonth, withoutCreationDate }
}

function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, 7)
}

function lastMonths(now: number): readonly string[] {
  const today = new Date(now)
  return Array.from({ length: MONTHS }, (_, i) =>
    monthOf(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - (MONTHS - 1 - i), 1)),
  )
}

function hoursOf(runs: readonly RunRow[], sourceId: SourceId, now: number): readonly Mark[] {
  const first = Math.floor(now / HOUR_MS) - (HOURS - 1)
  return Array.from({ length: HOURS }, (_, i) => {
    const from = (first + i) * HOUR_MS
    const own = runs.filter((run) => {
      const at = run.endedAt ?? run.startedAt
      return run.sourceId === sourceId && at >= from && at < from + HOUR_MS
    })
    return markOf(own)
  })
}

function markOf(runs: readonly RunRow[]): Mark {
  const complete = runs.some((run) => run.outcome === 'complete')
  const failed = runs.some((run) => run.outcome === 'partial' || run.outcome === 'void')
  if (complete) return failed ? 'retried' : 'complete'
  if (failed) return 'failed'
  return runs.length > 0 ? 'running' : 'none'
}
