import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  columnCount,
  estimateCardHeight,
  splitIntoColumns,
} from '../../../../../renderer/features/testimonials/masonry.ts'

describe('splitIntoColumns', () => {
  it('gives the next card to the shortest column, the left one of equals', () => {
    expect(splitIntoColumns([280, 176, 280, 176, 176], 3, 12)).toEqual([[0, 4], [1, 3], [2]])
  })

  it('keeps every card exactly once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 40, max: 600 })), fc.integer({ min: 1, max: 4 }), (heights, columns) => {
        const dealt = splitIntoColumns(heights, columns, 12)
        expect(dealt).toHaveLength(columns)
        expect(dealt.flat().sort((a, b) => a - b)).toEqual(heights.map((_, index) => index))
      }),
    )
  })

  it('leaves the cards where they are when more are read', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 40, max: 600 }), { minLength: 1 }),
        fc.array(fc.integer({ min: 40, max: 600 })),
        (first, more) => {
          const before = splitIntoColumns(first, 3, 12)
          const after = splitIntoColumns([...first, ...more], 3, 12)
          before.forEach((column, index) => {
            expect(after[index]?.slice(0, column.length)).toEqual(column)
          })
        },
      ),
    )
  })
})

describe('columnCount', () => {
  it('is two below 1080', () => {
    expect(columnCount(1079)).toBe(2)
    expect(columnCount(1080)).toBe(3)
  })
})

describe('estimateCardHeight', () => {
  it('is taller for a longer text, and counts CJK as wide', () => {
    const card = (text: string) => estimateCardHeight({ video: false, text, rated: true }, 338)
    expect(card('x'.repeat(400))).toBeGreaterThan(card('x'.repeat(40)))
    expect(card('漢'.repeat(60))).toBeGreaterThan(card('x'.repeat(60)))
  })
  it('holds a 16:9 poster', () => {
    expect(estimateCardHeight({ video: true, text: '', rated: true }, 338)).toBeCloseTo(260, -1)
  })
})
