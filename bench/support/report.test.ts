import { describe, expect, it } from 'vitest'
import type { SavedFigure } from './figures.ts'
import { type Goal, goalTable, judge } from './goals.ts'
import { readOptions, sizeName } from './options.ts'
import { percentile } from './percentile.ts'
import { tablesOf } from './table.ts'

function figure(subject: string, size: number, values: Record<string, number | null>): SavedFigure {
  return { group: 'search', subject, size, values, notes: [], at: '2026-01-01T00:00:00Z', load: 1, browser: 'Chromium' }
}

const FIGURES = [
  figure('ours', 1_000, { 'q ms': 2, 'saved MB': 3 }),
  figure('scan', 1_000, { 'q ms': 8, 'saved MB': null }),
]
const GOAL: Goal = {
  group: 'search',
  size: 1_000,
  what: 'quick',
  column: 'q ms',
  against: { subject: 'scan' },
  limit: { atMost: 1 / 5 },
}

describe('the report', () => {
  it('judges a goal by the ratio of one run, and says by how much it is missed', () => {
    expect(judge(FIGURES, [GOAL])).toEqual([{ goal: GOAL, value: 0.25, limit: 0.2, met: false }])
    expect(goalTable(judge(FIGURES, [GOAL]))).toContain('missed 1.25 ×')
    expect(judge(FIGURES, [{ ...GOAL, limit: { atMost: 1 / 4 } }])[0]?.met).toBe(true)
    expect(judge(FIGURES, [{ ...GOAL, limit: { atLeast: 0.5 } }])[0]?.met).toBe(false)
  })

  it('judges nothing of which one side was not measured', () => {
    expect(judge(FIGURES, [{ ...GOAL, size: 2_000 }])).toEqual([])
    expect(judge(FIGURES, [{ ...GOAL, column: 'saved MB' }])).toEqual([])
  })

  it('puts ours first, others with their multiple of it, and marks what could not be done', () => {
    const lines = tablesOf(FIGURES).split('\n')
    expect(lines[0]).toBe('### 1k clients')
    expect(lines[4]).toMatch(/^\| ours +\| +2 \| +3 \|$/)
    expect(lines[5]).toMatch(/^\| scan \| 8 \(4×\) \| +✗ \|$/)
  })
})

describe('options', () => {
  it('reads groups, sizes and engines', () => {
    expect(readOptions(['search', '--sizes', '1m,10k', '--engines', 'ours,flexsearch full', '--keep'])).toMatchObject({
      groups: ['search'],
      sizes: [10_000, 1_000_000],
      sizesNamed: true,
      engines: ['ours', 'flexsearch full'],
      fresh: false,
    })
    expect(readOptions([])).toMatchObject({
      groups: ['search', 'store', 'pull', 'app'],
      sizesNamed: false,
      engines: null,
    })
  })

  it('refuses what it does not know', () => {
    expect(() => readOptions(['serach'])).toThrow('serach')
    expect(() => readOptions(['--sizes', 'many'])).toThrow('many')
  })

  it('names sizes as they are typed', () => {
    expect([5, 10_000, 1_000_000, 1_500_000].map(sizeName)).toEqual(['5', '10k', '1m', '1500k'])
  })
})

describe('percentiles', () => {
  it('takes the value below which so many lie', () => {
    const values = Array.from({ length: 100 }, (_, at) => 100 - at)
    expect([0, 50, 95, 99, 100].map((percent) => percentile(values, percent))).toEqual([1, 51, 96, 100, 100])
    expect(percentile([], 50)).toBeNull()
  })
})
