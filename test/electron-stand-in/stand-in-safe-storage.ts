import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { SafeStorageLike } from '../../electron/host/electron/safe-storage-vault.ts'

export interface StandInSafeStorageOptions {
  /** The system's key; another one stands for another user or machine. */
  readonly key?: Buffer
  /** First three bytes of what is sealed: `v11` a keyring, `v10` Chromium's constant password. */
  readonly mark?: string
  readonly isAvailable?: boolean
  readonly backend?: ReturnType<SafeStorageLike['getSelectedStorageBackend']>
}

/** A keychain with the interface of Electron's, really encrypting. */
export function createStandInSafeStorage(options: StandInSafeStorageOptions = {}): SafeStorageLike {
  const key = options.key ?? randomBytes(32)
  const mark = options.mark ?? 'v11'
  return {
    isAsyncEncryptionAvailable: async () => options.isAvailable ?? true,
    getSelectedStorageBackend: () => options.backend ?? 'gnome_libsecret',
    encryptStringAsync: async (text) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from(mark), nonce, cipher.getAuthTag(), sealed])
    },
    decryptStringAsync: async (bytes) => {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(3, 15))
      decipher.setAuthTag(bytes.subarray(15, 31))
      const result = Buffer.concat([decipher.update(bytes.subarray(31)), decipher.final()]).toString('utf8')
      return { result, shouldReEncrypt: false }
    },
  }
}
