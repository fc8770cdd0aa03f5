import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { SecretVault } from '../host.ts'
import { profileSecret } from '../profile-secret.ts'

const FILE = 'vault.key'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * AES-256-GCM under a key in a file that only this user can read. It protects copies of the profile's documents, not
 * against someone who can read the whole profile; Settings says so.
 */
export async function createKeyFileVault(profileFolder: string): Promise<SecretVault> {
  const key = await profileSecret(profileFolder, FILE)
  return {
    kind: 'key-file',
    detail: FILE,
    seal: async (secret) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(AAD)
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return { v: 1, vault: 'key-file', data: Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64') }
    },
    open: async (sealed) => {
      if (sealed.vault !== 'key-file') return null
      const bytes = Buffer.from(sealed.data, 'base64')
      if (bytes.byteLength < NONCE_BYTES + TAG_BYTES) return null
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        })
        decipher.setAAD(AAD)
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
        const secret = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
        return secret.toString('utf8')
      } catch {
        // Changed, or sealed under another key file: no reason is better than another, the key must be entered again.
        return null
      }
    },
  }
}

const AAD = Buffer.from('clientele/secret/v1', 'utf8')
