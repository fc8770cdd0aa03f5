import { expect, test } from 'vitest'
import { createBook } from '../../../../renderer/store/book.ts'
import { Draft } from '../../../../renderer/store/draft.ts'
import { type Changes, createNotifier } from '../../../../renderer/store/notifier.ts'
import { createRecordId, createRunId, createSourceId } from '../../../../shared/ids.ts'

/** Time that passes only when told to. */
function createNotifierOnHand() {
  let now = 1_000_000
  let timers: { readonly at: number; readonly run: () => void }[] = []
  const told: { readonly at: number; readonly changes: Changes }[] = []
  const notifier = createNotifier(
    {
      now: () => now,
      schedule: (delayMs, run) => {
        const timer = { at: now + delayMs, run }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      },
    },
    (changes) => told.push({ at: now - 1_000_000, changes }),
    () => undefined,
  )
  let drawn = 0
  const random = { next: () => (++drawn * 0.618_033_988_7) % 1 }
  const commit = (kind: 'page' | 'edit'): void => {
    const draft = new Draft(createBook())
    draft.touched.add(createRecordId(random))
    if (kind === 'page') {
      draft.sweepPages.push({
        runId: createRunId(random),
        seq: 1,
        sourceId: createSourceId(random),
        pages: 1,
        ids: '[]',
      })
    }
    notifier.committed({ touched: draft.touched, waiting: draft.waiting, byCore: true, draft })
  }
  const pass = (ms: number): void => {
    for (const end = now + ms; now < end; now++) {
      const due = timers.filter((timer) => timer.at <= now)
      timers = timers.filter((timer) => timer.at > now)
      for (const timer of due) timer.run()
    }
  }
  return { told, commit, pass }
}

test('the first change of a quiet time is told at once, the next ones together', () => {
  const { told, commit, pass } = createNotifierOnHand()
  commit('edit')
  pass(1)
  commit('edit')
  commit('edit')
  pass(100)
  expect(told.map((each) => each.at)).toEqual([0, 50])
  expect(told.map((each) => each.changes.clientIds?.length)).toEqual([1, 2])
})

test('pages of a pull are told twice a second; an edit in between does not wait for them', () => {
  const { told, commit, pass } = createNotifierOnHand()
  for (let at = 0; at < 1_100; at += 20) {
    commit('page')
    pass(20)
  }
  expect(told.map((each) => each.at)).toEqual([0, 500, 1_000])
  commit('page')
  commit('edit')
  pass(2)
  expect(told.at(-1)?.at).toBe(1_100)
  // What had changed before is told along with it.
  expect(told.at(-1)?.changes.clientIds?.length).toBeGreaterThan(2)
  pass(1_000)
  expect(told).toHaveLength(4)
})
