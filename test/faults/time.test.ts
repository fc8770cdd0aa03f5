import { afterEach, expect, test } from 'vitest'
import { createSequence } from '../../electron/core/sequence.ts'
import { GRACE_MS } from '../../electron/core/sync/create-watch.ts'
import { lostBefore, neverSent, testCreatePush } from '../support/test-create-push.ts'

const SECOND = 1_000
const MINUTE = 60_000
const DAY = 86_400_000
const YEAR = 365 * DAY

const zone = process.env.TZ
afterEach(() => {
  process.env.TZ = zone ?? ''
  if (zone === undefined) delete process.env.TZ
})

/** Edits, a create whose answer is lost, and reads, under a clock that is set to whatever `clockAt` says as it goes. */
async function story(clockAt: (step: number) => number) {
  const t = await testCreatePush({ seed: 7 })
  let step = 0
  const go = async (ms: number): Promise<void> => {
    t.world.setSkew(clockAt(step++))
    await t.world.advance(ms)
  }
  const ada = await t.nth(0)
  const bob = await t.nth(1)
  await go(SECOND)
  t.script({ POST: [lostBefore], PATCH: [neverSent('dns')] })
  await t.save(ada.clientId, { phone: '+1 555 0301' })
  await t.create('Ona Newcomer')
  await go(5 * SECOND)
  await t.save(ada.clientId, { notes: 'second' })
  await go(30 * SECOND)
  await t.page()['client.delete']({ clientId: bob.clientId })
  await go(MINUTE)
  await t.world.host()['sources.sync']({ sourceId: t.world.ids.fullEngage, full: true })
  await go(2 * GRACE_MS)
  await go(10 * MINUTE)
  const posts = t.sent('POST').length
  const rows = t.world.fullEngage.table.list().map(({ name, phone, notes }) => ({ name, phone, notes }))
  const shown = (await t.rows()).map((row) => row.name).sort()
  return { queue: await t.queue(), conflicts: await t.conflicts(), posts, rows, shown }
}

test.each([
  ['a day ahead', () => DAY],
  ['a year behind', () => -YEAR],
  ['ahead, then behind, then right', (step: number) => [DAY, -YEAR, 0][step % 3] ?? 0],
])('F104 a clock that is %s: the same requests matter, the same state at the end', async (_, clockAt) => {
  const right = await story(() => 0)
  expect(right.queue).toEqual([])
  expect(right.posts).toBe(2)
  expect(await story(clockAt)).toEqual(right)
})

test('F105 the clock is set back by a year while an edit waits for its next try: not endless, and not at once', async () => {
  const t = await testCreatePush()
  const ada = await t.nth(0)
  t.script({ PATCH: [neverSent('refused')] })
  await t.save(ada.clientId, { phone: '+1 555 0302' })
  await t.world.advance(100)
  expect(await t.queue()).toMatchObject([{ state: 'retrying' }])
  t.world.setSkew(-YEAR)
  await t.world.advance(2 * MINUTE)
  expect(await t.queue()).toEqual([])
})

test('F105 the clock is set ahead by a day while a vendor has asked for two minutes: they are waited for', async () => {
  const t = await testCreatePush()
  const ada = await t.nth(0)
  t.script({ PATCH: [async (_, act) => act.answer(429, {}, { 'retry-after': '120' })] })
  await t.save(ada.clientId, { phone: '+1 555 0303' })
  await t.world.advance(SECOND)
  const from = t.world.sent.length
  t.world.setSkew(DAY)
  await t.world.host()['edits.push']({ sourceId: null })
  await t.world.advance(115 * SECOND)
  expect(t.world.sent.slice(from).filter((request) => request.path.startsWith('/api/v1'))).toEqual([])
  await t.world.advance(MINUTE)
  expect(await t.queue()).toEqual([])
})

test('F105 the clock is set ahead by a day after a lost POST: the grace is waited for all the same', async () => {
  const t = await testCreatePush()
  t.script({ POST: [lostBefore] })
  await t.create('Ona Newcomer')
  await t.world.advance(SECOND)
  t.world.setSkew(DAY)
  await t.world.advance(GRACE_MS - 10 * SECOND)
  expect(t.sent('POST')).toHaveLength(1)
  await t.world.advance(2 * MINUTE)
  expect(t.sent('POST')).toHaveLength(2)
})

test('F106 another time zone, and a day on which the clocks change: nothing comes earlier or later', async () => {
  process.env.TZ = 'Europe/Berlin'
  const berlin = await story(() => 0)
  process.env.TZ = 'Pacific/Apia'
  expect(await story(() => 0)).toEqual(berlin)
  // An instant is an instant: what a vendor says in its own zone, and the night in which an hour is missing.
  process.env.TZ = 'Europe/Berlin'
  const t = await testCreatePush()
  const ada = await t.nth(0)
  const before = Date.UTC(2026, 2, 29, 0, 59, 30)
  t.script({
    PATCH: [
      async (_, act) =>
        act.answer(
          429,
          {},
          {
            date: new Date(before).toUTCString(),
            'retry-after': new Date(before + 60 * SECOND).toUTCString(),
          },
        ),
    ],
  })
  await t.save(ada.clientId, { phone: '+1 555 0304' })
  await t.world.advance(SECOND)
  const from = t.world.sent.length
  await t.world.advance(57 * SECOND)
  expect(t.world.sent.slice(from).filter((request) => request.path.startsWith('/api/v1'))).toEqual([])
  await t.world.advance(10 * SECOND)
  expect(await t.queue()).toEqual([])
})

test('F107 the machine sleeps for three days with a PATCH under way: unknown, looked up, written once', async () => {
  const t = await testCreatePush()
  const ada = await t.nth(0)
  t.script({
    PATCH: [
      async (_, act) => {
        const answer = act.serve()
        await act.wait(3 * DAY)
        return answer
      },
    ],
  })
  await t.save(ada.clientId, { phone: '+1 555 0305' })
  await t.world.advance(SECOND)
  expect(await t.queue()).toMatchObject([{ state: 'sending' }])
  // Timers stood still; the wall clock did not.
  t.world.setSkew(3 * DAY)
  await t.world.advance(5 * MINUTE)
  expect(await t.queue()).toEqual([])
  expect(t.world.traffic.filter((write) => write.method === 'PATCH')).toHaveLength(1)
})

test('F110 two edits in one millisecond: ordered by their number and not by their time', async () => {
  const t = await testCreatePush()
  const ada = await t.nth(0)
  t.script({ PATCH: [async (_, act) => act.wait(2 * SECOND).then(act.serve)] })
  await t.save(ada.clientId, { phone: '+1 555 0306' })
  await t.world.advance(500)
  // The clock stands: all of these bear the same time.
  await t.save(ada.clientId, { phone: '+1 555 0307' })
  await t.save(ada.clientId, { phone: '+1 555 0308' })
  const times = (await t.queue()).map((edit) => edit.createdAt)
  await t.save(ada.clientId, { notes: 'last' })
  expect(times).toHaveLength(2)
  await t.world.advance(MINUTE)
  const phones = t.world.traffic.filter((write) => write.method === 'PATCH').map((write) => write.body.phone)
  expect(phones).toEqual(['+1 555 0306', '+1 555 0308'])
  expect(t.there(ada.remoteId)).toMatchObject({ phone: '+1 555 0308', notes: 'last' })
})

test('F111 the counter that orders requests runs over its part of an epoch: it widens, never throws, never goes back', () => {
  const sequence = createSequence()
  sequence.startEpoch(2)
  const first = sequence.next()
  // A billion requests later, in the same epoch.
  sequence.startEpoch(3)
  const later = sequence.next()
  sequence.startEpoch(2)
  expect(sequence.next()).toBe(later + 1)
  expect(later).toBeGreaterThan(first)
  sequence.startEpoch(9_000_000)
  expect(Number.isSafeInteger(sequence.next())).toBe(true)
})

test('a clock that is ten minutes off is said, source by source, and taken back when it is right again', async () => {
  const t = await testCreatePush()
  t.world.script((_, act) => {
    const answer = act.serve()
    const date = new Date(t.world.now()).toUTCString()
    return Promise.resolve({ ...answer, header: (name: string) => (name === 'date' ? date : answer.header(name)) })
  })
  const read = async (): Promise<void> => {
    await t.world.host()['sources.sync']({ sourceId: t.world.ids.fullEngage, full: true })
    await t.world.advance(5 * SECOND)
  }
  await read()
  expect(await t.notices()).toEqual([])
  t.world.setSkew(10 * MINUTE)
  await read()
  await read()
  expect((await t.notices()).find((notice) => notice.kind === 'clock-off')).toMatchObject({
    sourceId: t.world.ids.fullEngage,
    facts: { minutes: 10 },
  })
  t.world.setSkew(0)
  await read()
  await read()
  expect(await t.notices()).toEqual([])
})
