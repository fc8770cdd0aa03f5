import { expect, test } from 'vitest'
import { problemText } from '../../../../renderer/shell/problem-text.ts'
import { parseQuery } from '../../../../renderer/store/search/parse-query.ts'
import type { QueryProblem } from '../../../../renderer/store/search/query/query.ts'
import { unusedValues } from '../../../../renderer/store/search/query/unused-values.ts'

const CASES: Readonly<Record<QueryProblem['code'], string>> = {
  'unknown-field': 'foo:bar ',
  'minus-word': '-acme ',
  'unknown-value': 'is:wating ',
  'no-value': 'company: acme',
  'bad-date': 'updated:soon ',
  'no-such-day': 'created:>2026-13-01 ',
  'range-backwards': 'created:2026-03..2026-01 ',
  'compared-age': 'updated:<7d ',
  'no-digits': 'phone:ann ',
  'two-of-one': 'status:a status:b ',
  'nobody-has': 'tag:zebra ',
}

test('every problem says what is wrong with what was typed, and how it is written', () => {
  for (const [code, typed] of Object.entries(CASES)) {
    const query = parseQuery(typed)
    const problems = [...query.problems, ...unusedValues(query, { status: null, source: null, tag: [] })]
    expect(
      problems.map((problem) => problem.code),
      typed,
    ).toEqual([code])
    const [what, how] = problems
      .map(problemText)
      .join('')
      .split(/(?<=[.”])[.:]? (?=[A-Z])/)
    expect(what).toMatch(/[“0-9]|two statuses/)
    expect(how?.length ?? 0, typed).toBeGreaterThan(15)
  }
})

test('the time that no calendar has is shown with the way to write one', () => {
  const [problem] = parseQuery('created:>2026-13-01 ').problems
  expect(problem === undefined ? '' : problemText(problem)).toBe(
    'The calendar has no “2026-13-01”. Write a day as 2026-01-31, a month as 2026-01.',
  )
})
