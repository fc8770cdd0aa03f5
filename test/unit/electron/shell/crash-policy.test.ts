import { describe, expect, it } from 'vitest'
import { createCrashPolicy } from '../../../../electron/host/electron/window/crash-policy.ts'

const MINUTE = 60_000

function start() {
  let now = 1_000_000
  const policy = createCrashPolicy(() => now)
  return {
    policy,
    pass: (ms: number) => {
      now += ms
    },
  }
}

describe('a page whose process is gone', () => {
  it('comes back where it was, then at the start, then only when asked for', () => {
    const { policy } = start()
    expect([1, 2, 3, 4, 5].map(() => policy.answer('crashed'))).toEqual([
      'same-place',
      'same-place',
      'start',
      'ask',
      'ask',
    ])
  })

  it.each(['abnormal-exit', 'killed', 'crashed', 'oom', 'memory-eviction', 'clean-exit'] as const)(
    'comes back after %s',
    (reason) => {
      expect(start().policy.answer(reason)).toBe('same-place')
    },
  )

  it.each(['integrity-failure', 'launch-failed'] as const)('is not loaded into the same trouble after %s', (reason) => {
    const { policy } = start()
    expect(policy.answer(reason)).toBe('broken')
    expect(policy.answer('crashed')).toBe('same-place')
  })

  it('is counted within ten minutes, not for ever', () => {
    const { policy, pass } = start()
    for (let week = 0; week < 20; week++) {
      expect(policy.answer('crashed')).toBe('same-place')
      pass(11 * MINUTE)
    }
  })

  it('is not counted for ever by a clock that was set back', () => {
    const { policy, pass } = start()
    for (let n = 0; n < 3; n++) policy.answer('oom')
    pass(-60 * MINUTE)
    expect(policy.answer('oom')).toBe('same-place')
  })

  it('gets another try when the user wants one', () => {
    const { policy } = start()
    for (let n = 0; n < 4; n++) policy.answer('crashed')
    policy.forget()
    expect(policy.answer('crashed')).toBe('same-place')
  })
})
