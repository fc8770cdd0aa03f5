import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { eraseCaches } from '../erase-caches.ts'
import { createFileLog, type FileLog } from '../file-log.ts'
import type { Host } from '../host.ts'
import { createHostCrypto } from '../host-crypto.ts'
import { createInstallation, machineMark } from '../installation.ts'
import { createJournalFiles } from '../journal-files.ts'
import { createKeyFileVault } from '../key-file-vault.ts'
import { createNoDesktop, createNoPower, createNoUpdater } from '../no-desktop.ts'
import { openChecked } from '../outside-link.ts'
import { createProfileFiles } from '../profile-files.ts'
import { profileSecret } from '../profile-secret.ts'
import { createSigner } from '../signer.ts'
import { createSystemClock, createSystemRandom } from '../system-clock.ts'
import { type ClearTickets, createClearTickets } from './clear-tickets.ts'
import { createNodeFetch } from './node-fetch.ts'
import { openLink } from './open-browser.ts'

export interface NodeHostOptions {
  /** Absolute, made by `openProfileFolder`. */
  readonly profileFolder: string
  readonly version: string
  /** For what is no part of the profile (`defaultInstallationFolder`); null: nothing is kept. */
  readonly installationFolder?: string | null
  /** Takes a line for standard error. */
  readonly tell: (line: string) => void
}

export interface NodeHost extends Host {
  readonly log: FileLog
  /** For the server: it answers where the page is sent to. */
  readonly clearTickets: ClearTickets
}

/** Plain Node as the machine. Rejects where the profile cannot be read or its secrets are damaged. */
export async function createNodeHost(options: NodeHostOptions): Promise<NodeHost> {
  const clock = createSystemClock()
  const { profileFolder } = options
  const crypto = createHostCrypto()
  const clearTickets = createClearTickets()
  const log = createFileLog(profileFolder, clock.now, options.tell)
  return {
    kind: 'node',
    platform: process.platform,
    version: options.version,
    profileFolder,
    vault: createKeyFileVault(profileFolder, crypto),
    keyFile: null,
    crypto,
    files: createProfileFiles(profileFolder),
    journal: createJournalFiles(join(profileFolder, 'journal')),
    backups: createJournalFiles(join(profileFolder, 'backups')),
    installation: createInstallation(options.installationFolder ?? null, await machineMark()),
    fetch: createNodeFetch(),
    shell: { openLink: openChecked(openLink) },
    clock,
    random: createSystemRandom(),
    log,
    sign: createSigner(await profileSecret(profileFolder, 'signing.key')),
    // A machine whose only network is itself is offline; simulated sources on loopback are reached all the same.
    online: () =>
      Object.values(networkInterfaces()).some((addresses) => addresses?.some((address) => !address.internal) === true),
    power: createNoPower(),
    desktop: { ...createNoDesktop(), clearPageData: async () => clearTickets.issue() },
    clearTickets,
    updater: createNoUpdater('browser'),
    eraseCaches: () => eraseCaches(profileFolder, log),
  }
}
