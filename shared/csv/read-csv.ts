import Papa from 'papaparse'
import type { FileProblem } from '../imports/read-client.ts'

export const DELIMITERS = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof DELIMITERS)[number]

export interface CsvRow {
  /** Line of the file on which it begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

export interface CsvPart {
  readonly rows: readonly CsvRow[]
  readonly problems: readonly FileProblem[]
}

/** Characters that are parsed at once. A row longer than that takes as many more as it needs. */
const PART = 400_000
/** Rows whose quotes lead nowhere before quotes are given up: each costs another look at the rest of the file. */
const MAX_STRAY_QUOTES = 20

/** `sep=;` on the first line, as Excel has it, else what divides the first rows most evenly. */
export function guessDelimiter(text: string): Delimiter {
  const said = /^\uFEFF?sep=([,;\t|])(?:\r|\n|$)/i.exec(text)?.[1]
  const known = DELIMITERS.find((each) => each === said)
  if (known !== undefined) return known
  const start = text.slice(0, 64_000).replace(/\r\n?/g, '\n')
  const found = Papa.parse<string[]>(start, {
    preview: 25,
    skipEmptyLines: true,
    newline: '\n',
    delimitersToGuess: [...DELIMITERS],
  }).meta.delimiter
  return DELIMITERS.find((each) => each === found) ?? ','
}

/**
 * The rows of a file as RFC 4180 and spreadsheets write them, a part at a time, so that whoever reads a large file may
 * pause. Every row comes with its line. A quote that nobody closes costs the line it stands in, and not the rest of
 * the file.
 */
export function* readCsv(text: string, delimiter: Delimiter): Generator<CsvPart> {
  // One kind of line break, in cells as well: Papa knows one per file, and files have several.
  let rest = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  let line = 1
  const sep = /^sep=[,;\t|]\n/i.exec(rest)
  if (sep !== null) {
    rest = rest.slice(sep[0].length)
    line = 2
  }
  let size = PART
  let stray = 0
  while (rest !== '') {
    const isLast = rest.length <= size
    const part = parsePart(isLast ? rest : rest.slice(0, size), delimiter, isLast, stray > MAX_STRAY_QUOTES)
    if (part.rows.length === 0 && part.read === 0 && !part.open) {
      size *= 2
      continue
    }
    size = PART
    const read = numbered(part.rows, part.errors, line)
    line = read.nextLine
    rest = rest.slice(part.read)
    const problems = [...read.problems]
    if (part.open) {
      const end = rest.indexOf('\n')
      const bad = end === -1 ? rest : rest.slice(0, end)
      stray++
      if (stray > MAX_STRAY_QUOTES) {
        problems.push({ line, code: 'quotes-are-text', text: cut(bad) })
      } else {
        problems.push({ line, code: 'quote-not-closed', text: cut(bad) })
        rest = end === -1 ? '' : rest.slice(end + 1)
        line++
      }
    }
    yield { rows: read.rows, problems }
  }
}

interface Parsed {
  readonly rows: readonly (readonly string[])[]
  /** Rows with a quote that stands where none can. */
  readonly errors: ReadonlySet<number>
  /** Characters that these rows took. */
  readonly read: number
  /** What follows begins with a quote that is never closed. */
  readonly open: boolean
}

function parsePart(text: string, delimiter: Delimiter, isLast: boolean, literal: boolean): Parsed {
  const rows: (readonly string[])[] = []
  const errors = new Set<number>()
  let read = 0
  let open = false
  // A quote character that no text has: quotes are letters then.
  const quoteChar = literal ? '\uFFFF' : '"'
  const parser = new Papa.Parser({
    delimiter,
    newline: '\n',
    quoteChar,
    step: (result: Papa.ParseStepResult<string[][]>) => {
      if (result.errors.some(({ code }) => code === 'MissingQuotes')) {
        open = true
        return
      }
      if (result.errors.length > 0) errors.add(rows.length)
      rows.push(...result.data)
      read = result.meta.cursor
    },
  })
  parser.parse(text, 0, !isLast)
  return { rows, errors, read, open }
}

function numbered(rows: Parsed['rows'], errors: Parsed['errors'], from: number) {
  const numberedRows: CsvRow[] = []
  const problems: FileProblem[] = []
  let line = from
  rows.forEach((cells, index) => {
    const isBlank = cells.every((cell) => cell.trim() === '')
    if (!isBlank) numberedRows.push({ line, cells })
    if (errors.has(index)) problems.push({ line, code: 'quote-inside', text: cut(cells.join(' ')) })
    line++
    for (const cell of cells) line += breaksIn(cell)
  })
  return { rows: numberedRows, problems, nextLine: line }
}

function breaksIn(cell: string): number {
  let breaks = 0
  for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) breaks++
  return breaks
}

function cut(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
