import { describe, expect, it } from 'vitest'
import { axisTicks, barShare, percentText, wholePercents } from '../../../../../renderer/features/insights/scale.ts'

describe('axisTicks', () => {
  it.each([
    [138, [0, 50, 100]],
    [100, [0, 50, 100]],
    [99, [0, 50]],
    [3, [0, 2]],
    [2, [0, 1, 2]],
    [1, [0, 1]],
    [1_000_000, [0, 500_000, 1_000_000]],
  ])('of %i', (max, ticks) => {
    expect(axisTicks(max)).toEqual(ticks)
  })

  it('is a bare zero where there is nothing', () => {
    expect(axisTicks(0)).toEqual([0])
    expect(axisTicks(Number.NaN)).toEqual([0])
  })
})

describe('barShare', () => {
  it('is the part of the longest', () => {
    expect(barShare(50, 200)).toBe(0.25)
    expect(barShare(200, 200)).toBe(1)
  })
  it('keeps a thing that is there visible and a thing that is not invisible', () => {
    expect(barShare(1, 1_000_000)).toBeGreaterThan(0)
    expect(barShare(0, 1_000_000)).toBe(0)
    expect(barShare(0, 0)).toBe(0)
  })
})

describe('wholePercents', () => {
  it('adds up to 100 where plain rounding gives 101', () => {
    const shares = wholePercents([318, 212, 190, 164, 140])
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(100)
    expect(shares).toEqual([31, 21, 18, 16, 14])
  })
  it('adds up to 100 for thirds', () => {
    expect(wholePercents([1, 1, 1])).toEqual([34, 33, 33])
  })
  it('is all zero where there is nothing', () => {
    expect(wholePercents([0, 0])).toEqual([0, 0])
    expect(wholePercents([])).toEqual([])
  })
})

describe('percentText', () => {
  it('tells little from nothing', () => {
    expect(percentText(0, 3)).toBe('< 1 %')
    expect(percentText(0, 0)).toBe('0 %')
    expect(percentText(31, 318)).toBe('31 %')
  })
})
