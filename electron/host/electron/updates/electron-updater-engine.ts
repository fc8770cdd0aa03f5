import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AppImageUpdater, BaseUpdater, MacUpdater, NsisUpdater, Provider, type UpdateInfo } from 'electron-updater'
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider'
import { codeOf } from '../../has-code.ts'
import { type FetchFileDeps, fetchFile, fetchSmall } from './fetch-file.ts'
import { installKeeping } from './keep-app-image.ts'
import type { UpdateEngine } from './update-engine.ts'
import { UpdateFailure } from './update-failure.ts'
import { plainNotes, readUpdateMetadata, type UpdateMetadata } from './update-metadata.ts'
import { isSigned } from './update-signature.ts'
import type { UpdateSource } from './update-support.ts'

/** Metadata is a few kilobytes; release notes are part of it. */
const MAX_METADATA_BYTES = 256_000
const MAX_SIGNATURE_BYTES = 1_000
/** Squirrel takes the update and ends the app within this time, or the app ends by itself without it. */
const SQUIRREL_PATIENCE_MS = 60_000

export interface EngineDeps extends FetchFileDeps {
  readonly source: UpdateSource
  readonly platform: string
  readonly version: string
  readonly profileFolder: string
  /** The file that runs, where it is an AppImage. electron-updater reads it from the environment too. */
  readonly appImage: string | null
  /** Where `app-update.yml` lies: it names the publisher that Windows must find in the signature of the installer. */
  readonly resourcesFolder: string
  /** For what is fetched: `updaterCacheDirName` below it. */
  readonly cacheFolder: string
}

/**
 * electron-updater, with everything that comes from outside taken out of its hands: metadata is believed only with our
 * signature (`SignedProvider`), and all bytes come over the host's own network, no more of them than the metadata says.
 * What stays with it: is this version newer, is this installation among those it is offered to, which file is ours,
 * the publisher's signature on Windows, and putting it in place on three systems.
 */
export function createElectronUpdaterEngine(deps: EngineDeps): UpdateEngine {
  let onQuit = (): void => undefined
  const updater = createUpdater(deps, () => onQuit())
  const sizes = new Map<string, number>()
  /** By the name of the file, which is also its name where it is kept. */
  const checksums = new Map<string, string>()
  let fetched: string | null = null
  let onPercent = (_percent: number): void => undefined
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  updater.allowDowngrade = false
  updater.disableWebInstaller = true
  updater.disableDifferentialDownload = true
  // Its lines have addresses and folders; ours are in create-updates.ts.
  updater.logger = null
  updater.updateConfigPath = join(deps.resourcesFolder, 'app-update.yml')

  // Not in its declarations, and the only member of it that a whole download uses.
  Object.assign(updater, {
    httpExecutor: {
      download: async (url: URL, destination: string, { sha512 }: { readonly sha512: string }) => {
        await saveChecked(deps, { url, destination, sha512, size: sizes.get(url.href) ?? 0 }, (percent) =>
          onPercent(percent),
        )
        return destination
      },
    },
  })
  const feed = new URL(deps.source.feed)

  class SignedProvider extends Provider<UpdateInfo> {
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super({ ...runtime, isUseMultipleRangeRequest: false })
    }

    async getLatestVersion(): Promise<UpdateInfo> {
      const name = `${this.getDefaultChannelName()}.yml`
      const bytes = await fetchSmall(deps, new URL(name, feed), MAX_METADATA_BYTES)
      const signature = await fetchSmall(deps, new URL(`${name}.sig`, feed), MAX_SIGNATURE_BYTES)
      if (!isSigned(name, bytes, Buffer.from(signature).toString('latin1'), deps.source.keys))
        throw new UpdateFailure('bad-signature', 'no key of this app signed the metadata')
      return updateInfoOf(readUpdateMetadata(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
    }

    resolveFiles(info: UpdateInfo) {
      return info.files.map((file) => {
        const url = new URL(file.url, feed)
        sizes.set(url.href, file.size ?? 0)
        checksums.set(file.url, file.sha512)
        return { url, info: file }
      })
    }
  }
  updater.setFeedURL({ provider: 'custom', updateProvider: SignedProvider })

  return {
    check: async () => {
      const result = await updater.checkForUpdates().catch(rethrow)
      if (result === null || !result.isUpdateAvailable) return null
      const { version, releaseNotes } = result.updateInfo
      return { version, notes: plainNotes(typeof releaseNotes === 'string' ? releaseNotes : '') }
    },

    fetch: async (report) => {
      onPercent = report
      fetched = (await updater.downloadUpdate().catch(rethrow))[0] ?? null
    },

    install: async ({ restart }) => {
      // It may have lain there for days, in a folder that other programs of the user can write.
      if (fetched === null || (await checksumOf(fetched)) !== checksums.get(basename(fetched)))
        throw new UpdateFailure('bad-checksum', 'changed since it was fetched')
      // `quitAndInstall` would end the app on its own terms; it is being ended already, in order.
      if (updater instanceof BaseUpdater) {
        const install = (): boolean => updater.install(true, restart)
        const isInstalled = deps.appImage === null ? install() : await installKeeping(deps.appImage, install)
        if (!isInstalled) throw new UpdateFailure('disk', 'the installer could not be started')
        return 'quit'
      }
      // Squirrel takes the update now. Then it ends the app and starts it again, or only asks for its end.
      updater.autoRunAppAfterInstall = restart
      return new Promise((resolve) => {
        onQuit = () => resolve('quit')
        deps.clock.schedule(SQUIRREL_PATIENCE_MS, onQuit)
        updater.once('error', onQuit)
        updater.quitAndInstall()
      })
    },
  }
}

/** Without members that are there and undefined. */
function updateInfoOf({ releaseNotes, stagingPercentage, minimumSystemVersion, ...rest }: UpdateMetadata): UpdateInfo {
  return {
    ...rest,
    ...(releaseNotes === undefined ? {} : { releaseNotes }),
    ...(stagingPercentage === undefined ? {} : { stagingPercentage }),
    ...(minimumSystemVersion === undefined ? {} : { minimumSystemVersion }),
  }
}

type SystemUpdater = NsisUpdater | MacUpdater | AppImageUpdater

function createUpdater(deps: EngineDeps, quit: () => void): SystemUpdater {
  const app = {
    version: deps.version,
    name: 'clientele',
    isPackaged: true,
    appUpdateConfigPath: join(deps.resourcesFolder, 'app-update.yml'),
    userDataPath: deps.profileFolder,
    baseCachePath: deps.cacheFolder,
    whenReady: async () => undefined,
    relaunch: () => undefined,
    // Ending the app is the host's: see `Updates.finish`.
    quit,
    onQuit: () => undefined,
  }
  if (deps.platform === 'win32') return new NsisUpdater(null, app)
  if (deps.platform === 'darwin') return new MacUpdater(undefined, app)
  return new AppImageUpdater(null, app)
}

/** Null where it cannot be read. */
async function checksumOf(file: string): Promise<string | null> {
  const hash = createHash('sha512')
  try {
    await pipeline(createReadStream(file), hash)
  } catch {
    return null
  }
  return hash.digest('base64')
}

/** Writes what comes, and refuses it where it is longer or other than announced. */
async function saveChecked(
  deps: FetchFileDeps,
  file: { readonly url: URL; readonly destination: string; readonly sha512: string; readonly size: number },
  onPercent: (percent: number) => void,
): Promise<void> {
  const hash = createHash('sha512')
  const out = await open(file.destination, 'w')
  let written = 0
  try {
    for await (const bytes of fetchFile(deps, file.url, file.size)) {
      hash.update(bytes)
      await out.writeFile(bytes)
      written += bytes.byteLength
      onPercent((100 * written) / file.size)
    }
    await out.sync()
  } finally {
    await out.close()
  }
  if (written !== file.size || hash.digest('base64') !== file.sha512)
    throw new UpdateFailure('bad-checksum', `${written} of ${file.size} bytes`)
}

const DISK_CODES = new Set(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EMFILE', 'ENOENT'])

function rethrow(cause: unknown): never {
  if (cause instanceof UpdateFailure) throw cause
  const code = codeOf(cause) ?? 'unknown'
  if (DISK_CODES.has(code)) throw new UpdateFailure('disk', code)
  // Authenticode, on Windows.
  if (code === 'ERR_UPDATER_INVALID_SIGNATURE') throw new UpdateFailure('bad-signature', 'publisher')
  throw new UpdateFailure('server', code)
}
