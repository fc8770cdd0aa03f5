import { resolve } from 'node:path'
import * as electron from 'electron'
import { createConnectors } from './connectors/registry.ts'
import { createCore } from './core/create-core.ts'
import { runElectronApp } from './host/electron/run-electron-app.ts'
import type { UpdateSource } from './host/electron/updates/update-support.ts'
import { startSampleServers } from './start-sample-servers.ts'

/** Root of the Electron host. */

/** Put in when the app is built: see electron.vite.config.ts. */
declare const __UPDATE_SOURCE__: UpdateSource

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}

runElectronApp({
  electron,
  args: process.argv.slice(1),
  folder: process.cwd(),
  program: process.execPath,
  env: process.env,
  platform: process.platform,
  pageFolder: resolve(import.meta.dirname, '../renderer'),
  assetsFolder: resolve(import.meta.dirname, '../../assets'),
  preload: resolve(import.meta.dirname, '../preload/preload.cjs'),
  resourcesFolder: process.resourcesPath,
  updateSource: __UPDATE_SOURCE__,
  startCore: (host) => createCore({ host, connectors: createConnectors(), startSimulator: startSampleServers }),
  tell,
}).catch((cause: unknown) => {
  tell(`Clientele cannot start: ${String(cause)}`)
  electron.app.exit(1)
})

// Ctrl+C in the terminal that runs `npm start` ends the app in order.
process.on('SIGINT', () => electron.app.quit())
process.on('SIGTERM', () => electron.app.quit())
