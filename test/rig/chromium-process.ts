import { spawn } from 'node:child_process'
import { type Browser, chromium, type Page } from '@playwright/test'
import { findChromium } from '../e2e/support/find-chromium.ts'

/** A Chromium of its own process group and profile folder, so that it can be killed as a crash would. */
export interface ChromiumProcess {
  readonly page: () => Promise<Page>
  /** SIGKILL to the browser and all its children. Resolves when it is gone. */
  readonly kill: () => Promise<void>
  /** Closes it as its user would: what is in memory reaches the disk. */
  readonly close: () => Promise<void>
}

const START_TIMEOUT_MS = 30_000

/** A killed one may still hold its profile for a moment, while the system clears it away. */
const TRIES = 10
const RETRY_PAUSE_MS = 1_000

export async function startChromium(profile: string): Promise<ChromiumProcess> {
  for (let tries = 1; ; tries++) {
    try {
      return await startOnce(profile)
    } catch (cause) {
      const isHeld = cause instanceof Error && cause.message.includes('ProcessSingleton')
      if (!isHeld || tries === TRIES) throw cause
      await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS))
    }
  }
}

async function startOnce(profile: string): Promise<ChromiumProcess> {
  const program = findChromium()
  if (program === undefined) throw new Error('There is no Chromium to kill')
  const child = spawn(
    program,
    [
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-networking',
      '--no-sandbox',
      '--disable-gpu',
      '--window-size=1280,800',
      'about:blank',
    ],
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const endpoint = await new Promise<string>((resolve, reject) => {
    let text = ''
    const timer = setTimeout(() => reject(new Error(`Chromium did not start: ${text}`)), START_TIMEOUT_MS)
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      text += part
      const found = /DevTools listening on (ws:\S+)/.exec(text)?.[1]
      if (found === undefined) return
      clearTimeout(timer)
      resolve(found)
    })
    child.once('exit', () => reject(new Error(`Chromium ended: ${text}`)))
  })
  const browser: Browser = await chromium.connectOverCDP(endpoint)
  const killGroup = (): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // Gone already.
    }
  }
  return {
    page: async () => {
      const context = browser.contexts()[0]
      if (context === undefined) throw new Error('Chromium has no context')
      return context.pages()[0] ?? context.newPage()
    },
    kill: async () => {
      killGroup()
      await exited
      await browser.close().catch(() => undefined)
    },
    close: async () => {
      const session = await browser.newBrowserCDPSession()
      await session.send('Browser.close').catch(() => undefined)
      await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 10_000))])
      killGroup()
      await exited
    },
  }
}
