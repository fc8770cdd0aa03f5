import { expect, it } from 'vitest'
import { rowRange } from '../../../../renderer/features/clients/row-range.ts'

it('has what is in view, and more of it where the list moves to', () => {
  expect(rowRange(3_200, 640, 32, 10_000, 0)).toMatchObject({ first: 100, last: 119, from: 96, end: 124 })
  expect(rowRange(3_200, 640, 32, 10_000, 1)).toMatchObject({ first: 100, last: 119, from: 92, end: 144 })
  expect(rowRange(3_200, 640, 32, 10_000, -1)).toMatchObject({ first: 100, last: 119, from: 76, end: 128 })
})

it('ends where the list ends, and is empty where that is', () => {
  expect(rowRange(0, 640, 32, 7, 1)).toEqual({ first: 0, last: 6, from: 0, end: 7 })
  expect(rowRange(99_999, 640, 32, 7, 1)).toMatchObject({ first: 6, last: 6, end: 7 })
  expect(rowRange(500, 640, 32, 0, 0)).toEqual({ first: 0, last: 0, from: 0, end: 0 })
})

it('changes by steps, so that not every row that passes is work', () => {
  const ranges = new Set<string>()
  for (let top = 0; top < 3_200; top += 8) {
    const { from, end } = rowRange(top, 640, 32, 10_000, 1)
    ranges.add(`${from} ${end}`)
  }
  expect(ranges.size).toBeLessThan(60)
})
