import { expect, it, onTestFinished } from 'vitest'
import { createConnectors } from '../../electron/connectors/registry.ts'
import { createCore } from '../../electron/core/create-core.ts'
import { createNodeHost } from '../../electron/host/node/create-node-host.ts'
import { openProfileFolder } from '../../electron/host/profile-folder.ts'
import { hostApi, hostEvents, noCalls, noEvents } from '../../shared/ipc/host-contract.ts'
import { createRpc } from '../../shared/ipc/rpc.ts'
import { testCreateClock } from '../support/test-create-clock.ts'
import { testCreatePortPair } from '../support/test-create-port-pair.ts'
import { testFolder } from '../support/test-folder.ts'

it('without a source nothing is asked of anybody, in a month of use', async () => {
  const profileFolder = await openProfileFolder(await testFolder())
  const clock = testCreateClock()
  const asked: string[] = []
  const opened: string[] = []
  const real = await createNodeHost({ profileFolder, version: '0.0.0', tell: () => undefined })
  const core = await createCore({
    host: {
      ...real,
      clock,
      online: () => true,
      fetch: async ({ url }) => {
        asked.push(url)
        throw new Error('Nobody may be asked')
      },
      shell: {
        openLink: async (url) => {
          opened.push(url)
        },
      },
    },
    connectors: createConnectors(),
    startSimulator: async () => {
      throw new Error('Not in this test')
    },
  })
  onTestFinished(() => core.stop())
  const [page, window] = testCreatePortPair()
  core.attachPage(page)
  const rpc = createRpc({
    port: window,
    serves: noCalls,
    calls: hostApi,
    emits: noEvents,
    hears: hostEvents,
    onBug: (what) => what,
  })
  expect((await rpc.call['settings.get']({})).ok).toBe(true)
  expect((await rpc.call['network.report']({ online: true })).ok).toBe(true)
  for (let day = 0; day < 30; day++) await clock.advance(86_400_000)
  expect((await rpc.call['app.info']({})).ok).toBe(true)
  expect({ asked, opened }).toEqual({ asked: [], opened: [] })
  rpc.close()
})
