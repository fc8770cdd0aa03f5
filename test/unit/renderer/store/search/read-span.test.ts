import { expect, test } from 'vitest'
import { readSpan, resolveSpan } from '../../../../../renderer/store/search/query/read-span.ts'

const local = (year: number, month: number, date: number): number => new Date(year, month - 1, date).getTime()
const NOW = new Date(2026, 2, 1, 15, 30).getTime()

function resolved(text: string): readonly [number, number] {
  const read = readSpan(text, false)
  if (read.ok !== true) throw new Error(`${text} is not read`)
  const { from, until } = resolveSpan(read.span, NOW)
  return [from, until]
}

const EVER = Number.POSITIVE_INFINITY

test.each([
  ['2026-01-31', local(2026, 1, 31), local(2026, 2, 1)],
  ['2026-1', local(2026, 1, 1), local(2026, 2, 1)],
  ['2026', local(2026, 1, 1), local(2027, 1, 1)],
  ['>2026-01-01', local(2026, 1, 2), EVER],
  ['>=2026-01-01', local(2026, 1, 1), EVER],
  ['<2026-12', -EVER, local(2026, 12, 1)],
  ['<=2026-12', -EVER, local(2027, 1, 1)],
  ['2026-01..2026-03', local(2026, 1, 1), local(2026, 4, 1)],
  ['2025-12-31..', local(2025, 12, 31), EVER],
  ['..2025', -EVER, local(2026, 1, 1)],
  ['today', local(2026, 3, 1), local(2026, 3, 2)],
  ['Yesterday', local(2026, 2, 28), local(2026, 3, 1)],
  ['2026-02..today', local(2026, 2, 1), local(2026, 3, 2)],
  ['>=yesterday', local(2026, 2, 28), EVER],
  ['７d', NOW - 7 * 86_400_000, EVER],
  ['24 h', NOW - 86_400_000, EVER],
])('%s is a stretch of the own calendar', (text, from, until) => {
  expect(resolved(text)).toEqual([from, until])
})

test.each(['', '..', '2026-13', '2025-02-29', '31.01.2026', '01/02/2026', '>7d', 'today..yesterday', '2026-01..soon'])(
  '%j is none',
  (text) => {
    expect(readSpan(text, false).ok).not.toBe(true)
  },
)
