import { expect, test } from 'vitest'
import { createIdleWatch } from '../../../../../electron/core/lock/idle-watch.ts'
import type { Power } from '../../../../../electron/host/host.ts'
import { testCreateClock } from '../../../../support/test-create-clock.ts'

function watch(minutes: number, options: { lockable?: boolean; idleSeconds?: () => number | null } = {}) {
  const clock = testCreateClock()
  let tell: Parameters<Power['listen']>[0] = () => undefined
  let locked = 0
  const state = { after: minutes, lockable: options.lockable ?? true }
  const idle = createIdleWatch({
    clock,
    power: {
      listen: (listener) => {
        tell = listener
        return () => {
          tell = () => undefined
        }
      },
      idleSeconds: options.idleSeconds ?? (() => null),
    },
    after: () => state.after,
    isLockable: () => state.lockable,
    lock: () => {
      locked++
      state.lockable = false
    },
  })
  idle.look()
  return { clock, idle, state, locked: () => locked, tell: (event: Parameters<typeof tell>[0]) => tell(event) }
}

test('locks after so many minutes without a key or a pointer, and not while somebody is there', async () => {
  const { clock, idle, locked } = watch(5)
  for (let minute = 0; minute < 10; minute++) {
    await clock.advance(60_000)
    idle.active()
  }
  expect(locked()).toBe(0)
  await clock.advance(4.9 * 60_000)
  expect(locked()).toBe(0)
  await clock.advance(0.2 * 60_000)
  expect(locked()).toBe(1)
})

test('never by itself where that is chosen, or where there is nothing to lock', async () => {
  for (const { clock, locked, tell } of [watch(0), watch(5, { lockable: false })]) {
    await clock.advance(3_600_000)
    tell('suspend')
    expect(locked()).toBe(0)
  }
})

test.each(['suspend', 'lock-screen'] as const)('on %s at once; on waking there is nothing left to do', (event) => {
  const { locked, tell } = watch(60)
  tell('resume')
  tell('unlock-screen')
  expect(locked()).toBe(0)
  tell(event)
  expect(locked()).toBe(1)
})

test('where the machine knows that nobody touches it, that counts', async () => {
  let machine = 0
  const { clock, idle, locked } = watch(5, { idleSeconds: () => machine })
  await clock.advance(60_000)
  idle.active()
  machine = 300
  await clock.advance(20_000)
  expect(locked()).toBe(1)
})

test('switched on later, and after it was locked and opened, the time begins anew', async () => {
  const { clock, idle, state, locked } = watch(0)
  await clock.advance(3_600_000)
  state.after = 1
  idle.look()
  await clock.advance(59_000)
  expect(locked()).toBe(0)
  await clock.advance(11_000)
  expect(locked()).toBe(1)
  await clock.advance(3_600_000)
  state.lockable = true
  idle.look()
  await clock.advance(30_000)
  expect(locked()).toBe(1)
  await clock.advance(40_000)
  expect(locked()).toBe(2)
})
