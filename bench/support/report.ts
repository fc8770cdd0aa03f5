import { readFileSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { loadFigures, type SavedFigure } from './figures.ts'
import { goalTable, judge } from './goals.ts'
import { type Group, sizeName } from './options.ts'
import { ROOT } from './run-app.ts'
import { markdown, number, OURS, tablesOf } from './table.ts'

const FILE = join(ROOT, 'docs/performance.md')
const BEGIN = '<!-- figures: npm run bench -- report --docs -->'
const END = '<!-- /figures -->'

/** All tables of these groups and the goals that their figures bear on. */
export function report(groups: readonly Group[]): string {
  const shown = groups.filter((group) => loadFigures(group).length > 0)
  const figures = shown.flatMap(loadFigures)
  const tables = shown.map((group) => `## ${group}\n\n${growth(loadFigures(group))}${tablesOf(loadFigures(group))}`)
  return [`## Goals\n\n${goalTable(judge(figures))}`, ...tables, conditions(figures)].join('\n')
}

/** The tables take the place of those in docs/performance.md; what is said about them there stays. */
export function writeDocs(text: string): void {
  const file = readFileSync(FILE, 'utf8')
  const begin = file.indexOf(BEGIN)
  const end = file.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`${FILE} has no place for the figures`)
  writeFileSync(FILE, `${file.slice(0, begin + BEGIN.length)}\n${text.trim()}\n${file.slice(end)}`)
}

/** Ours over the sizes, and how many times the value before each is. */
function growth(figures: readonly SavedFigure[]): string {
  const ours = figures.filter((figure) => figure.subject === OURS)
  if (ours.length < 2) return ''
  const columns = [...new Set(ours.flatMap((figure) => Object.keys(figure.values)))]
  const lines = columns.map((column) => [
    column,
    ...ours.map((figure, at) => {
      const value = figure.values[column]
      const before = ours[at - 1]?.values[column]
      const times =
        typeof value === 'number' && typeof before === 'number' && before > 0 ? ` (${number(value / before)}×)` : ''
      return `${number(value)}${times}`
    }),
  ])
  const sizes = ours.map((figure) => `${sizeName(figure.size)} clients`)
  return `Ours over the sizes; in brackets, how many times the size before.\n\n${markdown(['', ...sizes], lines)}\n`
}

function conditions(figures: readonly SavedFigure[]): string {
  if (figures.length === 0) return `Load ${(loadavg()[0] ?? 0).toFixed(1)} now.\n`
  const loads = figures.map((figure) => figure.load)
  const days = [...new Set(figures.map((figure) => figure.at.slice(0, 10)))].sort()
  const browsers = [...new Set(figures.map((figure) => figure.browser))].filter((name) => name.startsWith('Chromium'))
  return `${browsers.join(', ')}; ${days.join(', ')}; load of the machine while it was measured: ${number(Math.min(...loads))} to ${number(Math.max(...loads))}.\n`
}
