import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './root.ts'

/** Builds the app where `out/` is older than its sources. The specs drive what is built, as a user does. */
export default function buildOnce(): void {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'electron/launch.mjs'), '--build-only'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) throw new Error('The app could not be built; the reason is above.')
}
