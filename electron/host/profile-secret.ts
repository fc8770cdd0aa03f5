import { randomBytes } from 'node:crypto'
import { chmod, link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasCode } from './has-code.ts'

/**
 * 32 random bytes kept in a file of the profile, made on first use, mode 0600. Rejects where the file has another
 * length: whoever asks must decide what that means, nothing is overwritten.
 */
export async function profileSecret(folder: string, name: string): Promise<Uint8Array> {
  const path = join(folder, name)
  const kept = await read(path)
  if (kept === null) {
    await make(path)
    return profileSecret(folder, name)
  }
  if (kept.byteLength !== SECRET_BYTES) throw new Error(`${name} in the profile is damaged`)
  if (process.platform !== 'win32') await chmod(path, 0o600)
  return kept
}

const SECRET_BYTES = 32

async function read(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path)
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return null
    throw cause
  }
}

/** `link` refuses to replace: of two processes that start at once, both end up with the first one's bytes. */
async function make(path: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    await writeFile(draft, randomBytes(SECRET_BYTES), { flag: 'wx', mode: 0o600, flush: true })
    await link(draft, path)
  } catch (cause) {
    if (!hasCode(cause, 'EEXIST')) throw cause
  } finally {
    await rm(draft, { force: true })
  }
}
