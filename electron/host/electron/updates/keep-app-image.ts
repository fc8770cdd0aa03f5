import { copyFile, link, rename, rm } from 'node:fs/promises'

/**
 * electron-updater removes the AppImage that runs before it moves the new one into its place: where that fails, on a
 * full disk or in a folder that cannot be written, nothing would be left to start. So the old one is kept beside until
 * the new one is there, and has answered.
 */
export async function installKeeping(appImage: string, install: () => boolean): Promise<boolean> {
  const kept = `${appImage}.before-update`
  await rm(kept, { force: true })
  // A second name for the same file costs no room; file systems without them copy.
  await link(appImage, kept).catch(() => copyFile(appImage, kept))
  const isInstalled = install()
  if (isInstalled) await rm(kept, { force: true })
  else await rename(kept, appImage)
  return isInstalled
}
