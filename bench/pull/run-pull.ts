import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { hasFigure, saveFigure } from '../support/figures.ts'
import { inRoom, openLab } from '../support/lab.ts'
import type { BenchOptions } from '../support/options.ts'
import { percentile } from '../support/percentile.ts'
import { cpuBetween, processesUnder, sum, tell } from '../support/processes.ts'
import { ROOT } from '../support/run-app.ts'
import { pullIntoApp } from './pull-into-app.ts'
import { startVendor, type Vendor } from './vendor.ts'

/** For one pull of one subject. Many times what a busy machine needs. */
const LIMIT_MS = 900_000
const ROUNDS = 3
/** What takes a row per client gets one round, and no million: it would take an hour. */
const ONCE = ['dexie rows', 'rxdb', 'pouchdb']
const PEERS = ['fetch alone', 'record per 1,000', 'record per page', ...ONCE]
const MOST_FOR_ROWS = 100_000

interface Measured {
  readonly ms: number
  readonly diskMb: number | null
  /** Processor time by kind of process, ms. */
  readonly cpu?: Readonly<Record<string, number>>
  readonly rows?: readonly string[]
}

/**
 * The same pages of 100 over loopback HTTP, into the app as it is built (core, socket, worker, page on the screen), and
 * into others. `core alone` is what the app's own core takes to fetch, parse and check the pages, and throws away.
 */
export async function run(options: BenchOptions): Promise<void> {
  const lab = await openLab('bench/pull/peers-worker.ts')
  try {
    for (const size of options.sizes) {
      const vendor = await startVendor(size, options.seed)
      try {
        await runSize(options, size, vendor, lab)
      } finally {
        vendor.stop()
      }
    }
  } finally {
    lab.close()
  }
}

async function runSize(
  options: BenchOptions,
  size: number,
  vendor: Vendor,
  lab: Awaited<ReturnType<typeof openLab>>,
): Promise<void> {
  const wanted = (subject: string): boolean =>
    (options.engines?.includes(subject) ?? true) && (options.fresh || !hasFigure('pull', subject, size))
  const taken = new Map<string, Measured[]>()
  const note = (subject: string, measured: Measured): void => {
    taken.set(subject, [...(taken.get(subject) ?? []), measured])
  }
  let browser = ''
  // In turn, so that a busy machine bears on all of them alike.
  for (let round = 0; round < ROUNDS; round++) {
    for (const subject of PEERS) {
      const isHeavy = ONCE.includes(subject)
      if (!wanted(subject) || (isHeavy && (round > 0 || size > MOST_FOR_ROWS))) continue
      await inRoom(lab, async (room) => {
        browser = room.browser
        await room.openPage()
        const before = processesUnder(process.pid)
        const measured = await room.ask<Measured>('pull', { subject, baseUrl: vendor.baseUrl }, LIMIT_MS)
        note(subject, { ...measured, cpu: cpuBetween(before, processesUnder(process.pid)) })
      })
    }
    if (wanted('core alone')) note('core alone', { ms: coreAlone(vendor), diskMb: null })
    if (wanted('ours') && (round === 0 || size <= MOST_FOR_ROWS)) {
      const ours = await pullIntoApp(vendor, size, LIMIT_MS)
      browser = ours.browser
      note('ours', ours.first)
      note('ours, nothing new', ours.again)
      note('ours, 1,000 changed', ours.changed)
    }
  }
  const fetchAlone = median(taken.get('fetch alone'))
  for (const [subject, all] of taken) {
    const ms = median(all)
    if (ms === null) continue
    const last = all.at(-1)
    const perPage = Object.entries(last?.cpu ?? {}).map(([kind, spent]) => [kind, (spent / size) * 100] as const)
    saveFigure(
      {
        group: 'pull',
        subject,
        size,
        values: {
          'docs/s': Math.round((size / ms) * 1_000),
          'of fetch': fetchAlone === null ? null : fetchAlone / ms,
          // Two processors bound a page by half of this, however little of it is waiting.
          'cpu ms/page': perPage.length === 0 ? null : sum(Object.fromEntries(perPage)),
          'disk MB': last?.diskMb ?? null,
          ...(last?.rows === undefined ? {} : { 'rows changed': last.rows.length }),
        },
        notes: [
          ...(last?.rows !== undefined && last.rows.length < 20 ? [`rows changed: ${last.rows.join(', ')}`] : []),
          ...(last?.cpu === undefined ? [] : [`processor, ms in all: ${tell(last.cpu)}`]),
        ],
      },
      browser,
    )
  }
}

function coreAlone(vendor: Vendor): number {
  const done = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(ROOT, 'bench/pull/core-floor.ts'), vendor.baseUrl, '1'],
    { cwd: ROOT, encoding: 'utf8', timeout: LIMIT_MS },
  )
  const [round]: readonly { ms: number }[] = JSON.parse(done.stdout)
  if (round === undefined) throw new Error(done.stderr)
  return round.ms
}

function median(all: readonly Measured[] | undefined): number | null {
  return percentile(
    (all ?? []).map(({ ms }) => ms),
    50,
  )
}
