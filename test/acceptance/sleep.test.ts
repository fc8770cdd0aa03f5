import { expect, it } from 'vitest'
import { testCreatePush } from '../support/test-create-push.ts'

/** The real core, store and vendors under a hand clock; the machine goes to sleep and wakes. */
it('sends nothing while the machine sleeps, and all of it after it woke', async () => {
  const app = await testCreatePush()
  const { world } = app
  const { clientId, remoteId } = await app.nth(0)
  world.power('suspend')
  const before = world.sent.length
  await app.save(clientId, { phone: '+370 611 11111' })
  await world.advance(30_000)
  expect(world.sent.length).toBe(before)
  expect(await app.queue()).toHaveLength(1)
  world.power('resume')
  await world.advance(20_000)
  expect(app.sent('PATCH', before)).toHaveLength(1)
  expect(app.there(remoteId)?.phone).toBe('+370 611 11111')
  expect(await app.queue()).toEqual([])
})

it('lets a write that is under way end, and checks anew before one that had not left', async () => {
  const app = await testCreatePush()
  const { world } = app
  const { clientId, remoteId } = await app.nth(0)
  app.script({
    // The machine goes to sleep between the check of a record and the write that follows it.
    ONE: [
      async (_request, act) => {
        world.power('suspend')
        return act.serve()
      },
    ],
  })
  const before = world.sent.length
  await app.save(clientId, { phone: '+370 622 22222' })
  await world.advance(10_000)
  expect(app.sent('PATCH', before)).toEqual([])
  const checks = app.sent('GET', before).length
  expect(checks).toBeGreaterThan(0)
  world.power('resume')
  await world.advance(30_000)
  expect(app.sent('GET', before).length).toBeGreaterThan(checks)
  expect(app.sent('PATCH', before)).toHaveLength(1)
  expect(app.there(remoteId)?.phone).toBe('+370 622 22222')
})
