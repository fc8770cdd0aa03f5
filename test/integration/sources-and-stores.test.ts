import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../../electron/simulator/start-simulator.ts'
import type { SourceId } from '../../shared/ids.ts'
import { type TestApp, testCreateApp } from '../support/test-create-app.ts'

/** What becomes of sources, their values and their edits when a half of the app is away, or forgets. */
describe('sources and stores', () => {
  let simulator: Simulator
  let app: TestApp

  beforeEach(async () => {
    simulator = await startSimulator({
      clients: 0,
      counts: { 'full-engage': 12, endors: 6, spott: 0, connect: 5, clnt: 12 },
      seed: 1,
      now: Date.now(),
    })
    app = await testCreateApp()
  })

  afterEach(async () => {
    await app.stop()
    await simulator.close()
  })

  const add = async (connectorId: 'full-engage' | 'clnt' | 'connect' | 'endors', more = {}): Promise<SourceId> => {
    const { source } = simulator.servers[connectorId]
    return app.addSource({ connectorId, key: source.key, settings: { ...source.settings, ...more } })
  }
  const list = async (text = '') => {
    const page = await app.store().page['clients.list']({ text, sort: null, offset: 0, limit: 500 })
    if (!page.ok) throw new Error(page.error.code)
    return page.value.rows
  }
  const queue = async () => {
    const edits = await app.store().page['queue.list']({})
    if (!edits.ok) throw new Error(edits.error.code)
    return edits.value
  }
  const until = async (what: string, check: () => Promise<boolean> | boolean): Promise<void> => {
    const deadline = Date.now() + 10_000
    while (!(await check())) {
      if (Date.now() > deadline) throw new Error(`never: ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  it('keeps clients and unsent edits when the list of sources is lost', async () => {
    const sourceId = await add('full-engage')
    await app.settled(sourceId, 'up-to-date')
    await app.host['settings.set']({ workOffline: true })
    const row = (await list())[0]
    if (row === undefined) throw new Error('no client')
    await app.store().page['client.save']({ clientId: row.clientId, changes: { notes: 'unsent' }, seen: {} })
    await app.stopCore()
    await writeFile(join(app.profileFolder, 'sources.json'), '{"v":1,"sources":[{"sour')
    await app.restart()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await app.sources()).toEqual([])
    expect(await list()).toHaveLength(12)
    expect(await queue()).toHaveLength(1)
  })

  it('forgets hidden values in the store that comes later, if none was there when they were hidden', async () => {
    const sourceId = await add('clnt', { includeSensitive: true })
    await app.settled(sourceId, 'up-to-date')
    expect((await list()).some((row) => row.email !== null)).toBe(true)
    await app.host['settings.set']({ workOffline: true })
    app.closeStore()
    const { source } = simulator.servers.clnt
    const draft = {
      connectorId: 'clnt',
      name: 'clnt',
      settings: { ...source.settings, includeSensitive: false },
    }
    expect(await app.host['sources.update']({ sourceId, draft })).toMatchObject({ ok: true })
    await app.openStoreAgain()
    await until('forgotten', async () => (await list()).every((row) => row.email === null && row.phone === null))
    const kept = (): Promise<string> => readFile(join(app.profileFolder, 'sources.json'), 'utf8')
    await until('noted', async () => (await kept()).includes('"owesPurge": false'))
  })

  it('stores no page that was asked for before values were hidden', async () => {
    const sourceId = await add('clnt', { includeSensitive: true })
    await app.settled(sourceId, 'up-to-date')
    simulator.servers.clnt.faults.add({ method: 'GET', count: 1, effect: { kind: 'delay', ms: 150 } })
    await app.host['sources.sync']({ sourceId, full: true })
    await until('asked', () => simulator.servers.clnt.requests.list().length > 1)
    const { source } = simulator.servers.clnt
    const settings = { ...source.settings, includeSensitive: false }
    await app.host['sources.update']({ sourceId, draft: { connectorId: 'clnt', name: 'clnt', settings } })
    await new Promise((resolve) => setTimeout(resolve, 400))
    await app.settled(sourceId, 'up-to-date')
    expect((await list()).filter((row) => row.email !== null)).toEqual([])
  })

  it('takes nothing for complete that was read with another key, over a restart', async () => {
    const sourceId = await add('full-engage')
    await app.settled(sourceId, 'up-to-date')
    await app.host['settings.set']({ workOffline: true })
    const { source } = simulator.servers['full-engage']
    const draft = { connectorId: 'full-engage', name: 'full-engage', settings: source.settings, key: source.key }
    await app.host['sources.update']({ sourceId, draft })
    await app.restart()
    await until('attached', async () => (await list()).length === 12)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect((await app.sources())[0]).toMatchObject({ lastComplete: null })
    await app.host['settings.set']({ workOffline: false })
    await app.settled(sourceId, 'up-to-date')
  })

  it('asks no more often than it should, however urgently the user wants a sync while a fate is open', async () => {
    const sourceId = await add('full-engage')
    await app.settled(sourceId, 'up-to-date')
    const server = simulator.servers['full-engage']
    server.faults.add({ method: 'POST', count: 1, effect: { kind: 'drop-before' } })
    const fields = { name: 'Ona', phone: null, status: 'active', notes: null }
    await app.store().page['client.create']({ sourceId, deviceOnly: false, fields })
    await until('open', async () => (await queue())[0]?.state === 'unknown-outcome')
    server.requests.clear()
    await app.host['sources.sync']({ sourceId, full: false })
    const looksSoFar = () => server.requests.list().filter((request) => request.query.includes('query='))
    await until('looked for', () => looksSoFar().length > 0)
    await new Promise((resolve) => setTimeout(resolve, 700))
    const looks = looksSoFar()
    expect(looks.length).toBeLessThan(4)
  })

  it('sends the edits of others while one record cannot be read', async () => {
    const sourceId = await add('full-engage')
    await app.settled(sourceId, 'up-to-date')
    const server = simulator.servers['full-engage']
    await app.host['settings.set']({ workOffline: true })
    const [first, second] = await list()
    if (first === undefined || second === undefined) throw new Error('no clients')
    for (const row of [first, second]) {
      await app.store().page['client.save']({ clientId: row.clientId, changes: { notes: 'n' }, seen: {} })
    }
    const found = await app.store().page['clients.get']({ clientId: first.clientId })
    const remoteId = found.ok ? found.value?.records[0]?.remoteId : null
    const broken = { kind: 'status', status: 200, body: { data: { id: 7, name: ['?'] } } } as const
    server.faults.add({ method: 'GET', path: `${remoteId}$`, count: null, effect: broken })
    await app.host['settings.set']({ workOffline: false })
    await until('sent', async () => (await queue()).length === 1)
    expect((await queue())[0]).toMatchObject({ clientId: first.clientId, state: 'needs-attention' })
  })

  it('begins anew where the place to go on from leads nowhere', async () => {
    const sourceId = await add('clnt')
    await app.settled(sourceId, 'up-to-date')
    const server = simulator.servers.clnt
    const page = { current_page: 1, page_size: 1, total_count: 12, total_pages: 12 }
    const row = server.table.list()[0] ?? {}
    // A server that answers each page with the first one.
    const effect = { kind: 'status', status: 200, body: { data: [row], meta: page } } as const
    const loop = server.faults.add({ method: 'GET', count: null, effect })
    await app.host['sources.sync']({ sourceId, full: true })
    await until('noticed', async () => (await app.sources())[0]?.error?.code === 'paging-loop')
    server.faults.clear(loop)
    server.requests.clear()
    await app.host['sources.sync']({ sourceId, full: false })
    await app.settled(sourceId, 'up-to-date')
    expect(server.requests.list()[0]?.query).toMatch(/page=1(&|$)/)
    expect((await app.sources())[0]?.lastComplete).not.toBeNull()
  })
})
