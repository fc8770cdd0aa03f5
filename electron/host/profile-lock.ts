import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { hasCode } from './has-code.ts'

/** Written by the process that uses the profile. */
const lockSchema = z.object({
  pid: z.number().int().positive(),
  /** Port of a local server, once it listens. */
  port: z.number().int().nullable(),
})
type Lock = z.infer<typeof lockSchema>

export type LockOutcome =
  | { readonly kind: 'held'; readonly lock: ProfileLock }
  /** Another process has the profile; `port` is that of its local server, if it has one. */
  | { readonly kind: 'taken'; readonly port: number | null }

export interface ProfileLock {
  readonly announcePort: (port: number) => Promise<void>
  readonly release: () => Promise<void>
}

const FILE = 'clientele.lock'

/**
 * Two processes on one profile would overwrite each other's documents. A lock whose process is gone is taken over;
 * process numbers are used again, so a server that does not answer as this profile (`isAnswering`) counts as gone too.
 */
export async function lockProfile(
  folder: string,
  isAnswering: (port: number) => Promise<boolean>,
  pid: number = process.pid,
): Promise<LockOutcome> {
  const path = join(folder, FILE)
  const mine: Lock = { pid, port: null }
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      await writeFile(path, JSON.stringify(mine), { flag: 'wx', mode: 0o600 })
      return { kind: 'held', lock: heldLock(path, mine) }
    } catch (cause) {
      if (!hasCode(cause, 'EEXIST')) throw cause
    }
    const other = await readLock(path)
    if (other !== null && other.pid !== pid && isRunning(other.pid)) {
      if (other.port === null || (await isAnswering(other.port))) return { kind: 'taken', port: other.port }
    }
    await rm(path, { force: true })
  }
  return { kind: 'taken', port: null }
}

function heldLock(path: string, mine: Lock): ProfileLock {
  return {
    announcePort: (port) => writeFile(path, JSON.stringify({ ...mine, port }), { mode: 0o600 }),
    release: async () => {
      const current = await readLock(path)
      if (current?.pid === mine.pid) await rm(path, { force: true })
    },
  }
}

async function readLock(path: string): Promise<Lock | null> {
  try {
    return lockSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    // Gone, or cut off by a crash while it was written: nobody is named who could hold it.
    return null
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    // Running, but someone else's.
    return hasCode(cause, 'EPERM')
  }
}
