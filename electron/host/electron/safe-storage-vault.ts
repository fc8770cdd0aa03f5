import { randomUUID } from 'node:crypto'
import type { SafeStorage } from 'electron'
import type { SealedSecret, SecretVault } from '../host.ts'

/** Asynchronous calls only: the others are deprecated and gone in Electron 46. */
export type SafeStorageLike = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

/**
 * The system's keychain. Where Linux has none, Chromium falls back to a password that is written in its source: that is
 * refused, and keys are then kept in memory until the app ends. Call after the app is ready.
 */
export async function createSafeStorageVault(safeStorage: SafeStorageLike, platform: string): Promise<SecretVault> {
  const backend = await usableBackend(safeStorage, platform)
  if (backend === null) return createSessionVault()
  return {
    kind: 'os-keychain',
    detail: backend,
    seal: async (secret) => {
      const bytes = await safeStorage.encryptStringAsync(secret)
      if (isConstantKey(bytes, platform)) throw new Error('The keychain of this system went away')
      return { v: 1, vault: `os-keychain:${backend}`, data: bytes.toString('base64') }
    },
    open: async (sealed) => {
      if (!sealed.vault.startsWith('os-keychain:')) return null
      try {
        const { result } = await safeStorage.decryptStringAsync(Buffer.from(sealed.data, 'base64'))
        return result
      } catch {
        // Another user, another machine or another keychain: the key must be entered again.
        return null
      }
    },
  }
}

/** Keeps secrets in memory; what it writes to files is a name that means nothing after a restart. */
export function createSessionVault(): SecretVault {
  const secrets = new Map<string, string>()
  return {
    kind: 'session-only',
    detail:
      'No keychain was found on this system: keys are kept until Clientele ends, then they must be entered again.',
    seal: async (secret): Promise<SealedSecret> => {
      const name = randomUUID()
      secrets.set(name, secret)
      return { v: 1, vault: 'session-only', data: name }
    },
    open: async (sealed) => (sealed.vault === 'session-only' ? (secrets.get(sealed.data) ?? null) : null),
  }
}

/** What to call the keychain, or null where there is none worth its name. */
async function usableBackend(safeStorage: SafeStorageLike, platform: string): Promise<string | null> {
  try {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return null
    if (platform === 'darwin') return 'Keychain'
    if (platform === 'win32') return 'DPAPI'
    // The name is a guess from the desktop's name; only what was really sealed tells which key was used.
    if (isConstantKey(await safeStorage.encryptStringAsync('probe'), platform)) return null
    const backend = safeStorage.getSelectedStorageBackend()
    return backend === 'basic_text' || backend === 'unknown' ? 'Secret Service' : backend
  } catch {
    return null
  }
}

/** On Linux `v10` is Chromium's constant password. On macOS and Windows real keys bear the same mark. */
function isConstantKey(sealed: Buffer, platform: string): boolean {
  return platform !== 'darwin' && platform !== 'win32' && sealed.subarray(0, 3).toString('latin1') === 'v10'
}
