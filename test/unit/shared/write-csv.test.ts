import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { harmless, writeCsv } from '../../../shared/csv/write-csv.ts'
import { testCpuTime } from '../../support/test-cpu-time.ts'

/** A strict reader of RFC 4180, so that the writer is not judged by itself. */
function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  for (let i = 1; i < text.length; i++) {
    const c = text[i]
    if (isQuoted) {
      if (c !== '"') cell += c
      else if (text[i + 1] === '"') cell += text[i++]
      else isQuoted = false
    } else if (c === '"' && cell === '') isQuoted = true
    else if (c === ',') {
      row.push(cell)
      cell = ''
    } else if (c === '\r' && text[i + 1] === '\n') {
      rows.push([...row, cell])
      row = []
      cell = ''
      i++
    } else cell += c
  }
  return rows
}

test('F179 a formula in a name leaves as text, in every disguise; numbers and phones stay as they are', () => {
  for (const cell of ['=HYPERLINK("http://x")', '+cmd|calc', '@SUM(A1)', ' =1', '\t=1', '＝1', '-A1', '+1+A2', '-2+3'])
    expect(harmless(cell)).toBe(`'${cell}`)
  for (const cell of ['+47 22 33 44 55', '-12.5', '(030) 555', 'Anna', 'a=b', "O'Neil", '', '—'])
    expect(harmless(cell)).toBe(cell)
})

describe('comma-separated values', () => {
  it('come back as they went, whatever is in them', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', ' ', 'ø', '7', '\u{1f600}') })
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 6 }), (rows) => {
        const text = writeCsv(['a', 'b', 'c'], rows)
        expect(text.charCodeAt(0)).toBe(0xfeff)
        expect(readCsv(text)).toEqual([['a', 'b', 'c'], ...rows.map((row) => row.map(harmless))])
      }),
    )
  })

  it('changes nothing but a quote in front, and twice is never less harmless', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('=', '+', '-', '@', ' ', '\t', '1', 'A', '(') }), (cell) => {
        const safe = harmless(cell)
        expect([cell, `'${cell}`]).toContain(safe)
        expect(harmless(safe)).toBe(safe)
      }),
    )
  })
})

test('F179 a formula behind a semicolon or a line is text too: not everybody’s cells end at commas', () => {
  for (const cell of [
    'x;=cmd|calc',
    'x; @SUM(A1)',
    'x\t=1+A1',
    'x\n=cmd',
    'x\r\n-A1',
    'x;"=cmd',
    'x;\uff1dcmd',
    'a;b;+c',
  ]) {
    const text = writeCsv(['h'], [[cell]])
    for (const part of text.split(/[;\r\n,]/)) {
      expect(part.replace(/^[\s"\uFEFF]+/, ''), JSON.stringify(cell)).not.toMatch(/^[=+\-@\uff1d]/)
    }
  }
  expect(harmless('\r=1')).toBe("'\r'=1")
  for (const cell of ['a; b', 'tel; +1 555', 'x\n- 5', 'no end']) expect(harmless(cell)).toBe(cell)
})

test('a cell of fifty thousand line breaks, blanks or signs takes no time', () => {
  for (const unit of ['\n', ' ', ';', '; ', '\n=', '"', '-', "'", '=']) {
    const used = testCpuTime()
    harmless(unit.repeat(50_000))
    expect(used(), JSON.stringify(unit)).toBeLessThan(300)
  }
})
