import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { homedir, hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Installation } from './host.ts'
import { writeAtomically } from './write-atomically.ts'

/** Profiles that are remembered at most; the one used longest ago is forgotten first. */
const NOTES_KEPT = 50

const noteSchema = z.object({ v: z.literal(1), value: z.number().int().nonnegative() })

/**
 * Numbers in `folder`, which is no part of any profile. Whoever copies a profile to another machine, or puts an old one
 * back, does not take them along, and that is what they are for. Where the folder cannot be used, nothing is known.
 */
export function createInstallation(folder: string | null, machine: string | null): Installation {
  // Names are hashed: none of them becomes a path.
  const fileOf = (name: string): string => `${createHash('sha256').update(name).digest('hex').slice(0, 32)}.json`
  return {
    machine,
    noted: async (name) => {
      if (folder === null) return null
      try {
        const parsed = noteSchema.safeParse(JSON.parse(await readFile(join(folder, fileOf(name)), 'utf8')))
        return parsed.success ? parsed.data.value : null
      } catch {
        return null
      }
    },
    note: async (name, value) => {
      if (folder === null) return
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeAtomically(join(folder, fileOf(name)), JSON.stringify({ v: 1, value }))
        await forgetOldest(folder)
      } catch {
        // Without the note a copy is not told from the original; nothing else depends on it.
      }
    },
  }
}

async function forgetOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^[0-9a-f]{32}\.json$/.test(name))
  if (names.length <= NOTES_KEPT) return
  const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })))
  aged.sort((a, b) => b.at - a.at)
  for (const { name } of aged.slice(NOTES_KEPT)) await rm(join(folder, name), { force: true })
}

/** Where the platform keeps what belongs to this machine and is not carried to another. */
export function defaultInstallationFolder(
  platform: string = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  switch (platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Clientele State')
    case 'win32':
      return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Clientele State')
    default:
      return join(env.XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'clientele')
  }
}

/** A hash that says nothing but "the same machine and user" or "another". */
export async function machineMark(platform: string = process.platform): Promise<string | null> {
  const machine = platform === 'linux' ? await linuxMachineId() : hostname()
  if (machine === null || machine === '') return null
  return createHash('sha256').update(`clientele machine ${machine} ${userName()}`).digest('hex').slice(0, 32)
}

async function linuxMachineId(): Promise<string | null> {
  try {
    const id = (await readFile('/etc/machine-id', 'utf8')).trim()
    return /^[0-9a-f]{32}$/.test(id) ? id : null
  } catch {
    // A container, perhaps: its host name changes with each start and says nothing.
    return null
  }
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    return ''
  }
}
