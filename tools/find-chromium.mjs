import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { run } from './run-program.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const APT_TIMEOUT_MS = 240_000
const DOWNLOAD_TIMEOUT_MS = 180_000

/** Is there a Chromium that the end-to-end tests can start: the system's, or the one of Playwright? */
export function hasChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  if (NAMES.some((name) => folders.some((folder) => isExecutable(join(folder, name))))) return true
  const { chromium } = createRequire(import.meta.url)('playwright-core')
  return existsSync(chromium.executablePath())
}

/**
 * Installs one where that is possible: with apt for root on Debian, else Playwright's own.
 * @param {string} root
 * @param {(line: string) => void} tell
 * @returns {Promise<boolean>} whether there is one now
 */
export async function installChromium(root, tell) {
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    tell('Installing Chromium with apt-get for the end-to-end tests…')
    const install = ['install', '-y', '--no-install-recommends', 'chromium']
    if ((await apt(install)) !== 0) {
      await apt(['update'])
      await apt(install)
    }
    if (hasChromium()) return true
  }
  tell("Downloading Playwright's Chromium for the end-to-end tests…")
  const cli = join(root, 'node_modules/@playwright/test/cli.js')
  await run(process.execPath, [cli, 'install', 'chromium'], { cwd: root, timeoutMs: DOWNLOAD_TIMEOUT_MS })
  return hasChromium()
}

/** @param {string[]} args */
function apt(args) {
  process.env.DEBIAN_FRONTEND = 'noninteractive'
  return run('/usr/bin/apt-get', ['-q', ...args], { stdout: 'ignore', timeoutMs: APT_TIMEOUT_MS })
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
