import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BACKOFF_BASE_MS, BACKOFF_CAP_MS, backoffMs } from '../../../../shared/sync/backoff.ts'

describe('backoff with full jitter', () => {
  it('stays between a floor and the growing ceiling, whatever chance says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.option(fc.integer({ min: 0, max: 3_600_000 })),
        (failures, chance, floorMs) => {
          const ms = backoffMs({ failures, random: { next: () => chance }, floorMs })
          expect(Number.isInteger(ms)).toBe(true)
          expect(ms).toBeGreaterThanOrEqual(Math.max(100, floorMs ?? 0))
          const ceiling = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** Math.min(failures - 1, 30))
          expect(ms).toBeLessThanOrEqual(Math.max(100, ceiling, floorMs ?? 0))
        },
      ),
    )
  })

  it('spreads over the whole range, not only its end', () => {
    expect(backoffMs({ failures: 5, random: { next: () => 0.5 }, floorMs: null })).toBe(8_000)
    expect(backoffMs({ failures: 5, random: { next: () => 0.1 }, floorMs: null })).toBe(1_600)
  })
})
