import { expect, test } from 'vitest'
import { createRateBudget } from '../../../../electron/core/http/rate-budget.ts'
import { testCreateClock } from '../../../support/test-create-clock.ts'

const LIMITS = { reads: { burst: 2, perSecond: 1 }, writes: { burst: 1, perSecond: 1 } }

/** Lets promises that are settled run their continuations. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('lets a burst through, then one per second; writes do not wait for reads', async () => {
  const clock = testCreateClock()
  const budget = createRateBudget(clock, LIMITS)
  const went: string[] = []
  const ask = (kind: 'read' | 'write' | 'background', name: string) =>
    void budget.take(kind).then(() => went.push(name))
  for (const name of ['r1', 'r2']) ask('read', name)
  ask('background', 'b1')
  ask('background', 'b2')
  ask('read', 'r3')
  ask('write', 'w1')
  await settle()
  expect(went).toEqual(['r1', 'r2', 'w1'])
  await clock.advance(1000)
  await settle()
  // What the user opened goes before what runs in the background, though it came later.
  expect(went).toEqual(['r1', 'r2', 'w1', 'r3'])
  await clock.advance(2000)
  await settle()
  expect(went).toEqual(['r1', 'r2', 'w1', 'r3', 'b1', 'b2'])
})

test('a stopped request does not wait, and takes no turn', async () => {
  const clock = testCreateClock()
  const budget = createRateBudget(clock, { ...LIMITS, reads: { burst: 1, perSecond: 1 } })
  await budget.take('read')
  const stop = new AbortController()
  const stopped = budget.take('read', stop.signal)
  let next = false
  void budget.take('read').then(() => {
    next = true
  })
  stop.abort()
  await stopped
  await budget.take('read', stop.signal)
  await clock.advance(1000)
  await settle()
  expect(next).toBe(true)
})

test('what nobody waits for keeps to its own pace, however much of the reads is left', async () => {
  const clock = testCreateClock()
  const budget = createRateBudget(clock, {
    ...LIMITS,
    reads: { burst: 9, perSecond: 9 },
    background: { burst: 1, perSecond: 1 },
  })
  const went: string[] = []
  for (const name of ['b1', 'b2']) void budget.take('background').then(() => went.push(name))
  for (const name of ['r1', 'r2']) void budget.take('read').then(() => went.push(name))
  await settle()
  expect(went.sort()).toEqual(['b1', 'r1', 'r2'])
  await clock.advance(1000)
  await settle()
  expect(went).toEqual(['b1', 'r1', 'r2', 'b2'])
})
