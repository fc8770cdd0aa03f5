import { chmod, mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where the profile lives unless `--profile` says otherwise: the platform's folder for user data. */
export function defaultProfileFolder(
  platform: string = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  switch (platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Clientele')
    case 'win32':
      return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Clientele')
    default:
      return join(env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'clientele')
  }
}

/** Makes the folder where it is missing, closed to everyone but this user. Returns its absolute path. */
export async function openProfileFolder(folder: string): Promise<string> {
  const path = resolve(folder)
  await mkdir(path, { recursive: true, mode: 0o700 })
  // An older folder may be open to others; Windows has no such bits.
  if (process.platform !== 'win32') await chmod(path, 0o700)
  return path
}
