import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../../electron/simulator/server/fault.ts'
import { ask, NOW, testStartSimulator } from './test-simulator.ts'

const CLIENTS = '/api/v1/clients'
const SPACE = '/api/spaces/maison/clients'

describe('faults of the simulator', () => {
  it('answers any status, with a body as JSON or text and Retry-After in both forms', async () => {
    const server = (await testStartSimulator({ clients: 20 })).servers.endors
    server.faults.add({
      effect: { kind: 'status', status: 500, body: { ok: false, error: { code: 'DB_ERROR', message: 'Internal' } } },
    })
    server.faults.add({ effect: { kind: 'status', status: 429, retryAfterSeconds: 7 } })
    server.faults.add({ effect: { kind: 'status', status: 503, body: 'Down', retryAfterDateSeconds: 60 } })
    const first = await ask(server, SPACE)
    expect([first.status, first.body.error.code]).toEqual([500, 'DB_ERROR'])
    const second = await ask(server, SPACE)
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '7'])
    const third = await ask(server, SPACE)
    expect([third.status, third.body]).toEqual([503, 'Down'])
    expect(Date.parse(third.headers.get('retry-after') ?? '')).toBe(NOW + 60_000)
    expect((await ask(server, SPACE)).status).toBe(200)
  })

  it('strikes only matching methods and paths, after those to skip, as often as asked', async () => {
    const server = (await testStartSimulator()).servers['full-engage']
    server.faults.add({
      method: 'get',
      path: 'offset=1\\d\\d',
      skip: 1,
      count: 2,
      effect: { kind: 'status', status: 503 },
    })
    const statuses: number[] = []
    for (const path of ['?offset=0', '?offset=100', '?offset=150', '/x?offset=100', '?offset=100']) {
      statuses.push((await ask(server, CLIENTS + path)).status)
    }
    expect(statuses).toEqual([200, 200, 503, 503, 200])
    expect(server.faults.list()).toEqual([])
    const id = server.faults.add({ count: null, effect: { kind: 'html' } })
    expect((await ask(server, CLIENTS)).headers.get('content-type')).toMatch(/^text\/html/)
    expect((await ask(server, CLIENTS)).headers.get('content-type')).toMatch(/^text\/html/)
    server.faults.clear(id)
    expect((await ask(server, CLIENTS)).status).toBe(200)
  })

  it('drops the line before processing, after processing, and in the middle of the answer', async () => {
    const server = (await testStartSimulator()).servers['full-engage']
    const before = server.table.count()
    const create = { method: 'POST', body: { name: 'Lost' } }
    server.faults.add({ method: 'POST', effect: { kind: 'drop-before' } })
    await expect(ask(server, CLIENTS, create)).rejects.toThrow()
    expect(server.table.count()).toBe(before)
    server.faults.add({ method: 'POST', effect: { kind: 'drop-after' } })
    await expect(ask(server, CLIENTS, create)).rejects.toThrow()
    expect(server.table.count()).toBe(before + 1)
    server.faults.add({ effect: { kind: 'drop-midway' } })
    await expect(ask(server, CLIENTS)).rejects.toThrow()
  })

  it('delays, and may do something else on top', async () => {
    const server = (await testStartSimulator({ clients: 20 })).servers.connect
    server.faults.add({ effect: { kind: 'delay', ms: 120 } })
    server.faults.add({ effect: { kind: 'status', status: 502 } })
    const start = performance.now()
    expect((await ask(server, '/api/connect/me')).status).toBe(502)
    expect(performance.now() - start).toBeGreaterThan(110)
    expect((await ask(server, '/api/connect/me')).status).toBe(200)
  })

  it('sends half a JSON, nothing at all, another envelope, an empty list, and sixty megabytes', async () => {
    const server = (await testStartSimulator({ clients: 60 })).servers['full-engage']
    const faults: Fault[] = [
      { effect: { kind: 'malformed' } },
      { effect: { kind: 'empty-body' } },
      { effect: { kind: 'wrong-envelope' } },
      { effect: { kind: 'empty-list' } },
      { effect: { kind: 'huge-body' } },
    ]
    for (const fault of faults) {
      server.faults.add(fault)
    }
    const malformed = await ask(server, CLIENTS)
    expect(malformed.status).toBe(200)
    expect(malformed.body).toMatch(/^\{"data":\[\{/)
    expect((await ask(server, CLIENTS)).body).toBe('')
    expect((await ask(server, CLIENTS)).body).not.toHaveProperty('data')
    expect((await ask(server, CLIENTS)).body.data).toEqual([])
    expect(JSON.stringify((await ask(server, CLIENTS)).body).length).toBeGreaterThan(60 * 1024 * 1024)
  })

  it('breaks single rows: a wrong type, an unknown value, the same id twice', async () => {
    const { servers } = await testStartSimulator({ clients: 100 })
    const paths = {
      endors: SPACE,
      'full-engage': CLIENTS,
      spott: '/clients/contacts',
      connect: '/api/connect/contacts',
      clnt: '/clients',
    } as const
    const rowsOf = (body: Record<string, unknown[]> | unknown[]): unknown[] =>
      Array.isArray(body) ? body : (body.data ?? body.items ?? [])
    for (const [id, path] of Object.entries(paths)) {
      const server = Object.values(servers).find(({ source }) => source.connectorId === id) ?? servers.endors
      const good = rowsOf((await ask(server, path)).body)
      server.faults.add({ effect: { kind: 'bad-record', row: 1 } })
      server.faults.add({ effect: { kind: 'bad-record', row: 1, field: 'id', value: false } })
      server.faults.add({ effect: { kind: 'unknown-enum', value: 'asleep' } })
      server.faults.add({ effect: { kind: 'duplicate-id', row: 2 } })
      const bad = rowsOf((await ask(server, path)).body)
      expect(bad[0]).toEqual(good[0])
      expect(bad[1]).not.toEqual(good[1])
      expect(rowsOf((await ask(server, path)).body)[1]).toMatchObject({ id: false })
      expect(JSON.stringify(rowsOf((await ask(server, path)).body)[0])).toContain('"asleep"')
      const double = rowsOf((await ask(server, path)).body)
      expect(double).toHaveLength(good.length + 1)
      expect(double[3]).toEqual(double[2])
      expect(rowsOf((await ask(server, path)).body)).toEqual(good)
    }
  })

  it('turns the cursor in a circle', async () => {
    const server = (await testStartSimulator()).servers.spott
    const first = (await ask(server, '/clients/contacts?limit=5')).body.pagination.cursor
    server.faults.add({ effect: { kind: 'cursor-loop' } })
    const path = `/clients/contacts?limit=5&cursor=${encodeURIComponent(first)}`
    expect((await ask(server, path)).body.pagination.cursor).toBe(first)
    expect((await ask(server, path)).body.pagination.cursor).not.toBe(first)
  })

  it.each(['full-engage', 'clnt'] as const)('shifts the pages of %s by a removal and by an insert', async (id) => {
    const server = (await testStartSimulator({ counts: { clnt: 30, 'full-engage': 30 } })).servers[id]
    const page = (number: number): string =>
      id === 'clnt' ? `/clients?page=${number}&page_size=10` : `${CLIENTS}?limit=10&offset=${(number - 1) * 10}`
    const ids = server.table.list().map((row) => row.id)
    const seen = async (number: number): Promise<string[]> =>
      (await ask(server, page(number))).body.data.map((row: { id: string }) => row.id)

    server.faults.add({ effect: { kind: 'page-shift', change: 'remove' } })
    expect(await seen(1)).toEqual(ids.slice(0, 10))
    expect(await seen(2)).toEqual(ids.slice(11, 21))
    server.faults.add({ effect: { kind: 'page-shift', change: 'insert', rows: 2 } })
    expect(await seen(1)).toEqual(ids.slice(1, 11))
    expect(await seen(2)).toEqual(ids.slice(9, 19))
    expect(server.table.count()).toBe(31)
  })

  it('redirects, and notes whether a key came along', async () => {
    const { servers } = await testStartSimulator({ clients: 20 })
    const target = `${servers.connect.source.baseUrl}/elsewhere`
    servers.endors.faults.add({ effect: { kind: 'redirect', location: target, status: 307 } })
    const answer = await ask(servers.endors, SPACE)
    expect([answer.status, answer.headers.get('location')]).toEqual([307, target])
    await fetch(target)
    expect(servers.connect.requests.list()).toMatchObject([{ path: '/elsewhere', carriesKey: false, keyIn: [] }])
    expect(servers.endors.requests.list()).toMatchObject([
      { path: SPACE, keyIn: ['authorization'], carriesKey: true, faults: ['redirect'], status: 307 },
    ])
    expect(JSON.stringify(servers.endors.requests.list())).not.toContain(servers.endors.source.key)
  })

  it('revokes the key in the middle of a sweep, for good', async () => {
    const server = (await testStartSimulator()).servers['full-engage']
    server.faults.add({ skip: 1, effect: { kind: 'key-revoked' } })
    expect((await ask(server, CLIENTS)).status).toBe(200)
    expect((await ask(server, `${CLIENTS}?offset=50`)).status).toBe(401)
    expect((await ask(server, `${CLIENTS}?offset=50`)).body).toEqual({ error: 'Invalid or missing API key' })
    server.faults.clear()
    server.keyPlace.key = 'ba_replaced'
    expect((await ask(server, CLIENTS)).status).toBe(401)
    expect((await ask(server, CLIENTS, { headers: { authorization: 'Bearer ba_replaced' } })).status).toBe(200)
  })

  it('spares pictures and films, unless a path names them', async () => {
    const server = (await testStartSimulator({ clients: 20 })).servers.endors
    const poster = `${server.source.baseUrl}/media/posters/0.png`
    server.faults.add({ count: null, effect: { kind: 'status', status: 500 } })
    expect((await fetch(poster)).status).toBe(200)
    server.faults.add({ path: '^/media/', effect: { kind: 'empty-body' } })
    expect(await (await fetch(poster)).text()).toBe('')
  })
})
