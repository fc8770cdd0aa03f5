import { expect, test } from 'vitest'
import { testCreatePush } from '../support/test-create-push.ts'

const MINUTE = 60_000

async function withPull(clients = 20) {
  const t = await testCreatePush({ fullEngage: clients })
  const { world } = t
  const sourceId = world.ids.fullEngage
  return {
    ...t,
    sourceId,
    sync: async (waitMs = 10_000) => {
      await world.host()['sources.sync']({ sourceId, full: true })
      await world.advance(waitMs)
    },
    listed: async () => (await t.rows()).filter((row) => row.sourceIds.includes(sourceId)).length,
    remove: (n: number) => {
      const row = world.fullEngage.table.list()[n]
      if (row === undefined) throw new Error('no such row')
      world.fullEngage.table.remove(row.id)
      return row.id
    },
  }
}

test('F142 the process that reads the answers dies in the middle of a page: the page is asked for again, other sources go on', async () => {
  for (const turns of [5, 20, 60, 150]) {
    const t = await withPull()
    t.world.fullEngage.table.insert({ name: 'Newcomer' })
    await t.world.host()['sources.sync']({ sourceId: t.sourceId, full: true })
    await t.world.stumble(turns)
    await t.world.killCore()
    await t.world.advance(30_000)
    expect(await t.listed()).toBe(21)
    expect((await t.source()).state).toBe('up-to-date')
    expect((await t.source(t.world.ids.connect)).state).toBe('up-to-date')
    expect((await t.rows('Newcomer')).length).toBe(1)
  }
})

test('F096 a run that stopped at a page says so, over a restart, removes nothing, and goes on from there', async () => {
  const t = await withPull()
  await t.world.advance(11 * MINUTE)
  t.remove(2)
  t.world.script((request, act) => {
    const url = new URL(request.url)
    const isSecond = url.pathname.endsWith('/clients') && Number(url.searchParams.get('offset')) > 0
    return isSecond ? Promise.resolve(act.answer(500, { error: 'down' })) : null
  })
  await t.sync(2_000)
  const coverage = { pages: 1, ofPages: 3, clients: 8, ofClients: 19, interrupted: true }
  expect(await t.source()).toMatchObject({ coverage, suspects: 0, state: 'waiting-to-retry' })
  await t.world.host()['settings.set']({ workOffline: true })
  await t.world.killCore()
  await t.world.advance(100)
  expect(await t.source()).toMatchObject({ coverage, state: 'offline' })
  const offsets: number[] = []
  t.world.script((request) => {
    const url = new URL(request.url)
    if (url.pathname.endsWith('/clients')) offsets.push(Number(url.searchParams.get('offset')))
    return null
  })
  await t.world.host()['settings.set']({ workOffline: false })
  await t.world.advance(10_000)
  expect(offsets[0]).toBe(6)
  expect(await t.source()).toMatchObject({ coverage: null, suspects: 1, state: 'up-to-date' })
  expect(await t.listed()).toBe(20)
})

test('F099 a client deleted at the source: suspected, asked for twice a minute apart without anybody asking, removed, and back when it is back', async () => {
  const t = await withPull()
  await t.world.advance(11 * MINUTE)
  const id = t.remove(4)
  const asked = (): number => t.world.sent.filter((r) => r.method === 'GET' && r.path.endsWith(`/clients/${id}`)).length
  await t.sync()
  expect(await t.source()).toMatchObject({ suspects: 1, deletionsSeenBy: 'key-chain', lastComplete: { kind: 'full' } })
  expect([asked(), await t.listed()]).toEqual([1, 20])
  await t.world.advance(40_000)
  expect([asked(), await t.listed()]).toEqual([1, 20])
  await t.world.advance(30_000)
  expect([asked(), await t.listed()]).toEqual([2, 19])
  expect(await t.source()).toMatchObject({ suspects: 0 })
  t.world.fullEngage.table.insert({ id, name: 'Back Again' })
  await t.sync()
  expect(await t.listed()).toBe(20)
})

test('F101 a list that leaves out a client which is there: asked, found, and the list is not believed', async () => {
  const t = await withPull()
  await t.world.advance(11 * MINUTE)
  const hidden = t.world.fullEngage.table.list()[4]
  t.world.script((request, act) => {
    const url = new URL(request.url)
    if (request.method !== 'GET' || !url.pathname.endsWith('/clients')) return null
    const rows = t.world.fullEngage.table.list().filter((row) => row.id !== hidden?.id)
    const offset = Number(url.searchParams.get('offset'))
    return Promise.resolve(act.answer(200, { data: rows.slice(offset, offset + 8), total: rows.length }))
  })
  await t.sync()
  await t.world.advance(5 * MINUTE)
  expect(await t.source()).toMatchObject({ suspects: 0 })
  expect(await t.listed()).toBe(20)
})

test.each([403, 500])('F102 %i where a client is asked for: nobody is removed', async (status) => {
  const t = await withPull()
  await t.world.advance(11 * MINUTE)
  const id = t.remove(4)
  t.world.script((request, act) =>
    request.method === 'GET' && request.url.endsWith(`/clients/${id}`)
      ? Promise.resolve(act.answer(status, { error: 'no' }))
      : null,
  )
  await t.sync()
  await t.world.advance(30 * MINUTE)
  expect(await t.source()).toMatchObject({ suspects: 1 })
  expect(await t.listed()).toBe(20)
})

test('F062 the envelope is renamed: the page is refused whole, the checkpoint stays, and the source says what is wrong', async () => {
  const t = await withPull()
  t.world.script((request, act) =>
    request.method === 'GET' && new URL(request.url).pathname.endsWith('/clients')
      ? Promise.resolve(act.answer(200, { clients: [], total: 0 }))
      : null,
  )
  await t.sync()
  expect(await t.source()).toMatchObject({ state: 'error', error: { code: 'bad-shape', path: 'data' } })
  expect(await t.listed()).toBe(20)
})

test('F064 more than a fifth of the records cannot be read: what can be is stored, the run is void, and the source says so', async () => {
  const t = await withPull()
  await t.world.advance(11 * MINUTE)
  const before = (await t.source()).lastComplete
  t.remove(3)
  t.world.script((request, act) => {
    if (request.method !== 'GET' || !new URL(request.url).pathname.endsWith('/clients')) return null
    const rows = t.world.fullEngage.table.list().map((row, n) => (n < 8 ? { ...row, name: { no: 'text' } } : row))
    const offset = Number(new URL(request.url).searchParams.get('offset'))
    return Promise.resolve(act.answer(200, { data: rows.slice(offset, offset + 8), total: rows.length }))
  })
  await t.sync()
  const source = await t.source()
  expect(source).toMatchObject({ state: 'error', error: { code: 'bad-shape' }, suspects: 0, coverage: null })
  expect(source.lastComplete).toEqual(before)
  expect(await t.listed()).toBe(20)
})
