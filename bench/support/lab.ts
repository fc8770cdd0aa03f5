import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { processesUnder } from './processes.ts'
import { chromiumPath, ROOT } from './run-app.ts'
import { within } from './within.ts'

/** A bundled worker on a local server, for a page that does nothing but ask it. */
export interface Lab {
  readonly address: string
  readonly close: () => void
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
}
/** `ask(name, input)` of the page: one order to the worker, one answer. */
const PAGE = `<!doctype html><title>bench</title><script>
const worker = new Worker('/worker.js', { type: 'module' })
const waiting = new Map()
let last = 0
worker.onmessage = ({ data }) => { const { done, fail } = waiting.get(data.id); waiting.delete(data.id); 'failed' in data ? fail(new Error(data.failed)) : done(data.answer) }
worker.onerror = (event) => { for (const { fail } of waiting.values()) fail(new Error(event.message || 'the worker ended')); waiting.clear() }
window.ask = (name, input) => new Promise((done, fail) => { const id = ++last; waiting.set(id, { done, fail }); worker.postMessage({ id, name, input }) })
</script>`

/** Bundles the worker of `entry` (a path from the root) as a user's bundler would, and serves it. */
export async function openLab(entry: string): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-lab-'))
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    build: {
      outDir: folder,
      // Names stay, for profiles.
      minify: false,
      target: 'es2022',
      chunkSizeWarningLimit: 10_000,
      assetsInlineLimit: 0,
      // Vite's preloading works on a document, which a worker has not.
      modulePreload: false,
      rollupOptions: { input: join(ROOT, entry), output: { entryFileNames: 'worker.js', format: 'es' } },
    },
  })
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://lab').pathname)
    // Isolated from other origins: only then does a page get a clock finer than 0.1 ms.
    response.setHeader('cross-origin-opener-policy', 'same-origin')
    response.setHeader('cross-origin-embedder-policy', 'require-corp')
    if (path === '/') return response.setHeader('content-type', 'text/html').end(PAGE)
    try {
      const bytes = readFileSync(join(folder, path))
      return response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream').end(bytes)
    } catch {
      return response.writeHead(404).end()
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  return {
    address: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/`,
    close: () => {
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A Chromium of its own with a profile of its own, closed and forgotten at the end of `work`. */
export async function inRoom<T>(lab: Lab, work: (room: Room) => Promise<T>): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'clientele-room-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: ['--no-sandbox', '--js-flags=--expose-gc'],
  })
  try {
    return await work(new Room(lab, context))
  } finally {
    // A browser whose page hangs does not close by itself.
    await within(20_000, 'the end of the browser', context.close()).catch(() => undefined)
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

export class Room {
  readonly #lab: Lab
  readonly #context: BrowserContext
  #page: Page | null = null

  constructor(lab: Lab, context: BrowserContext) {
    this.#lab = lab
    this.#context = context
  }

  get browser(): string {
    return `Chromium ${this.#context.browser()?.version() ?? ''}`.trim()
  }

  /** A new page with a new worker; the one before is closed. */
  async openPage(): Promise<void> {
    const before = this.#page
    this.#page = await this.#context.newPage()
    for (const page of this.#context.pages()) if (page !== this.#page) await page.close()
    if (before === null) await this.#context.clearPermissions()
    await this.#page.goto(this.#lab.address)
  }

  /** What the worker's handler of that name answers. Rejects if it throws, takes longer, or takes the page with it. */
  async ask<T>(name: string, input: unknown, limitMs: number): Promise<T> {
    const { page } = this
    const crashed = new Promise<never>((_, fail) => page.once('crash', () => fail(new Error('the page crashed'))))
    crashed.catch(() => undefined)
    const answer = page.evaluate<T>(`ask(${JSON.stringify(name)}, ${JSON.stringify(input)})`)
    answer.catch(() => undefined)
    return within(limitMs, name, Promise.race([answer, crashed]))
  }

  /** The page that is open, for who looks on. */
  get page(): Page {
    if (this.#page === null) throw new Error('no page is open')
    return this.#page
  }

  /** Memory that the renderer holds, MB: the largest of those that belong to this browser. */
  memoryMb(): number {
    return Math.max(
      0,
      ...processesUnder(process.pid)
        .filter((use) => use.kind === 'renderer')
        .map((use) => use.rssMb),
    )
  }
}
