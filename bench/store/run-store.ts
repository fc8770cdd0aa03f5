import { hasFigure, saveFigure } from '../support/figures.ts'
import { inRoom, type Lab, openLab } from '../support/lab.ts'
import type { BenchOptions } from '../support/options.ts'
import { OURS } from '../support/table.ts'
import type { StoreFigures } from './measures.ts'

const LIMIT_MS = 1_800_000
const PEERS = ['dexie rows', 'raw indexeddb', 'rxdb', 'pouchdb', 'sqlite opfs']
/** A row per client and four indexes: a million would take an hour each. */
const MOST_FOR_PEERS = 100_000

/** Clients written in batches of 100, changed, read back; each subject in a browser and a profile of its own. */
export async function run(options: BenchOptions): Promise<void> {
  const [ours, peers] = [await openLab('bench/store/ours-worker.ts'), await openLab('bench/store/peers-worker.ts')]
  try {
    for (const size of options.sizes) {
      for (const subject of [OURS, ...PEERS]) {
        const isWanted = options.engines?.includes(subject) ?? true
        const isTooLarge = subject !== OURS && size > MOST_FOR_PEERS
        if (!isWanted || isTooLarge || (!options.fresh && hasFigure('store', subject, size))) continue
        await measure(subject === OURS ? ours : peers, subject, size, options.seed)
      }
    }
  } finally {
    ours.close()
    peers.close()
  }
}

async function measure(lab: Lab, subject: string, size: number, seed: number): Promise<void> {
  await inRoom(lab, async (room) => {
    await room.openPage()
    const save = (values: Readonly<Record<string, number | null>>, notes: readonly string[]): void =>
      saveFigure({ group: 'store', subject, size, values, notes }, room.browser)
    try {
      const found = await room.ask<StoreFigures>('measure', { subject, clients: size, seed }, LIMIT_MS)
      const values = {
        'rows/s in': Math.round(found.insertPerSecond),
        'read all ms': found.readAllMs,
        '50 by key ms': found.keysMs,
        'update p50 ms': found.updateMs,
        ...(found.editMs === null ? {} : { 'edit p50 ms': found.editMs }),
        'open + 50 ms': found.openMs,
        ...(found.searchMs === undefined ? {} : { 'open + search ms': found.searchMs }),
        'disk MB': found.diskMb,
      }
      save(values, [])
    } catch (cause) {
      // One that breaks does not take the others' figures with it.
      save({ 'rows/s in': null }, [String(cause).slice(0, 200)])
    }
  })
}
