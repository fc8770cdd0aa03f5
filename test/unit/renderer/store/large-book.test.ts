import { describe, expect, it } from 'vitest'
import { type Book, createBook, headOfLocal } from '../../../../renderer/store/book.ts'
import { createClientView } from '../../../../renderer/store/projection/view.ts'
import { createListClients } from '../../../../renderer/store/queries/list-clients.ts'
import { HeadsNotRead } from '../../../../renderer/store/records/record-contract.ts'
import type { Hits, QueryToken, SearchEngine } from '../../../../renderer/store/search/engine/engine-contract.ts'
import { createSearchEngine } from '../../../../renderer/store/search/engine/search-engine.ts'
import type { StoreContext } from '../../../../renderer/store/store-context.ts'
import type { Clock } from '../../../../shared/clock.ts'
import { recordIdSchema } from '../../../../shared/ids.ts'

/** More than what is put in order at one go. */
const LINES = 20_400
const recordId = (n: number) => recordIdSchema.parse(`rec_${((n * 7919) % 104_729).toString(36).padStart(16, '0')}`)

function put(book: Book, n: number, company: string | null): void {
  const fields = { name: `Name ${n % 977}`, company }
  const row = { recordId: recordId(n), sourceId: null, deviceOnly: true, fallbackName: null, formerRemoteId: null }
  book.heads.set(recordId(n), headOfLocal({ ...row, fields, createdAt: n % 50 }))
}

/** Time passes with every look at it, and what is to come waits until the test goes on. */
function createSlowClock(): Clock & { readonly goOn: () => boolean } {
  let now = 0
  const waiting: (() => void)[] = []
  return {
    now: () => {
      now += 4
      return now
    },
    schedule: (_delayMs, run) => {
      waiting.push(run)
      return () => undefined
    },
    goOn: () => {
      const next = waiting.shift()
      next?.()
      return next !== undefined
    },
  }
}

/** Finds 900 whatever is asked; `nmae` only where letters may differ. */
function createFixedEngine(): SearchEngine {
  const find = (tokens: readonly QueryToken[], limit: number, errors: boolean): Hits => {
    const isFound = errors || tokens.every(({ text }) => text !== 'nmae')
    const docs = Uint32Array.from({ length: isFound ? Math.min(900, limit) : 0 }, (_, i) => i)
    return { docs, ranks: docs.map(() => 1) }
  }
  return {
    ...createSearchEngine(),
    upsert: () => undefined,
    top: (tokens, limit, { errors }) => find(tokens, limit, errors),
    all: (tokens, { errors }) => find(tokens, LINES, errors),
    count: (tokens, { errors }) => find(tokens, LINES, errors).docs.length,
  }
}

function openLarge() {
  const search = createFixedEngine()
  const book = createBook()
  for (let n = 0; n < LINES; n++) put(book, n, n % 7 === 0 ? null : `Company ${n % 311}`)
  const clock = createSlowClock()
  const view = createClientView({ book, search, locale: 'en', clock })
  view.refresh(book.heads.keys())
  // Lists use these parts of the store only.
  const lists = createListClients({ book, view, search, clock } as unknown as StoreContext)
  return { book, clock, view, lists }
}

describe('a large book', () => {
  it('is put in order in slices, and takes in what changes meanwhile', async () => {
    const { book, clock, view } = openLarge()
    let turns = 0
    let ready = false
    const done = view.ready('company').then(() => {
      ready = true
    })
    for (let step = 0; clock.goOn(); step++) {
      turns++
      const changed = [step * 31, step * 17 + 5, LINES + step].map((n) => n % (LINES + 500))
      for (const [i, n] of changed.entries()) {
        if (i === 1) book.heads.delete(recordId(n))
        else put(book, n, `Company ${step % 400}`)
      }
      view.refresh(changed.map(recordId))
      await Promise.resolve()
    }
    await done
    expect([ready, turns > 5]).toEqual([true, true])
    const fresh = createClientView({ book, search: createFixedEngine(), locale: 'en', clock })
    fresh.refresh(book.heads.keys())
    for (const direction of ['asc', 'desc'] as const) {
      const order = view.order({ key: 'company', direction }).all()
      expect(order.length).toBe(view.size())
      expect(order).toEqual(fresh.order({ key: 'company', direction }).all())
    }
  })

  it('asks for heads that are on the disk in parts, and goes on where it was when they are read', async () => {
    const whole = createBook()
    for (let n = 0; n < LINES; n++) put(whole, n, `Company ${n % 311} of somebody with a long name`)
    const read = new Set<number>()
    let looks = 0
    // A hundred to a segment, and at first none of these is in memory.
    const segmentOf = (slot: number): number => Math.floor(slot / 100)
    const { records } = whole
    const book: Book = {
      ...whole,
      records: {
        ...records,
        textAt: (slot, field) => {
          looks++
          if (!read.has(segmentOf(slot))) throw new HeadsNotRead([segmentOf(slot)])
          return records.textAt(slot, field)
        },
        unreadOf: (slots) => [...new Set([...slots].map(segmentOf))].filter((id) => !read.has(id)),
      },
    }
    const clock = createSlowClock()
    const view = createClientView({ book, search: createFixedEngine(), locale: 'en', clock })
    view.refresh(whole.heads.keys())
    let asked = 0
    const whenReady = async (): Promise<void> => {
      for (;;) {
        try {
          return await view.ready('email')
        } catch (thrown) {
          if (!(thrown instanceof HeadsNotRead)) throw thrown
          asked++
          expect(thrown.segmentIds.length).toBeLessThanOrEqual(64)
          for (const id of thrown.segmentIds) read.add(id)
        }
      }
    }
    let isReady = false
    const done = whenReady().then(() => {
      isReady = true
    })
    while (!isReady) {
      clock.goOn()
      await Promise.resolve()
    }
    await done
    expect(asked).toBeGreaterThan(3)
    // Names that begin alike are looked at for their order, e-mails once each.
    expect(looks).toBeLessThan(3 * LINES)
    const fresh = createClientView({ book: whole, search: createFixedEngine(), locale: 'en', clock })
    fresh.refresh(whole.heads.keys())
    expect(view.order({ key: 'email', direction: 'asc' }).all()).toEqual(
      fresh.order({ key: 'email', direction: 'asc' }).all(),
    )
  })

  it('says how many were found at least, where only the first are asked for, and whether they are close matches', () => {
    const { lists } = openLarge()
    const query = { text: 'name', sort: null, offset: 0, limit: 50 }
    expect(lists.list({ ...query, quick: true })).toMatchObject({ total: 100, isTotalKnown: false, close: false })
    expect(lists.list({ ...query, limit: 0 })).toMatchObject({ rows: [], total: 900, isTotalKnown: true, close: false })
    expect(lists.list({ ...query, limit: 20, quick: true })).toMatchObject({ total: 900, isTotalKnown: true })
    expect(lists.list({ ...query, offset: 880 })).toMatchObject({ total: 900, isTotalKnown: true })
    expect(lists.list({ ...query, quick: true })).toMatchObject({ total: 900, isTotalKnown: true })
    expect(lists.list({ ...query, offset: 880 }).rows).toHaveLength(20)
    expect(lists.list({ ...query, text: 'nmae', quick: true })).toMatchObject({ isTotalKnown: false, close: true })
    expect(lists.list({ ...query, text: 'nmae', limit: 0 })).toMatchObject({ total: 900, close: true })
    expect(lists.list({ ...query, text: 'nmae' })).toMatchObject({ total: 900, close: true })
  })
})
