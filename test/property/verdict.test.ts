import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { SafetyRule } from '../../shared/safety/rules.ts'
import { switchedOff } from '../../shared/safety/switched-off.ts'
import { testCreateRandom } from '../support/test-create-clock.ts'
import { LISTS, type ListKind } from './list-server.ts'
import { createSweepBook, type SweepBook } from './sweep-book.ts'

/** `VERDICT_COURSES` looks further: 50,400 before a release. */
const SCHEDULES = Number(process.env.VERDICT_COURSES ?? 25_200)
const HOUR = 3_600_000

/** One course of events: a list that changes while it is read, sweep after sweep. */
async function course(kind: ListKind, seed: number): Promise<SweepBook> {
  const random = testCreateRandom(seed)
  const book = createSweepBook(kind, random, Math.floor(random.next() * 30), 3 + Math.floor(random.next() * 6))
  await book.sweep()
  const rate = [0.05, 0.1, 0.2, 0.4][Math.floor(random.next() * 4)] ?? 0.1
  const sweeps = 2 + Math.floor(random.next() * 3)
  for (let n = 0; n < sweeps; n++) {
    // A look at once, a minute later, or at the next regular time.
    book.server.wait([0, 61_000, 700_000, HOUR + 1, 6 * HOUR][Math.floor(random.next() * 5)] ?? 0)
    book.server.setChurn(random.next() < 0.25 ? 0 : rate)
    await book.sweep()
  }
  return book
}

afterEach(() => {
  switchedOff.clear()
})

describe('the verdict on what a sweep lacks', () => {
  test(`F068 F069 F070 F071 F081 F088 no client is removed that is there, in ${SCHEDULES} courses of a list that changes while it is read`, async () => {
    let removed = 0
    let held = 0
    const perKind = SCHEDULES / LISTS.length
    // Fresh ones each time; the message of a failure names the one to try again.
    const from = fc.sample(fc.nat(), 1)[0] ?? 1
    for (const kind of LISTS) {
      for (let n = 0; n < perKind; n++) {
        const book = await course(kind, from + n)
        if (book.wrong.length > 0) throw new Error(`${kind}, seed ${from + n}: removed ${book.wrong.join()}`)
        removed += book.removed.size
        held += book.held()
      }
    }
    // The rules do decide: a property that never removes anything would hold, too.
    expect(removed).toBeGreaterThan(SCHEDULES / 20)
    expect(held).toBeGreaterThan(0)
  }, 900_000)

  test.each(LISTS)(
    'F099 a calm %s list: every client that is deleted there is found in at most two sweeps',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(
          fc.nat(),
          fc.integer({ min: 1, max: 45 }),
          fc.integer({ min: 1, max: 4 }),
          async (seed, count, gone) => {
            const book = createSweepBook(kind, testCreateRandom(seed), count, 5)
            await book.sweep()
            book.server.wait(HOUR)
            const deleted = new Set<string>()
            for (let n = 0; n < Math.min(gone, count - 1); n++) {
              const id = book.server.remove()
              if (id !== null) deleted.add(id)
            }
            await book.sweep()
            book.server.wait(2 * HOUR)
            await book.sweep()
            expect(book.removed).toEqual(deleted)
            expect([...book.known.keys()].sort()).toEqual([...book.server.ids()].sort())
          },
        ),
        { numRuns: 150 },
      )
    },
  )

  const switches: readonly [SafetyRule, ListKind][] = [
    ['strict-overlap', 'offset'],
    ['subset', 'pages'],
    ['subset', 'pages-moving'],
    ['subset', 'offset-ties'],
  ]
  test.each(switches)(
    'without %s a client of a %s list is removed that is there: the courses above would tell',
    async (rule, kind) => {
      switchedOff.add(rule)
      let wrong = 0
      for (let seed = 1; seed < 4000 && wrong === 0; seed++) wrong += (await course(kind, seed)).wrong.length
      expect(wrong).toBeGreaterThan(0)
    },
  )
})
