import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createCore } from '../../../electron/core/create-core.ts'
import type { Updater } from '../../../electron/host/host.ts'
import { createNoUpdater } from '../../../electron/host/no-desktop.ts'
import { createNodeHost } from '../../../electron/host/node/create-node-host.ts'
import { openProfileFolder } from '../../../electron/host/profile-folder.ts'
import { hostApi, hostEvents, noCalls, noEvents } from '../../../shared/ipc/host-contract.ts'
import { createRpc } from '../../../shared/ipc/rpc.ts'
import { testCreatePortPair } from '../../support/test-create-port-pair.ts'
import { testFolder } from '../../support/test-folder.ts'

async function pageOf(updater: Updater, folder: string) {
  await openProfileFolder(folder)
  const host = await createNodeHost({ version: '1.0.0', profileFolder: folder, tell: () => undefined })
  const core = await createCore({
    host: { ...host, updater },
    connectors: [],
    startSimulator: () => Promise.reject(new Error('no samples here')),
  })
  onTestFinished(() => core.stop())
  const [ours, theirs] = testCreatePortPair()
  core.attachPage(theirs)
  return createRpc({
    port: ours,
    serves: noCalls,
    calls: hostApi,
    emits: noEvents,
    hears: hostEvents,
    onBug: () => 'bug',
  })
}

it('Work offline holds for updates: none is looked for, asked or not', async () => {
  const followed: string[] = []
  let checks = 0
  const none = createNoUpdater('development')
  const page = await pageOf(
    {
      ...none,
      follow: (mode) => void followed.push(mode),
      check: () => {
        checks += 1
        return none.check()
      },
    },
    await testFolder(),
  )
  await page.call['settings.set']({ updates: 'check' })
  await page.call['settings.set']({ workOffline: true })
  expect(await page.call['update.check']({})).toMatchObject({ ok: true, value: { state: 'failed', why: 'offline' } })
  expect({ checks, followed }).toEqual({ checks: 0, followed: ['off', 'check', 'off'] })
  await page.call['settings.set']({ workOffline: false })
  await page.call['update.check']({})
  expect({ checks, followed: followed.at(-1) }).toEqual({ checks: 1, followed: 'check' })
})

it('an update is put in place only after a backup was made', async () => {
  const folder = await testFolder()
  const backups = (): string[] =>
    readdirSync(join(folder, 'backups')).filter((name) => name.includes('-before-update-'))
  const seen: string[][] = []
  const updater: Updater = { ...createNoUpdater('development'), install: () => void seen.push(backups()) }
  const page = await pageOf(updater, folder)
  expect(await page.call['update.install']({})).toMatchObject({ ok: true })
  expect(seen).toEqual([[expect.stringContaining('-before-update-')]])
})
