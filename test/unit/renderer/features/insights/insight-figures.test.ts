import { describe, expect, it } from 'vitest'
import {
  healthCount,
  monthComparison,
  shortMonth,
  statusGroups,
} from '../../../../../renderer/features/insights/insight-figures.ts'

const vendor = (label: string) => ({ id: label, label, tone: 'vendor', color: '#8b6fd6' }) as const

describe('statusGroups', () => {
  it('gathers the names of the sources without losing a client', () => {
    const groups = statusGroups([
      { status: vendor('Won'), group: 'pipeline', clients: 30 },
      { status: { id: 'active', label: 'Active', tone: 'active', color: null }, group: 'active', clients: 372 },
      { status: vendor('Proposal'), group: 'pipeline', clients: 160 },
      { status: null, group: 'none', clients: 140 },
      { status: vendor('Lost'), group: 'inactive', clients: 0 },
    ])
    expect(groups.map((group) => [group.label, group.clients])).toEqual([
      ['Active', 372],
      ['In pipeline or won', 190],
      ['No status', 140],
    ])
    expect(groups[1]?.statuses.map((status) => status.label)).toEqual(['Proposal', 'Won'])
  })
})

describe('healthCount', () => {
  it('counts hours that have a sync, and those that went through at once', () => {
    expect(healthCount(['none', 'complete', 'retried', 'failed', 'complete', 'running'])).toEqual({
      complete: 2,
      of: 5,
    })
    expect(healthCount([])).toEqual({ complete: 0, of: 0 })
  })
})

describe('monthComparison', () => {
  const months = (previous: number, current: number) => [
    { month: '2026-10', clients: previous },
    { month: '2026-11', clients: current },
  ]
  it('says which way', () => {
    expect(monthComparison(months(117, 138), String)).toBe('21 more than October')
    expect(monthComparison(months(5, 2), String)).toBe('3 fewer than October')
    expect(monthComparison(months(5, 5), String)).toBe('as many as October')
  })
  it('says nothing without a month before', () => {
    expect(monthComparison([{ month: '2026-11', clients: 3 }], String)).toBeNull()
  })
  it('crosses the year', () => {
    expect(shortMonth('2025-12')).toBe('Dec')
    expect(shortMonth('2026-01')).toBe('Jan')
  })
})
