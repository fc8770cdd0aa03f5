import type { AppUpdate } from '../../../../shared/model/app-update.ts'

type Reason = Extract<AppUpdate, { state: 'unavailable' }>['why']

/**
 * Set when the app is built (electron.vite.config.ts). Both are there only where the release workflow could sign: a
 * build without a key has nothing that it could believe, and says so.
 */
export interface UpdateSource {
  /** Folder of the releases, https, with a slash at its end; empty in other builds. */
  readonly feed: string
  /** Public keys in base64, any of which may have signed. More than one while a key is being replaced. */
  readonly keys: readonly string[]
}

/** Why this installation cannot update itself; null where it can. */
export function whyNoUpdates(facts: {
  readonly isPackaged: boolean
  readonly platform: string
  readonly source: UpdateSource
  /** `APPIMAGE`, set by the runtime of an AppImage. */
  readonly appImage: string | null
}): Reason | null {
  if (!facts.isPackaged) return 'development'
  if (facts.source.keys.length === 0 || facts.source.feed === '') return 'unsigned'
  // .deb and .rpm belong to the system's own tools, and an unpacked folder to whoever unpacked it.
  if (facts.platform === 'linux' && facts.appImage === null) return 'package-manager'
  return null
}
