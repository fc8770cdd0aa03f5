import { describe, expect, it } from 'vitest'
import { columnWidths, MARK_WIDTH, paneWidth } from '../../../../renderer/features/clients/columns.ts'

function edges(placeWidth: number): readonly number[] {
  let edge = MARK_WIDTH
  return columnWidths(placeWidth).map((width) => {
    edge += width
    return edge
  })
}

describe('paneWidth', () => {
  it('covers exactly Email, Phone and Tags at 1280', () => {
    expect(paneWidth(1280 - 208)).toBe(412)
  })

  it('ends after Status at 900', () => {
    expect(paneWidth(900 - 48)).toBe(396)
  })

  it.each([1072, 1120, 1232, 1392, 1712])('stands on a column edge at %i', (placeWidth) => {
    const width = paneWidth(placeWidth)
    expect(edges(placeWidth)).toContain(placeWidth - width)
    expect(width).toBeGreaterThanOrEqual(360)
    expect(width).toBeLessThanOrEqual(560)
  })

  it('follows the hand to another edge', () => {
    expect(paneWidth(1072, 520)).toBe(504)
  })
})

it('gives spare width to Company, Email and Tags only', () => {
  const narrow = columnWidths(1072)
  const wide = columnWidths(1272)
  expect(narrow).toEqual([172, 144, 104, 112, 92, 172, 136, 104])
  expect(wide).toEqual([172, 204, 104, 112, 92, 232, 136, 184])
})
