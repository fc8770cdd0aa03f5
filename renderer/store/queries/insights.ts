import type { SourceId } from '../../../shared/ids.ts'
import type { RunRow } from '../rows.ts'
import type { StoreContext } from '../store-context.ts'
import type { ClientRow, InsightsView } from '../store-contract.ts'
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
  const byStatus = new Map<string, { status: ClientRow['status']; group: Group; clients: number }>()
  const months = lastMonths(now)
  const byMonth = new Map(months.map((month) => [month, 0]))
  let withoutCreationDate = 0
  for (const row of view.all()) {
    const sourceId = row.sourceIds[0] ?? null
    bySource.set(sourceId, (bySource.get(sourceId) ?? 0) + 1)
    const group = groupOf(context, row)
    const key = `${group}|${row.status?.label ?? ''}`
    const known = byStatus.get(key)
    if (known === undefined) byStatus.set(key, { status: row.status, group, clients: 1 })
    else known.clients++
    if (row.createdAt === null) withoutCreationDate++
    else {
      const month = monthOf(row.createdAt)
      const count = byMonth.get(month)
      if (count !== undefined) byMonth.set(month, count + 1)
    }
  }
  return {
    asOf: now,
    clients: view.size(),
    bySource: [...bySource].map(([sourceId, clients]) => ({ sourceId, clients })).sort((a, b) => b.clients - a.clients),
    byStatus: [...byStatus.values()].sort((a, b) => b.clients - a.clients),
    byMonth: months.map((month) => ({ month, clients: byMonth.get(month) ?? 0 })),
    withoutCreationDate,
    edits: counts.edits,
    oldestEditAt: counts.oldestEditAt,
    health: [...book.sources.keys()].map((sourceId) => ({
      sourceId,
      hours: hoursOf([...book.runs.values()], sourceId, now),
    })),
  }
}

function groupOf({ book }: StoreContext, row: ClientRow): Group {
  if (row.status === null) return 'none'
  const sourceId = row.sourceIds[0]
  const kind = sourceId === undefined ? 'status' : (book.sources.get(sourceId)?.board ?? 'status')
  if (kind === 'stage') return 'pipeline'
  if (kind === 'lead-status') return 'lead'
  const id = row.status.id.toLowerCase()
  return id === 'active' || id === 'paused' || id === 'inactive' ? id : 'none'
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
