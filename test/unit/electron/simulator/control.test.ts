import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { ask, testStartSimulator } from './test-simulator.ts'

const CLIENTS = '/api/v1/clients'

describe('the control of the simulator over HTTP', () => {
  it('arms, lists and disarms faults', async () => {
    const server = (await testStartSimulator({ clients: 20 })).servers['full-engage']
    const one = { path: '/clients', effect: { kind: 'status', status: 503 } }
    const armed = await ask(server, '/__control/faults', { method: 'POST', body: [one, { effect: { kind: 'html' } }] })
    expect(armed.body).toEqual({ ids: [1, 2] })
    expect((await ask(server, '/__control/faults')).body).toHaveLength(2)
    expect((await ask(server, CLIENTS)).status).toBe(503)
    expect((await ask(server, '/__control/faults', { method: 'DELETE' })).status).toBe(200)
    expect((await ask(server, CLIENTS)).body.data).toBeDefined()
    const wrong = await ask(server, '/__control/faults', { method: 'POST', body: { effect: { kind: 'fire' } } })
    expect([wrong.status, typeof wrong.body.error]).toEqual([400, 'string'])
  })

  it('reads and changes what the vendor holds, its key included', async () => {
    const server = (await testStartSimulator()).servers['full-engage']
    const total = server.table.count()
    const changed = await ask(server, '/__control/state', {
      method: 'POST',
      body: [{ op: 'insert', values: { name: 'Planted', createdAt: '2020-01-01T00:00:00.000Z' } }],
    })
    const [{ id }] = changed.body.results
    const state = (await ask(server, '/__control/state?limit=1')).body
    expect(state).toMatchObject({ connectorId: 'full-engage', total: total + 1, rows: [{ id, name: 'Planted' }] })
    await ask(server, '/__control/state', { method: 'POST', body: { op: 'update', id, values: { notes: 'Theirs' } } })
    expect((await ask(server, `${CLIENTS}/${id}`)).body.data).toMatchObject({ name: 'Planted', notes: 'Theirs' })
    await ask(server, '/__control/state', { method: 'POST', body: { op: 'remove', id } })
    expect((await ask(server, `/__control/state?id=${id}`)).body.row).toBeNull()
    await ask(server, '/__control/state', { method: 'POST', body: { op: 'key', key: 'ba_new' } })
    expect((await ask(server, CLIENTS)).status).toBe(401)
  })

  it('tells what arrived', async () => {
    const server = (await testStartSimulator({ clients: 20 })).servers['full-engage']
    await ask(server, CLIENTS, { method: 'POST', body: { name: 'Seen' } })
    const log = (await ask(server, '/__control/requests')).body
    expect(log).toMatchObject([{ number: 1, method: 'POST', path: CLIENTS, body: '{"name":"Seen"}', status: 201 }])
    await ask(server, '/__control/requests', { method: 'DELETE' })
    expect((await ask(server, '/__control/requests')).body).toEqual([])
  })

  it('is closed to web pages and to other names of this machine', async () => {
    const server = (await testStartSimulator({ clients: 20 })).servers['full-engage']
    const fromPage = await ask(server, '/__control/faults', {
      method: 'POST',
      body: { effect: { kind: 'html' } },
      headers: { origin: 'http://evil.example' },
    })
    expect(fromPage.status).toBe(403)
    const { port } = new URL(server.source.baseUrl)
    const status = await new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1', path: CLIENTS, headers: { host: 'evil.example' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })
    expect(status).toBe(403)
  })
})
