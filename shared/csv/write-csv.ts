/**
 * Comma-separated values as RFC 4180 has them: CRLF between lines, quotes around a cell that needs them, a quote in it
 * doubled. With a mark of UTF-8 in front, or a spreadsheet reads "Bjørn" as something else.
 */
export function writeCsv(header: readonly string[], rows: Iterable<readonly string[]>): string {
  return `${csvHeader(header)}${csvRows(rows)}`
}

/** The beginning of such a file, for one that is made in parts. */
export function csvHeader(header: readonly string[]): string {
  return `\uFEFF${line(header)}`
}

export function csvRows(rows: Iterable<readonly string[]>): string {
  const lines: string[] = []
  for (const row of rows) lines.push(line(row))
  return lines.join('')
}

function line(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(harmless(cell))).join(',')}\r\n`
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** What a spreadsheet takes for the beginning of a formula, its wide forms and the white space before it included. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/
/**
 * In much of Europe a spreadsheet ends cells at semicolons, and then our quotes stand in the middle of a cell and mean
 * nothing to it: `x;=cmd` would be a cell of its own, and so would the beginning of a second line.
 */
const AFTER_AN_END = /[;\r\n](?:[^\S\r\n]|["'])*([=+\-@\uFF1D\uFF0B\uFF0D\uFF20][^;\r\n]*)/g
/** A phone number or a plain number: nothing that could be called. */
const NUMBER = /^[+-]?[\d ()./-]{1,40}$/

/**
 * A cell as text, never as a formula: a name like `=HYPERLINK(…)` came from somebody else and must not run on the
 * machine of whoever opens the file. A quote in front is what spreadsheets know for "text". Only in the file: the value
 * itself stays as it is.
 */
export function harmless(cell: string): string {
  const inside = cell.replace(AFTER_AN_END, (end: string, rest: string) =>
    isNumber(rest) ? end : `${end.slice(0, end.length - rest.length)}'${rest}`,
  )
  return FORMULA.test(inside) && !isNumber(inside) ? `'${inside}` : inside
}

const MARK_INSIDE = /([;\r\n](?:[^\S\r\n]|["'])*)'([=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g

/** The value again that `harmless` has made safe; any other text as it stands. */
export function unharmed(cell: string): string {
  if (!cell.includes("'")) return cell
  const inside = cell.replace(MARK_INSIDE, '$1$2')
  for (const value of [inside.startsWith("'") ? inside.slice(1) : inside, inside]) {
    if (value !== cell && harmless(value) === cell) return value
  }
  return cell
}

function isNumber(cell: string): boolean {
  return NUMBER.test(cell) && /\d/.test(cell)
}
