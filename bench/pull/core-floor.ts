import { createFullEngageConnector } from '../../electron/connectors/full-engage/connector.ts'
import { createVendorHttp } from '../../electron/core/http/vendor-http.ts'
import { createNodeFetch } from '../../electron/host/node/node-fetch.ts'

/**
 * What the core alone takes to fetch, parse and check a list, page after page, and to throw it away: the floor under a
 * pull. Prints milliseconds and pages as JSON. Run as `tsx bench/pull/core-floor.ts ADDRESS`, bundled by run-pull.ts.
 */
const connector = createFullEngageConnector()
const baseUrl = process.argv[2] ?? ''
const settings = connector.readSettings({ baseUrl })
if (!settings.ok) throw new Error(settings.error.rule)
const clock = {
  now: () => Date.now(),
  schedule: (delayMs: number, run: () => void) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
const { signal } = new AbortController()
const http = createVendorHttp({
  host: { fetch: createNodeFetch(), clock, sign: (text) => text },
  baseUrl: settings.value.baseUrl,
  auth: settings.value.auth,
  key: () => 'ba_bench',
  signal,
})

async function sweep(): Promise<{ ms: number; pages: number; records: number }> {
  const startedAt = performance.now()
  let pages = 0
  let records = 0
  const call = { http, settings: settings.ok ? settings.value.settings : {}, clock, signal }
  for await (const page of connector.pull(call, { kind: 'full', position: null, since: null })) {
    if (!page.ok) throw new Error(page.error.code)
    pages++
    records += page.value.records.length
  }
  return { ms: performance.now() - startedAt, pages, records }
}

const rounds = []
for (let round = 0; round < Number(process.argv[3] ?? 1); round++) rounds.push(await sweep())
process.stdout.write(`${JSON.stringify(rounds)}\n`)
process.exit(0)
