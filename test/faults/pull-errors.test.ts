import { expect, test } from 'vitest'
import { answers, testCreatePush } from '../support/test-create-push.ts'

const MINUTE = 60_000

async function withReads() {
  const t = await testCreatePush({ fullEngage: 20 })
  return {
    ...t,
    read: async () => {
      await t.world.host()['sources.sync']({ sourceId: t.world.ids.fullEngage, full: true })
      await t.world.advance(10_000)
    },
    clients: async () => (await t.rows()).filter((row) => row.sourceIds.includes(t.world.ids.fullEngage)).length,
  }
}

test('F014 401 in the middle of a pull: the source stands, what was read stays, nothing is removed, and it goes on from there', async () => {
  const t = await withReads()
  const victim = t.world.fullEngage.table.list()[15]
  t.world.fullEngage.table.remove(victim?.id ?? '')
  let lists = 0
  t.world.script((request, act) => {
    const isList = request.method === 'GET' && new URL(request.url).pathname.endsWith('/clients')
    return isList && ++lists === 2 ? Promise.resolve(act.answer(401, { error: 'expired' })) : null
  })
  await t.read()
  expect(await t.source()).toMatchObject({ state: 'key-rejected', coverage: { interrupted: true } })
  expect(await t.clients()).toBe(20)
  const from = t.world.sent.length
  await t.world.advance(60 * MINUTE)
  expect(t.world.sent.slice(from).filter((request) => request.path.startsWith('/api/v1'))).toEqual([])
  await t.world.host()['sources.sync']({ sourceId: t.world.ids.fullEngage, full: false })
  await t.world.advance(10_000)
  expect((await t.source()).state).toBe('up-to-date')
})

test.each([
  ['F019 404', 404, { error: 'not found' }],
  ['F024 a captive portal', 200, '<html>Welcome</html>'],
  ['F025 200 {ok:false}', 200, { ok: false, error: { code: 'DB_ERROR' } }],
  ['F026 200 with nothing in it', 200, ''],
  ['F026 204', 204, ''],
  ['F062 an envelope of another name', 200, { items: [], total: 0 }],
])('%s for the list: an error that is shown, no client removed, no page stored', async (_, status, body) => {
  const t = await withReads()
  const always = answers(status, body)
  t.script({ LIST: [always, always, always, always, always, always, always, always, always] })
  await t.read()
  expect((await t.source()).error).not.toBeNull()
  expect(await t.clients()).toBe(20)
  expect((await t.source()).heldRemoval).toBeNull()
  expect(['error', 'waiting-to-retry', 'key-rejected']).toContain((await t.source()).state)
})

test('F029 a list cut so that it stays valid, down to nothing: held and asked, never believed by itself', async () => {
  const t = await withReads()
  t.world.script((request, act) => {
    const isList = request.method === 'GET' && new URL(request.url).pathname.endsWith('/clients')
    return isList ? Promise.resolve(act.answer(200, { data: [], total: 0 })) : null
  })
  for (let round = 0; round < 3; round++) {
    await t.read()
    await t.world.advance(20 * MINUTE)
  }
  expect(await t.clients()).toBe(20)
  expect(await t.source()).toMatchObject({ heldRemoval: { because: 'empty' } })
})
