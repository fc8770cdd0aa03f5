import { describe, expect, it } from 'vitest'
import { ask, testStartSimulator } from './test-simulator.ts'

describe('the simulated Clients v1', () => {
  it('pages by number, caps the size at 100 and says so, and counts right', async () => {
    const server = (await testStartSimulator({ counts: { clnt: 250 } })).servers.clnt
    const { body } = await ask(server, '/clients?page_size=1000')
    expect(body.data).toHaveLength(100)
    expect(body.meta).toEqual({ current_page: 1, page_size: 100, total_count: 250, total_pages: 3 })
    expect((await ask(server, '/clients')).body.meta).toEqual({
      current_page: 1,
      page_size: 10,
      total_count: 250,
      total_pages: 25,
    })
    const ids: string[] = []
    for (const page of [1, 2, 3]) {
      const { data, meta } = (await ask(server, `/clients?page=${page}&page_size=100`)).body
      expect(meta.current_page).toBe(page)
      ids.push(...data.map(({ id }: { id: string }) => id))
    }
    expect(new Set(ids).size).toBe(250)
    expect((await ask(server, '/clients?page=4&page_size=100')).body.data).toEqual([])
  })

  it('leaves sensitive fields out unless asked, and every value keeps its documented form', async () => {
    const server = (await testStartSimulator()).servers.clnt
    const plain = (await ask(server, '/clients?page_size=100&include_sensitive=false')).body.data
    for (const client of plain) {
      expect(Object.keys(client)).toEqual([
        'id',
        'object',
        'reference_id',
        'locale',
        'time_zone',
        'created_at',
        'updated_at',
      ])
    }
    const full = (await ask(server, '/clients?page_size=100&include_sensitive=true')).body.data
    for (const client of full) {
      expect(client.id).toMatch(/^clnt_\w{12}$/)
      expect(client.object).toBe('client')
      expect(client.phone ?? '+10000000').toMatch(/^\+[1-9]\d{6,14}$/)
      expect(() => new Intl.Locale(client.locale)).not.toThrow()
      expect(() => new Intl.DateTimeFormat('en', { timeZone: client.time_zone })).not.toThrow()
      expect(client.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    }
    expect(full.some(({ reference_id }: { reference_id: unknown }) => reference_id === null)).toBe(true)
  })

  it.each(['page=0', 'page=x', 'page_size=0', 'include_sensitive=yes'])('answers 400 to %s', async (query) => {
    const server = (await testStartSimulator({ clients: 20 })).servers.clnt
    const { status, body } = await ask(server, `/clients?${query}`)
    expect(status).toBe(400)
    expect(body.error.message).toBeTypeOf('string')
  })

  it('answers 401 without the key, and gives every setting that "Add source" asks for', async () => {
    const server = (await testStartSimulator({ clients: 20 })).servers.clnt
    expect((await fetch(`${server.source.baseUrl}/clients`)).status).toBe(401)
    expect(server.source.settings).toEqual({
      baseUrl: server.source.baseUrl,
      path: '/clients',
      pageParameter: 'page',
      sizeParameter: 'page_size',
      pageSize: '100',
      headerName: 'Authorization',
      headerScheme: 'Bearer',
      includeSensitive: true,
    })
  })
})
