import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSampleServers } from '../../electron/start-sample-servers.ts'
import { type TestApp, testCreateApp } from '../support/test-create-app.ts'

describe('sample data', () => {
  let app: TestApp

  beforeEach(async () => {
    // The whole thing, smaller.
    app = await testCreateApp({ startSimulator: (options) => startSampleServers({ ...options, clients: 60 }) })
  })
  afterEach(() => app.stop())

  const clients = async (): Promise<number> => {
    const page = await app.store().page['clients.list']({ text: '', sort: null, offset: 0, limit: 1 })
    if (!page.ok) throw new Error(page.error.code)
    return page.value.total
  }
  const allSettled = async (): Promise<void> => {
    for (const source of await app.sources()) await app.settled(source.sourceId, 'up-to-date')
  }

  it('is made once, however often it is asked for at once', async () => {
    await Promise.all([app.host['sample.start']({}), app.host['sample.start']({})])
    expect(await app.sources()).toHaveLength(5)
    await allSettled()
    expect(await clients()).toBe(60)
  })

  it('comes back after a restart although what was noted of it cannot be read', async () => {
    await app.host['sample.start']({})
    await allSettled()
    await app.stopCore()
    await writeFile(join(app.profileFolder, 'sample.json'), '{"v":1,"seed":')
    await app.restart()
    await app.host['sources.syncAll']({})
    await allSettled()
    expect((await app.sources()).map((source) => source.state)).toEqual(Array(5).fill('up-to-date'))
    expect(await clients()).toBe(60)
  })
})
