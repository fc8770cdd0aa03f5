import { expect, test } from 'vitest'
import { createPageLane } from '../../../../electron/core/sync/page-lane.ts'
import type { HashedRecords, PageSender, SentPage } from '../../../../electron/core/sync/send-page.ts'
import type { AppError } from '../../../../shared/app-error.ts'
import { runIdSchema } from '../../../../shared/ids.ts'
import type { PageReceipt } from '../../../../shared/ipc/store-sync-contract.ts'
import { err, ok, type Result } from '../../../../shared/result.ts'
import { FULL_ENGAGE, remote } from '../../renderer/store/test-open-store.ts'

const RECEIPT = { received: 1, written: 1, unchanged: 0, stale: 0, quarantined: 0, duplicates: 0, wanted: [] }
const FAILED: AppError = { code: 'storage', kind: 'failed' }
const GAP: AppError = { code: 'bad-input', field: 'seq', rule: 'page-gap' }

/** A store that answers when it is told to, and a lane to it. Pages of no records are only named. */
function testCreateLane() {
  const waiting = new Map<number, (answer: Result<PageReceipt, AppError>) => void>()
  const failing = new Map<number, (cause: unknown) => void>()
  const sent: number[] = []
  const stored: number[] = []
  const sender: PageSender = {
    goesWhole: ({ records }) => records.length > 0,
    send: ({ seq }) => {
      sent.push(seq)
      return new Promise((resolve, reject) => {
        waiting.set(seq, resolve)
        failing.set(seq, reject)
      })
    },
  }
  const lane = createPageLane(sender)
  const page = (seq: number): SentPage => ({
    sourceId: FULL_ENGAGE,
    runId: runIdSchema.parse('run_0000000000000000'),
    seq,
    requestSeq: seq,
    problems: [],
    position: seq,
    statusOptions: [],
    pages: seq,
    ofPages: null,
    ofClients: null,
  })
  const WHOLE: HashedRecords = { records: [remote('1', {})], hashes: ['h'] }
  return {
    sent,
    stored,
    lane,
    offer: (seq: number, records = WHOLE) => lane.offer(page(seq), records, () => stored.push(seq)),
    named: (seq: number) => lane.offer(page(seq), { records: [], hashes: [] }, () => stored.push(seq)),
    refuse: (seq: number, cause: unknown) => failing.get(seq)?.(cause),
    answer: (seq: number, failure: AppError | null = null) =>
      waiting.get(seq)?.(failure === null ? ok(RECEIPT) : err(failure)),
  }
}

/** Whether it has come by now, with all that follows from what is there. */
async function testIsSettled(what: Promise<unknown>): Promise<boolean> {
  let isSettled = false
  void what.then(() => {
    isSettled = true
  })
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  return isSettled
}

test('two pages are on their way at once, and the third leaves when the first is stored', async () => {
  const { sent, stored, lane, offer, answer } = testCreateLane()
  expect(await offer(1)).toBeNull()
  const second = offer(2)
  expect(sent).toEqual([1, 2])
  expect(await testIsSettled(second)).toBe(false)
  answer(1)
  expect(await second).toBeNull()
  expect(stored).toEqual([1])
  const third = offer(3)
  const drained = lane.drain()
  answer(2)
  expect(await testIsSettled(drained)).toBe(false)
  answer(3)
  expect([await third, await drained]).toEqual([null, null])
  expect(stored).toEqual([1, 2, 3])
})

test('a page counts as stored after those before it, whatever order the answers come in', async () => {
  const { stored, lane, offer, answer } = testCreateLane()
  void offer(1)
  void offer(2)
  answer(2)
  expect(await testIsSettled(Promise.resolve())).toBe(true)
  expect(stored).toEqual([])
  answer(1)
  expect(await lane.drain()).toBeNull()
  expect(stored).toEqual([1, 2])
})

test('a page that fails is what the run hears of, not those that were refused for it; nothing more is sent', async () => {
  const { sent, stored, lane, offer, answer } = testCreateLane()
  void offer(1)
  const second = offer(2)
  answer(2, GAP)
  answer(1, FAILED)
  expect(await second).toEqual(FAILED)
  expect(await offer(3)).toEqual(FAILED)
  expect(await lane.drain()).toEqual(FAILED)
  expect(sent).toEqual([1, 2])
  expect(stored).toEqual([])
})

test('a page that is only named waits for those before it, and nothing overtakes it', async () => {
  const { sent, lane, offer, named, answer } = testCreateLane()
  void offer(1)
  const second = named(2)
  expect(await testIsSettled(second)).toBe(false)
  expect(sent).toEqual([1])
  answer(1)
  expect(await testIsSettled(second)).toBe(false)
  expect(sent).toEqual([1, 2])
  answer(2)
  expect(await second).toBeNull()
  expect(await lane.drain()).toBeNull()
})

test('a sending that throws while nobody waits for it is thrown at the next page, and at the end', async () => {
  const { stored, lane, offer, refuse, answer } = testCreateLane()
  expect(await offer(1)).toBeNull()
  refuse(1, new Error('a bug'))
  expect(await testIsSettled(Promise.resolve())).toBe(true)
  await expect(offer(2)).rejects.toThrow('a bug')
  answer(2)
  await expect(lane.drain()).rejects.toThrow('a bug')
  expect(stored).toEqual([])
})
