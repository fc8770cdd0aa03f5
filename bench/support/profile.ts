import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { attachWorker } from './attach-worker.ts'
import { workFile } from './figures.ts'

/** What V8's sampling profiler gives; DevTools shows it as a flame chart. Times in µs. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  }[]
  readonly samples?: readonly number[]
  readonly timeDeltas?: readonly number[]
}

const INTERVAL_US = 200

/** Samples the page's worker while `work` runs. Writes `<name>.cpuprofile` and answers the functions by their own time. */
export async function profileWorker(
  page: Page,
  name: string,
  work: () => Promise<unknown>,
): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  try {
    const tell = await attachWorker<{ profile?: CpuProfile }>(session)
    if (tell === null) throw new Error('the page has no worker to profile')
    await tell('Profiler.enable')
    await tell('Profiler.setSamplingInterval', { interval: INTERVAL_US })
    await tell('Profiler.start')
    await work()
    const { profile } = await tell('Profiler.stop')
    if (profile === undefined) throw new Error('the profiler gave no profile')
    writeFileSync(workFile(`${name}.cpuprofile`), JSON.stringify(profile))
    return topFunctions(profile)
  } finally {
    await session.detach()
  }
}

/** The same of the page's own thread. */
export async function profilePage(page: Page, name: string, work: () => Promise<unknown>): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  try {
    await session.send('Profiler.enable')
    await session.send('Profiler.setSamplingInterval', { interval: INTERVAL_US })
    await session.send('Profiler.start')
    await work()
    const { profile } = await session.send('Profiler.stop')
    writeFileSync(workFile(`${name}.cpuprofile`), JSON.stringify(profile))
    return topFunctions(profile)
  } finally {
    await session.detach()
  }
}

function topFunctions({ nodes, samples = [], timeDeltas = [] }: CpuProfile): readonly string[] {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName || '(anonymous)']))
  const own = new Map<string, number>()
  let all = 0
  for (const [at, id] of samples.entries()) {
    const spent = timeDeltas[at] ?? 0
    const name = names.get(id) ?? '?'
    if (name === '(idle)') continue
    own.set(name, (own.get(name) ?? 0) + spent)
    all += spent
  }
  return [...own]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 14)
    .map(([name, spent]) => `${((spent / all) * 100).toFixed(0)} % ${name}`)
}
