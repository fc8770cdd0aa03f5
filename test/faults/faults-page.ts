import type { Fault } from './catalogue.ts'

/** A test that was run: its title, the file it stands in, and whether it passed. */
export interface TestRun {
  readonly title: string
  readonly file: string
  readonly passed: boolean
}

export interface FaultsPage {
  readonly text: string
  /** Numbers without a passing test and without a reason. */
  readonly missing: readonly string[]
  /** Numbers that a failed test bears. */
  readonly failed: readonly string[]
  readonly tests: number
}

const NUMBERS = /^(?:F\d{3}[\s,/–-]*)+/

/** `F001 F002 never sent: stays queued` → its numbers and the outcome it claims. */
export function readTitle(title: string): { readonly numbers: readonly string[]; readonly outcome: string } {
  const head = NUMBERS.exec(title)?.[0] ?? ''
  return { numbers: head.match(/F\d{3}/g) ?? [], outcome: title.slice(head.length).replace(/^[:\s]+/, '') }
}

/** The catalogue joined with the tests that bear its numbers, as a page (docs/faults.md). Pure. */
export function faultsPage(
  faults: readonly Fault[],
  notApplicable: Readonly<Record<string, string>>,
  runs: readonly TestRun[],
): FaultsPage {
  const byNumber = new Map<string, { readonly outcome: string; readonly file: string; readonly passed: boolean }[]>()
  for (const { title, file, passed } of runs) {
    const { numbers, outcome } = readTitle(title)
    for (const number of numbers) {
      const list = byNumber.get(number) ?? []
      list.push({ outcome, file, passed })
      byNumber.set(number, list)
    }
  }
  const missing: string[] = []
  const failed: string[] = []
  const used = new Set<string>()
  const rows = faults.map(({ number, fault, expected, checks }) => {
    const found = (byNumber.get(number) ?? []).toSorted((a, b) => order(a.file, b.file) || order(a.outcome, b.outcome))
    if (found.some((test) => !test.passed)) failed.push(number)
    const passed = found.filter((test) => test.passed)
    const reason = notApplicable[number]
    for (const test of passed) used.add(`${test.file} ${test.outcome}`)
    if (passed.length === 0 && reason === undefined) missing.push(number)
    const outcome =
      passed.length > 0
        ? passed.map((test) => `${cell(test.outcome)} (\`${test.file}\`)`).join('<br>')
        : reason === undefined
          ? '**no test**'
          : `not applicable: ${cell(reason)}`
    return `| ${number} | ${cell(fault)} | ${cell(expected)} | ${cell(checks)} | ${outcome} |`
  })
  const without = Object.keys(notApplicable).filter((number) => (byNumber.get(number) ?? []).length === 0)
  const text = [
    '# Faults, and what becomes of them',
    '',
    'Written by the test run (`npm test`), from the catalogue of faults and the tests that bear its numbers. Do not edit.',
    '',
    `${faults.length} faults: ${faults.length - without.length - missing.length} shown by ${used.size} tests, ${without.length} not applicable${missing.length === 0 ? '' : `, ${missing.length} without a test`}.`,
    '',
    '| number | fault | expected | invariants | outcome |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
  return { text, missing, failed, tests: used.size }
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim()
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
