import { describe, expect, it } from 'vitest'
import { createRetryBudget } from '../../../../electron/core/http/retry-budget.ts'
import { createSourcePace, OPENS_AFTER, PROBE_AFTER_MS } from '../../../../electron/core/http/source-pace.ts'
import type { VendorFailure } from '../../../../shared/app-error.ts'
import { BACKOFF_CAP_MS } from '../../../../shared/sync/backoff.ts'
import { testCreateClock } from '../../../support/test-create-clock.ts'

const DOWN: VendorFailure = { code: 'server-error', status: 500, retryAfterMs: null, vendorText: null }
const REFUSED: VendorFailure = { code: 'refused', status: 400, vendorText: null, field: null }

function pace(chance = 0) {
  const clock = testCreateClock(0)
  const made = createSourcePace({ clock, random: { next: () => chance } })
  const fail = (times: number): void => {
    for (let i = 0; i < times; i++) made.note(DOWN)
  }
  return { clock, pace: made, fail }
}

describe('the circuit of a source', () => {
  it('opens after five failures of the line in a row, not after four and an answer', () => {
    const { pace: p, fail } = pace()
    fail(OPENS_AFTER - 1)
    p.note(REFUSED)
    fail(OPENS_AFTER - 1)
    expect(p.admit('write')).toBeNull()
    p.note(DOWN)
    expect(p.admit('read')).toEqual(DOWN)
    expect(p.view()).toEqual({ circuitOpen: true, nextAttemptAt: PROBE_AFTER_MS })
  })

  it('lets one read through after half a minute, no second, no write; its answer closes it', async () => {
    const { clock, pace: p, fail } = pace()
    fail(OPENS_AFTER)
    await clock.advance(PROBE_AFTER_MS - 1)
    expect([p.mayRead(), p.admit('read')]).toEqual([false, DOWN])
    await clock.advance(1)
    expect([p.mayRead(), p.mayWrite()]).toEqual([true, false])
    expect(p.admit('write')).toEqual(DOWN)
    expect(p.admit('read')).toBeNull()
    expect([p.mayRead(), p.admit('read')]).toEqual([false, DOWN])
    p.note(null)
    expect([p.mayWrite(), p.admit('write')]).toEqual([true, null])
  })

  it('waits twice as long after each probe that fails, to five minutes; a probe that was stopped says nothing', async () => {
    const { clock, pace: p, fail } = pace()
    fail(OPENS_AFTER)
    const waits: number[] = []
    for (let probe = 0; probe < 6; probe++) {
      const until = p.view().nextAttemptAt ?? 0
      waits.push(until - clock.now())
      await clock.advance(until - clock.now())
      expect(p.admit('read')).toBeNull()
      p.note({ code: 'cancelled' })
      expect(p.admit('read')).toBeNull()
      p.note(DOWN)
    }
    expect(waits).toEqual([30_000, 60_000, 120_000, 240_000, BACKOFF_CAP_MS, BACKOFF_CAP_MS])
  })

  it('does not try all sources in the same instant', () => {
    const ats = [0, 0.3, 0.9].map((chance) => {
      const { pace: p, fail } = pace(chance)
      fail(OPENS_AFTER)
      return p.view().nextAttemptAt
    })
    expect(new Set(ats).size).toBe(3)
  })

  it('opens at once and without a time for a dead key, and closes when somebody acts', async () => {
    const { clock, pace: p } = pace()
    p.note({ code: 'key-rejected', status: 401, vendorText: null })
    await clock.advance(86_400_000)
    expect([p.mayRead(), p.view()]).toEqual([false, { circuitOpen: true, nextAttemptAt: null }])
    p.reset()
    expect(p.mayWrite()).toBe(true)
  })

  it('keeps what a vendor asked for, also from who asks urgently, and tells when it is over', async () => {
    const { clock, pace: p } = pace()
    let told = 0
    p.onChange(() => told++)
    p.note({ code: 'rate-limited', status: 429, retryAfterMs: 90_000 })
    p.note({ code: 'rate-limited', status: 429, retryAfterMs: 10_000 })
    p.reset()
    await clock.advance(89_999)
    expect(p.admit('read')).toMatchObject({ code: 'rate-limited', retryAfterMs: 1 })
    await clock.advance(1)
    expect([p.admit('write'), told]).toEqual([null, 1])
  })
})

describe('the budget of retries', () => {
  it('gives a tenth of the requests, a few to begin with, and one a minute to who asks hardly anything', async () => {
    const clock = testCreateClock(0)
    const budget = createRetryBudget(clock)
    let now = 0
    const at: number[] = []
    for (let i = 0; i < 30; i++) {
      const wait = budget.spend()
      now += wait
      await clock.advance(wait)
      at.push(now)
    }
    expect(at.filter((time) => time === 0)).toHaveLength(10)
    // From then on each waits for its minute.
    expect(at.at(-1)).toBe(20 * 60_000)
    for (let i = 0; i < 25; i++) budget.earn()
    expect([budget.spend(), budget.spend()]).toEqual([0, expect.any(Number)])
  })
})
