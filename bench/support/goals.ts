import type { SavedFigure } from './figures.ts'
import { type Group, sizeName } from './options.ts'
import { markdown, number, OURS } from './table.ts'

/** A goal of PERFORMANCE.md: a value of ours, as such or as a multiple of another's in the same run. */
export interface Goal {
  readonly group: Group
  readonly size: number
  readonly what: string
  readonly subject?: string
  readonly column: string
  /** Whose value of the same column it is compared with, at `size` or at another size. */
  readonly against?: { readonly subject: string; readonly size?: number; readonly column?: string }
  /** At most (costs) or at least (recall, rows per second) so much, or so many times the other's. */
  readonly limit: { readonly atMost: number } | { readonly atLeast: number }
}

const K100 = 100_000
const M1 = 1_000_000
const FORWARD = 'flexsearch'

export const GOALS: readonly Goal[] = [
  // search
  ...[K100, M1].flatMap((size): Goal[] => [
    {
      group: 'search',
      size,
      what: 'search p95 against FlexSearch',
      column: 'q p95 ms',
      against: { subject: FORWARD },
      limit: { atMost: size === M1 ? 1 / 4 : 1 / 3 },
    },
    { group: 'search', size, what: 'best@10', column: 'best@10', limit: { atLeast: 0.98 } },
    { group: 'search', size, what: 'valid@10', column: 'valid@10', limit: { atLeast: 0.98 } },
    { group: 'search', size, what: 'best@10 in the weakest class', column: 'worst best@10', limit: { atLeast: 0.95 } },
    {
      group: 'search',
      size,
      what: 'valid@10 in the weakest class',
      column: 'worst valid@10',
      limit: { atLeast: 0.95 },
    },
    { group: 'search', size, what: 'index saved, of folded text', column: 'saved / text', limit: { atMost: 1.5 } },
    {
      group: 'search',
      size,
      what: 'one client changed → searchable',
      column: 'update ms',
      limit: { atMost: size === M1 ? 2 : 1 },
    },
  ]),
  {
    group: 'search',
    size: K100,
    what: 'search p99 against FlexSearch',
    column: 'q p99 ms',
    against: { subject: FORWARD },
    limit: { atMost: 1 / 3 },
  },
  { group: 'search', size: M1, what: 'search p99 within a frame', column: 'q p99 ms', limit: { atMost: 16 } },
  {
    group: 'search',
    size: K100,
    what: 'build against uFuzzy',
    column: 'build s',
    against: { subject: 'ufuzzy' },
    limit: { atMost: 2 },
  },
  {
    group: 'search',
    size: M1,
    what: 'build against that at 100k',
    column: 'build s',
    against: { subject: OURS, size: K100 },
    limit: { atMost: 11 },
  },
  {
    group: 'search',
    size: K100,
    what: 'restore to first answer against uFuzzy',
    column: 'restore ms',
    against: { subject: 'ufuzzy' },
    limit: { atMost: 1 / 4 },
  },
  {
    group: 'search',
    size: M1,
    what: 'restore to first answer against a plain scan',
    column: 'restore ms',
    against: { subject: 'scan' },
    limit: { atMost: 1 / 4 },
  },
  {
    group: 'search',
    size: K100,
    what: 'memory against uFuzzy',
    column: 'memory MB',
    against: { subject: 'ufuzzy' },
    limit: { atMost: 1 },
  },
  {
    group: 'search',
    size: M1,
    what: 'memory against FlexSearch',
    column: 'memory MB',
    against: { subject: FORWARD },
    limit: { atMost: 1 / 3 },
  },
  // app
  ...[K100, M1].flatMap((size): Goal[] => [
    {
      group: 'app',
      size,
      what: 'keystroke → painted results, in frames',
      column: 'key p95 frames',
      limit: { atMost: 2 },
    },
    {
      group: 'app',
      size,
      what: 'scroll: frames of those of an empty page',
      column: 'scroll frames share',
      limit: { atLeast: 0.95 },
    },
    {
      group: 'app',
      size,
      what: 'scroll: longest task',
      column: 'scroll longest task ms',
      limit: { atMost: 50 },
    },
  ]),
  {
    group: 'app',
    size: M1,
    what: 'cold start to 50 rows against an empty book',
    column: 'start ms',
    against: { subject: 'empty book' },
    limit: { atMost: 4 },
  },
  // pull, store
  ...[K100, M1].flatMap((size): Goal[] => [
    {
      group: 'pull',
      size,
      what: 'pull, end to end and durable, against fetch alone',
      column: 'docs/s',
      against: { subject: 'fetch alone' },
      limit: { atLeast: size === M1 ? 0.5 : 0.65 },
    },
    {
      group: 'pull',
      size,
      what: 're-pull of unchanged data against fetch alone',
      subject: 'ours, nothing new',
      column: 'docs/s',
      against: { subject: 'fetch alone' },
      limit: { atLeast: 0.8 },
    },
  ]),
  {
    group: 'pull',
    size: K100,
    what: 'pull against RxDB',
    column: 'docs/s',
    against: { subject: 'rxdb' },
    limit: { atLeast: 8 },
  },
  {
    group: 'store',
    size: K100,
    what: 'insert in batches of 100 against Dexie rows',
    column: 'rows/s in',
    against: { subject: 'dexie rows' },
    limit: { atLeast: 8 },
  },
  {
    group: 'store',
    size: K100,
    what: 'read all back against Dexie rows',
    column: 'read all ms',
    against: { subject: 'dexie rows' },
    limit: { atMost: 1 / 3 },
  },
  {
    group: 'store',
    size: K100,
    what: 'update of one client, durable, against raw IndexedDB',
    column: 'update p50 ms',
    against: { subject: 'raw indexeddb' },
    limit: { atMost: 1 },
  },
  {
    group: 'store',
    size: K100,
    what: 'disk against Dexie rows',
    column: 'disk MB',
    against: { subject: 'dexie rows' },
    limit: { atMost: 1 / 3 },
  },
  {
    group: 'store',
    size: K100,
    what: 'cold start to the first 50 rows against Dexie rows',
    column: 'open + 50 ms',
    against: { subject: 'dexie rows' },
    limit: { atMost: 1 / 2 },
  },
]

export interface Judged {
  readonly goal: Goal
  readonly value: number
  readonly limit: number
  readonly met: boolean
}

/** Goals for which there are figures. */
export function judge(figures: readonly SavedFigure[], goals: readonly Goal[] = GOALS): readonly Judged[] {
  return goals.flatMap((goal): Judged[] => {
    const { against } = goal
    const value = find(figures, goal, goal.subject ?? OURS, goal.size, goal.column)
    const other =
      against === undefined
        ? 1
        : find(figures, goal, against.subject, against.size ?? goal.size, against.column ?? goal.column)
    if (value === null || other === null) return []
    const ratio = value / other
    const atMost = 'atMost' in goal.limit
    const limit = 'atMost' in goal.limit ? goal.limit.atMost : goal.limit.atLeast
    return [{ goal, value: ratio, limit, met: atMost ? ratio <= limit : ratio >= limit }]
  })
}

export function goalTable(judged: readonly Judged[]): string {
  return markdown(
    ['goal', 'clients', 'limit', 'measured', 'result'],
    judged.map(({ goal, value, limit, met }) => {
      const unit = goal.against === undefined ? '' : ' ×'
      const sign = 'atMost' in goal.limit ? '≤' : '≥'
      const off = 'atMost' in goal.limit ? value / limit : limit / value
      return [
        goal.what,
        sizeName(goal.size),
        `${sign} ${number(limit)}${unit}`,
        `${number(value)}${unit}`,
        met ? 'met' : `missed ${number(off)} ×`,
      ]
    }),
  )
}

function find(
  figures: readonly SavedFigure[],
  goal: Goal,
  subject: string,
  size: number,
  column: string,
): number | null {
  const figure = figures.find((one) => one.group === goal.group && one.subject === subject && one.size === size)
  return figure?.values[column] ?? null
}
