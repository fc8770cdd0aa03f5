import { readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode } from './has-code.ts'
import type { HostCrypto, SecretVault } from './host.ts'
import { profileSecret } from './profile-secret.ts'
import { syncFolder } from './write-atomically.ts'

const FILE = 'vault.key'
const KEY_BYTES = 32
const ABOUT = 'clientele/secret/v1'

/**
 * AES-256-GCM under a key in a file that only this user can read, made when something is first sealed. It protects
 * copies of the profile's documents, not against someone who can read the whole profile; Settings says so. A damaged
 * file opens nothing; it is set aside, never overwritten, when the next secret comes in.
 */
export function createKeyFileVault(profileFolder: string, crypto: Pick<HostCrypto, 'seal' | 'open'>): SecretVault {
  const path = join(profileFolder, FILE)

  const read = async (): Promise<Uint8Array | 'missing' | 'damaged'> => {
    try {
      const bytes = await readFile(path)
      return bytes.byteLength === KEY_BYTES ? bytes : 'damaged'
    } catch (cause) {
      if (hasCode(cause, 'ENOENT')) return 'missing'
      throw cause
    }
  }
  return {
    kind: 'key-file',
    detail: FILE,
    trouble: async () => ((await read()) === 'damaged' ? 'damaged' : 'none'),
    seal: async (secret) => {
      if ((await read()) === 'damaged') await setAside(profileFolder)
      const key = await profileSecret(profileFolder, FILE)
      return { v: 1, vault: 'key-file', data: toBase64(crypto.seal(key, ABOUT, secret)) }
    },
    open: async (sealed) => {
      if (sealed.vault !== 'key-file') return { secret: null, why: 'foreign' }
      const key = await read()
      if (typeof key === 'string') return { secret: null, why: 'changed' }
      const secret = crypto.open(key, ABOUT, toBase64url(sealed.data))
      // Changed, or sealed under another key file: no reason is better than another, it must be entered again.
      return secret === null ? { secret: null, why: 'changed' } : { secret, isStale: false }
    },
  }
}

async function setAside(folder: string): Promise<void> {
  for (let n = 1; ; n++) {
    const aside = join(folder, `${FILE}.damaged-${n}`)
    if (await exists(aside)) continue
    await rename(join(folder, FILE), aside)
    await syncFolder(folder)
    return
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return false
    throw cause
  }
}

/** As older versions wrote it: the padded alphabet. */
function toBase64(text: string): string {
  return Buffer.from(text, 'base64url').toString('base64')
}

function toBase64url(text: string): string {
  return Buffer.from(text, 'base64').toString('base64url')
}
