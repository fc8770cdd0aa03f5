import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../../electron/simulator/start-simulator.ts'
import type { SourceId } from '../../shared/ids.ts'
import { type TestApp, testCreateApp } from '../support/test-create-app.ts'

describe('Spott, incremental', () => {
  let simulator: Simulator
  let app: TestApp
  let sourceId: SourceId

  beforeEach(async () => {
    simulator = await startSimulator({
      clients: 0,
      counts: { 'full-engage': 0, endors: 0, spott: 120, connect: 0, clnt: 0 },
      seed: 1,
      now: Date.now(),
    })
    app = await testCreateApp()
    const { source } = simulator.servers.spott
    sourceId = await app.addSource({ connectorId: 'spott', key: source.key, settings: source.settings })
    await app.settled(sourceId, 'up-to-date')
  })

  afterEach(async () => {
    await app.stop()
    await simulator.close()
  })

  const total = async (): Promise<number> => {
    const page = await app.store().page['clients.list']({ text: '', sort: null, offset: 0, limit: 1 })
    if (!page.ok) throw new Error(page.error.code)
    return page.value.total
  }
  const until = async (what: string, check: () => Promise<boolean>): Promise<void> => {
    const deadline = Date.now() + 10_000
    while (!(await check())) {
      if (Date.now() > deadline) throw new Error(`never: ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const since = (): (string | null)[] =>
    simulator.servers.spott.requests
      .list()
      .filter((r) => !r.isMedia)
      .map((r) => new URLSearchParams(r.query).get('modifiedSince'))

  it('asks only for changes after a complete run, from a little before the newest stamp received', async () => {
    simulator.servers.spott.requests.clear()
    const before = (await app.sources())[0]?.lastComplete?.at ?? 0
    await app.host['sources.sync']({ sourceId, full: false })
    await until('synced again', async () => ((await app.sources())[0]?.lastComplete?.at ?? 0) > before)
    const asked = since()
    expect(asked.length).toBeGreaterThan(0)
    for (const stamp of asked) expect(stamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(await total()).toBe(120)
  })

  it('reads everything again into a store that was emptied, although the core remembers a complete run', async () => {
    app.closeStore()
    await app.openStoreAgain({ empty: true })
    await until('all again', async () => (await total()) === 120)
    await app.settled(sourceId, 'up-to-date')
    expect((await app.sources())[0]?.lastComplete?.kind).toBe('full')
  })

  const sync = async (full: boolean): Promise<void> => {
    const before = (await app.sources())[0]?.lastComplete?.at ?? 0
    await app.host['sources.sync']({ sourceId, full })
    await until('synced again', async () => ((await app.sources())[0]?.lastComplete?.at ?? 0) > before)
  }
  const newest = (): number =>
    Math.max(
      ...table()
        .list()
        .map((row) => Date.parse(row.modifiedAt)),
    )
  const table = () => simulator.servers.spott.table
  const insertAt = (at: number) => table().insert({ modifiedAt: new Date(at).toISOString() })

  it('F085 F086 a row at the very stamp of the watermark, or committed late with an older one, is read once by the next pass', async () => {
    insertAt(newest())
    insertAt(newest() - 9 * 60_000)
    await sync(false)
    expect(await total()).toBe(122)
    await sync(false)
    expect(await total()).toBe(122)
    expect((await app.sources())[0]).toMatchObject({
      lastComplete: { kind: 'incremental' },
      deletionsSeenBy: 'clean-sweeps',
    })
  })

  it('F080 F086 what a pass cannot see, because it came too late or the cursor was missing, the next full traverse brings', async () => {
    insertAt(newest() - 2 * 3_600_000)
    await sync(false)
    expect(await total()).toBe(120)
    app.passTime(25 * 3_600_000)
    await sync(false)
    expect(await total()).toBe(121)
    expect((await app.sources())[0]?.lastComplete?.kind).toBe('full')
  })
})
