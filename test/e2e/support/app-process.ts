import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './root.ts'

export interface AppProcess {
  /** The address with its token, as printed. */
  readonly address: string
  readonly port: number
  readonly stdout: () => string
  readonly stderr: () => string
  /** Sends the signal and resolves with the exit code once the process is gone. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

export interface AppProcessOptions {
  readonly profile: string
  /** 0 lets the system choose. */
  readonly port: number
  readonly args?: readonly string[]
}

const START_TIMEOUT_MS = 20_000

/** Starts the built Node host and waits for its address line. */
export async function startAppProcess(options: AppProcessOptions): Promise<AppProcess> {
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'out/main/server.js'),
      '--no-open',
      '--port',
      String(options.port),
      '--profile',
      options.profile,
      ...(options.args ?? []),
    ],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const address = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => {
      child.kill('SIGKILL')
      reject(new Error(`The app ${why}.\nstdout: ${stdout}\nstderr: ${stderr}`))
    }
    const timer = setTimeout(() => fail('printed no address in time'), START_TIMEOUT_MS)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const match = /^Clientele: (http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)$/m.exec(stdout)
      if (match?.[1] === undefined) return
      clearTimeout(timer)
      resolve(match[1])
    })
    child.once('exit', () => {
      clearTimeout(timer)
      fail('ended before it was ready')
    })
    child.once('error', (cause) => fail(`could not be started: ${cause.message}`))
  })
  return {
    address,
    port: Number(new URL(address).port),
    stdout: () => stdout,
    stderr: () => stderr,
    stop: (signal = 'SIGTERM') => stopChild(child, exited, signal),
  }
}

async function stopChild(
  child: ChildProcess,
  exited: Promise<number | null>,
  signal: NodeJS.Signals,
): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
  const code = await exited
  clearTimeout(timer)
  return code
}
