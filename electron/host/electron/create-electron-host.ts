import { join } from 'node:path'
import type { Shell } from 'electron'
import { eraseCaches } from '../erase-caches.ts'
import { createFileLog, type FileLog } from '../file-log.ts'
import type { Desktop, Host, Power } from '../host.ts'
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
import { createNetFetch, type NetFetchDeps, type NetSession } from './net-fetch.ts'
import { createSafeStorageVault, type SafeStorageLike } from './safe-storage-vault.ts'

/** The pieces of Electron that make a machine. `main.ts` hands in the real ones. */
export interface ElectronHostDeps<S extends NetSession> extends NetFetchDeps<S> {
  readonly safeStorage: SafeStorageLike
  readonly shell: Pick<Shell, 'openExternal'>
  /** `net.isOnline()`: only its `false` means something. */
  readonly isOnline: () => boolean
  readonly platform: string
  readonly version: string
  /** Absolute, made by `openProfileFolder`. */
  readonly profileFolder: string
  /** For what is no part of the profile (`defaultInstallationFolder`); null: nothing is kept. */
  readonly installationFolder?: string | null
  /** Takes a line for standard error. */
  readonly tell: (line: string) => void
  /** Without: one of its own. */
  readonly log?: FileLog
  /** Without: a machine that has none (tests). */
  readonly desktop?: Desktop
  readonly power?: Power
}

export interface ElectronHost extends Host {
  readonly log: FileLog
}

/** Electron as the machine. Call after the app is ready. */
export async function createElectronHost<S extends NetSession>(deps: ElectronHostDeps<S>): Promise<ElectronHost> {
  const clock = createSystemClock()
  const { profileFolder } = deps
  const crypto = createHostCrypto()
  const log = deps.log ?? createFileLog(profileFolder, clock.now, deps.tell)
  return {
    kind: 'electron',
    platform: deps.platform,
    version: deps.version,
    profileFolder,
    vault: createSafeStorageVault(deps.safeStorage, deps.platform),
    keyFile: createKeyFileVault(profileFolder, crypto),
    crypto,
    files: createProfileFiles(profileFolder),
    journal: createJournalFiles(join(profileFolder, 'journal')),
    backups: createJournalFiles(join(profileFolder, 'backups')),
    installation: createInstallation(deps.installationFolder ?? null, await machineMark(deps.platform)),
    fetch: createNetFetch(deps),
    shell: { openLink: openChecked((url) => deps.shell.openExternal(url)) },
    clock,
    random: createSystemRandom(),
    log,
    sign: createSigner(await profileSecret(profileFolder, 'signing.key')),
    online: deps.isOnline,
    power: deps.power ?? createNoPower(),
    desktop: deps.desktop ?? createNoDesktop(),
    updater: createNoUpdater('development'),
    eraseCaches: () => eraseCaches(profileFolder, log),
  }
}
