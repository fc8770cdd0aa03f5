import { createConnectors } from '../../../electron/connectors/registry.ts'
import { type Core, createCore } from '../../../electron/core/create-core.ts'
import type { Host } from '../../../electron/host/host.ts'
import { createHostCrypto } from '../../../electron/host/host-crypto.ts'
import { createNoDesktop, createNoPower, createNoUpdater } from '../../../electron/host/no-desktop.ts'
import type { Random } from '../../../shared/clock.ts'
import { testCreateInstallation } from '../../support/test-create-installation.ts'
import type { JournalDisk } from './journal-disk.ts'
import type { SimNetwork } from './network.ts'
import type { Life, SimTime } from './time.ts'

/** What the profile folder holds: it outlives every process. */
export interface ProfileDisk {
  readonly documents: Map<string, string>
  readonly journal: JournalDisk
  readonly backups: JournalDisk
}

export interface CoreProcess {
  readonly life: Life
  readonly core: Core
}

/** Starts the real core on a machine made of the simulator's parts. */
export async function startCoreProcess(deps: {
  readonly time: SimTime
  readonly random: Random
  readonly disk: ProfileDisk
  readonly network: SimNetwork
  readonly onLog: (level: 'info' | 'warn' | 'error', text: string) => void
}): Promise<CoreProcess> {
  const { time, random, disk, network, onLog } = deps
  const life: Life = { alive: true }
  const turn = (): Promise<void> => new Promise((resolve) => time.post('profile', resolve))
  const log =
    (level: 'info' | 'warn' | 'error') =>
    (event: string, facts?: Readonly<Record<string, unknown>>): void => {
      if (life.alive) onLog(level, `${event} ${JSON.stringify(facts ?? {})}`)
    }
  const host: Host = {
    kind: 'node',
    platform: 'linux',
    version: '0',
    profileFolder: '-',
    vault: {
      kind: 'key-file',
      detail: '-',
      trouble: async () => 'none',
      // Not the key as it is: a scan for keys must find none on the disk.
      seal: async (secret) => ({ v: 1, vault: 'key-file', data: [...secret].reverse().join('') }),
      open: async (sealed) => ({ secret: [...sealed.data].reverse().join(''), isStale: false }),
    },
    files: {
      read: async (name) => JSON.parse(disk.documents.get(name) ?? 'null'),
      write: async (name, value) => {
        const text = JSON.stringify(value)
        await turn()
        // Replaced whole or not at all.
        if (life.alive) disk.documents.set(name, text)
        else await new Promise(() => undefined)
      },
      remove: async (name) => void (life.alive && disk.documents.delete(name)),
      setAside: async (name) => void (life.alive && disk.documents.delete(name)),
    },
    journal: disk.journal.files(life),
    backups: disk.backups.files(life),
    installation: testCreateInstallation(),
    fetch: (request) => (life.alive ? network.fetch(request, life) : new Promise(() => undefined)),
    shell: { openLink: async () => undefined },
    clock: time.clockOf(life),
    random,
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    sign: (text) => `sig${text.length}`,
    online: () => true,
    power: createNoPower(),
    desktop: createNoDesktop(),
    updater: createNoUpdater('development'),
    keyFile: null,
    crypto: createHostCrypto(),
    eraseCaches: async () => undefined,
  }
  const core = await createCore({
    host,
    connectors: createConnectors(),
    startSimulator: async () => ({ sources: [], ports: {}, save: () => null, close: async () => undefined }),
  })
  return { life, core }
}
