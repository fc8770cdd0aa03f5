import { expect, test } from 'vitest'
import { GRACE_MS } from '../../electron/core/sync/create-watch.ts'
import { HostFetchError } from '../../electron/host/host.ts'
import {
  answers,
  asAlways,
  late,
  lostAfter,
  lostBefore,
  neverSent,
  takesAndAnswers,
  testCreatePush,
  value,
} from '../support/test-create-push.ts'

const NAME = 'Ona Newcomer'

async function withRows() {
  const push = await testCreatePush()
  return {
    ...push,
    named: async () => (await push.rows(NAME)).map((row) => row.clientId),
    there: () => push.world.fullEngage.table.list().filter((row) => row.name === NAME),
    posts: () => push.sent('POST').length,
    read: async () => {
      await push.world.host()['sources.sync']({ sourceId: push.world.ids.fullEngage, full: true })
      await push.world.advance(5_000)
    },
  }
}

test.each([
  ['F001', 'dns'],
  ['F002', 'refused'],
  ['F002', 'timeout'],
] as const)(
  '%s %s before the first byte of a POST: stays queued, attempt not counted, goes later as one',
  async (_, reason) => {
    const t = await withRows()
    t.script({ POST: [neverSent(reason)] })
    await t.create(NAME)
    await t.world.advance(90)
    expect(await t.queue()).toMatchObject([{ state: 'retrying', attempts: 0, canChange: true }])
    await t.world.advance(60_000)
    expect(await t.queue()).toEqual([])
    expect(t.there()).toHaveLength(1)
  },
)

test('F003 reset after the body was sent: adopted by fence, one POST', async () => {
  const t = await withRows()
  t.script({ POST: [lostAfter] })
  const clientId = await t.create(NAME)
  await t.world.advance(20_000)
  expect(await t.queue()).toEqual([])
  expect(t.posts()).toBe(1)
  expect(await t.named()).toEqual([clientId])
})

test('F003 a twin that was there before is behind the fence and is never adopted', async () => {
  const t = await withRows()
  t.world.fullEngage.table.insert({ name: NAME, phone: '+370 600 00000' })
  t.script({ POST: [lostBefore] })
  await t.create(NAME)
  await t.world.advance(60_000)
  expect(await t.queue()).toMatchObject([{ state: 'unknown-outcome' }])
  await t.world.advance(GRACE_MS)
  expect(await t.queue()).toEqual([])
  expect(t.posts()).toBe(2)
  expect(t.there()).toHaveLength(2)
})

test('F004 the client gives up, the server takes it 90 s later: looked for, adopted, no second POST', async () => {
  const t = await withRows()
  const slow = late()
  t.script({ POST: [slow.plan] })
  const clientId = await t.create(NAME)
  await t.world.advance(90_000)
  expect(await t.queue()).toMatchObject([{ state: 'unknown-outcome' }])
  slow.land()
  await t.world.advance(60_000)
  expect(await t.queue()).toEqual([])
  expect(t.posts()).toBe(1)
  expect(await t.named()).toEqual([clientId])
})

test('F005 taken only after the grace: sent once more, and the double is shown and said, not hidden', async () => {
  const t = await withRows()
  const slow = late()
  t.script({ POST: [slow.plan] })
  const clientId = await t.create(NAME)
  await t.world.advance(GRACE_MS + 60_000)
  expect(await t.queue()).toEqual([])
  expect(t.posts()).toBe(2)
  slow.land()
  await t.read()
  expect(await t.named()).toHaveLength(2)
  expect(await t.notices()).toMatchObject([{ kind: 'made-twice', clientId, facts: { name: NAME } }])
})

test('nothing is sent again before the grace is over and two looks after it found nothing', async () => {
  const t = await withRows()
  t.script({ POST: [lostBefore] })
  await t.create(NAME)
  await t.world.advance(GRACE_MS + 5_000)
  expect(t.posts()).toBe(1)
  await t.world.advance(45_000)
  expect(t.posts()).toBe(2)
  expect(t.there()).toHaveLength(1)
})

test('a second unknown outcome asks; what the user sends again is looked for first', async () => {
  const t = await withRows()
  t.script({ POST: [lostBefore, lostBefore] })
  await t.create(NAME)
  await t.world.advance(3 * GRACE_MS + 60_000)
  const [edit] = await t.queue()
  expect(edit).toMatchObject({ state: 'needs-attention', attempts: 2 })
  expect(t.posts()).toBe(2)
  await t.page()['edit.retry']({ editId: edit?.editId ?? never() })
  await t.world.advance(2 * GRACE_MS)
  expect(t.posts()).toBe(3)
  expect(t.there()).toHaveLength(1)
})

test.each([500, 502, 504, 408, 503])('F006 %s after the commit of a POST: adopted, no second POST', async (status) => {
  const t = await withRows()
  t.script({ POST: [takesAndAnswers(status)] })
  const clientId = await t.create(NAME)
  await t.world.advance(20_000)
  expect(await t.queue()).toEqual([])
  expect(t.posts()).toBe(1)
  expect(await t.named()).toEqual([clientId])
})

test('F008 429 on a POST that was taken all the same: looked for once before it goes again', async () => {
  const t = await withRows()
  t.script({
    POST: [
      async (_, act) => {
        act.serve()
        return act.answer(429, {}, { 'retry-after': '3' })
      },
    ],
  })
  await t.create(NAME)
  await t.world.advance(20_000)
  expect(await t.queue()).toEqual([])
  expect(t.posts()).toBe(1)
})

test('F021 400 with the vendor’s words: waits for the user with them, later edits of the client behind it', async () => {
  const t = await withRows()
  t.script({ POST: [answers(400, { error: 'Invalid lead status' })] })
  const fields = { firstName: 'Ona', email: 'ona@example.org' }
  const sourceId = t.world.ids.connect
  const made = value(await t.page()['client.create']({ sourceId, deviceOnly: false, fields }))
  await t.world.advance(5_000)
  const [edit] = await t.queue()
  expect(edit).toMatchObject({
    state: 'needs-attention',
    error: { code: 'refused', vendorText: 'Invalid lead status' },
  })
  // Corrected in place, because nothing of it is there: the very same edit goes with the new value.
  value(await t.page()['edit.change']({ editId: edit?.editId ?? never(), changes: { firstName: 'Onute' } }))
  await t.world.advance(5_000)
  expect(await t.queue()).toEqual([])
  expect(t.world.connect.table.list().map((row) => row.firstName)).toContain('Onute')
  expect((await t.details(made.clientId)).records[0]?.remoteId).not.toBeNull()
})

test('F023 a redirect on a POST: refused, not turned into a GET, nothing more until somebody asks', async () => {
  const t = await withRows()
  t.script({ POST: [answers(302, '', { location: 'http://127.0.0.1/elsewhere' })] })
  await t.create(NAME)
  await t.world.advance(600_000)
  expect(t.posts()).toBe(1)
  expect(t.world.sent.some((request) => request.path.includes('elsewhere'))).toBe(false)
  expect(await t.source()).toMatchObject({ state: 'error', error: { code: 'redirected' } })
  await t.read()
  await t.world.advance(20_000)
  expect(await t.queue()).toEqual([])
  expect(t.there()).toHaveLength(1)
})

test('F034 a proxy sends our POST twice: both are listed, and the user is told', async () => {
  const t = await withRows()
  t.script({
    POST: [
      async (_, act) => {
        act.serve()
        return act.serve()
      },
    ],
  })
  const clientId = await t.create(NAME)
  await t.world.advance(5_000)
  await t.read()
  expect(t.posts()).toBe(1)
  expect(await t.named()).toHaveLength(2)
  expect(await t.notices()).toMatchObject([{ kind: 'made-twice', clientId }])
})

test('F034 a proxy sends our POST twice and loses both answers: which of the two it is, the user says', async () => {
  const t = await withRows()
  t.script({
    POST: [
      async (_, act) => {
        act.serve()
        act.serve()
        throw new HostFetchError('reset', true, 'ECONNRESET')
      },
    ],
  })
  await t.create(NAME)
  await t.world.advance(20_000)
  expect(await t.conflicts()).toMatchObject([
    { kind: 'duplicate', candidates: [expect.any(String), expect.any(String)] },
  ])
})

test.each([
  ['nothing', ''],
  ['no id', { data: { name: NAME } }],
  ['no record', { data: null }],
  ['a page', '<html>'],
])('F039 201 with %s: adopted by fence, no second POST', async (_, body) => {
  const t = await withRows()
  t.script({ POST: [takesAndAnswers(201, body)] })
  const clientId = await t.create(NAME)
  await t.world.advance(20_000)
  expect(await t.queue()).toEqual([])
  expect(t.posts()).toBe(1)
  expect(await t.named()).toEqual([clientId])
})

test('F039 201 with nothing, and nothing made: the user is asked, never a second POST by itself', async () => {
  const t = await withRows()
  t.script({ POST: [answers(201, '')] })
  await t.create(NAME)
  await t.world.advance(10 * GRACE_MS)
  expect(t.posts()).toBe(1)
  expect(await t.queue()).toMatchObject([{ state: 'needs-attention', error: { code: 'not-json' } }])
})

test('a pull that meets the row of an open create does not list it as a new client, and nothing is sent over it', async () => {
  const t = await withRows()
  const slow = late()
  // The vendor's search is blind to it; its list is not.
  t.world.script((request, act) => {
    if (request.method === 'POST') return slow.plan(request, act)
    const isSearch = new URL(request.url).searchParams.has('query')
    return isSearch ? Promise.resolve(act.answer(200, { data: [], total: 0 })) : null
  })
  const clientId = await t.create(NAME)
  await t.world.advance(30_000)
  slow.land()
  await t.read()
  expect(await t.named()).toEqual([clientId])
  await t.world.advance(3 * GRACE_MS)
  expect(t.posts()).toBe(1)
  expect(await t.conflicts()).toMatchObject([{ kind: 'duplicate', candidates: [expect.any(String)] }])
})

test('F151 an edit while a create is open: the body stays as it was sent, the edit follows once it is adopted', async () => {
  const t = await withRows()
  const slow = late()
  t.script({ POST: [slow.plan] })
  const clientId = await t.create(NAME)
  await t.world.advance(1_000)
  await t.save(clientId, { notes: 'written meanwhile' })
  expect(await t.queue()).toMatchObject([{ operation: 'create' }, { operation: 'update', behind: true }])
  await t.world.advance(10_000)
  slow.land()
  await t.world.advance(60_000)
  expect(await t.queue()).toEqual([])
  expect(t.posts()).toBe(1)
  expect(t.there()).toMatchObject([{ notes: 'written meanwhile' }])
  const create = t.world.traffic.find((write) => write.method === 'POST')
  expect(create?.body).not.toHaveProperty('notes')
})

test('F152 a delete while a create is in flight: the create is settled first, then it is deleted', async () => {
  const t = await withRows()
  const slow = late()
  t.script({ POST: [slow.plan] })
  const clientId = await t.create(NAME)
  await t.world.advance(1_000)
  await t.page()['client.delete']({ clientId })
  await t.world.advance(12_000)
  expect(t.sent('DELETE')).toEqual([])
  slow.land()
  await t.world.advance(60_000)
  expect(await t.queue()).toEqual([])
  expect(t.there()).toEqual([])
  expect([t.posts(), t.sent('DELETE').length]).toEqual([1, 1])
  expect(await t.named()).toEqual([])
})

test('an edit made behind a create goes to the id that only the answer told', async () => {
  const t = await withRows()
  t.script({ POST: [asAlways] })
  const clientId = await t.create(NAME)
  await t.world.advance(10)
  await t.save(clientId, { notes: 'at once' })
  await t.world.advance(5_000)
  const [row] = t.there()
  expect(t.sent('PATCH').map((request) => request.path)).toEqual([`/api/v1/clients/${row?.id}`])
  expect(row).toMatchObject({ notes: 'at once' })
})

function never(): never {
  throw new Error('there is no edit')
}
