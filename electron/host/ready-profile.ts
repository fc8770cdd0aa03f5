import { randomBytes } from 'node:crypto'
import { open, readdir, rm, statfs } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { codeOf } from './has-code.ts'
import { openProfileFolder } from './profile-folder.ts'

/** The profile cannot be used; the message is one line for the user. */
export class ProfileUnusable extends Error {
  override readonly name = 'ProfileUnusable'
}

/** What is asked of the file system, so that a test can be a disk that cannot be had. */
export interface ProfileDisk {
  readonly openFolder: (folder: string) => Promise<string>
  /** Writes a file, flushes it, and takes it away again. */
  readonly tryWriting: (folder: string) => Promise<void>
  /** Number of the kind of file system; null where the system has none. */
  readonly kindOf: (folder: string) => Promise<number | null>
  /** Gives room in reserve free, if there is some. */
  readonly freeRoom: (folder: string) => Promise<void>
}

/**
 * Opens the profile folder and makes sure that work can be kept in it: what cannot be flushed to a disk of this machine
 * is refused at the start, with the reason, and not at the first edit.
 */
export async function readyProfile(folder: string, disk: ProfileDisk = realDisk): Promise<string> {
  const path = resolve(folder)
  try {
    const opened = await disk.openFolder(path)
    await disk.tryWriting(opened).catch(async (cause: unknown) => {
      if (codeOf(cause) !== 'ENOSPC') throw cause
      await disk.freeRoom(opened)
      await disk.tryWriting(opened)
    })
    if (isNetworkPath(path) || NETWORK_KINDS.has((await disk.kindOf(opened).catch(() => null)) ?? -1)) {
      throw new ProfileUnusable(
        `The profile folder ${path} is on a network disk, where edits cannot be kept safely. Choose a folder of this computer with --profile.`,
      )
    }
    return opened
  } catch (cause) {
    const why = reasonOf(cause)
    throw why === null ? cause : new ProfileUnusable(`The profile folder ${path} cannot be used: ${why}`)
  }
}

function reasonOf(cause: unknown): string | null {
  switch (codeOf(cause)) {
    case 'EROFS':
      return 'its disk can only be read. Make it writable, or choose another folder with --profile.'
    case 'EACCES':
    case 'EPERM':
      return 'this user may not write there. Change its permissions, or choose another folder with --profile.'
    case 'ENOSPC':
    case 'EDQUOT':
      return 'its disk is full. Free some space, then start again.'
    case 'ENOTDIR':
    case 'EEXIST':
      return 'it is a file, not a folder. Choose another one with --profile.'
    case 'EIO':
      return 'its disk reports errors. Check the disk, or choose another folder with --profile.'
    default:
      return null
  }
}

/** `\\server\share`: only Windows has such paths. */
function isNetworkPath(path: string): boolean {
  return /^\\\\[^\\?.]/.test(path)
}

/** NFS, SMB, CIFS, SMB2, AFS, Coda, Ceph (`statfs` of Linux): a flush there ends at somebody else's machine. */
const NETWORK_KINDS: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x73757245, 0x00c36400,
])

const realDisk: ProfileDisk = {
  openFolder: openProfileFolder,
  tryWriting: async (folder) => {
    const path = join(folder, `.writable-${randomBytes(6).toString('hex')}`)
    try {
      const file = await open(path, 'wx', 0o600)
      try {
        await file.writeFile('x'.repeat(4096))
        await file.sync()
      } finally {
        await file.close()
      }
    } finally {
      await rm(path, { force: true })
    }
  },
  kindOf: async (folder) => (process.platform === 'linux' ? (await statfs(folder)).type : null),
  freeRoom: async (folder) => {
    const backups = join(folder, 'backups')
    const names = await readdir(backups).catch((): string[] => [])
    if (names.includes('ballast')) await rm(join(backups, 'ballast'), { force: true })
  },
}
