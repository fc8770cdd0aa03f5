import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv } from '../../shared/csv/read-csv.ts'
import { harmless, unharmed, writeCsv } from '../../shared/csv/write-csv.ts'

const cell = fc.string({
  unit: fc.constantFrom('a', '"', ',', ';', '\t', '\r', '\n', ' ', 'ø', '7', '=', "'", '\u{1f600}'),
  maxLength: 12,
})

describe('CSV of ours', () => {
  it('is read back cell by cell, each on its line', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 8 }), (rows) => {
        const text = writeCsv(['a', 'b', 'c'], rows)
        const parts = [...readCsv(text, ',')]
        expect(parts.flatMap((part) => part.problems)).toEqual([])
        const wanted = rows.map((row) => row.map((each) => harmless(each).replace(/\r\n?/g, '\n')))
        const filled = wanted.filter((row) => row.some((each) => each.trim() !== ''))
        expect(parts.flatMap((part) => part.rows.map((row) => row.cells)).slice(1)).toEqual(filled)
        const lines = parts.flatMap((part) => part.rows.map((row) => row.line))
        expect([...lines].sort((a, b) => a - b)).toEqual(lines)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a cell that was made harmless', () => {
  it('is what it was before, once it is read', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '=', '+', '-', ';', '\n', ' ', '1', '"', '@'), maxLength: 14 })
    fc.assert(
      fc.property(text, (value) => {
        expect(unharmed(harmless(value))).toBe(value)
      }),
      { numRuns: 3_000 },
    )
  })

  it('is as it stands where we had nothing to do with its quotes', () => {
    for (const cell of ["'t Hooft", "O'Neil; 'a", "it's\n- so", "'", "''"]) expect(unharmed(cell)).toBe(cell)
  })
})

describe('any text', () => {
  it('is read to its end: every line is in a row, or told, or blank', () => {
    const unit = fc.constantFrom('a', 'b', '"', ',', '\n', ' ', 'x')
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 80 }), (text) => {
        const parts = [...readCsv(text, ',')]
        const covered = new Set<number>()
        for (const { rows, problems } of parts) {
          for (const row of rows) {
            const breaks = row.cells.join('').split('\n').length - 1
            for (let line = row.line; line <= row.line + breaks; line++) covered.add(line)
          }
          for (const problem of problems) covered.add(problem.line)
        }
        text.split('\n').forEach((line, index) => {
          if (/[abx]/.test(line)) expect(covered.has(index + 1), JSON.stringify(text)).toBe(true)
        })
      }),
      { numRuns: 1_500 },
    )
  })
})
