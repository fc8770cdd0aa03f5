import type { SafeStorage } from 'electron'
import type { SealedSecret, SecretVault, VaultTrouble } from '../host.ts'

/** Asynchronous calls only: the others are deprecated and gone in Electron 46. */
export type SafeStorageLike = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

const PREFIX = 'os-keychain:'

/**
 * The system's keychain. Where Linux has none, Chromium falls back to a password that is written in its source: nothing
 * is sealed with that. Which keychain it was stands beside what it sealed. Use after the app is ready.
 */
export function createSafeStorageVault(safeStorage: SafeStorageLike, platform: string): SecretVault {
  /** What the user knows it as. On Linux a guess of Electron's from the desktop's name. */
  const name = (): string => {
    if (platform === 'darwin') return 'Keychain'
    if (platform === 'win32') return 'DPAPI'
    const backend = safeStorage.getSelectedStorageBackend()
    return backend === 'basic_text' || backend === 'unknown' ? 'Secret Service' : backend
  }

  const trouble = async (): Promise<VaultTrouble> => {
    try {
      if (!(await safeStorage.isAsyncEncryptionAvailable())) return 'no-keychain'
      // The name says nothing about the key; what was really sealed does.
      return isConstantKey(await safeStorage.encryptStringAsync('probe'), platform) ? 'weak-keychain' : 'none'
    } catch {
      return 'no-keychain'
    }
  }

  return {
    kind: 'os-keychain',
    get detail() {
      return name()
    },
    trouble,
    seal: async (secret): Promise<SealedSecret> => {
      if (!(await safeStorage.isAsyncEncryptionAvailable())) throw new Error('No keychain answers')
      const bytes = await safeStorage.encryptStringAsync(secret)
      if (isConstantKey(bytes, platform)) throw new Error('The keychain of this system went away')
      return { v: 1, vault: `${PREFIX}${name()}`, data: bytes.toString('base64') }
    },
    open: async (sealed) => {
      if (!sealed.vault.startsWith(PREFIX)) return { secret: null, why: 'foreign' }
      const isOtherBackend = sealed.vault !== `${PREFIX}${name()}`
      const bytes = Buffer.from(sealed.data, 'base64')
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(bytes)
        return { secret: result, isStale: shouldReEncrypt || isOtherBackend || isConstantKey(bytes, platform) }
      } catch {
        if (isOtherBackend) return { secret: null, why: 'changed' }
        // The keychain that sealed it is here and does not know it, or it is not here now.
        return { secret: null, why: (await trouble()) === 'none' ? 'changed' : 'locked' }
      }
    },
  }
}

/** On Linux `v10` is Chromium's constant password. On macOS and Windows real keys bear the same mark. */
function isConstantKey(sealed: Buffer, platform: string): boolean {
  return platform !== 'darwin' && platform !== 'win32' && sealed.subarray(0, 3).toString('latin1') === 'v10'
}
