import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { Connector } from '../../electron/connectors/connector.ts'
import type { StoreClient } from '../../electron/core/store-link.ts'
import { pullRun } from '../../electron/core/sync/pull-run.ts'
import { createRunId } from '../../shared/ids.ts'
import { ok } from '../../shared/result.ts'
import { testCreateClock, testCreateRandom } from '../support/test-create-clock.ts'
import { FULL_ENGAGE, remote } from '../unit/renderer/store/test-open-store.ts'

const PAGES = 200
const ROWS = 500
/** Of each record. */
const NOTES_CHARS = 2_000
/** Rows between two looks at the memory. */
const LOOK_EVERY = 20_000

test('F103 100,000 rows: never more than two pages ahead of what is stored, whatever the vendor has', async () => {
  let fetched = 0
  /** Rows: a page is stored in slices. */
  let stored = 0
  let ahead = 0
  let heap = 0
  const before = heldBytes()
  const connector = {
    pull: async function* () {
      for (let page = 0; page < PAGES; page++) {
        const records = Array.from({ length: ROWS }, (_, i) =>
          remote(`${page}-${i}`, { name: `N${i}`, notes: `${page} ${i} `.padEnd(NOTES_CHARS, `${i % 10}`) }),
        )
        fetched++
        ahead = Math.max(ahead, fetched - Math.floor(stored / ROWS))
        yield ok({
          records,
          problems: [],
          statusOptions: [],
          total: PAGES * ROWS,
          pages: PAGES,
          position: page + 1,
          end: page === PAGES - 1 ? { proof: 'none', size: null, watermark: null } : null,
        })
      }
    },
    // As much of a connector as a run looks at.
  } as unknown as Connector
  const random = testCreateRandom(1)
  const run = {
    runId: createRunId(random),
    kind: 'full',
    paramsHash: 'p',
    seq: 0,
    position: null,
    startedAt: 0,
    received: 0,
    pages: 0,
  }
  const store = {
    'run.begin': async () => ok({ run, lastComplete: null }),
    'run.applyPage': async ({ records }: { readonly records: readonly unknown[] }) => {
      // A disk that takes its time.
      await new Promise<void>((resolve) => setTimeout(resolve, 2))
      stored += records.length
      if (stored % LOOK_EVERY === 0) heap = Math.max(heap, heldBytes() - before)
      const { length } = records
      return ok({
        received: length,
        written: length,
        unchanged: 0,
        stale: 0,
        quarantined: 0,
        duplicates: 0,
        wanted: [],
      })
    },
    'run.end': async () => ok({ missing: 0, held: null, unproven: null }),
  } as unknown as StoreClient
  const result = await pullRun(
    {
      store,
      connector,
      call: {} as never,
      requestSeq: () => fetched,
      clock: testCreateClock(),
      random,
      onProgress: () => undefined,
      onStored: () => undefined,
      heard: () => ({ duplicateKeys: 0, unaskedValues: 0, serverStartedAt: null }),
      aborted: () => false,
    },
    { sourceId: FULL_ENGAGE, kind: 'full', paramsHash: 'p', tenant: '', since: null, resume: false } as never,
  )
  expect(result.kind).toBe('complete')
  expect([fetched, stored]).toEqual([PAGES, PAGES * ROWS])
  // The one being stored, the one that waits behind it at the store, and the next.
  expect(ahead).toBeLessThanOrEqual(3)
  // All of them would be more than 200.
  expect(heap / 1e6, 'megabytes').toBeLessThan(60)
}, 60_000)

/** What is still held after a collection: what merely has not been collected says nothing. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('no collection to be had')
  collect()
  return process.memoryUsage().heapUsed
}
