import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Area, clampBounds } from '../../electron/host/electron/window/clamp-bounds.ts'

const LEAST = { width: 900, height: 600 }
const place = fc.integer({ min: -8_000, max: 8_000 })
const area: fc.Arbitrary<Area> = fc.record({
  x: place,
  y: place,
  width: fc.integer({ min: 320, max: 7_680 }),
  height: fc.integer({ min: 240, max: 4_320 }),
})
const wanted = fc.record({
  x: fc.option(place),
  y: fc.option(place),
  width: fc.integer({ min: 100, max: 20_000 }),
  height: fc.integer({ min: 100, max: 20_000 }),
})

function isWithin(inner: Area, outer: Area): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}

describe('where the window opens', () => {
  it('is whole on one of the displays that there are, however it was left', () => {
    fc.assert(
      fc.property(wanted, fc.array(area, { minLength: 1, maxLength: 5 }), (left, areas) => {
        const { x, y, width, height } = clampBounds(left, areas, LEAST)
        if (left.x === null || left.y === null) {
          expect([x, y]).toEqual([null, null])
          expect(width).toBeLessThanOrEqual(areas[0]?.width ?? 0)
          expect(height).toBeLessThanOrEqual(areas[0]?.height ?? 0)
          return
        }
        if (x === null || y === null) throw new Error('no place')
        expect(areas.some((each) => isWithin({ x, y, width, height }, each))).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is where it was left, if that is whole on a display and not too small', () => {
    const inside = area.chain((outer) =>
      fc.record({
        outer: fc.constant({ ...outer, width: outer.width + 900, height: outer.height + 600 }),
        dx: fc.integer({ min: 0, max: outer.width }),
        dy: fc.integer({ min: 0, max: outer.height }),
      }),
    )
    fc.assert(
      fc.property(inside, ({ outer, dx, dy }) => {
        const left = { x: outer.x + dx, y: outer.y + dy, width: 900, height: 600 }
        expect(clampBounds(left, [outer], LEAST)).toEqual(left)
      }),
    )
  })

  it('changes nothing the second time', () => {
    const roomy = area.map((each) => ({ ...each, width: each.width + 900, height: each.height + 600 }))
    fc.assert(
      fc.property(wanted, fc.array(roomy, { maxLength: 4 }), (left, areas) => {
        const once = clampBounds(left, areas, LEAST)
        expect(clampBounds(once, areas, LEAST)).toEqual(once)
      }),
      { numRuns: 500 },
    )
  })

  it('is the middle of the main display when its own was unplugged', () => {
    const left = { x: 2_500, y: 100, width: 1_000, height: 700 }
    expect(clampBounds(left, [{ x: 0, y: 40, width: 1_920, height: 1_040 }], LEAST)).toEqual({
      x: 460,
      y: 210,
      width: 1_000,
      height: 700,
    })
  })

  it('is smaller than the least size rather than larger than the display', () => {
    const small = { x: 0, y: 0, width: 800, height: 560 }
    expect(clampBounds({ x: 10, y: 10, width: 1_440, height: 900 }, [small], LEAST)).toEqual(small)
  })

  it('is left to the system where there is no display to be seen', () => {
    expect(clampBounds({ x: 10, y: 10, width: 400, height: 400 }, [], LEAST)).toEqual({
      x: null,
      y: null,
      width: 900,
      height: 600,
    })
  })
})
