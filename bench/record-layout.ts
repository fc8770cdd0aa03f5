import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build } from 'vite'

/**
 * How records should lie in IndexedDB: a row per client, or packed segments (docs/adr/0004-record-layout.md).
 * `npx tsx bench/record-layout.ts [clients] [rows,packed,store]` prints the best of three rounds as JSON. CHROMIUM names the browser to use, if not Playwright's own.
 */
const clients = Number(process.argv[2] ?? 20_000)
const measures = (process.argv[3] ?? 'rows,packed,store').split(',')
const folder = await mkdtemp(join(tmpdir(), 'record-layout-'))
await build({
  configFile: false,
  logLevel: 'error',
  build: {
    outDir: folder,
    minify: false,
    rollupOptions: {
      input: fileURLToPath(new URL('./record-layout-worker.ts', import.meta.url)),
      output: { entryFileNames: 'worker.js', format: 'es' },
    },
  },
})
const script = await readFile(join(folder, 'worker.js'), 'utf8')
const server = createServer((request, response) => {
  const isScript = request.url === '/worker.js'
  response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html' })
  response.end(isScript ? script : '<!doctype html><title>bench</title>')
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const address = server.address()
const port = address !== null && typeof address === 'object' ? address.port : 0
const executablePath = process.env.CHROMIUM
const browser = await chromium.launch({
  args: ['--no-sandbox'],
  ...(executablePath === undefined ? {} : { executablePath }),
})
/** Turn by turn, each in a storage of its own, so that a busy machine bears on all of them alike. */
const ROUNDS = 3
const best: Record<string, Record<string, number>> = {}
try {
  for (let round = 0; round < ROUNDS; round++) {
    for (const measure of measures) {
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(`http://127.0.0.1:${port}/`)
      const result = await page.evaluate(
        (order) =>
          new Promise<{ figures?: Record<string, number>; failed?: string }>((resolve) => {
            const worker = new Worker('/worker.js', { type: 'module' })
            worker.addEventListener('message', (event) => resolve(event.data))
            worker.addEventListener('error', (event) => resolve({ failed: event.message }))
            worker.postMessage(order)
          }),
        { measure, clients },
      )
      await context.close()
      if (result.figures === undefined) throw new Error(result.failed)
      for (const [name, figure] of Object.entries(result.figures)) {
        const kept = best[measure] ?? {}
        best[measure] = kept
        const better = name.endsWith('PerSecond') ? Math.max : Math.min
        kept[name] = Math.round(better(kept[name] ?? figure, figure) * 100) / 100
      }
    }
  }
  process.stdout.write(`${JSON.stringify({ browser: browser.version(), clients, rounds: ROUNDS, best }, null, 2)}\n`)
} finally {
  await browser.close()
  server.close()
  await rm(folder, { recursive: true, force: true })
}
