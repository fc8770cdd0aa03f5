import type { InsightsView } from '../../store/store-contract.ts'

export type StatusGroup = InsightsView['byStatus'][number]['group']
export type HealthMark = InsightsView['health'][number]['hours'][number]

/** Order and words of the groups that statuses of all vendors are gathered in. */
export const STATUS_GROUPS: readonly { readonly group: StatusGroup; readonly label: string }[] = [
  { group: 'active', label: 'Active' },
  { group: 'pipeline', label: 'In pipeline or won' },
  { group: 'lead', label: 'Lead or qualified' },
  { group: 'paused', label: 'Paused' },
  { group: 'inactive', label: 'Inactive' },
  { group: 'none', label: 'No status' },
]

export interface StatusGroupFigure {
  readonly group: StatusGroup
  readonly label: string
  readonly clients: number
  /** Names of the statuses gathered here, most clients first. */
  readonly statuses: readonly { readonly label: string; readonly clients: number }[]
}

/** Statuses gathered in their groups, in fixed order, groups without a client left out. */
export function statusGroups(byStatus: InsightsView['byStatus']): readonly StatusGroupFigure[] {
  return STATUS_GROUPS.map(({ group, label }) => {
    const members = byStatus.filter((entry) => entry.group === group && entry.clients > 0)
    return {
      group,
      label,
      clients: members.reduce((sum, entry) => sum + entry.clients, 0),
      statuses: members
        .map((entry) => ({ label: entry.status?.label ?? 'No status', clients: entry.clients }))
        .sort((a, b) => b.clients - a.clients),
    }
  }).filter((figure) => figure.clients > 0)
}

/** Hours of one source that have a finished or running sync, and those of them that went through at once. */
export function healthCount(hours: readonly HealthMark[]): { readonly complete: number; readonly of: number } {
  return {
    complete: hours.filter((hour) => hour === 'complete').length,
    of: hours.filter((hour) => hour !== 'none').length,
  }
}

/** The same over all sources. */
export function totalHealth(health: InsightsView['health']): { readonly complete: number; readonly of: number } {
  let complete = 0
  let of = 0
  for (const source of health) {
    const count = healthCount(source.hours)
    complete += count.complete
    of += count.of
  }
  return { complete, of }
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** `2026-11` → `November`, or the text itself where it is none. */
export function monthName(month: string): string {
  const index = Number(month.slice(5, 7)) - 1
  return MONTHS[index] ?? month
}

/** `2026-11` → `Nov`. */
export function shortMonth(month: string): string {
  return monthName(month).slice(0, 3)
}

/** `21 more than October`, `3 fewer than October`, `as many as October`. */
export function monthComparison(byMonth: InsightsView['byMonth'], count: (value: number) => string): string | null {
  const current = byMonth.at(-1)
  const previous = byMonth.at(-2)
  if (current === undefined || previous === undefined) return null
  const difference = current.clients - previous.clients
  const name = monthName(previous.month)
  if (difference === 0) return `as many as ${name}`
  return difference > 0 ? `${count(difference)} more than ${name}` : `${count(-difference)} fewer than ${name}`
}
