import { describe, expect, it } from 'vitest'
import { createAlarm } from '../../../../electron/core/sync/alarm.ts'
import { testCreateClock } from '../../../support/test-create-clock.ts'

function sleeper(at: number | null) {
  const clock = testCreateClock(0)
  const alarm = createAlarm(clock)
  let awake = false
  void alarm.until(at).then(() => {
    awake = true
  })
  return { clock, alarm, isAwake: () => awake }
}

describe('alarm', () => {
  it('sleeps until the due time, past many naps', async () => {
    const { clock, isAwake } = sleeper(200_000)
    await clock.advance(199_999)
    expect(isAwake()).toBe(false)
    await clock.advance(1)
    expect(isAwake()).toBe(true)
  })

  it('wakes when rung, at any time', async () => {
    const { clock, alarm, isAwake } = sleeper(null)
    await clock.advance(1_000_000)
    expect(isAwake()).toBe(false)
    alarm.ring()
    await clock.advance(0)
    expect(isAwake()).toBe(true)
  })

  it('does not sleep through a ring that came before', async () => {
    const clock = testCreateClock(0)
    const alarm = createAlarm(clock)
    alarm.ring()
    await alarm.until(null)
    // One ring wakes once.
    let awake = false
    void alarm.until(null).then(() => {
      awake = true
    })
    await clock.advance(100_000)
    expect(awake).toBe(false)
  })

  it('returns at once for a time that has passed', async () => {
    const clock = testCreateClock(1_000)
    await createAlarm(clock).until(999)
  })
})
