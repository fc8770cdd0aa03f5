import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import type { AppDriver } from './app-driver.ts'
import { findChromium } from './find-chromium.ts'
import { ROOT } from './root.ts'

const START_TIMEOUT_MS = 20_000
const END_TIMEOUT_MS = 10_000

interface Said {
  readonly kind: 'chromium' | 'refused' | 'answer'
  readonly address?: string
  readonly what?: string
  readonly id?: number
  readonly answer?: unknown
  readonly error?: string
}

export interface StandInProcess {
  readonly page: Page
  readonly context: BrowserContext
  readonly ask: (what: string, ...args: readonly unknown[]) => Promise<unknown>
  /** Resolves with the exit code. */
  readonly end: () => Promise<number | null>
}

export interface StandInOptions {
  readonly profile: string
  readonly viewport: { readonly width: number; readonly height: number } | null
  readonly follow: (context: BrowserContext) => void
}

/** The built main process over the stand-in of Electron, its window a page of Chromium. */
export async function driveElectronStandIn(options: StandInOptions): Promise<AppDriver> {
  const said = { stdout: '', stderr: '' }
  const refused: string[] = []
  const start = (): Promise<StandInProcess> => startStandIn(options, said, refused)
  const end = async (running: StandInProcess): Promise<void> => {
    const code = await running.end()
    if (refused.length > 0) throw new Error(`The app used what the stand-in of Electron does not know: ${refused}`)
    if (code !== 0) throw new Error(`The app ended with ${code}:\n${said.stderr}`)
  }
  let running = await start()
  return {
    page: () => running.page,
    context: () => running.context,
    profile: options.profile,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    restart: async () => {
      await end(running)
      running = await start()
    },
    stop: () => end(running),
  }
}

async function startStandIn(
  { profile, viewport, follow }: StandInOptions,
  said: { stdout: string; stderr: string },
  refused: string[],
): Promise<StandInProcess> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      '--import',
      join(ROOT, 'test/electron-stand-in/register.mjs'),
      join(ROOT, 'out/main/main.js'),
      '--profile',
      profile,
    ],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, STAND_IN_CHROMIUM: findChromium() ?? chromium.executablePath() },
    },
  )
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const ask = createAsking(child, refused)
  const address = await chromiumOf(child, () => said.stderr)
  const browser = await chromium.connectOverCDP(address)
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('Chromium has no context')
  follow(context)
  const page = await pageOf(context)
  if (viewport !== null) await page.setViewportSize(viewport)
  return { page, context, ask, end: () => endStandIn(child, browser, ask, exited) }
}

async function endStandIn(
  child: ChildProcess,
  browser: Browser,
  ask: (what: string) => Promise<unknown>,
  exited: Promise<number | null>,
): Promise<number | null> {
  // Playwright leaves first: what it still asked of a page that closes would fail.
  await browser.close()
  if (child.exitCode === null) ask('quit').catch(() => undefined)
  const timer = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS)
  const code = await exited
  clearTimeout(timer)
  return code
}

function createAsking(
  child: ChildProcess,
  refused: string[],
): (what: string, ...args: readonly unknown[]) => Promise<unknown> {
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
  return (what, ...args) =>
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
  await page.waitForURL((url) => url.hostname === 'clientele.localhost')
  return page
}
