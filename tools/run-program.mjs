import { spawn } from 'node:child_process'

/**
 * Runs a program to its end and passes signals on to it. Resolves with its exit code, 1 where it could not be started.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, stdout?: 'inherit' | 'ignore' | 2, stderr?: 'inherit' | 'ignore', shell?: boolean, timeoutMs?: number }} [how]
 * @returns {Promise<number>}
 */
export function run(program, args, how = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: how.cwd,
      stdio: ['inherit', how.stdout ?? 'inherit', how.stderr ?? 'inherit'],
      shell: how.shell ?? false,
    })
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => child.kill(signal)
    for (const signal of signals) process.on(signal, pass)
    const unwatch = onNpmGone(() => pass('SIGTERM'))
    const timer = how.timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), how.timeoutMs)
    /** @param {number} code */
    const done = (code) => {
      clearTimeout(timer)
      unwatch()
      for (const signal of signals) process.off(signal, pass)
      resolve(code)
    }
    child.once('error', (cause) => {
      process.stderr.write(`${program} could not be started: ${cause.message}\n`)
      done(1)
    })
    child.once('exit', (code, signal) => done(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1)))
  })
}

/**
 * Where npm is killed, nothing tells its children: what is left to notice is that this process has another parent now.
 * @param {() => void} then
 * @returns {() => void} stops watching
 */
function onNpmGone(then) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return () => undefined
  const npm = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === npm) return
    clearInterval(timer)
    then()
  }, 100)
  return () => clearInterval(timer)
}
