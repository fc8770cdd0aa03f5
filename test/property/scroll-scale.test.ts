import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ScrollScale, TALLEST_PX } from '../../renderer/features/clients/scroll-scale.ts'

const VIEW = 700

/** A scroller as a browser's: it goes no further than its content, and tells where it stands. */
function createScroller(content: number) {
  const scale = new ScrollScale()
  scale.resize(content, VIEW)
  const max = Math.max(0, ScrollScale.heightOf(content) - VIEW)
  let at = 0
  const tell = (byPixels: boolean) => {
    scale.scrolled(at, byPixels)
    if (scale.stuck && scale.settle()) at = scale.physical
  }
  return {
    scale,
    max,
    at: () => at,
    wheel: (px: number) => {
      at = Math.min(max, Math.max(0, at + px))
      tell(true)
    },
    thumbTo: (share: number) => {
      at = share * max
      tell(false)
    },
    rest: () => {
      if (scale.settle()) at = scale.physical
      tell(false)
    },
    goTo: (top: number) => {
      scale.goTo(top)
      at = scale.physical
      tell(false)
    },
  }
}

const content = fc.integer({ min: 1, max: 100_000_000 })
const moves = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('wheel' as const), by: fc.integer({ min: -3_000, max: 3_000 }) }),
    fc.record({ kind: fc.constant('thumb' as const), by: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ kind: fc.constant('go' as const), by: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.record({ kind: fc.constant('rest' as const), by: fc.constant(0) }),
  ),
  { maxLength: 40 },
)

function apply(scroller: ReturnType<typeof createScroller>, move: { readonly kind: string; readonly by: number }) {
  if (move.kind === 'wheel') scroller.wheel(move.by)
  else if (move.kind === 'thumb') scroller.thumbTo(move.by)
  else if (move.kind === 'go') scroller.goTo(move.by * scroller.scale.maxTop)
  else scroller.rest()
}

describe('ScrollScale', () => {
  it('stays within the list and within the element, whatever is done', () => {
    fc.assert(
      fc.property(content, moves, (px, all) => {
        const scroller = createScroller(px)
        for (const move of all) {
          apply(scroller, move)
          const { scale } = scroller
          expect(scale.top).toBeGreaterThanOrEqual(0)
          expect(scale.top).toBeLessThanOrEqual(scale.maxTop)
          expect(scroller.at()).toBeLessThanOrEqual(Math.max(0, TALLEST_PX - VIEW))
          // Where the list ends in neither direction, the scroller does not either.
          expect(scale.stuck).toBe(false)
          if (!scale.scaled) expect(scale.offset).toBe(0)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('a wheel moves the rows by its pixels, from wherever, and a rest does not move them at all', () => {
    fc.assert(
      fc.property(content, moves, fc.integer({ min: -3_000, max: 3_000 }), (px, all, by) => {
        const scroller = createScroller(px)
        for (const move of all) apply(scroller, move)
        const { scale } = scroller
        const from = scale.top
        scroller.rest()
        expect(scale.top).toBeCloseTo(from, 3)
        const rested = scale.top
        scroller.wheel(by)
        expect(scale.top).toBeCloseTo(Math.min(scale.maxTop, Math.max(0, rested + by)), 3)
      }),
      { numRuns: 200 },
    )
  })

  it('the thumb reaches both ends and the middle', () => {
    fc.assert(
      fc.property(fc.integer({ min: 7_000_000, max: 100_000_000 }), moves, (px, all) => {
        const scroller = createScroller(px)
        for (const move of all) apply(scroller, move)
        const { scale } = scroller
        // The thumb's smallest step is longer than a view; nearer than that it would be moved by the pixel.
        scroller.thumbTo(0.25)
        scroller.thumbTo(1)
        expect(scale.top).toBe(scale.maxTop)
        scroller.thumbTo(0.5)
        expect(scale.top).toBeCloseTo(scale.maxTop / 2, 0)
        scroller.thumbTo(0)
        expect(scale.top).toBe(0)
      }),
    )
  })

  it('each row of a million can be brought into view and keeps its whole height', () => {
    const rowHeight = 40
    const scroller = createScroller(32 + 1_000_000 * rowHeight)
    const { scale } = scroller
    expect(scale.scaled).toBe(true)
    for (let row = 0; row < 1_000_000; row += 4_999) {
      scroller.goTo(row * rowHeight)
      const from = row * rowHeight - scale.offset - scroller.at()
      expect(from).toBeGreaterThanOrEqual(-0.001)
      expect(from + rowHeight).toBeLessThanOrEqual(VIEW - 32 + 0.001)
    }
    // Down the last 30,000 px by the wheel alone.
    scroller.goTo(scale.maxTop - 30_000)
    for (let notch = 0; notch < 400; notch++) {
      scroller.wheel(120)
      if (notch % 10 === 9) scroller.rest()
    }
    expect(scale.top).toBe(scale.maxTop)
  })
})
