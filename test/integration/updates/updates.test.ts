import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createUpdates, type Updates } from '../../../electron/host/electron/updates/create-updates.ts'
import { createElectronUpdaterEngine } from '../../../electron/host/electron/updates/electron-updater-engine.ts'
import { signMetadata } from '../../../electron/host/electron/updates/update-signature.ts'
import type { ProfileFiles } from '../../../electron/host/host.ts'
import { createNodeFetch } from '../../../electron/host/node/node-fetch.ts'
import type { AppUpdate } from '../../../shared/model/app-update.ts'
import { systemClock, testCreateRandom } from '../../support/test-create-clock.ts'
import { testFolder } from '../../support/test-folder.ts'
import { INSTALLER_NAME, type ReleaseOptions, type Spoil, testReleaseServer } from './release-server.ts'

/**
 * The real electron-updater, as an AppImage of Linux uses it, against a real server on this machine. Not real: the
 * AppImage, which is a script; and Squirrel and NSIS, which there is nothing of here.
 */
const APP_IMAGE_BEFORE = process.env.APPIMAGE
let appImage = ''
let profile = ''

beforeEach(async () => {
  profile = await testFolder()
  appImage = join(profile, 'Clientele.AppImage')
  writeFileSync(appImage, 'the version that runs')
  chmodSync(appImage, 0o755)
  process.env.APPIMAGE = appImage
  mkdirSync(join(profile, 'resources'))
  writeFileSync(
    join(profile, 'resources/app-update.yml'),
    'provider: generic\nupdaterCacheDirName: clientele-updater\n',
  )
})

afterEach(() => {
  if (APP_IMAGE_BEFORE === undefined) delete process.env.APPIMAGE
  else process.env.APPIMAGE = APP_IMAGE_BEFORE
})

const NO_FILES: ProfileFiles = {
  read: async () => null,
  write: async () => undefined,
  remove: async () => undefined,
  setAside: async () => undefined,
}

interface Installed extends Updates {
  readonly states: AppUpdate[]
  readonly warnings: string[]
}

async function installed(feed: string, keys: readonly string[], platform = 'linux'): Promise<Installed> {
  const states: AppUpdate[] = []
  const warnings: string[] = []
  const note = (event: string, facts?: object): void => void warnings.push(`${event} ${JSON.stringify(facts ?? {})}`)
  const updates = await createUpdates({
    unavailable: null,
    loadEngine: async () =>
      createElectronUpdaterEngine({
        fetch: createNodeFetch(),
        clock: systemClock,
        source: { feed, keys },
        platform,
        appImage: platform === 'linux' ? appImage : null,
        version: '1.0.0',
        profileFolder: profile,
        resourcesFolder: join(profile, 'resources'),
        cacheFolder: join(profile, 'cache'),
      }),
    files: NO_FILES,
    clock: systemClock,
    random: testCreateRandom(1),
    log: { info: () => undefined, warn: note, error: note },
    quit: () => undefined,
  })
  updates.updater.listen((state) => states.push(state))
  return { ...updates, states, warnings }
}

async function release(options: ReleaseOptions = {}, spoil?: Spoil) {
  const made = await testReleaseServer(options, spoil)
  return { ...made, app: await installed(made.feed, [made.key]) }
}

async function until(app: Installed, wanted: AppUpdate['state']): Promise<AppUpdate> {
  for (let tries = 0; tries < 200 && app.updater.state().state !== wanted; tries++)
    await new Promise((resolve) => setTimeout(resolve, 20))
  expect(app.updater.state().state).toBe(wanted)
  return app.updater.state()
}

const pending = (): string => join(profile, 'cache/clientele-updater/pending', INSTALLER_NAME)
const kept = (): string[] =>
  existsSync(join(profile, 'cache')) ? readdirSync(join(profile, 'cache'), { recursive: true }).map(String) : []

describe('a release', () => {
  it('is found, fetched, put in place when the app ends, and told of step by step', async () => {
    const { app, installer, server } = await release({ notes: 'Faster <b>search</b>.\r\n\u202eNothing hidden.' })
    expect(await app.updater.check()).toEqual({
      state: 'available',
      version: '2.0.0',
      notes: 'Faster search.\nNothing hidden.',
    })
    expect(server.seen.map(({ url }) => url)).not.toContain(`/${INSTALLER_NAME}`)
    await app.updater.fetch()
    await until(app, 'ready')
    expect(app.states.map(({ state }) => state)).toEqual(expect.arrayContaining(['checking', 'available', 'fetching']))
    expect(app.states.filter((state) => state.state === 'fetching').at(-1)).toMatchObject({ percent: 100 })
    expect(readFileSync(appImage, 'utf8')).toBe('the version that runs')
    if (process.platform !== 'linux') return

    let quits = 0
    await app.finish(() => {
      quits += 1
    })
    expect(quits).toBe(1)
    expect(readFileSync(appImage)).toEqual(installer)
  })

  it.each([
    ['was taken away meanwhile', () => rmSync(join(profile, 'cache'), { recursive: true })],
    ['was changed meanwhile', () => writeFileSync(pending(), '#!/bin/sh\nexit 0\n')],
    ['does not start', () => undefined],
  ])('that %s leaves the version that runs where it is', async (_what, meanwhile) => {
    const { app } = await release({ installer: Buffer.from('#!/bin/sh\nexit 3\n') })
    await app.updater.check()
    await app.updater.fetch()
    await until(app, 'ready')
    meanwhile()
    let quits = 0
    await app.finish(() => {
      quits += 1
    })
    expect(quits).toBe(1)
    expect(app.warnings.join()).toContain('update.install-failed')
    expect(readFileSync(appImage, 'utf8')).toBe('the version that runs')
    expect(readdirSync(profile).filter((name) => name.includes('AppImage'))).toEqual(['Clientele.AppImage'])
  })

  it('is fetched as the installer of Windows', async () => {
    const made = await testReleaseServer({ name: 'Clientele-2.0.0-win-x64.exe' })
    const app = await installed(made.feed, [made.key], 'win32')
    expect(await app.updater.check()).toMatchObject({ state: 'available' })
    await app.updater.fetch()
    await until(app, 'ready')
    expect(kept()).toContainEqual(expect.stringMatching(/pending[\\/]Clientele-2\.0\.0-win-x64\.exe$/))
  })

  it('sends nothing that tells one installation from another', async () => {
    const { app, server } = await release()
    await app.updater.check()
    for (const { headers, url } of server.seen) {
      expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'cache-control', 'connection', 'host'])
      expect(url).toMatch(/^\/latest[\w-]*\.yml(\.sig)?$/)
    }
    expect(server.seen.length).toBe(2)
  })

  it('is fetched by itself where the user asked for that', async () => {
    const { app } = await release()
    app.updater.follow('fetch')
    await app.updater.check()
    await until(app, 'ready')
  })

  it('comes over a redirect of the same server', async () => {
    const { app, server } = await release({}, (path, response) => {
      if (path.startsWith('/moved')) return false
      response.statusCode = 302
      response.setHeader('location', `/moved${path}`)
      response.end()
      return true
    })
    expect(await app.updater.check()).toMatchObject({ state: 'available' })
    expect(server.seen.map(({ url }) => url)).toContainEqual(expect.stringMatching(/^\/moved\/latest/))
  })

  it('of the same version, of an older one, or held back from this installation, is none', async () => {
    for (const options of [{ version: '1.0.0' }, { version: '0.9.9' }, { staging: 0 }]) {
      const { app } = await release(options)
      expect(await app.updater.check()).toEqual({ state: 'idle', checkedAt: expect.any(Number) })
    }
  })

  it('offered to all is offered to this installation', async () => {
    const { app } = await release({ staging: 100 })
    expect(await app.updater.check()).toMatchObject({ state: 'available' })
  })
})

describe('what is not believed', () => {
  const expectRefused = async (
    why: Extract<AppUpdate, { state: 'failed' }>['why'],
    options: ReleaseOptions,
    spoil: Spoil,
  ): Promise<void> => {
    const { app } = await release(options, spoil)
    expect(await app.updater.check()).toEqual({ state: 'failed', why, checkedAt: null })
    expect(kept()).toEqual([])
  }
  const isMetadata = (path: string): boolean => path.endsWith('.yml')
  const isSignature = (path: string): boolean => path.endsWith('.sig')

  it('metadata that was changed after it was signed', () =>
    expectRefused('bad-signature', {}, (path, response, usual) => {
      if (!isMetadata(path)) return false
      response.end(String(usual()).replace('2.0.0', '3.0.0'))
      return true
    }))

  it('metadata that was cut short', () =>
    expectRefused('bad-signature', {}, (path, response, usual) => {
      if (!isMetadata(path)) return false
      response.end(usual()?.subarray(0, 80))
      return true
    }))

  it.each([
    ['empty', ''],
    ['not base64', 'signed by nobody'],
    ['of another length', Buffer.alloc(63).toString('base64')],
    ['zeroes', Buffer.alloc(64).toString('base64')],
  ])('a signature that is %s', (_what, signature) =>
    expectRefused('bad-signature', {}, (path, response) => {
      if (!isSignature(path)) return false
      response.end(signature)
      return true
    }),
  )

  it('a signature of somebody else', async () => {
    const { feed } = await testReleaseServer()
    const { key } = await testReleaseServer()
    const app = await installed(feed, [key])
    expect(await app.updater.check()).toMatchObject({ state: 'failed', why: 'bad-signature' })
  })

  it('metadata of another system, signed as such', async () => {
    let signed = ''
    const { metadata, privateKey, app } = await release({}, (path, response) => {
      if (!isSignature(path)) return false
      response.end(signed)
      return true
    })
    signed = signMetadata('latest-of-another-system.yml', metadata, privateKey)
    expect(await app.updater.check()).toMatchObject({ state: 'failed', why: 'bad-signature' })
  })

  it('metadata without a signature beside it', () =>
    expectRefused('server', {}, (path, response) => {
      if (!isSignature(path)) return false
      response.statusCode = 404
      response.end()
      return true
    }))

  it('metadata without end: no more than a little of it is read', async () => {
    let sent = 0
    await expectRefused('server', {}, (path, response) => {
      if (!isMetadata(path)) return false
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64_000, 'a'))) sent += 64_000
        if (!response.destroyed) response.once('drain', more)
      }
      more()
      return true
    })
    expect(sent).toBeLessThan(20_000_000)
  })

  it('a redirect to a server without https', async () => {
    const elsewhere = await testReleaseServer()
    await expectRefused('server', {}, (path, response) => {
      response.statusCode = 302
      response.setHeader('location', `${elsewhere.feed.slice(0, -1)}${path}`)
      response.end()
      return true
    })
    expect(elsewhere.server.seen).toEqual([])
  })

  it('redirects in a circle', () =>
    expectRefused('server', {}, (path, response) => {
      response.statusCode = 302
      response.setHeader('location', path)
      response.end()
      return true
    }))

  it.each([
    ['an installer on another server', { files: [{ url: 'https://evil.example/x.AppImage', sha512: 'a', size: 1 }] }],
    ['an installer in another folder', { path: '../../etc/x.AppImage' }],
    ['no version', { version: 'newest' }],
    ['no installer', { files: [] }],
  ])('metadata with %s, although signed', async (_what, metadata) => {
    const { app } = await release({ metadata })
    expect(await app.updater.check()).toMatchObject({ state: 'failed', why: 'server' })
  })

  it.each([
    ['other bytes', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from('!')]), 'bad-checksum'],
    ['fewer bytes', (bytes: Buffer) => bytes.subarray(0, 1000), 'bad-checksum'],
    ['more bytes', (bytes: Buffer) => Buffer.concat([bytes, bytes]), 'server'],
  ] as const)('an installer with %s', async (_what, spoilt, why) => {
    const { app } = await release({}, (path, response, usual) => {
      if (path !== `/${INSTALLER_NAME}`) return false
      response.end(spoilt(usual() ?? Buffer.alloc(0)))
      return true
    })
    await app.updater.check()
    await app.updater.fetch()
    expect(await until(app, 'failed')).toMatchObject({ why })
    expect(kept().filter((name) => name.includes('AppImage'))).toEqual([])
    await app.finish(() => undefined)
    expect(readFileSync(appImage, 'utf8')).toBe('the version that runs')
  })
})

describe('without a network', () => {
  it('says so when it was asked', async () => {
    const app = await installed('http://127.0.0.1:9/', ['AAAA'])
    expect(await app.updater.check()).toEqual({ state: 'failed', why: 'offline', checkedAt: null })
  })

  it('breaks off in the middle of a download: said, and tried again when asked', async () => {
    let isCut = true
    const { app } = await release({}, (path, response, usual) => {
      if (path !== `/${INSTALLER_NAME}` || !isCut) return false
      response.setHeader('content-length', usual()?.length ?? 0)
      response.write(usual()?.subarray(0, 50_000))
      setTimeout(() => response.destroy(), 50)
      return true
    })
    await app.updater.check()
    await app.updater.fetch()
    expect(await until(app, 'failed')).toMatchObject({ why: 'offline' })
    isCut = false
    await app.updater.check()
    await app.updater.fetch()
    await until(app, 'ready')
  })
})
