import { describe, expect, it } from 'vitest'
import { createUpdates, type Updates } from '../../../../electron/host/electron/updates/create-updates.ts'
import type { UpdateEngine } from '../../../../electron/host/electron/updates/update-engine.ts'
import { UpdateFailure } from '../../../../electron/host/electron/updates/update-failure.ts'
import { CHECK_EVERY_MS, CHECK_JITTER_MS, DAY_MS } from '../../../../electron/host/electron/updates/update-machine.ts'
import { whyNoUpdates } from '../../../../electron/host/electron/updates/update-support.ts'
import type { ProfileFiles } from '../../../../electron/host/host.ts'
import { testCreateClock, testCreateRandom } from '../../../support/test-create-clock.ts'

const RELEASE = { version: '2.0.0', notes: '' }
const SOURCE = { feed: 'https://updates.example/', keys: ['key'] }

function filesInMemory(): ProfileFiles {
  const files = new Map<string, unknown>()
  return {
    read: async (name) => files.get(name) ?? null,
    write: async (name, value) => void files.set(name, value),
    remove: async (name) => void files.delete(name),
    setAside: async () => undefined,
  }
}

function testCreateUpdates(engine: Partial<UpdateEngine> = {}) {
  const clock = testCreateClock()
  const seen = { loaded: 0, checks: 0, installs: [] as boolean[], quits: 0 }
  const files = filesInMemory()
  const open = (): Promise<Updates> =>
    createUpdates({
      unavailable: null,
      loadEngine: async () => {
        seen.loaded += 1
        return {
          check: async () => {
            seen.checks += 1
            return engine.check === undefined ? RELEASE : engine.check()
          },
          fetch: engine.fetch ?? (async () => undefined),
          install: async (how) => {
            seen.installs.push(how.restart)
            return engine.install === undefined ? 'quit' : engine.install(how)
          },
        }
      },
      files,
      clock,
      random: testCreateRandom(7),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      quit: () => {
        seen.quits += 1
      },
    })
  return { open, clock, seen }
}

describe('without being asked', () => {
  it('nothing is loaded, nobody is asked', async () => {
    const { open, clock, seen } = testCreateUpdates()
    const { updater } = await open()
    updater.follow('off')
    await clock.advance(30 * DAY_MS)
    expect(seen).toMatchObject({ loaded: 0, checks: 0 })
  })

  it('a check comes every six to eight hours, over restarts too', async () => {
    const { open, clock, seen } = testCreateUpdates({ check: async () => null })
    const first = await open()
    first.updater.follow('check')
    await clock.advance(DAY_MS)
    expect(seen.checks).toBeGreaterThanOrEqual(3)
    expect(seen.checks).toBeLessThanOrEqual(5)
    expect(seen.loaded).toBe(1)
    first.updater.follow('off')
    const before = seen.checks
    const second = await open()
    second.updater.follow('check')
    await clock.advance(CHECK_EVERY_MS / 4)
    expect(seen.checks).toBe(before)
    await clock.advance(CHECK_EVERY_MS + CHECK_JITTER_MS)
    expect(seen.checks).toBe(before + 1)
  })

  it('offline stays silent, and is tried again', async () => {
    const { open, clock, seen } = testCreateUpdates({
      check: () => Promise.reject(new UpdateFailure('offline', 'ENOTFOUND')),
    })
    const { updater } = await open()
    const states: string[] = []
    updater.listen(({ state }) => states.push(state))
    updater.follow('check')
    await clock.advance(DAY_MS)
    expect(seen.checks).toBeGreaterThan(2)
    expect(states).toEqual([])
  })
})

describe('the end of the app', () => {
  const ready = async (updates: Updates): Promise<Updates> => {
    await updates.updater.check()
    await updates.updater.fetch()
    for (let i = 0; i < 5; i++) await Promise.resolve()
    expect(updates.updater.state().state).toBe('ready')
    return updates
  }
  const finish = (updates: Updates): Promise<number> => {
    let quits = 0
    return updates
      .finish(() => {
        quits += 1
      })
      .then(() => quits)
  }

  it('is only that where nothing is ready', async () => {
    const { open, seen } = testCreateUpdates()
    expect(await finish(await open())).toBe(1)
    expect(seen.installs).toEqual([])
  })

  it('puts what is ready in place', async () => {
    const { open, seen } = testCreateUpdates()
    expect(await finish(await ready(await open()))).toBe(1)
    expect(seen.installs).toEqual([false])
  })

  it('leaves what was put off', async () => {
    const { open, seen } = testCreateUpdates()
    const updates = await ready(await open())
    updates.updater.defer('day')
    expect(await finish(updates)).toBe(1)
    expect(seen.installs).toEqual([])
  })

  it('starts the app again where the user asked to install, after ending it in order', async () => {
    const { open, seen } = testCreateUpdates()
    const updates = await ready(await open())
    updates.updater.install()
    expect(seen).toMatchObject({ quits: 1, installs: [] })
    expect(await finish(updates)).toBe(1)
    expect(seen.installs).toEqual([true])
  })

  it('does not ask for it where nothing is ready', async () => {
    const { open, seen } = testCreateUpdates()
    const { updater } = await open()
    updater.install()
    expect(seen.quits).toBe(0)
  })

  it('comes even where the installer fails, and not twice where the system ends the app', async () => {
    const failing = testCreateUpdates({ install: () => Promise.reject(new UpdateFailure('disk', 'EACCES')) })
    expect(await finish(await ready(await failing.open()))).toBe(1)
    const squirrel = testCreateUpdates({ install: async () => 'ends-itself' })
    expect(await finish(await ready(await squirrel.open()))).toBe(0)
  })
})

describe('updates are there', () => {
  const facts = { isPackaged: true, platform: 'linux', source: SOURCE, appImage: '/home/x/Clientele.AppImage' }

  it('for an AppImage and the installers of a signed release', () => {
    expect(whyNoUpdates(facts)).toBeNull()
    expect(whyNoUpdates({ ...facts, platform: 'win32', appImage: null })).toBeNull()
    expect(whyNoUpdates({ ...facts, platform: 'darwin', appImage: null })).toBeNull()
  })

  it('for nobody else, who is told why', () => {
    expect(whyNoUpdates({ ...facts, isPackaged: false })).toBe('development')
    expect(whyNoUpdates({ ...facts, source: { ...SOURCE, keys: [] } })).toBe('unsigned')
    expect(whyNoUpdates({ ...facts, source: { ...SOURCE, feed: '' } })).toBe('unsigned')
    expect(whyNoUpdates({ ...facts, appImage: null })).toBe('package-manager')
  })

  it('and where they are not, none is looked for', async () => {
    const { updater, finish } = await createUpdates({
      unavailable: 'unsigned',
      loadEngine: () => Promise.reject(new Error('not to be loaded')),
      files: filesInMemory(),
      clock: testCreateClock(),
      random: testCreateRandom(1),
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      quit: () => undefined,
    })
    expect(await updater.check()).toEqual({ state: 'unavailable', why: 'unsigned' })
    let quits = 0
    await finish(() => {
      quits += 1
    })
    expect(quits).toBe(1)
  })
})
