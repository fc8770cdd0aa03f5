import { describe, expect, it } from 'vitest'
import { ask, testStartSimulator } from './test-simulator.ts'

const CLIENTS = '/api/v1/clients'
interface Row {
  readonly id: string
  readonly name: string
  readonly phone: string | null
  readonly status: string
  readonly createdAt: string
}

describe('the simulated Full Engage', () => {
  it('pages by limit (50 by default) and offset, oldest first, without gap or overlap', async () => {
    const server = (await testStartSimulator()).servers['full-engage']
    const first = await ask(server, CLIENTS)
    expect(first.body.data).toHaveLength(50)
    expect(first.body.total).toBe(server.table.count())
    const seen: Row[] = []
    for (let offset = 0; offset < first.body.total; offset += 100) {
      seen.push(...(await ask(server, `${CLIENTS}?limit=100&offset=${offset}`)).body.data)
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(first.body.total)
    const created = seen.map(({ createdAt }) => createdAt)
    expect(created).toEqual(created.toSorted())
    const newest = await ask(server, `${CLIENTS}?limit=3&offset=1&sortOrder=desc`)
    expect(newest.body.data.map(({ id }: Row) => id)).toEqual(
      seen
        .slice(-4, -1)
        .map(({ id }) => id)
        .reverse(),
    )
    expect((await ask(server, `${CLIENTS}?offset=5000`)).body.data).toEqual([])
    expect((await ask(server, `${CLIENTS}?offset=5000&sortOrder=desc`)).body.data).toEqual([])
  })

  it('sorts by name, phone, status and createdAt, filters by status, searches name and phone', async () => {
    const server = (await testStartSimulator()).servers['full-engage']
    const byName = (await ask(server, `${CLIENTS}?sortBy=name&limit=100`)).body.data.map(({ name }: Row) => name)
    expect(byName).toEqual([...byName].sort())
    const byPhone = (await ask(server, `${CLIENTS}?sortBy=phone&sortOrder=desc&limit=100`)).body.data
    const phones = byPhone.map(({ phone }: Row) => phone ?? '')
    expect(phones).toEqual([...phones].sort().reverse())
    const inactive = (await ask(server, `${CLIENTS}?status=inactive&limit=100`)).body
    expect(inactive.data.every(({ status }: Row) => status === 'inactive')).toBe(true)
    const active = (await ask(server, `${CLIENTS}?status=active`)).body
    expect(active.total + inactive.total).toBe(server.table.count())
    expect((await ask(server, `${CLIENTS}?status=active,inactive`)).body.total).toBe(server.table.count())
    const found = (await ask(server, `${CLIENTS}?query=${encodeURIComponent('álvarez-núñ')}`)).body
    expect(found.data.map(({ name }: Row) => name)).toContain('Zoë Álvarez-Núñez')
    expect((await ask(server, `${CLIENTS}?query=${encodeURIComponent('612 555 018')}`)).body.total).toBe(1)
  })

  it.each(['limit=0', 'limit=101', 'limit=ten', 'limit=', 'offset=-1', 'sortBy=notes', 'sortOrder=up', 'status=gone'])(
    'answers 400 to %s',
    async (query) => {
      const server = (await testStartSimulator({ clients: 20 })).servers['full-engage']
      const { status, body } = await ask(server, `${CLIENTS}?${query}`)
      expect(status).toBe(400)
      expect(body.error).toBeTypeOf('string')
    },
  )

  it('creates, reads, changes and deletes', async () => {
    const server = (await testStartSimulator()).servers['full-engage']
    const before = server.table.count()
    const made = await ask(server, CLIENTS, { method: 'POST', body: { name: 'John Doe', phone: '+1 555-1234' } })
    expect(made.status).toBe(201)
    expect(made.body.data).toMatchObject({ name: 'John Doe', phone: '+1 555-1234', status: 'active', notes: null })
    const path = `${CLIENTS}/${made.body.data.id}`
    expect((await ask(server, path)).body).toEqual(made.body)
    // Oldest first: what is new stands at the end.
    expect(server.table.list().at(-1)?.id).toBe(made.body.data.id)

    const patched = await ask(server, path, { method: 'PATCH', body: { status: 'inactive', phone: null } })
    expect(patched.body.data).toMatchObject({ name: 'John Doe', status: 'inactive', phone: null })
    expect(patched.body.data.createdAt).toBe(made.body.data.createdAt)
    const removed = await ask(server, path, { method: 'DELETE' })
    expect([removed.status, removed.body]).toEqual([200, { success: true }])
    expect((await ask(server, path)).status).toBe(404)
    expect((await ask(server, path, { method: 'PATCH', body: { notes: 'late' } })).status).toBe(404)
    expect((await ask(server, path, { method: 'DELETE' })).status).toBe(404)
    expect(server.table.count()).toBe(before)
  })

  it('is not idempotent: the same create twice makes two clients', async () => {
    const server = (await testStartSimulator()).servers['full-engage']
    const body = { name: 'Twice Made' }
    const ids = [
      (await ask(server, CLIENTS, { method: 'POST', body })).body.data.id,
      (await ask(server, CLIENTS, { method: 'POST', body })).body.data.id,
    ]
    expect(new Set(ids).size).toBe(2)
  })

  it.each([
    [{}],
    [{ name: '   ' }],
    [{ name: null }],
    [{ name: 7 }],
    [{ name: 'A', status: 'paused' }],
    [{ name: 'A', phone: 5 }],
    [{ name: 'A', notes: ['x'] }],
    [['A']],
  ])('answers 400 to the create %j', async (body) => {
    const server = (await testStartSimulator({ clients: 20 })).servers['full-engage']
    const before = server.table.count()
    expect((await ask(server, CLIENTS, { method: 'POST', body })).status).toBe(400)
    expect(server.table.count()).toBe(before)
  })

  it('answers 400 to an update with a blank name, and 401 without its key', async () => {
    const server = (await testStartSimulator({ clients: 20 })).servers['full-engage']
    const id = server.table.list()[0]?.id
    expect((await ask(server, `${CLIENTS}/${id}`, { method: 'PATCH', body: { name: '' } })).status).toBe(400)
    const response = await fetch(server.source.baseUrl + CLIENTS, { headers: { authorization: 'Bearer ba_0' } })
    expect(response.status).toBe(401)
    expect(await response.json()).toHaveProperty('error')
  })
})
