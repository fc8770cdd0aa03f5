import { describe, expect, it } from 'vitest'
import { clientOfRow } from '../../../../shared/csv/client-of-row.ts'
import { guessColumns, guessHeader } from '../../../../shared/csv/guess-columns.ts'
import { type CsvRow, type Delimiter, guessDelimiter, readCsv } from '../../../../shared/csv/read-csv.ts'
import { writeCsv } from '../../../../shared/csv/write-csv.ts'
import { decodeFile } from '../../../../shared/imports/decode-file.ts'

function read(text: string, delimiter: Delimiter = guessDelimiter(text)) {
  const parts = [...readCsv(text, delimiter)]
  return {
    rows: parts.flatMap((part) => part.rows),
    problems: parts.flatMap((part) => part.problems.map(({ line, code }) => [line, code])),
  }
}
const cells = (rows: readonly CsvRow[]) => rows.map((row) => row.cells)

describe('what spreadsheets write', () => {
  it.each([
    ['commas', 'Name,Email\r\nAnn,a@x.example\r\n'],
    ['a mark of UTF-8', '\uFEFFName,Email\r\nAnn,a@x.example\r\n'],
    ['semicolons', 'Name;Email\nAnn;a@x.example'],
    ['tabs and the line ends of old Macs', 'Name\tEmail\rAnn\ta@x.example\r'],
    ['the separator said on the first line', 'sep=;\r\nName;Email\r\nAnn;a@x.example\r\n'],
  ])('is read with %s', (_, text) => {
    expect(cells(read(text).rows)).toEqual([
      ['Name', 'Email'],
      ['Ann', 'a@x.example'],
    ])
  })

  it('has quotes with line breaks, and every row keeps its line', () => {
    const { rows, problems } = read('Name,Notes\r\n"Ann ""A"" Bell","one\r\ntwo, three"\r\n\r\nBob,x\r\n')
    expect(rows).toEqual([
      { line: 1, cells: ['Name', 'Notes'] },
      { line: 2, cells: ['Ann "A" Bell', 'one\ntwo, three'] },
      { line: 5, cells: ['Bob', 'x'] },
    ])
    expect(problems).toEqual([])
  })

  it('has stray quotes: the line that opens one is told and left out, and the next ones are read', () => {
    const text = ['Name,Note', 'Ann,fine', '"Bob,5" disk', 'Cid,ok', 'Dan,ok', ''].join('\n')
    const { rows, problems } = read(text)
    expect(rows.map((row) => row.cells[0])).toEqual(['Name', 'Ann', 'Cid', 'Dan'])
    expect(problems).toEqual([[3, 'quote-not-closed']])
  })

  it('has so many stray quotes that they must be letters: nothing is lost then', () => {
    const text = ['Name', ...Array.from({ length: 60 }, (_, i) => `"${i}${i % 2 ? '' : ' "x'}`)].join('\n')
    const { rows, problems } = read(text, ',')
    const told = new Set(problems.filter(([, code]) => code === 'quote-not-closed').map(([line]) => line))
    const lines = new Set(rows.map((row) => row.line))
    expect(lines.size + told.size).toBeGreaterThan(1)
  })

  it('in other encodings is decoded', () => {
    const text = 'Name;Ort\nBjørn;Ålesund\n'
    const latin = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    expect(decodeFile(latin, TextDecoder)).toEqual({ text, encoding: 'windows-1252' })
    const wide = new Uint8Array(new Uint16Array([0xfeff, ...Array.from(text, (l) => l.charCodeAt(0))]).buffer)
    expect(decodeFile(wide, TextDecoder)).toEqual({ text, encoding: 'utf-16le' })
    expect(decodeFile(wide.slice(2), TextDecoder)).toEqual({ text, encoding: 'utf-16le' })
    expect(decodeFile(new TextEncoder().encode(`\uFEFF${text}`), TextDecoder)).toEqual({ text, encoding: 'utf-8' })
  })
})

it('gives fifty thousand rows in parts, each whole and with its line', () => {
  const made = Array.from({ length: 50_000 }, (_, i) => [
    `Person ${i}`,
    `p${i}@x.example`,
    i % 7 ? 'a' : 'two\nlines, "so"',
  ])
  const text = writeCsv(['Name', 'Email', 'Notes'], made)
  const parts = [...readCsv(text, ',')]
  expect(parts.length).toBeGreaterThan(3)
  const rows = parts.flatMap((part) => part.rows)
  expect(rows).toHaveLength(50_001)
  expect(rows.at(-1)?.cells[0]).toBe('Person 49999')
  const physical = text.replaceAll('\r\n', '\n').split('\n')
  for (const row of [rows[1], rows[8], rows[30_000], rows.at(-1)]) {
    expect(physical[(row?.line ?? 0) - 1]?.startsWith(`${row?.cells[0]},`)).toBe(true)
  }
})

describe('columns', () => {
  it('of Google, Outlook and ours are known by their names', () => {
    const google = ['First Name', 'Last Name', 'E-mail 1 - Value', 'Phone 1 - Value', 'Organization Name', 'Labels']
    expect(guessColumns(google, [], 6)).toEqual(['firstName', 'lastName', 'email', 'phone', 'company', 'tags'])
    const outlook = ['Title', 'First Name', 'Job Title', 'Business Phone', 'Mobile Phone', 'Spouse', 'Business City']
    const guessed = ['keep', 'firstName', 'jobTitle', 'phone', 'phone', 'keep', 'location']
    expect(guessColumns(outlook, [], 7)).toEqual(guessed)
    expect(guessColumns(['Shown as', 'Name', 'Source', 'Id at source', 'Updated'], [], 5)).toEqual([
      'leave',
      'name',
      'leave',
      'leave',
      'leave',
    ])
  })

  it('without names are known by what stands in them, and no client is taken for a header', () => {
    expect(guessHeader(['Ann Bell', 'a@x.example'])).toBe(false)
    expect(guessHeader(['Ann', 'Bell'])).toBe(false)
    expect(guessHeader(['Vorname', 'Nachname', 'Hobby'])).toBe(true)
    const samples = [
      ['Ann', 'a@x.example', '+47 22 33 44 55', 'https://a.example'],
      ['Bob', 'b@x.example', '22334455', ''],
    ]
    expect(guessColumns(null, samples, 4)).toEqual(['keep', 'email', 'phone', 'website'])
  })
})

describe('a row as a client', () => {
  const client = (headers: readonly string[], row: readonly string[]) =>
    clientOfRow({ line: 2, cells: row }, { headers, targets: guessColumns(headers, [], headers.length) })

  it('takes the first value of several columns, keeps the others, joins places and gathers tags', () => {
    const headers = ['Name', 'Mobile Phone', 'Business Phone', 'City', 'Country', 'Labels', 'Notes', 'Dog', 'Status']
    const row = ['Ann', '', '22', 'Oslo', 'Norway', '* a ::: * b', 'n', 'Rex', 'Active', 'extra']
    expect(client(headers, row)).toEqual({
      line: 2,
      fields: { name: 'Ann', phone: '22', location: 'Oslo, Norway', tags: ['a', 'b'], notes: 'n' },
      status: 'Active',
      kept: [
        { label: 'Dog', value: 'Rex' },
        { label: 'Column 10', value: 'extra' },
      ],
      nameParts: [],
      uid: null,
    })
    expect(client(['Phone', 'Mobile'], ['1', '2'])?.kept).toEqual([{ label: 'Mobile', value: '2' }])
  })

  it('takes the mark off that made a formula harmless, and no other', () => {
    expect(client(['Name'], ["'=1+2"])?.fields.name).toBe('=1+2')
    expect(client(['Name'], ["'t Hooft"])?.fields.name).toBe("'t Hooft")
    expect(client(['Name', 'Dog'], ['', ' '])).toBeNull()
  })
})
