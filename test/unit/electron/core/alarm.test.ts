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

describe('alarm under a clock that is set', () => {
  /** A hand clock whose wall time can be set apart from its timers. */
  function settable() {
    const timers = testCreateClock(0)
    let skew = 0
    return {
      clock: { now: () => timers.now() + skew, schedule: timers.schedule },
      advance: timers.advance,
      set: (ms: number) => {
        skew = ms
      },
    }
  }

  it('F105 ends a wait by its naps where the clock was set back, and says that the time is over', async () => {
    const { clock, advance, set } = settable()
    let over: boolean | null = null
    void createAlarm(clock)
      .until(150_000)
      .then((isOver) => {
        over = isOver
      })
    await advance(10_000)
    set(-86_400_000)
    await advance(139_999)
    expect(over).toBeNull()
    await advance(60_000)
    expect(over).toBe(true)
  })

  it('F107 wakes within a minute after the machine has slept, each alarm at a moment of its own', async () => {
    const { clock, advance, set } = settable()
    const woke: number[] = []
    for (const chance of [0.1, 0.5, 0.9]) {
      void createAlarm(clock, { next: () => chance })
        .until(600_000)
        .then(() => woke.push(clock.now()))
    }
    await advance(1_000)
    set(3 * 86_400_000)
    await advance(70_000)
    expect(woke).toHaveLength(3)
    expect(new Set(woke).size).toBe(3)
  })

  it('says that a ring came before its time', async () => {
    const clock = testCreateClock(0)
    const alarm = createAlarm(clock)
    const waited = alarm.until(1_000)
    alarm.ring()
    expect(await waited).toBe(false)
  })
})
