#!/usr/bin/env node
/**
 * `npm start` and `npm run simulate`: installs what is missing, builds what is older than its sources, then starts
 * Electron if its program can be had, else the Node host. Runs before anything is installed: nothing but Node here.
 * Standard output belongs to the program that is started; everything this file says goes to standard error.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installDependencies } from '../tools/install-dependencies.mjs'
import { run } from '../tools/run-program.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const DOWNLOAD_TIMEOUT_MS = 120_000

/** @param {string} line */
function tell(line) {
  process.stderr.write(`${line}\n`)
}

/** @param {string[]} argv */
async function main(argv) {
  const flags = new Set(argv)
  const passed = argv.filter((flag) => !['--browser', '--build-only', '--simulate'].includes(flag))

  await installDependencies(ROOT, tell)
  await build()
  if (flags.has('--build-only')) return 0
  if (flags.has('--simulate')) return run(process.execPath, [join(ROOT, 'out/main/simulate.js'), ...passed])

  // `--no-open` and `--port` speak of a local server, which Electron does not have.
  const wantsServer = flags.has('--browser') || argv.some((flag) => flag === '--no-open' || /^--port(=|$)/.test(flag))
  if (!wantsServer) {
    const electron = await findElectron()
    if (typeof electron === 'string') return run(electron, [ROOT, ...passed])
    tell(electron.reason)
  }
  return run(process.execPath, [join(ROOT, 'out/main/server.js'), ...passed])
}

/** Builds where `out/` is missing or older than any source. */
async function build() {
  const built = ['out/main/server.js', 'out/preload/preload.cjs', 'out/renderer/index.html'].map((path) =>
    join(ROOT, path),
  )
  if (built.every((path) => existsSync(path))) {
    const oldest = Math.min(...built.map((path) => statSync(path).mtimeMs))
    const sources = ['electron', 'renderer', 'shared', 'electron.vite.config.ts', 'package.json', 'package-lock.json']
    if (newest(sources.map((path) => join(ROOT, path))) <= oldest) return
  }
  tell('Building Clientele…')
  const vite = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js')
  const code = await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: ROOT, stdout: 2 })
  if (code !== 0) throw new Error('it could not be built; the reason is above')
}

/**
 * The latest change among files and folders, in milliseconds since the epoch.
 * @param {string[]} paths
 * @returns {number}
 */
function newest(paths) {
  let latest = 0
  for (const path of paths) {
    const found = statSync(path)
    // A folder changes when a file in it comes or goes.
    latest = Math.max(latest, found.mtimeMs)
    if (found.isDirectory()) latest = Math.max(latest, newest(readdirSync(path).map((name) => join(path, name))))
  }
  return latest
}

/**
 * Electron's program, downloaded if need be; else why there is none, as a sentence.
 * @returns {Promise<string | { reason: string }>}
 */
async function findElectron() {
  if (process.platform === 'linux') {
    const hasDisplay = (process.env.DISPLAY ?? '') !== '' || (process.env.WAYLAND_DISPLAY ?? '') !== ''
    if (!hasDisplay) return { reason: 'There is no display for Electron here; opening in the browser instead.' }
    if (process.getuid?.() === 0)
      return { reason: "Electron's sandbox does not run as root; opening in the browser instead." }
  }
  const installed = electronProgram()
  if (installed !== null) return installed
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined) {
    return {
      reason: "Electron's program is not where ELECTRON_OVERRIDE_DIST_PATH says; opening in the browser instead.",
    }
  }
  tell("Fetching Electron's program (once)…")
  const installer = join(ROOT, 'node_modules/electron/install.js')
  await run(process.execPath, [installer], { stdout: 'ignore', stderr: 'ignore', timeoutMs: DOWNLOAD_TIMEOUT_MS })
  return (
    electronProgram() ?? {
      reason: "Electron's program could not be downloaded here; opening in the browser instead.",
    }
  )
}

/** @returns {string | null} */
function electronProgram() {
  const folder = join(ROOT, 'node_modules/electron')
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const named = join(folder, 'path.txt')
  const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : 'electron'
  const program = join(override ?? join(folder, 'dist'), name)
  return existsSync(program) ? program : null
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (cause) => {
    tell(`Clientele cannot start: ${cause instanceof Error ? cause.message : String(cause)}`)
    process.exit(1)
  },
)
