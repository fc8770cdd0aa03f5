import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileLog } from './file-log.ts'

/** Pictures and logs of the profile: what it can do without, and what nobody has asked to keep. */
export async function eraseCaches(profileFolder: string, log: Pick<FileLog, 'flush'>): Promise<void> {
  await log.flush()
  for (const name of ['media', 'logs']) await rm(join(profileFolder, name), { recursive: true, force: true })
}
