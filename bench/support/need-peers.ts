import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './run-app.ts'

/** The peers have a package.json of their own, so that nobody installs them who only builds the app. */
export function needPeers(): void {
  const folder = join(ROOT, 'bench')
  if (existsSync(join(folder, 'node_modules/minisearch')) && existsSync(join(folder, 'node_modules/rxdb'))) return
  process.stdout.write('Installing the peers into bench/node_modules …\n')
  const done = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
  })
  if (done.status !== 0) throw new Error('the peers could not be installed: npm ci in bench/ failed')
}
