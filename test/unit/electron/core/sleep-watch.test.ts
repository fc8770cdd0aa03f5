import { describe, expect, it } from 'vitest'
import { followSleep } from '../../../../electron/core/sync/sleep-watch.ts'
import { createTraffic } from '../../../../electron/core/traffic.ts'
import type { Power } from '../../../../electron/host/host.ts'
import { testCreateClock, testCreateRandom } from '../../../support/test-create-clock.ts'

type Event = Parameters<Parameters<Power['listen']>[0]>[0]

function start(seed = 1) {
  const clock = testCreateClock()
  const traffic = createTraffic(false)
  let hear: (event: Event) => void = () => undefined
  const stop = followSleep({
    power: {
      listen: (listener) => {
        hear = listener
        return () => {
          hear = () => undefined
        }
      },
    },
    traffic,
    clock,
    random: testCreateRandom(seed),
    log: { info: () => undefined },
  })
  return { clock, traffic, hear: (event: Event) => hear(event), stop }
}

describe('a machine that sleeps', () => {
  it('begins nothing and cuts nothing off', () => {
    const { traffic, hear } = start()
    const underWay = traffic.signal()
    hear('suspend')
    expect(traffic.allowed()).toBe(false)
    expect(underWay.aborted).toBe(false)
  })

  it('goes on a moment after it woke, and each machine at a moment of its own', async () => {
    const wakes: number[] = []
    for (let seed = 1; seed <= 20; seed++) {
      const { clock, traffic, hear } = start(seed)
      const from = clock.now()
      traffic.onChange(() => {
        if (traffic.allowed()) wakes.push(clock.now() - from)
      })
      hear('suspend')
      hear('resume')
      hear('resume')
      await clock.advance(900)
      expect(traffic.allowed()).toBe(false)
      await clock.advance(5_000)
      expect(traffic.allowed()).toBe(true)
    }
    expect(Math.min(...wakes)).toBeGreaterThanOrEqual(1_000)
    expect(Math.max(...wakes) - Math.min(...wakes)).toBeGreaterThan(1_500)
    expect(new Set(wakes).size).toBeGreaterThan(15)
  })

  it('takes an unlocked screen for an awake machine, and a lock for nothing', async () => {
    const { clock, traffic, hear } = start()
    hear('suspend')
    hear('lock-screen')
    await clock.advance(20_000)
    expect(traffic.allowed()).toBe(false)
    hear('unlock-screen')
    await clock.advance(5_000)
    expect(traffic.allowed()).toBe(true)
  })

  it('does not stay silent for ever where nobody says that it woke', async () => {
    const { clock, traffic, hear } = start()
    hear('suspend')
    await clock.advance(61_000)
    expect(traffic.allowed()).toBe(true)
  })

  it('sleeps again when it is sent to sleep while it wakes', async () => {
    const { clock, traffic, hear } = start()
    hear('suspend')
    hear('resume')
    await clock.advance(500)
    hear('suspend')
    await clock.advance(10_000)
    expect(traffic.allowed()).toBe(false)
    hear('resume')
    await clock.advance(5_000)
    expect(traffic.allowed()).toBe(true)
  })

  it('leaves Work offline alone', async () => {
    const { clock, traffic, hear } = start()
    traffic.setWorkOffline(true)
    hear('suspend')
    hear('resume')
    await clock.advance(10_000)
    expect(traffic.allowed()).toBe(false)
  })
})
