import { expect, test } from 'vitest'
import { HostFetchError } from '../../electron/host/host.ts'
import { testCreatePush } from '../support/test-create-push.ts'

const SECOND = 1_000
const MINUTE = 60_000
const HOUR = 60 * MINUTE

async function withClient() {
  const t = await testCreatePush()
  const ada = await t.nth(0)
  return {
    ...t,
    ada,
    remote: () => t.there(ada.remoteId),
    change: (phone: string) => t.save(ada.clientId, { phone }),
    /** Requests of the source since a place in the record. */
    asked: (from: number) => t.world.sent.slice(from).filter((request) => request.path.startsWith('/api/v1')),
    sync: () => t.world.host()['sources.sync']({ sourceId: t.world.ids.fullEngage, full: false }),
  }
}

test('F008 503 with Retry-After 120: nothing leaves for that source for 120 s, not even if asked; others go on', async () => {
  const t = await withClient()
  t.script({ PATCH: [async (_, act) => act.answer(503, {}, { 'retry-after': '120' })] })
  await t.change('+1 555 0201')
  await t.world.advance(2 * SECOND)
  const from = t.world.sent.length
  await t.sync()
  await t.world.host()['edits.push']({ sourceId: null })
  await t.world.host()['sources.sync']({ sourceId: t.world.ids.connect, full: true })
  await t.world.advance(115 * SECOND)
  expect(t.asked(from)).toEqual([])
  expect(t.world.sent.slice(from).length).toBeGreaterThan(0)
  const view = await t.source()
  expect(view.nextAttemptAt).toBeGreaterThan(t.world.now())
  await t.world.advance(10 * SECOND)
  expect(await t.queue()).toEqual([])
  expect(t.remote()).toMatchObject({ phone: '+1 555 0201' })
})

test('F009 429 with an HTTP-date: waits to that instant of the server’s clock, whatever this one says', async () => {
  const t = await withClient()
  const serverNow = Date.UTC(2031, 0, 1)
  t.script({
    PATCH: [
      async (_, act) =>
        act.answer(
          429,
          {},
          {
            date: new Date(serverNow).toUTCString(),
            'retry-after': new Date(serverNow + 90 * SECOND).toUTCString(),
          },
        ),
    ],
  })
  await t.change('+1 555 0202')
  await t.world.advance(SECOND)
  const from = t.world.sent.length
  await t.world.advance(85 * SECOND)
  expect(t.asked(from)).toEqual([])
  await t.world.advance(10 * SECOND)
  expect(await t.queue()).toEqual([])
})

test('F012 Retry-After 9999999999: an hour at most, shown as a time to come, no timer that fires at once', async () => {
  const t = await withClient()
  t.script({ PATCH: [async (_, act) => act.answer(429, {}, { 'retry-after': '9999999999' })] })
  await t.change('+1 555 0203')
  await t.world.advance(SECOND)
  const from = t.world.sent.length
  await t.world.advance(59 * MINUTE)
  expect(t.asked(from)).toEqual([])
  expect((await t.source()).nextAttemptAt).toBeGreaterThan(t.world.now())
  await t.world.advance(2 * MINUTE)
  expect(await t.queue()).toEqual([])
})

test('F033 a certificate that cannot be trusted: not sent, and the source is not tried in a hurry', async () => {
  const t = await withClient()
  t.world.script(async () => {
    throw new HostFetchError('tls', false, 'CERT_HAS_EXPIRED')
  })
  const from = t.world.sent.length
  await t.change('+1 555 0204')
  await t.world.advance(20 * SECOND)
  expect(t.asked(from)).toHaveLength(1)
  expect(await t.source()).toMatchObject({ circuitOpen: true })
  expect(await t.queue()).toMatchObject([{ attempts: 0, error: { code: 'unreachable', reason: 'tls' } }])
  t.world.script(null)
  await t.world.advance(5 * MINUTE)
  expect(await t.queue()).toEqual([])
})

test('five failures in a row open the circuit: one read tries the line after half a minute, no write before it has', async () => {
  const t = await withClient()
  t.world.script((_, act) => Promise.resolve(act.answer(500, { error: 'down' })))
  await t.change('+1 555 0205')
  await t.world.advance(5 * MINUTE)
  expect(await t.source()).toMatchObject({ circuitOpen: true })
  const down = t.world.sent.length
  const at = (await t.source()).nextAttemptAt
  expect(at).toBeGreaterThan(t.world.now())
  t.world.script(null)
  await t.world.advance(6 * MINUTE)
  expect(t.asked(down)[0]?.method).toBe('GET')
  expect(await t.queue()).toEqual([])
  expect(await t.source()).toMatchObject({ circuitOpen: false, state: 'up-to-date' })
})

test('F040 nothing but errors for a day: a few hundred requests, reads only, and all is well when it is over', async () => {
  const t = await withClient()
  t.world.script((_, act) => Promise.resolve(act.answer(500, { error: 'down' })))
  await t.change('+1 555 0206')
  const from = t.world.sent.length
  await t.world.advance(24 * HOUR)
  const asked = t.asked(from)
  expect(asked.length).toBeLessThan(24 * 60)
  expect(asked.filter((request) => request.method !== 'GET')).toEqual([])
  t.world.script(null)
  await t.world.advance(15 * MINUTE)
  expect(await t.queue()).toEqual([])
  expect(t.remote()).toMatchObject({ phone: '+1 555 0206' })
}, 120_000)

test('F041 a line that comes and goes every two seconds: everything arrives, nothing twice', async () => {
  const t = await withClient()
  t.world.script(async (request, act) => {
    await act.wait(50)
    const isUp = Math.floor(t.world.now() / 2_000) % 2 === 0
    if (isUp) return act.serve()
    // Some of it arrives all the same, and the answer is lost.
    if (request.method === 'PATCH' || request.method === 'GET') act.serve()
    throw new HostFetchError('reset', true, 'ECONNRESET')
  })
  const bob = await t.nth(1)
  await t.change('+1 555 0207')
  await t.save(bob.clientId, { phone: '+1 555 0208' })
  await t.create('Fla Pping')
  await t.sync()
  await t.world.advance(30 * MINUTE)
  expect(await t.queue()).toEqual([])
  expect(await t.conflicts()).toEqual([])
  const patched = t.world.traffic.filter((write) => write.method === 'PATCH')
  // Once each: what has landed is not written again.
  expect(new Set(patched.map((write) => String(write.body.phone)))).toEqual(new Set(['+1 555 0207', '+1 555 0208']))
  expect(t.world.fullEngage.table.list().filter((row) => row.name === 'Fla Pping')).toHaveLength(1)
})

test('F191 a server that answers slowly to hold everything up: its own source waits, no other', async () => {
  const t = await withClient()
  t.world.script((request, act) =>
    new URL(request.url).pathname.startsWith('/api/v1') ? act.wait(10 * MINUTE).then(() => act.serve()) : null,
  )
  await t.sync()
  await t.change('+1 555 0209')
  const client = await t.page()['client.create']({
    sourceId: t.world.ids.connect,
    deviceOnly: false,
    fields: { firstName: 'Ona', email: 'ona@example.org' },
  })
  expect(client.ok).toBe(true)
  await t.world.advance(5 * SECOND)
  expect(t.world.connect.table.list().map((row) => row.firstName)).toContain('Ona')
  expect(await t.queue()).toMatchObject([{ state: 'sending' }])
})

test('two edits of two clients are on their way at once, two of one client never', async () => {
  const t = await withClient()
  const bob = await t.nth(1)
  let now = 0
  let most = 0
  t.world.script(async (request, act) => {
    if (request.method !== 'PATCH') return act.serve()
    now++
    most = Math.max(most, now)
    await act.wait(3 * SECOND)
    now--
    return act.serve()
  })
  await t.change('+1 555 0210')
  await t.save(bob.clientId, { phone: '+1 555 0211' })
  const eve = await t.nth(2)
  await t.save(eve.clientId, { phone: '+1 555 0212' })
  await t.world.advance(SECOND)
  await t.change('+1 555 0213')
  await t.world.advance(MINUTE)
  expect(most).toBe(2)
  const mine = t.world.traffic.filter((write) => write.method === 'PATCH' && write.path.endsWith(t.ada.remoteId))
  expect(mine.map((write) => write.body.phone)).toEqual(['+1 555 0210', '+1 555 0213'])
})
