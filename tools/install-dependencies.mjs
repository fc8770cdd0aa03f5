import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run-program.mjs'

/**
 * Installs the dependencies where they are missing or older than the lock file. Rejects with a sentence.
 * @param {string} root
 * @param {(line: string) => void} tell
 */
export async function installDependencies(root, tell) {
  const marker = join(root, 'node_modules/.package-lock.json')
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs) return
  if (existsSync(marker) && holdsTheSame(root, marker)) return
  tell('Installing what Clientele is made of (once)…')
  const npm = process.env.npm_execpath
  // The whole app is built here: what is needed for that counts as development.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const code = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], { cwd: root, stdout: 2 })
    : await run('npm', args, { cwd: root, stdout: 2, shell: process.platform === 'win32' })
  if (code !== 0) throw new Error('the dependencies could not be installed; npm said why above')
}

/**
 * A fresh checkout gives the lock file a new date without changing it: compare what is installed with what it names.
 * @param {string} root
 * @param {string} marker
 */
function holdsTheSame(root, marker) {
  /** @param {string} path @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>} */
  const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages ?? {}
  const installed = packagesOf(marker)
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([name, { version, optional, devOptional }]) => {
      const isOptional = optional === true || devOptional === true
      return name === '' || installed[name]?.version === version || (isOptional && installed[name] === undefined)
    },
  )
}
