import { expect, test } from 'vitest'
import {
  answers,
  late,
  lostAfter,
  lostBefore,
  neverSent,
  takesAndAnswers,
  testCreatePush,
  value,
} from '../support/test-create-push.ts'

const MINUTE = 60_000

async function withClient() {
  const t = await testCreatePush()
  const ada = await t.nth(0)
  return {
    ...t,
    ada,
    remote: () => t.there(ada.remoteId),
    patches: () => t.sent('PATCH').length,
    phone: () => t.shown(ada.clientId, 'phone'),
    change: (phone: string) => t.save(ada.clientId, { phone }),
  }
}

test.each([502, 504])('F007 %s on a PATCH that was taken: the record itself says so, one PATCH', async (status) => {
  const t = await withClient()
  t.script({ PATCH: [takesAndAnswers(status)] })
  await t.change('+1 555 0101')
  await t.world.advance(20_000)
  expect(await t.queue()).toEqual([])
  expect(t.patches()).toBe(1)
  expect(t.remote()).toMatchObject({ phone: '+1 555 0101' })
})

test.each([502, 504])('F007 %s on a PATCH that was not taken: read again, then sent once more', async (status) => {
  const t = await withClient()
  t.script({ PATCH: [answers(status)] })
  await t.change('+1 555 0102')
  await t.world.advance(20_000)
  expect(await t.queue()).toEqual([])
  expect(t.patches()).toBe(2)
  expect(t.remote()).toMatchObject({ phone: '+1 555 0102' })
})

test('F007 a write that was lost is never sent again over what somebody else wrote meanwhile', async () => {
  const t = await withClient()
  t.script({ PATCH: [lostBefore] })
  await t.change('+1 555 0103')
  await t.world.advance(500)
  t.world.fullEngage.table.update(t.ada.remoteId, { phone: 'theirs' })
  await t.world.advance(MINUTE)
  expect(t.patches()).toBe(1)
  expect(await t.conflicts()).toMatchObject([{ kind: 'field', fields: [{ mine: '+1 555 0103', theirs: 'theirs' }] }])
})

test('F015 401 while offline edits queue: all kept, attempts as they were, one word about the key', async () => {
  const t = await withClient()
  const bob = await t.nth(1)
  await t.world.host()['settings.set']({ workOffline: true })
  await t.change('+1 555 0104')
  await t.save(bob.clientId, { notes: 'also' })
  const { keyPlace } = t.world.fullEngage
  const right = keyPlace.key
  keyPlace.key = 'ba_another'
  const from = t.world.sent.length
  await t.world.host()['settings.set']({ workOffline: false })
  await t.world.advance(60 * MINUTE)
  expect(await t.queue()).toMatchObject([{ attempts: 0 }, { attempts: 0 }])
  expect(await t.source()).toMatchObject({ state: 'key-rejected', circuitOpen: true, nextAttemptAt: null })
  // Not asked again and again: a dead key that knocks all day locks accounts.
  const asked = t.world.sent.slice(from).filter((request) => request.path.startsWith('/api/v1'))
  expect(asked.length).toBeLessThanOrEqual(4)
  keyPlace.key = right
  await t.world.host()['sources.sync']({ sourceId: t.world.ids.fullEngage, full: false })
  await t.world.advance(20_000)
  expect(await t.queue()).toEqual([])
  expect(t.remote()).toMatchObject({ phone: '+1 555 0104' })
})

test('F016 403 on one record: that edit is parked with the reason, the others go', async () => {
  const t = await withClient()
  const bob = await t.nth(1)
  t.world.script((request, act) =>
    request.url.includes(t.ada.remoteId) ? Promise.resolve(act.answer(403, { error: 'Not yours' })) : null,
  )
  await t.change('+1 555 0105')
  await t.save(bob.clientId, { phone: '+1 555 0106' })
  await t.world.advance(5_000)
  expect(await t.queue()).toMatchObject([{ state: 'needs-attention', error: { code: 'forbidden' } }])
  expect(t.there(bob.remoteId)).toMatchObject({ phone: '+1 555 0106' })
  expect((await t.source()).state).toBe('up-to-date')
})

test('F017 404 on a PATCH: a conflict of edit and deletion, nothing made anew unasked', async () => {
  const t = await withClient()
  t.script({ PATCH: [answers(404)] })
  await t.change('+1 555 0107')
  await t.world.advance(MINUTE)
  expect(await t.conflicts()).toMatchObject([{ kind: 'gone' }])
  expect(t.sent('POST')).toEqual([])
  expect(await t.phone()).toBe('+1 555 0107')
})

test.each([409, 412])('F020 %s on a PATCH, another field was changed: read again, merged, sent', async (status) => {
  const t = await withClient()
  t.script({
    PATCH: [
      async (_, act) => {
        t.world.fullEngage.table.update(t.ada.remoteId, { notes: 'theirs' })
        return act.answer(status, { error: 'stale' })
      },
    ],
  })
  await t.change('+1 555 0108')
  await t.world.advance(MINUTE)
  expect(await t.queue()).toEqual([])
  expect(t.remote()).toMatchObject({ phone: '+1 555 0108', notes: 'theirs' })
})

test('F020 409 on a PATCH, the same field was changed: read again, then asked', async () => {
  const t = await withClient()
  t.script({
    PATCH: [
      async (_, act) => {
        t.world.fullEngage.table.update(t.ada.remoteId, { phone: 'theirs' })
        return act.answer(409, { error: 'stale' })
      },
    ],
  })
  await t.change('+1 555 0109')
  await t.world.advance(MINUTE)
  expect(t.patches()).toBe(1)
  expect(await t.conflicts()).toMatchObject([{ kind: 'field' }])
})

test('405 on a PATCH: the value stays on this device over the source’s own, and the user is told', async () => {
  const t = await withClient()
  const before = t.remote()?.phone
  t.script({ PATCH: [answers(405)] })
  await t.change('+1 555 0110')
  await t.world.advance(MINUTE)
  expect(await t.queue()).toEqual([])
  expect(await t.phone()).toBe('+1 555 0110')
  expect(t.remote()).toMatchObject({ phone: before })
  expect(await t.notices()).toMatchObject([{ kind: 'edit-kept-here', clientId: t.ada.clientId }])
  expect((await t.rows()).find((row) => row.clientId === t.ada.clientId)?.hasLocalValues).toBe(true)
})

test('after a 405 the next change is compared with what the source has: no conflict with oneself', async () => {
  const t = await withClient()
  t.script({ PATCH: [answers(405)] })
  await t.change('+1 555 0110')
  await t.world.advance(MINUTE)
  await t.change('+1 555 0111')
  await t.world.advance(MINUTE)
  expect(await t.conflicts()).toEqual([])
  expect(t.remote()).toMatchObject({ phone: '+1 555 0111' })
})

test('F036 the source writes a phone number its own way: its form is the base, and nothing goes back and forth', async () => {
  const t = await withClient()
  const normal = '+49301234'
  const normalise = (): void => {
    const row = t.remote()
    if (String(row?.phone).replace(/\D/g, '').endsWith('301234'))
      t.world.fullEngage.table.update(t.ada.remoteId, { phone: normal })
  }
  t.world.script((request, act) => {
    if (request.method !== 'PATCH') return null
    act.serve()
    normalise()
    return Promise.resolve(act.answer(200, { data: t.remote() }))
  })
  await t.change('(030) 1234')
  await t.world.advance(MINUTE)
  expect(await t.queue()).toEqual([])
  expect(await t.phone()).toBe(normal)
  // Typed the same way again: the source answers with what it had, which is not "ignored".
  await t.change('(030) 1234')
  await t.world.advance(MINUTE)
  expect(await t.queue()).toEqual([])
  await t.world.host()['sources.sync']({ sourceId: t.world.ids.fullEngage, full: true })
  await t.world.advance(10 * MINUTE)
  expect(t.patches()).toBe(2)
  expect(await t.phone()).toBe(normal)
  expect(await t.conflicts()).toEqual([])
})

test('F037 200 and the field ignored: looked at once, then waits for the user; the rest is taken; no loop', async () => {
  const t = await withClient()
  t.world.script((request, act) => {
    if (request.method !== 'PATCH') return null
    const body = JSON.parse(request.body ?? '{}')
    t.world.fullEngage.table.update(t.ada.remoteId, { notes: body.notes ?? null })
    return Promise.resolve(act.answer(200, { data: t.remote() }))
  })
  await t.save(t.ada.clientId, { phone: '+1 555 0111', notes: 'taken' })
  const from = t.world.sent.length
  await t.world.advance(10_000)
  const [edit] = await t.queue()
  expect(edit).toMatchObject({
    state: 'needs-attention',
    error: { code: 'refused', status: 200, field: 'phone' },
    changes: [{ field: 'phone', to: '+1 555 0111' }],
    canChange: true,
  })
  // The check before, the PATCH, and one look at what became of it.
  expect(t.world.sent.slice(from).map((request) => request.method)).toEqual(['GET', 'PATCH', 'GET'])
  await t.world.advance(2 * MINUTE)
  expect(t.patches()).toBe(1)
  expect(await t.shown(t.ada.clientId, 'notes')).toBe('taken')
  expect(await t.phone()).toBe('+1 555 0111')
})

test('F038 200 with another record: nothing of it is stored, and the record itself is asked', async () => {
  const t = await withClient()
  const bob = await t.nth(1)
  t.script({
    PATCH: [
      async (_, act) => {
        act.serve()
        return act.answer(200, { data: t.there(bob.remoteId) })
      },
    ],
  })
  await t.change('+1 555 0112')
  await t.world.advance(10_000)
  expect(await t.queue()).toEqual([])
  expect(t.patches()).toBe(1)
  const ada = await t.details(t.ada.clientId)
  expect([ada.row.name, await t.phone()]).toEqual([t.ada.name, '+1 555 0112'])
})

test('a success that cannot be read and did not take: sent once more at most, then asked', async () => {
  const t = await withClient()
  t.world.script((request, act) => (request.method === 'PATCH' ? Promise.resolve(act.answer(200, '')) : null))
  await t.change('+1 555 0113')
  await t.world.advance(10 * MINUTE)
  expect(t.patches()).toBe(2)
  expect(await t.queue()).toMatchObject([{ state: 'needs-attention', error: { code: 'not-json' } }])
})

test('F042 the answer to the check is lost: nothing is sent, the edit waits', async () => {
  const t = await withClient()
  t.script({ ONE: [lostAfter, lostAfter] })
  await t.change('+1 555 0114')
  await t.world.advance(500)
  expect(t.patches()).toBe(0)
  expect(await t.queue()).toMatchObject([{ state: 'retrying', attempts: 0 }])
  await t.world.advance(MINUTE)
  expect(t.patches()).toBe(1)
  expect(await t.queue()).toEqual([])
})

test('F150 an edit while its predecessor is in flight: a new edit that starts from the frozen value', async () => {
  const t = await withClient()
  t.script({
    PATCH: [
      async (_, act) => {
        await act.wait(5_000)
        return act.serve()
      },
    ],
  })
  await t.change('first 1')
  await t.world.advance(1_000)
  await t.change('second 1')
  expect(await t.queue()).toMatchObject([
    { state: 'sending', changes: [{ to: 'first 1' }] },
    { state: 'waiting', changes: [{ from: 'first 1', to: 'second 1' }], behind: true },
  ])
  await t.world.advance(20_000)
  const bodies = t.world.traffic.filter((write) => write.method === 'PATCH').map((write) => write.body.phone)
  expect(bodies).toEqual(['first 1', 'second 1'])
  expect(t.remote()).toMatchObject({ phone: 'second 1' })
})

test('F155 somebody writes between check and PATCH: overwritten, and the gap is measured', async () => {
  const t = await withClient()
  t.script({
    PATCH: [
      async (_, act) => {
        await act.wait(250)
        t.world.fullEngage.table.update(t.ada.remoteId, { phone: 'in the gap' })
        return act.serve()
      },
    ],
  })
  await t.change('+1 555 0115')
  await t.world.advance(10_000)
  expect(t.remote()).toMatchObject({ phone: '+1 555 0115' })
  await t.world.killCore()
  const gap = t.world.logged.find((line) => line.event === 'check-to-write-gap')
  expect(gap?.facts).toMatchObject({ count: 1, maxMs: expect.any(Number) })
  expect(Number(gap?.facts.maxMs)).toBeGreaterThanOrEqual(250)
})

test('F157 a late echo of our own PATCH, after a newer one of ours: sent once more, and said in the timeline', async () => {
  const t = await withClient()
  const slow = late()
  t.script({ PATCH: [slow.plan] })
  await t.change('older 1')
  await t.world.advance(20_000)
  await t.change('newer 1')
  await t.world.advance(20_000)
  expect(t.remote()).toMatchObject({ phone: 'newer 1' })
  const before = t.patches()
  slow.land()
  expect(t.remote()).toMatchObject({ phone: 'older 1' })
  const read = async (): Promise<void> => {
    await t.world.host()['sources.sync']({ sourceId: t.world.ids.fullEngage, full: true })
    await t.world.advance(20_000)
  }
  await read()
  expect(t.remote()).toMatchObject({ phone: 'newer 1' })
  expect(t.patches()).toBe(before + 1)
  const timeline = value(await t.page()['clients.timeline']({ clientId: t.ada.clientId, limit: 20 }))
  expect(timeline.filter((item) => item.by === 'recovery')).toHaveLength(1)
  // Once: what says the same a second time is somebody's wish.
  t.world.fullEngage.table.update(t.ada.remoteId, { phone: 'older 1' })
  await read()
  expect(await t.phone()).toBe('older 1')
})

test('F157 sent twice without an answer, and both land late, one after the other: each time the newer one goes once more', async () => {
  const t = await withClient()
  const [first, second] = [late(), late()]
  t.script({ PATCH: [first.plan, second.plan] })
  await t.change('older 1')
  await t.world.advance(20_000)
  await t.change('newer 1')
  await t.world.advance(20_000)
  expect(t.remote()).toMatchObject({ phone: 'newer 1' })
  const read = async (): Promise<void> => {
    await t.world.host()['sources.sync']({ sourceId: t.world.ids.fullEngage, full: true })
    await t.world.advance(20_000)
  }
  for (const slow of [first, second]) {
    slow.land()
    expect(t.remote()).toMatchObject({ phone: 'older 1' })
    await read()
    expect(t.remote()).toMatchObject({ phone: 'newer 1' })
  }
  t.world.fullEngage.table.update(t.ada.remoteId, { phone: 'older 1' })
  await read()
  expect(await t.phone()).toBe('older 1')
})

test('F157 a late echo met by the check of a third edit is no conflict', async () => {
  const t = await withClient()
  const slow = late()
  t.script({ PATCH: [slow.plan] })
  await t.change('older 1')
  await t.world.advance(20_000)
  await t.change('newer 1')
  await t.world.advance(20_000)
  slow.land()
  await t.change('newest 1')
  await t.world.advance(20_000)
  expect(await t.conflicts()).toEqual([])
  expect(t.remote()).toMatchObject({ phone: 'newest 1' })
})

test('F168 the key is changed while a write is in flight: that one ends, later ones use the new key after a read', async () => {
  const t = await withClient()
  const bob = await t.nth(1)
  t.script({
    PATCH: [
      async (_, act) => {
        await act.wait(5_000)
        return act.serve()
      },
    ],
  })
  await t.change('+1 555 0116')
  await t.world.advance(1_000)
  const from = t.world.sent.length
  const settings = { ...(await t.source()).settings }
  await t.world.host()['sources.update']({
    sourceId: t.world.ids.fullEngage,
    draft: { connectorId: 'full-engage', name: 'Full Engage', settings, key: 'ba_second_key' },
  })
  t.world.fullEngage.keyPlace.key = 'ba_key_of_world'
  await t.save(bob.clientId, { phone: '+1 555 0117' })
  await t.world.advance(4_500)
  expect(t.remote()).toMatchObject({ phone: '+1 555 0116' })
  // The new key does not fit: nothing of the second edit has been tried with it but the read of the list.
  const tried = t.world.sent.slice(from).filter((request) => request.key.includes('ba_second_key'))
  expect(new Set(tried.map((request) => `${request.method} ${request.path}`))).toEqual(new Set(['GET /api/v1/clients']))
  t.world.fullEngage.keyPlace.key = 'ba_second_key'
  await t.world.host()['sources.sync']({ sourceId: t.world.ids.fullEngage, full: true })
  await t.world.advance(20_000)
  expect(await t.queue()).toEqual([])
  const writes = t.world.sent.filter((request) => request.method === 'PATCH')
  expect(writes.map((request) => request.key)).toEqual(['Bearer ba_key_of_world', 'Bearer ba_second_key'])
})

test('F001 what certainly was not sent may still be written into: one edit, the newest value', async () => {
  const t = await withClient()
  t.script({ PATCH: [neverSent('dns')] })
  await t.change('older 1')
  await t.world.advance(90)
  await t.change('newer 1')
  expect(await t.queue()).toHaveLength(1)
  await t.world.advance(MINUTE)
  expect(t.world.traffic.filter((write) => write.method === 'PATCH').map((write) => write.body.phone)).toEqual([
    'newer 1',
  ])
})
