import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../../electron/simulator/start-simulator.ts'
import type { SourceId } from '../../shared/ids.ts'
import { type TestApp, testCreateApp } from '../support/test-create-app.ts'

/** The whole way of a client and back: simulated vendor, connector, engine, border, store. */
describe('Full Engage, end to end without pixels', () => {
  let simulator: Simulator
  let app: TestApp
  let sourceId: SourceId

  beforeEach(async () => {
    simulator = await startSimulator({
      clients: 0,
      counts: { 'full-engage': 250, endors: 0, spott: 0, connect: 0, clnt: 0 },
      seed: 1,
      now: Date.now(),
    })
    app = await testCreateApp()
    const { source } = simulator.servers['full-engage']
    sourceId = await app.addSource({ connectorId: 'full-engage', key: source.key, settings: source.settings })
    await app.settled(sourceId, 'up-to-date')
  })

  afterEach(async () => {
    await app.stop()
    await simulator.close()
  })

  const list = async (text: string) => {
    const page = await app.store().page['clients.list']({ text, sort: null, offset: 0, limit: 500 })
    if (!page.ok) throw new Error(page.error.code)
    return page.value
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
  const remote = () => simulator.servers['full-engage']

  it('reads every client of every page', async () => {
    const all = await list('')
    expect(all.total).toBe(250)
    expect(new Set(all.rows.map((r) => r.clientId)).size).toBe(250)
  })

  it('reads its sources again as soon as Work offline ends, whatever else is set meanwhile', async () => {
    await app.host['settings.set']({ workOffline: true })
    const before = remote().requests.list().length
    await app.host['settings.set']({ workOffline: false })
    await app.host['settings.set']({ theme: 'dark' })
    await until('a read', () => remote().requests.list().length > before)
    await app.settled(sourceId, 'up-to-date')
  })

  it('keeps an offline edit across a restart and sends it exactly once', async () => {
    const row = (await list('')).rows[0]
    if (row === undefined) throw new Error('no row')
    await app.host['settings.set']({ workOffline: true })
    const before = remote().requests.list().length
    const saved = await app.store().page['client.save']({
      clientId: row.clientId,
      changes: { phone: '+49 30 555 0199' },
      seen: { phone: row.phone },
    })
    expect(saved.ok && saved.value.editId).toBeTruthy()
    expect((await list('')).rows.find((r) => r.clientId === row.clientId)?.mark).toBe('waiting')
    await app.restart()
    expect((await queue()).map((e) => [e.state, e.operation])).toEqual([['waiting', 'update']])
    expect(remote().requests.list().length).toBe(before)

    await app.host['settings.set']({ workOffline: false })
    await until('queue empty', async () => (await queue()).length === 0)
    const patches = remote()
      .requests.list()
      .filter((r) => r.method === 'PATCH')
    expect(patches).toHaveLength(1)
    const again = (await list('')).rows.find((r) => r.clientId === row.clientId)
    expect(again).toMatchObject({ phone: '+49 30 555 0199', mark: null })
  })

  it('adopts a create whose answer was lost, and makes no second one', async () => {
    remote().faults.add({ method: 'POST', count: 1, effect: { kind: 'drop-after' } })
    const created = await app.store().page['client.create']({
      sourceId,
      deviceOnly: false,
      fields: { name: 'Ona Lost-Reply', phone: '+370 600 00000', status: 'active', notes: null },
    })
    if (!created.ok) throw new Error(created.error.code)
    await until('settled', async () => (await queue()).length === 0)
    expect(
      remote()
        .requests.list()
        .filter((r) => r.method === 'POST'),
    ).toHaveLength(1)
    const found = await list('Ona Lost-Reply')
    expect(found.rows.map((r) => [r.clientId, r.mark])).toEqual([[created.value.clientId, null]])
    await app.host['sources.sync']({ sourceId, full: true })
    await new Promise((resolve) => setTimeout(resolve, 100))
    await app.settled(sourceId, 'up-to-date')
    expect((await list('Ona Lost-Reply')).total).toBe(1)
  })

  it('removes what an unbroken sweep and two answers a minute apart agree on, and nothing else', async () => {
    const victim = remote().table.list()[10]
    if (victim === undefined) throw new Error('no record')
    remote().table.remove(victim.id)
    const suspects = async () => (await app.sources())[0]?.suspects
    const asked = () =>
      remote()
        .requests.list()
        .filter((r) => r.path.endsWith(`/clients/${encodeURIComponent(victim.id)}`)).length
    // We know it for a moment only, but its vendor says that it is older: asked for at once, and suspected.
    await app.host['sources.sync']({ sourceId, full: true })
    await until('suspected', async () => (await suspects()) === 1)
    await until('asked for', () => asked() === 1)
    await app.settled(sourceId, 'up-to-date')
    expect((await list('')).total).toBe(250)
    app.passTime(61_000)
    // The first answer is remembered by the store.
    await app.restart()
    await until('removed', async () => (await list('')).total === 249)
    expect(asked()).toBe(2)
    await until('no suspects', async () => (await suspects()) === 0)
    const tray = await app.store().page['tray.list']({})
    expect(tray.ok && tray.value.map((row) => row.remoteId)).toEqual([victim.id])
  })

  it('holds a removal that is too large to believe, at once', async () => {
    for (const record of remote().table.list().slice(0, 60)) remote().table.remove(record.id)
    await app.host['sources.sync']({ sourceId, full: true })
    await until('held', async () => (await app.sources())[0]?.heldRemoval !== null)
    expect((await list('')).total).toBe(250)
    await app.host['sources.settleRemoval']({ sourceId, decision: 'remove' })
    await until('removed', async () => (await list('')).total === 190)
  })

  it('stops at a rejected key, keeps the edit, and goes on when the key is replaced', async () => {
    const row = (await list('')).rows[0]
    if (row === undefined) throw new Error('no row')
    const goodKey = remote().source.key
    remote().keyPlace.key = 'ba_new_key_0001'
    await app
      .store()
      .page['client.save']({ clientId: row.clientId, changes: { phone: '+1 555 0100' }, seen: { phone: row.phone } })
    await app.settled(sourceId, 'key-rejected')
    expect(await queue()).toHaveLength(1)
    const source = remote().source
    const updated = await app.host['sources.update']({
      sourceId,
      draft: { connectorId: 'full-engage', name: 'full-engage', settings: source.settings, key: 'ba_new_key_0001' },
    })
    expect(updated.ok).toBe(true)
    await until('sent', async () => (await queue()).length === 0)
    await app.settled(sourceId, 'up-to-date')
    expect(goodKey).not.toBe('ba_new_key_0001')
  })
})
