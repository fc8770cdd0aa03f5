import type { Host } from '../../host/host.ts'

/** Documents that are the profile's own. What the machine keeps of its windows and updates is not among them. */
const DOCUMENTS = ['sources', 'vault', 'sample', 'notices', 'profile'] as const

/**
 * The passphrase is forgotten: what is sealed is set aside, so that it opens should the passphrase come back; all else of
 * the profile goes. Cut off in the middle, it is still locked, and done again from the beginning.
 */
export async function forgetProfile(
  host: Pick<Host, 'files' | 'journal' | 'backups' | 'desktop' | 'eraseCaches' | 'log'>,
): Promise<void> {
  for (const files of [host.journal, host.backups]) {
    for (const name of await files.list()) await (name === 'ballast' ? files.remove(name) : files.setAside(name))
  }
  for (const name of DOCUMENTS) await host.files.remove(`${name}.json`)
  host.desktop.clearRecent()
  await host.eraseCaches()
  host.log.warn('profile-forgotten')
}
