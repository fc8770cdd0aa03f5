import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { runElectronApp } from '../../../electron/host/electron/run-electron-app.ts'
import type { Host } from '../../../electron/host/host.ts'
import { StandInElectron } from '../../electron-stand-in/stand-in-electron.ts'
import { testFolder } from '../../support/test-folder.ts'
import { testReleaseServer } from './release-server.ts'

/**
 * From the host's first question to the end of the app: the real electron-updater, the host's network over the stand-in
 * of Electron's, a real server. The AppImage is a script that writes down that it was started.
 */
const APP_IMAGE_BEFORE = process.env.APPIMAGE

afterEach(() => {
  if (APP_IMAGE_BEFORE === undefined) delete process.env.APPIMAGE
  else process.env.APPIMAGE = APP_IMAGE_BEFORE
})

async function appOfRelease(staging?: number) {
  const folder = await testFolder()
  const started = join(folder, 'started')
  const installer = Buffer.from(`#!/bin/sh\necho "$APPIMAGE_EXIT_AFTER_INSTALL" >> '${started}'\n`)
  const release = await testReleaseServer({ installer, ...(staging === undefined ? {} : { staging }) })
  const appImage = join(folder, 'Clientele.AppImage')
  writeFileSync(appImage, 'the version that runs')
  process.env.APPIMAGE = appImage
  for (const name of ['page', 'resources']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'page/index.html'), 'the page')
  writeFileSync(join(folder, 'resources/app-update.yml'), 'updaterCacheDirName: clientele-updater\n')

  const order: string[] = []
  let hasEnded = (): void => undefined
  const ended = new Promise<void>((resolve) => {
    hasEnded = resolve
  })
  const electron = new StandInElectron({
    onEnd: () => {
      order.push('ended')
      hasEnded()
    },
  })
  electron.app.isPackaged = true
  const got: { host: Host | null } = { host: null }
  await runElectronApp({
    electron: electron.pieces,
    args: ['--profile', join(folder, 'profile')],
    folder,
    program: appImage,
    env: { APPIMAGE: appImage, XDG_CACHE_HOME: join(folder, 'cache') },
    platform: 'linux',
    pageFolder: join(folder, 'page'),
    assetsFolder: join(folder, 'assets'),
    resourcesFolder: join(folder, 'resources'),
    updateSource: { feed: release.feed, keys: [release.key] },
    preload: '/built/preload.cjs',
    startCore: async (given) => {
      got.host = given
      return {
        attachPage: () => undefined,
        attachStore: () => undefined,
        isTrafficAllowed: () => true,
        stop: async () => {
          order.push(`core stopped, AppImage ${readFileSync(appImage, 'utf8').slice(0, 11)}`)
        },
      }
    },
    tell: () => undefined,
  })
  if (got.host === null) throw new Error('no core was started')
  return { ...release, electron, order, ended, appImage, installer, started, updater: got.host.updater }
}

it('restarts into the new version: fetched, core stopped, put in place, started, ended', async () => {
  const app = await appOfRelease()
  expect(await app.updater.check()).toMatchObject({ state: 'available', version: '2.0.0' })
  await app.updater.fetch()
  await vi.waitFor(() => expect(app.updater.state().state).toBe('ready'), 5000)
  app.updater.install()
  await app.ended
  expect(app.order).toEqual(['core stopped, AppImage the version', 'ended'])
  expect(readFileSync(app.appImage)).toEqual(app.installer)
  // Started as the app itself, not only to be put in place.
  await vi.waitFor(() => expect(readFileSync(app.started, 'utf8')).toBe('\n'), 5000)
})

it('puts it in place at the end of the app, and does not start it then', async () => {
  const app = await appOfRelease()
  app.updater.follow('fetch')
  await app.updater.check()
  await vi.waitFor(() => expect(app.updater.state().state).toBe('ready'), 5000)
  app.electron.pieces.app.quit()
  await app.ended
  expect(app.order).toEqual(['core stopped, AppImage the version', 'ended'])
  expect(readFileSync(app.appImage)).toEqual(app.installer)
  expect(readFileSync(app.started, 'utf8')).toBe('true\n')
})

it('ends as ever where nothing is fetched', async () => {
  const app = await appOfRelease(0)
  expect(await app.updater.check()).toMatchObject({ state: 'idle' })
  app.updater.install()
  app.electron.pieces.app.quit()
  await app.ended
  expect(app.order).toEqual(['core stopped, AppImage the version', 'ended'])
  expect(readFileSync(app.appImage, 'utf8')).toBe('the version that runs')
})
