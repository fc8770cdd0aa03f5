import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import type { Probe } from '../../electron-stand-in/probe.ts'
import type { AppDriver, Media } from './app-driver.ts'
import { findChromium } from './find-chromium.ts'
import type { NativeProbe } from './native-probe.ts'
import { ROOT } from './root.ts'

const START_TIMEOUT_MS = 20_000
const END_TIMEOUT_MS = 10_000
/** What `app://clientele` is called in the stand-in's Chromium. */
const HOSTNAME = 'clientele.localhost'

interface Said {
  readonly kind: 'chromium' | 'refused' | 'answer'
  readonly address?: string
  readonly what?: string
  readonly id?: number
  readonly answer?: unknown
  readonly error?: string
}

export interface StandInProcess {
  readonly page: () => Page
  readonly context: () => BrowserContext
  readonly ask: Ask
  /** Playwright's page is useless once it has crashed: looks for the page anew. */
  readonly lookAgain: () => Promise<void>
  /** Resolves with the exit code. */
  readonly end: () => Promise<number | null>
}

type Ask = (what: keyof Probe, args: readonly unknown[]) => Promise<unknown>

export interface StandInOptions {
  readonly profile: string
  readonly viewport: { readonly width: number; readonly height: number } | null
  readonly media: Media
  readonly follow: (context: BrowserContext) => void
  /** More of the command line, as the system gives it at a start by a link or a file. */
  readonly args?: readonly string[]
}

interface Output {
  stdout: string
  stderr: string
  readonly refused: string[]
}

/** The built main process over the stand-in of Electron, its window a page of Chromium. */
export async function driveElectronStandIn(options: StandInOptions): Promise<AppDriver> {
  const output: Output = { stdout: '', stderr: '', refused: [] }
  // What outlives the app and is not in its profile: the system's keyring.
  const machine = mkdtempSync(join(tmpdir(), 'clientele-machine-'))
  const start = (): Promise<StandInProcess> => startStandIn(options, machine, output)
  const end = async (ending: StandInProcess): Promise<void> => {
    const code = await ending.end()
    if (output.refused.length > 0) {
      throw new Error(`The app used what the stand-in of Electron does not know:\n${output.refused.join('\n')}`)
    }
    if (code !== 0) throw new Error(`The app ended with ${code}:\n${output.stderr}`)
  }
  let running = await start()
  const native = new Proxy({} as NativeProbe, {
    get:
      (_target, what: keyof Probe) =>
      async (...args: readonly unknown[]) => {
        const answer = await running.ask(what, args)
        if (what === 'crash' || what === 'endHang') await running.lookAgain()
        return answer
      },
  })
  return {
    page: () => running.page(),
    context: () => running.context(),
    native,
    profile: options.profile,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    keepReceived: async () => {
      await native.keepSent()
      await running.page().reload()
      return () => native.sent()
    },
    restart: async () => {
      await end(running)
      running = await start()
    },
    stop: async () => {
      await end(running)
      rmSync(machine, { recursive: true, force: true })
    },
  }
}

/** The command line of the built main process over the stand-in. */
export function standInCommand(profile: string, args: readonly string[] = []): string[] {
  const register = join(ROOT, 'test/electron-stand-in/register.mjs')
  return ['--import', 'tsx', '--import', register, join(ROOT, 'out/main/main.js'), '--profile', profile, ...args]
}

async function startStandIn(
  { profile, viewport, media, follow, args }: StandInOptions,
  machine: string,
  output: Output,
): Promise<StandInProcess> {
  const child = spawn(process.execPath, standInCommand(profile, args), {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...process.env,
      STAND_IN_CHROMIUM: findChromium() ?? chromium.executablePath(),
      STAND_IN_MACHINE: machine,
    },
  })
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const ask = createAsking(child, output.refused)
  const address = await chromiumOf(child, () => output.stderr)
  const look = async (): Promise<{ browser: Browser; context: BrowserContext; page: Page }> => {
    const browser = await chromium.connectOverCDP(address)
    const [context] = browser.contexts()
    if (context === undefined) throw new Error('Chromium has no context')
    follow(context)
    const page = await pageOf(context)
    if (viewport !== null) await page.setViewportSize(viewport)
    await page.emulateMedia(media)
    return { browser, context, page }
  }
  let seen = await look()
  return {
    // A window that was closed and opened again is another page.
    page: () => (seen.page.isClosed() ? (seen.context.pages().find(isOurs) ?? seen.page) : seen.page),
    context: () => seen.context,
    ask,
    lookAgain: async () => {
      await seen.browser.close()
      seen = await look()
    },
    end: () => endStandIn(child, seen.browser, ask, exited),
  }
}

async function endStandIn(
  child: ChildProcess,
  browser: Browser,
  ask: Ask,
  exited: Promise<number | null>,
): Promise<number | null> {
  // Playwright leaves first: what it still asked of a page that closes would fail.
  await browser.close()
  if (child.exitCode === null) ask('quit', []).catch(() => undefined)
  const timer = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS)
  const code = await exited
  clearTimeout(timer)
  return code
}

function createAsking(child: ChildProcess, refused: string[]): Ask {
  let lastId = 0
  const waiting = new Map<number, { resolve: (answer: unknown) => void; reject: (cause: Error) => void }>()
  child.on('message', ({ kind, id, what, answer, error }: Said) => {
    if (kind === 'refused') refused.push(what ?? '')
    if (kind !== 'answer' || id === undefined) return
    const asking = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) asking?.resolve(answer)
    else asking?.reject(new Error(error))
  })
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The app has ended'))
  })
  return (what, args) =>
    new Promise((resolve, reject) => {
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      child.send({ id, ask: what, args })
    })
}

function chromiumOf(child: ChildProcess, stderr: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      child.kill('SIGKILL')
      reject(new Error(`The built main process ${why}:\n${stderr()}`))
    }
    const timer = setTimeout(() => fail('was not ready in time'), START_TIMEOUT_MS)
    child.once('exit', () => {
      clearTimeout(timer)
      fail('ended before it was ready')
    })
    child.on('message', ({ kind, address }: Said) => {
      if (kind !== 'chromium' || address === undefined) return
      clearTimeout(timer)
      resolve(address)
    })
  })
}

/** The window, once it shows our page. */
async function pageOf(context: BrowserContext): Promise<Page> {
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  await page.waitForURL((url) => url.hostname === HOSTNAME)
  return page
}

function isOurs(page: Page): boolean {
  return new URL(page.url()).hostname === HOSTNAME
}
