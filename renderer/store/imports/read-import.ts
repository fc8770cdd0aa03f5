import type { AppError } from '../../../shared/app-error.ts'
import { clientOfRow, labelOf } from '../../../shared/csv/client-of-row.ts'
import { guessColumns, guessHeader } from '../../../shared/csv/guess-columns.ts'
import { type CsvRow, type Delimiter, guessDelimiter, readCsv } from '../../../shared/csv/read-csv.ts'
import type { FileProblem, ReadClient } from '../../../shared/imports/read-client.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { DecodeBytes } from '../../../shared/vcard/encoded-value.ts'
import { readVCards } from '../../../shared/vcard/read-vcards.ts'
import type { StoreContext } from '../store-context.ts'
import type { CsvMapping, ImportFileView } from '../store-contract.ts'
import { type ImportSession, keepSession, pause, sessionOf } from './import-session.ts'

/** Refused whole and said, never cut: nobody would notice what is missing. */
const MAX_ROWS = 200_000
const MAX_COLUMNS = 500
const CARDS_PER_TURN = 500
/** Named one by one; the rest is counted. */
export const LISTED = 500

const SAMPLES = 25

/** Reads a file, or reads one that is known in another way (`csv`). */
export async function readImport(
  { book }: StoreContext,
  input: {
    readonly importId: string
    readonly fileName: string
    readonly text: string | null
    readonly csv: Partial<CsvMapping> | null
  },
): Promise<Result<ImportFileView, AppError>> {
  let session = sessionOf(book, input.importId)
  if (session === null || input.text !== null) {
    if (input.text === null) return err({ code: 'missing', what: 'import' })
    const opened = await open(input.importId, input.fileName, input.text)
    if (!opened.ok) return opened
    session = opened.value
    keepSession(book, session)
  }
  if (session.kind === 'csv') {
    const problem = await readRows(session, input.csv ?? {})
    if (problem !== null) return err(problem)
  }
  return ok(viewOf(session))
}

const tooMany: AppError = { code: 'bad-input', field: 'file', rule: 'too-many' }

async function open(importId: string, fileName: string, text: string): Promise<Result<ImportSession, AppError>> {
  const start = text.slice(0, 2000).replace(/^\uFEFF/, '')
  // A card is known by what it says, whatever its file is called.
  const isCard = /^\s*(?:[\w-]+\.)?BEGIN\s*:\s*VCARD/im.test(start)
  if (text.trim() === '') return err({ code: 'bad-input', field: 'file', rule: 'empty' })
  if (isBinary(text)) return err({ code: 'bad-input', field: 'file', rule: 'not-text' })
  const session: ImportSession = {
    importId,
    fileName,
    text,
    kind: isCard || /\.(vcf|vcard)$/i.test(fileName) ? 'vcf' : 'csv',
    csv: null,
    clients: [],
    problems: [],
    leftOut: 0,
    known: null,
    plan: null,
  }
  if (session.kind === 'csv') return ok(session)
  const clients: ReadClient[] = []
  const problems: FileProblem[] = []
  let cards = 0
  for (const card of readVCards(text, decodeBytes)) {
    if (card.client !== null) clients.push(card.client)
    problems.push(...card.problems)
    session.leftOut += card.leftOut.length
    if (++cards > MAX_ROWS) return err(tooMany)
    if (cards % CARDS_PER_TURN === 0) await pause()
  }
  if (clients.length === 0 && problems.every(({ code }) => code === 'outside-card')) {
    return err({ code: 'bad-input', field: 'file', rule: 'not-a-vcard' })
  }
  session.clients = clients
  session.problems = problems
  return ok(session)
}

/** A spreadsheet, a document, a picture: chosen by mistake, and nothing of it is a row. */
function isBinary(text: string): boolean {
  const start = text.slice(0, 4_000)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: how packed files begin
  if (/^(PK[\x00-\x08]|%PDF-|\x89PNG|GIF8)/.test(start)) return true
  return start.split('\u0000').length - 1 > start.length / 20
}

async function readRows(session: ImportSession, wished: Partial<CsvMapping>): Promise<AppError | null> {
  const delimiter = wished.delimiter ?? session.csv?.delimiter ?? guessDelimiter(session.text)
  let rows = session.csv?.rows ?? []
  let problems = session.csv?.problems ?? []
  const isNew = session.csv === null || session.csv.delimiter !== delimiter
  if (isNew) {
    const read = await allRows(session.text, delimiter)
    if (read === null) return tooMany
    ;({ rows, problems } = read)
  }
  const first = rows[0]?.cells ?? []
  const hasHeader = wished.hasHeader ?? (isNew ? guessHeader(first) : session.csv?.mapping.hasHeader) ?? false
  const headers = hasHeader ? first : null
  const body = hasHeader ? rows.slice(1) : rows
  const width = Math.min(MAX_COLUMNS, Math.max(first.length, ...body.slice(0, 1000).map((row) => row.cells.length)))
  const isSame = !isNew && session.csv?.mapping.hasHeader === hasHeader
  const targets =
    wished.targets?.length === width
      ? wished.targets
      : isSame
        ? session.csv?.mapping.targets
        : guessColumns(headers, samplesOf(body, SAMPLES), width)
  const mapping: CsvMapping = { delimiter, hasHeader, targets: targets ?? [] }
  session.csv = { delimiter, rows, problems, mapping }
  const clients: ReadClient[] = []
  const ragged: FileProblem[] = []
  const short: FileProblem[] = []
  for (const row of body) {
    const client = clientOfRow(row, { targets: mapping.targets, headers })
    const text = row.cells.join(' ').slice(0, 120)
    if (client === null) ragged.push({ line: row.line, code: 'empty', text })
    else clients.push(client)
    if (headers !== null && row.cells.length > headers.length && row.cells.slice(headers.length).some(isFilled)) {
      ragged.push({ line: row.line, code: 'more-cells', text })
    }
    if (headers !== null && row.cells.length < headers.length) {
      short.push({ line: row.line, code: 'fewer-cells', text })
    }
  }
  // Some programs leave empty cells at the end of a row away: where most rows are so, that is their way.
  if (short.length * 2 < body.length) ragged.push(...short)
  session.clients = clients
  session.problems = [...problems, ...ragged].sort((a, b) => a.line - b.line)
  session.plan = null
  return null
}

async function allRows(text: string, delimiter: Delimiter) {
  const rows: CsvRow[] = []
  const problems: FileProblem[] = []
  for (const part of readCsv(text, delimiter)) {
    for (const row of part.rows) rows.push(row)
    problems.push(...part.problems)
    if (rows.length > MAX_ROWS) return null
    await pause()
  }
  return { rows, problems }
}

function samplesOf(rows: readonly CsvRow[], count: number): readonly (readonly string[])[] {
  return rows.slice(0, count).map((row) => row.cells)
}

function isFilled(cell: string): boolean {
  return cell.trim() !== ''
}

function viewOf(session: ImportSession): ImportFileView {
  const { csv } = session
  const headers = csv?.mapping.hasHeader === true ? (csv.rows[0]?.cells ?? []) : null
  const body = csv === null ? [] : csv.rows.slice(headers === null ? 0 : 1)
  return {
    importId: session.importId,
    fileName: session.fileName,
    kind: session.kind,
    clients: session.clients.length,
    problems: session.problems.slice(0, LISTED),
    problemCount: session.problems.length,
    leftOut: session.leftOut,
    csv:
      csv === null
        ? null
        : {
            delimiter: csv.delimiter,
            hasHeader: csv.mapping.hasHeader,
            columns: csv.mapping.targets.map((target, at) => ({
              label: labelOf(headers, at),
              target,
              samples: samplesOf(body, 100)
                .map((row) => (row[at] ?? '').trim().slice(0, 120))
                .filter((cell) => cell !== '')
                .slice(0, 3),
            })),
          },
  }
}

export const decodeBytes: DecodeBytes = (bytes, charset) => {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
