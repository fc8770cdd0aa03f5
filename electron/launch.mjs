#!/usr/bin/env node
/**
 * `npm start` and `npm run simulate`: installs what is missing, builds what is older than its sources, then starts
 * Electron if its program can be had, else the Node host. Runs before anything is installed: nothing but Node here.
 * Standard output belongs to the program that is started; everything this file says goes to standard error.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

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

  await install()
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

/** Installs the dependencies where they are missing or older than the lock file. */
async function install() {
  const marker = join(ROOT, 'node_modules/.package-lock.json')
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(ROOT, 'package-lock.json')).mtimeMs) return
  if (existsSync(marker) && holdsTheSame(marker)) return
  tell('Installing what Clientele is made of (once)…')
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const code = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], { stdout: 2 })
    : await run('npm', args, { stdout: 2, shell: process.platform === 'win32' })
  if (code !== 0) throw new Error('the dependencies could not be installed; npm said why above')
}

/**
 * A fresh checkout gives the lock file a new date without changing it: compare what is installed with what it names.
 * @param {string} marker
 */
function holdsTheSame(marker) {
  /** @param {string} path @returns {Record<string, { version?: string, optional?: boolean }>} */
  const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages ?? {}
  const installed = packagesOf(marker)
  return Object.entries(packagesOf(join(ROOT, 'package-lock.json'))).every(
    ([name, { version, optional }]) =>
      name === '' || installed[name]?.version === version || (optional === true && installed[name] === undefined),
  )
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
  const code = await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], { stdout: 2 })
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

/**
 * Runs a program to its end and passes signals on to it. Resolves with its exit code, 1 where it could not be started.
 * @param {string} program
 * @param {string[]} args
 * @param {{ stdout?: 'inherit' | 'ignore' | 2, stderr?: 'inherit' | 'ignore', shell?: boolean, timeoutMs?: number }} [how]
 * @returns {Promise<number>}
 */
function run(program, args, how = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: ['inherit', how.stdout ?? 'inherit', how.stderr ?? 'inherit'],
      shell: how.shell ?? false,
    })
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => child.kill(signal)
    for (const signal of signals) process.on(signal, pass)
    const unwatch = onShellGone(() => pass('SIGTERM'))
    const timer = how.timeoutMs === undefined ? undefined : setTimeout(() => child.kill(), how.timeoutMs)
    /** @param {number} code */
    const done = (code) => {
      clearTimeout(timer)
      unwatch()
      for (const signal of signals) process.off(signal, pass)
      resolve(code)
    }
    child.once('error', (cause) => {
      tell(`${program} could not be started: ${cause.message}`)
      done(1)
    })
    child.once('exit', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1)))
  })
}

/**
 * npm runs its scripts in a shell and passes signals to that shell only, which ends without passing them on: what is
 * left to notice is that this process has another parent now.
 * @param {() => void} then
 * @returns {() => void} stops watching
 */
function onShellGone(then) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return () => undefined
  const shell = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(timer)
    then()
  }, 100)
  return () => clearInterval(timer)
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (cause) => {
    tell(`Clientele cannot start: ${cause instanceof Error ? cause.message : String(cause)}`)
    process.exit(1)
  },
)
