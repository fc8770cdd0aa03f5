import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { within } from './within.ts'

export const ROOT = resolve(import.meta.dirname, '../..')

/** One second of the core: how long its event loop stood still at most, and its memory. */
export interface CoreSecond {
  readonly at: number
  readonly longestMs: number
  readonly rssMb: number
}

export interface RunningApp {
  readonly address: string
  readonly pid: number
  readonly profile: string
  readonly errors: () => string
  /** What the core measured of itself so far. */
  readonly seconds: () => readonly CoreSecond[]
  /** Ends it; the profile stays unless `forget`. */
  readonly stop: (options?: { readonly forget: boolean }) => Promise<void>
}

/** Starts the built Node host on a free port, with a profile of its own or the one given. */
export async function runApp(options: { readonly profile?: string; readonly port?: number } = {}): Promise<RunningApp> {
  const server = join(ROOT, 'out/main/server.js')
  if (!existsSync(server)) throw new Error('out/ is not built: npm start -- --build-only')
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'clientele-bench-'))
  const figures = join(profile, 'bench-core.jsonl')
  const child = spawn(
    process.execPath,
    [
      '--import',
      join(ROOT, 'bench/support/core-watch.mjs'),
      server,
      '--no-open',
      '--port',
      String(options.port ?? 0),
      '--profile',
      profile,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, BENCH_CORE_FIGURES: figures } },
  )
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  // Listened to from the first moment: a program that ended early would otherwise be waited for without end.
  const exited = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
  const address = await within(
    30_000,
    'the start of the app',
    new Promise<string>((done, fail) => {
      let printed = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        printed += text
        const found = /Clientele: (\S+)\n/.exec(printed)?.[1]
        if (found !== undefined) done(found)
      })
      void exited.then((code) => fail(new Error(`the app ended with code ${code} before it was ready. ${errors}`)))
    }),
    () => errors,
  ).catch((cause: unknown) => {
    child.kill('SIGKILL')
    throw cause
  })
  return {
    address,
    pid: child.pid ?? 0,
    profile,
    errors: () => errors,
    seconds: () => readSeconds(figures),
    stop: async ({ forget } = { forget: true }) => {
      child.kill('SIGTERM')
      await within(15_000, 'the end of the app', exited).catch((cause: unknown) => {
        child.kill('SIGKILL')
        throw cause
      })
      if (forget) rmSync(profile, { recursive: true, force: true })
    },
  }
}

/** A program that does nothing but watch itself: how long it stands still is the doing of the rest of the machine. */
export function runIdleCore(): { readonly seconds: () => readonly CoreSecond[]; readonly stop: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-idle-'))
  const figures = join(folder, 'idle.jsonl')
  const child = spawn(
    process.execPath,
    ['--import', join(ROOT, 'bench/support/core-watch.mjs'), '--eval', 'setInterval(() => undefined, 1000)'],
    { stdio: 'ignore', env: { ...process.env, BENCH_CORE_FIGURES: figures } },
  )
  return {
    seconds: () => readSeconds(figures),
    stop: () => {
      child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function readSeconds(file: string): readonly CoreSecond[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line): CoreSecond => JSON.parse(line))
}

export function chromiumPath(): string {
  return process.env.CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim()
}

/** What stands in the window now, for the message of a bench that gave up. */
export async function describePage(page: Page): Promise<string> {
  return page.evaluate(() => {
    const status = document.querySelector('[role=status][aria-label="Sync status"]')?.textContent ?? 'no sync status'
    const rows = document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 'no grid'
    const alerts = [...document.querySelectorAll('[role=alert]')].map((alert) => alert.textContent).join(' | ')
    return `At ${location.hash}: sync status "${status}", rows ${rows}, alerts "${alerts}".`
  })
}

/** Fills `Add source` and leaves the press of `Add and sync` to the bench. */
export async function fillSource(page: Page, connector: string, values: Readonly<Record<string, string>>) {
  await page.getByRole('button', { name: 'Add source', exact: true }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add source' })
  await dialog.getByRole('radio', { name: connector, exact: true }).check({ force: true })
  for (const [label, value] of Object.entries(values)) await dialog.getByLabel(label, { exact: true }).fill(value)
  return dialog.getByRole('button', { name: 'Add and sync' })
}

/** Until the grid has so many rows and the sync status says that all is well. Looked at by the page itself. */
export async function waitForClients(page: Page, clients: number, limitMs: number): Promise<void> {
  await within(
    limitMs,
    `${clients} clients and "Up to date"`,
    page.waitForFunction(
      (wanted) => {
        const rows = Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 0)
        const status = document.querySelector('[role=status][aria-label="Sync status"]')?.textContent ?? ''
        return rows >= wanted && status.includes('Up to date')
      },
      clients,
      { timeout: limitMs + 10_000, polling: 20 },
    ),
    () => describePage(page),
  )
}

/** Until the store itself has spoken, whatever its sources say: the list has so many rows and is not the one of before. */
export async function waitForRows(page: Page, clients: number, limitMs: number): Promise<void> {
  await within(
    limitMs,
    `${clients} rows`,
    page.waitForFunction(
      (wanted) =>
        Number(document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') ?? 0) >= wanted &&
        !(document.body.textContent ?? '').includes('As you left it'),
      clients,
      { timeout: limitMs + 10_000, polling: 20 },
    ),
    () => describePage(page),
  )
}
