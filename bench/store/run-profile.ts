import { inRoom, openLab } from '../support/lab.ts'
import { type BenchOptions, sizeName } from '../support/options.ts'
import { profileWorker } from '../support/profile.ts'
import { OURS } from '../support/table.ts'

const LIMIT_MS = 300_000

/** Where the time of a write goes: a flame chart (.cpuprofile) of filling the store, and of a thousand single changes. */
export async function run({ seed, sizes, sizesNamed }: BenchOptions): Promise<void> {
  const lab = await openLab('bench/store/ours-worker.ts')
  try {
    for (const clients of sizesNamed ? sizes : [20_000]) {
      await inRoom(lab, async (room) => {
        await room.openPage()
        await room.ask('prepare', { subject: OURS, clients, seed }, LIMIT_MS)
        for (const name of ['insert', 'update']) {
          let took = 0
          const top = await profileWorker(room.page, `store-${name}-${sizeName(clients)}`, async () => {
            took = await room.ask<number>(name, null, LIMIT_MS)
          })
          process.stdout.write(`${name}, ${sizeName(clients)}: ${took.toFixed(2)} ms; ${top.join(', ')}\n`)
        }
      })
    }
  } finally {
    lab.close()
  }
}
