import { Corpus } from '../corpus/make-corpus.ts'
import { makeQueries } from '../corpus/make-queries.ts'
import { inRoom, openLab } from '../support/lab.ts'
import { type BenchOptions, sizeName } from '../support/options.ts'
import { profileWorker } from '../support/profile.ts'
import type { QueriesOrder } from './worker.ts'

const SECOND = 1_000
const ENGINE = 'ours'

/** Where the time of our engine goes: a flame chart (.cpuprofile) per step, and its heaviest functions as text. */
export async function run({ seed, sizes, sizesNamed }: BenchOptions): Promise<void> {
  const lab = await openLab('bench/search/worker.ts')
  try {
    for (const count of sizesNamed ? sizes : [100_000]) {
      const texts = makeQueries(new Corpus(seed, count)).map((query) => query.text)
      const order: QueriesOrder = { texts, warmUps: [], rounds: 10, budgetMs: 10 * SECOND, limitMs: 60 * SECOND }
      await inRoom(lab, async (room) => {
        const step = async (name: string, input: unknown): Promise<void> => {
          const file = `${name}-${sizeName(count)}`
          const top = await profileWorker(room.page, file, () => room.ask(name, input, 300 * SECOND))
          process.stdout.write(`${name}, ${sizeName(count)}: ${top.join(', ')}\n`)
        }
        await room.openPage()
        await room.ask('prepare', { name: ENGINE, seed, count }, 300 * SECOND)
        await step('build', null)
        await step('save', null)
        await step('queries', order)
        await step('update', { seed, count, times: 30, limitMs: 10 * SECOND })
        await room.openPage()
        await room.ask('prepare', { name: ENGINE, seed, count: 0 }, 300 * SECOND)
        await step('restore', texts[40] ?? '')
      })
    }
  } finally {
    lab.close()
  }
}
