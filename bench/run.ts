/**
 * All benches, in real Chromium. Prints tables and writes a JSON file per subject and size into bench/results.
 *
 *   npm run bench -- [search|store|pull|app|app-use|import|gap|profile|app-profile|store-profile|report]… [--sizes 10k,100k,1m] [--engines ours,flexsearch] [--keep] [--seed 1]
 *
 * `--keep` measures only what has no result yet: a run that was cut short goes on. `report` prints what there is
 * and, with `--docs`, puts it into docs/performance.md.
 */
import { cpus } from 'node:os'
import { needPeers } from './support/need-peers.ts'
import { type BenchOptions, type Group, readOptions } from './support/options.ts'
import { report, writeDocs } from './support/report.ts'

type Bench = { readonly run: (options: BenchOptions) => Promise<void> }

/** Read only when it is asked for: the peers of one group need not be there for another. */
const BENCHES: Partial<Readonly<Record<Group, () => Promise<Bench>>>> = {
  search: () => import('./search/run-search.ts'),
  store: () => import('./store/run-store.ts'),
  pull: () => import('./pull/run-pull.ts'),
  app: () => import('./app/run-app-benches.ts'),
  'app-use': () => import('./app/run-app-use.ts'),
  import: () => import('./app/run-import.ts'),
  gap: () => import('./app/run-gap.ts'),
  profile: () => import('./search/run-profile.ts'),
  'app-profile': () => import('./app/run-app-profile.ts'),
  'store-profile': () => import('./store/run-profile.ts'),
}

const order = readOptions(process.argv.slice(2))
const failed: string[] = []
if (!order.reportOnly) {
  needPeers()
  for (const group of order.groups) {
    const startedAt = performance.now()
    try {
      const bench = await BENCHES[group]?.()
      await bench?.run(order)
      print(`${group}: ${Math.round((performance.now() - startedAt) / 1000)} s`)
    } catch (cause) {
      // One group that breaks does not take the others' figures with it.
      failed.push(`${group}: ${String(cause)}`)
    }
  }
}
const text = report(order.groups)
print(`\n${cpus().length} processors. In brackets: multiples of ours.\n\n${text}`)
if (order.toDocs) writeDocs(text)
for (const what of failed) print(`FAILED ${what}`)
process.exit(failed.length === 0 ? 0 : 1)

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
