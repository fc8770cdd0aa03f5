import { type ChildProcess, spawn } from 'node:child_process'
import { Readable, Writable } from 'node:stream'
import { CdpPipe } from './cdp.ts'

export interface RunningChromium {
  readonly cdp: CdpPipe
  /** For Playwright: `ws://127.0.0.1:…/devtools/browser/…`. */
  readonly address: string
  readonly process: ChildProcess
}

const START_TIMEOUT_MS = 20_000

/** A Chromium without windows, on a folder of its own, that finds our page at our server and all else where it is. */
export async function launchChromium(
  executablePath: string,
  userData: string,
  hostRule: string,
): Promise<RunningChromium> {
  // Chrome leaves some files open to others that Electron does not have; all of these are for their user alone.
  const before = process.umask(0o077)
  const child = spawn(
    executablePath,
    [
      '--headless',
      // Debian's Chromium does not start with its sandbox as root, which is who runs the tests in a container.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--remote-debugging-pipe',
      '--remote-debugging-port=0',
      `--user-data-dir=${userData}`,
      `--host-resolver-rules=${hostRule}`,
      '--no-startup-window',
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-default-apps',
      '--disable-extensions',
      '--disable-sync',
      '--disable-field-trial-config',
      // As Playwright starts it: a window that nobody sees is not slowed down.
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
      '--disable-dev-shm-usage',
      '--metrics-recording-only',
      '--password-store=basic',
      '--use-mock-keychain',
      '--lang=en-US',
      '--hide-scrollbars',
      '--mute-audio',
      '--force-color-profile=srgb',
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  )
  process.umask(before)
  const [, , stderr, input, output] = child.stdio
  if (!(stderr instanceof Readable) || !(input instanceof Writable) || !(output instanceof Readable)) {
    throw new Error('Chromium was started without its pipes')
  }
  const address = await new Promise<string>((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`Chromium did not start in time: ${said}`)), START_TIMEOUT_MS)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`Chromium ended at once (${code}): ${said}`)))
    stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000)
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (found === undefined) return
      clearTimeout(timer)
      resolve(found)
    })
  })
  return { cdp: new CdpPipe(input, output), address, process: child }
}
