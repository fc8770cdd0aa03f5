import type { SavedFigure } from './figures.ts'
import { sizeName } from './options.ts'

/** The subject that all others are compared with. */
export const OURS = 'ours'
/** Columns that still fit beside each other. */
const WIDEST = 15

/** One table per size in Markdown: the subjects below each other, each value with its multiple of ours. */
export function tablesOf(figures: readonly SavedFigure[]): string {
  const sizes = [...new Set(figures.map((figure) => figure.size))]
  return sizes
    .map((size) => {
      const rows = figures.filter((figure) => figure.size === size)
      return `### ${sizeName(size)} clients\n\n${table(rows)}${partTables(rows)}${notesOf(rows)}`
    })
    .join('\n')
}

function table(rows: readonly SavedFigure[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row.values)))]
  const ours = rows.find((row) => row.subject === OURS)
  const sorted = [...rows].sort((a, b) => Number(b.subject === OURS) - Number(a.subject === OURS))
  const lines = sorted.map((row) => {
    const cells = columns.map((column) => cell(row.values[column], row === ours ? undefined : ours?.values[column]))
    return [row.subject, ...cells]
  })
  const all = [['', ...columns], ...lines]
  const [head = [], ...rest] = columns.length <= WIDEST ? all : turned(all)
  return markdown(head, rest)
}

/** What stood beside each other stands below each other. */
function turned(lines: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return (lines[0] ?? []).map((_, at) => lines.map((line) => line[at] ?? ''))
}

function partTables(rows: readonly SavedFigure[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row.parts ?? {})))]
  return names
    .map((name) => {
      const keys = [...new Set(rows.flatMap((row) => Object.keys(row.parts?.[name] ?? {})))]
      const there = rows.filter((row) => row.parts?.[name] !== undefined)
      const lines = keys.map((key) => [key, ...there.map((row) => number(row.parts?.[name]?.[key]))])
      return `\n${markdown([name, ...there.map((row) => row.subject)], lines)}`
    })
    .join('')
}

function notesOf(rows: readonly SavedFigure[]): string {
  const notes = rows.flatMap((row) => row.notes.map((note) => `* ${row.subject}: ${note}`))
  return notes.length === 0 ? '' : `\n${notes.join('\n')}\n`
}

/** `12.3 (4.1×)`: the value and how many times ours that is. */
function cell(value: number | null | undefined, ours: number | null | undefined): string {
  if (typeof value !== 'number') return value === null ? '✗' : '–'
  if (typeof ours !== 'number' || ours <= 0) return number(value)
  return `${number(value)} (${number(value / ours)}×)`
}

export function number(value: number | null | undefined): string {
  if (typeof value !== 'number') return '–'
  const size = Math.abs(value)
  if (size >= 1_000) return Math.round(value).toLocaleString('en-US')
  return size >= 100
    ? value.toFixed(0)
    : size >= 10
      ? value.toFixed(1)
      : size >= 1 || size === 0
        ? trim(value)
        : value.toFixed(3)
}

function trim(value: number): string {
  return value.toFixed(2).replace(/\.?0+$/, '')
}

export function markdown(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const all = [head, ...lines]
  const widths = head.map((_, at) => Math.max(3, ...all.map((line) => (line[at] ?? '').length)))
  const row = (line: readonly string[]): string =>
    `| ${widths.map((width, at) => (at === 0 ? (line[at] ?? '').padEnd(width) : (line[at] ?? '').padStart(width))).join(' | ')} |`
  const rule = `|${widths.map((width, at) => (at === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`
  return [row(head), rule, ...lines.map(row), ''].join('\n')
}
