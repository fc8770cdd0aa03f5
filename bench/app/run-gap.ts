import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startSimulator } from '../../electron/simulator/start-simulator.ts'
import { testCreateApp } from '../../test/support/test-create-app.ts'
import { saveFigure } from '../support/figures.ts'

const EDITS = 200
const LATENCIES_MS = [0, 40]

/**
 * How long the moment is in which somebody else could write unseen: from the answer of the read before an update to the
 * answer of the update itself (docs/reliability.md, promise P6). Measured by the app itself, per write, against the
 * simulated Full Engage over real HTTP on this machine: the real core with its journal on the disk, and the store's
 * note of the attempt between the two requests. A vendor's own time and the way there come on top; `latency` stands for
 * both, once per request.
 */
export async function run(): Promise<void> {
  for (const latencyMs of LATENCIES_MS) {
    const { count, p50Ms, maxMs } = await measure(EDITS, latencyMs)
    const values = { updates: count, 'p50 ms': p50Ms, 'most ms': maxMs }
    saveFigure({ group: 'gap', subject: `latency ${latencyMs} ms`, size: EDITS, values, notes: [] }, 'no browser')
  }
}

async function measure(edits: number, latencyMs: number): Promise<{ count: number; p50Ms: number; maxMs: number }> {
  const simulator = await startSimulator({
    clients: 0,
    counts: { 'full-engage': edits, endors: 0, spott: 0, connect: 0, clnt: 0 },
    seed: 1,
    now: Date.now(),
  })
  const server = simulator.servers['full-engage']
  const app = await testCreateApp()
  try {
    const { source } = server
    const sourceId = await app.addSource({ connectorId: 'full-engage', key: source.key, settings: source.settings })
    await app.settled(sourceId, 'up-to-date')
    if (latencyMs > 0) server.faults.add({ count: null, effect: { kind: 'delay', ms: latencyMs } })
    const page = await app.store().page['clients.list']({ text: '', sort: null, offset: 0, limit: edits })
    if (!page.ok) throw new Error(page.error.code)
    for (const row of page.value.rows) {
      const saved = await app
        .store()
        .page['client.save']({ clientId: row.clientId, changes: { notes: `n ${row.name}` }, seen: {} })
      if (!saved.ok) throw new Error(saved.error.code)
    }
    for (;;) {
      const queue = await app.store().page['queue.list']({})
      if (queue.ok && queue.value.length === 0) break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    await app.stopCore()
    return await figuresIn(join(app.profileFolder, 'logs', 'clientele.log'))
  } finally {
    await app.stop().catch(() => undefined)
    await simulator.close()
  }
}

/** The line that the core logs when it stops. */
async function figuresIn(path: string): Promise<{ count: number; p50Ms: number; maxMs: number }> {
  for (let tries = 0; tries < 50; tries++) {
    const text = await readFile(path, 'utf8').catch(() => '')
    const line = text.split('\n').find((l) => l.includes('check-to-write-gap'))
    if (line !== undefined) {
      const { count, p50Ms, maxMs } = JSON.parse(line)
      return { count, p50Ms, maxMs }
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the core has logged no figures')
}
