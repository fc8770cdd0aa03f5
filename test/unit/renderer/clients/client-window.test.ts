import { describe, expect, it, vi } from 'vitest'
import type { StoreLink } from '../../../../renderer/bridge/start-store-worker.ts'
import { ClientWindow } from '../../../../renderer/features/clients/client-window.ts'
import type { ClientRow, ListPage } from '../../../../renderer/store/store-contract.ts'
import type { AppError } from '../../../../shared/app-error.ts'
import { ok, type Result } from '../../../../shared/result.ts'

interface Answer {
  readonly isTotalKnown?: boolean
  /** The list begins with this row of the one before. */
  readonly from?: number
  /** The row that has another name now. */
  readonly renamed?: number
}

interface Asked {
  readonly text: string
  readonly offset: number
  readonly limit: number
  readonly quick?: boolean
  readonly answer: (total: number, how?: Answer) => Promise<void>
}

interface Change {
  readonly topics: readonly string[]
  readonly pulled: boolean
  readonly clientIds: readonly string[] | null
}

/** A store that answers by hand. Rows are named after the query and their place. */
function createSlowStore() {
  const asked: Asked[] = []
  /** Newest names of clients by their id, as `clients.rows` tells them; null for one that is gone. */
  const latest = new Map<string, string | null>()
  let tell: (change: Change) => void = () => {}
  const store = {
    call: {
      'clients.rows': async ({ clientIds }: { clientIds: readonly string[] }) =>
        ok(
          clientIds.map((clientId) => {
            const name = latest.get(clientId)
            return name === null ? null : ({ clientId, name: name ?? ` ${clientId}` } as ClientRow)
          }),
        ),
      'clients.list': (input: { text: string; offset: number; limit: number; quick?: boolean }) =>
        new Promise<Result<ListPage, AppError>>((resolve) => {
          asked.push({
            ...input,
            answer: async (total, { isTotalKnown = true, from = 0, renamed } = {}) => {
              const count = Math.max(0, Math.min(input.limit, total - input.offset))
              const rows = Array.from({ length: count }, (_, i) => {
                const at = input.offset + i + from
                return { clientId: `${at}`, name: renamed === at ? 'renamed' : `${input.text} ${at}` } as ClientRow
              })
              const { text, offset } = input
              resolve(
                ok({ rows, offset, total, isTotalKnown, close: false, all: total, text, tookMs: 1, newestAt: null }),
              )
              // Until the window has taken it in.
              for (let turn = 0; turn < 6; turn++) await Promise.resolve()
            },
          })
        }),
    },
    on: (_name: string, listener: (change: Change) => void) => {
      tell = listener
      return () => {}
    },
  }
  const change = (topics: readonly string[], more: Partial<Change> = {}) =>
    tell({ topics, pulled: false, clientIds: null, ...more })
  // Only the calls and the one event that a window uses.
  return { store: store as unknown as StoreLink, asked, latest, change }
}

async function hundredWithTwentyInView() {
  const { store, asked } = createSlowStore()
  const window = new ClientWindow(store, { text: '', sort: null })
  window.subscribe(() => {})
  await asked[0]?.answer(100)
  window.show(0, 19)
  return { asked, window }
}

describe('ClientWindow', () => {
  it('keeps the old rows until the new query is answered', async () => {
    const { store, asked } = createSlowStore()
    const window = new ClientWindow(store, { text: 'a', sort: null })
    window.subscribe(() => {})
    await asked[0]?.answer(3)
    expect(window.current().rowAt(2)?.name).toBe('a 2')

    window.ask({ text: 'b', sort: null })
    expect(window.current()).toMatchObject({ busy: true, query: { text: 'a' }, total: 3 })
    expect(window.current().rowAt(0)?.name).toBe('a 0')
    await asked[1]?.answer(1)
    expect(window.current()).toMatchObject({ busy: false, query: { text: 'b' }, total: 1 })
  })

  it('shows the head of the list of the last start until the store has answered, and asks for it at once', async () => {
    const { store, asked } = createSlowStore()
    const kept: ListPage[] = []
    const recalled = { rows: [{ name: 'from before' } as ClientRow], total: 40, all: 40, newestAt: 7 }
    const window = new ClientWindow(store, { text: '', sort: null }, recalled, (page) => kept.push(page))
    expect(window.current()).toMatchObject({ recalled: true, total: 40, newestAt: 7, query: { text: '' } })
    expect(window.current().rowAt(0)?.name).toBe('from before')
    expect(window.current().rowAt(1)).toBeNull()
    window.subscribe(() => {})
    await asked[0]?.answer(2)
    expect(window.current()).toMatchObject({ recalled: false, total: 2 })
    expect(window.current().rowAt(0)?.name).toBe(' 0')
    expect(kept.map((page) => page.total)).toEqual([2])
  })

  it('shows nothing of the last start where the list is searched or sorted', () => {
    const { store } = createSlowStore()
    const recalled = { rows: [{ name: 'from before' } as ClientRow], total: 40, all: 40, newestAt: 7 }
    const window = new ClientWindow(store, { text: 'a', sort: null }, recalled)
    expect(window.current()).toMatchObject({ recalled: false, query: null, total: 0 })
  })

  it('asks one at a time, and only the newest of what was typed meanwhile', async () => {
    const { store, asked } = createSlowStore()
    const window = new ClientWindow(store, { text: '', sort: null })
    window.subscribe(() => {})
    for (const text of ['g', 'ga', 'gar', 'garc']) window.ask({ text, sort: null })
    expect(asked.map((each) => each.text)).toEqual([''])
    await asked[0]?.answer(5)
    expect(asked.map((each) => each.text)).toEqual(['', 'garc'])
  })

  it('reads the pages in view before any other, and leaves those far away unread', async () => {
    const { store, asked } = createSlowStore()
    const window = new ClientWindow(store, { text: '', sort: null })
    window.subscribe(() => {})
    await asked[0]?.answer(100_000)
    window.show(49_990, 50_020)
    // The page that was being read ahead comes first: one question at a time.
    for (const at of [1, 2, 3]) await asked[at]?.answer(100_000)
    expect(asked.slice(1, 4).map((each) => each.offset)).toEqual([100, 49_900, 50_000])
    expect(window.current().rowAt(50_001)?.name).toBe(' 50001')
    expect(window.current().rowAt(20_000)).toBeNull()
  })

  it('reads ahead where the list moves to, and keeps what was read', async () => {
    const { store, asked } = createSlowStore()
    const window = new ClientWindow(store, { text: '', sort: null })
    window.subscribe(() => {})
    const answerAll = async () => {
      for (let at = 0; at < asked.length; at++) await asked[at]?.answer(100_000)
    }
    await answerAll()
    window.show(1_000, 1_020, 1)
    await answerAll()
    expect(asked.map((each) => each.offset)).toEqual([0, 100, 1_000, 1_100, 1_200])
    expect(window.current().busy).toBe(false)
    window.show(1_090, 1_110, -1)
    await answerAll()
    expect(asked.slice(5).map((each) => each.offset)).toEqual([900, 800])
    expect(window.current().rowAt(1_000)?.name).toBe(' 1000')
  })

  it('asks for the exact number once nobody types any more, and is busy until it is there', async () => {
    vi.useFakeTimers()
    const { store, asked } = createSlowStore()
    const window = new ClientWindow(store, { text: 'a', sort: null })
    window.subscribe(() => {})
    await asked[0]?.answer(100, { isTotalKnown: false })
    expect(asked[0]?.quick).toBe(true)
    expect(window.current()).toMatchObject({ query: { text: 'a' }, total: 100, busy: true })
    expect(asked).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(asked[1]).toMatchObject({ offset: 0, quick: false })
    await asked[1]?.answer(70_000)
    expect(window.current()).toMatchObject({ total: 70_000, busy: false })
    vi.useRealTimers()
  })

  it('asks a letter for the rows in view only; their number and the rest of the page wait until nobody types', async () => {
    vi.useFakeTimers()
    const { asked, window } = await hundredWithTwentyInView()
    window.ask({ text: 'a', sort: null })
    await asked[1]?.answer(100, { isTotalKnown: false })
    expect(asked[1]).toMatchObject({ text: 'a', offset: 0, limit: 28, quick: true })
    expect(window.current()).toMatchObject({ total: 100, isTotalKnown: false })
    expect([19, 27, 28].map((at) => window.current().rowAt(at)?.name)).toEqual(['a 19', 'a 27', undefined])
    await vi.advanceTimersByTimeAsync(200)
    expect(asked).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(100)
    expect(asked[2]).toMatchObject({ limit: 0 })
    await asked[2]?.answer(70_000)
    expect(window.current()).toMatchObject({ total: 70_000, isTotalKnown: true, busy: false })
    await asked[3]?.answer(70_000)
    expect(asked[3]).toMatchObject({ offset: 0, limit: 100 })
    expect(window.current().rowAt(99)?.name).toBe('a 99')
    vi.useRealTimers()
  })

  it('reads rows that were left out as soon as they come into view', async () => {
    const { asked, window } = await hundredWithTwentyInView()
    window.ask({ text: 'a', sort: null })
    await asked[1]?.answer(60)
    window.show(20, 39, 1)
    expect(window.current().busy).toBe(true)
    expect(asked[2]).toMatchObject({ text: 'a', offset: 0, limit: 100 })
    await asked[2]?.answer(60)
    expect(window.current().rowAt(39)?.name).toBe('a 39')
    expect(window.current().busy).toBe(false)
  })

  it('shows what a pull brought with the next letter, or once nobody types, and keeps the number meanwhile', async () => {
    vi.useFakeTimers()
    const { store, asked, change } = createSlowStore()
    const window = new ClientWindow(store, { text: '', sort: null })
    window.subscribe(() => {})
    await asked[0]?.answer(3)
    window.ask({ text: 'a', sort: null })
    await asked[1]?.answer(70)
    change(['clients'], { pulled: true, clientIds: ['0'] })
    await vi.advanceTimersByTimeAsync(100)
    window.ask({ text: 'ab', sort: null })
    await asked[2]?.answer(70)
    await vi.advanceTimersByTimeAsync(2_000)
    // The answer has it already.
    expect(asked).toHaveLength(3)

    window.ask({ text: 'abc', sort: null })
    await asked[3]?.answer(70)
    change(['clients'], { pulled: true, clientIds: ['0'] })
    await vi.advanceTimersByTimeAsync(100)
    expect(asked).toHaveLength(4)
    await vi.advanceTimersByTimeAsync(1_000)
    await asked[4]?.answer(50, { isTotalKnown: false })
    expect(window.current()).toMatchObject({ total: 70, isTotalKnown: true })
    expect(asked[5]).toMatchObject({ limit: 0 })
    await asked[5]?.answer(71)
    expect(window.current().total).toBe(71)
    vi.useRealTimers()
  })

  it('while the rows are in hand, what a pull changes is shown in place and its order waits', async () => {
    vi.useFakeTimers()
    const { store, asked, change, latest } = createSlowStore()
    const window = new ClientWindow(store, { text: '', sort: null })
    window.subscribe(() => {})
    await asked[0]?.answer(3)
    window.show(0, 2)
    window.hold(true)
    latest.set('0', 'Renamed')
    latest.set('1', null)
    change(['clients'], { pulled: true, clientIds: ['0', '1', '7'] })
    await vi.advanceTimersByTimeAsync(1_000)
    // The store has another order by now, and a client more.
    await asked[1]?.answer(4, { from: 2 })
    const shown = [0, 1, 2, 3, 4].map((at) => window.current().rowAt(at)?.name ?? null)
    expect(shown).toEqual(['Renamed', null, ' 2', ' 3', ' 4'])
    expect(window.current()).toMatchObject({ total: 4, withheld: 3 })
    expect([0, 1].map((at) => window.current().isGone(at))).toEqual([false, true])

    window.hold(false)
    await asked[2]?.answer(4, { from: 2 })
    expect([0, 1].map((at) => window.current().rowAt(at)?.name)).toEqual([' 2', ' 3'])
    expect(window.current().withheld).toBe(0)
    vi.useRealTimers()
  })

  it('shows at once in its place what the user did, also while the rows are in hand', async () => {
    vi.useFakeTimers()
    const { store, asked, change } = createSlowStore()
    const window = new ClientWindow(store, { text: '', sort: null })
    window.subscribe(() => {})
    await asked[0]?.answer(3)
    window.hold(true)
    change(['clients'], { pulled: true, clientIds: null })
    change(['clients'], { pulled: false, clientIds: ['0'] })
    await vi.advanceTimersByTimeAsync(1_000)
    await asked[1]?.answer(3, { from: 1 })
    expect(window.current().rowAt(0)?.name).toBe(' 1')
    expect(window.current().withheld).toBe(0)
    vi.useRealTimers()
  })

  it('keeps the very row where a page that is read again says the same', async () => {
    vi.useFakeTimers()
    const { store, asked, change } = createSlowStore()
    const window = new ClientWindow(store, { text: '', sort: null })
    window.subscribe(() => {})
    await asked[0]?.answer(2)
    const before = [window.current().rowAt(0), window.current().rowAt(1)]
    change(['clients'])
    await vi.advanceTimersByTimeAsync(1_000)
    await asked[1]?.answer(2, { renamed: 1 })
    expect(window.current().rowAt(0)).toBe(before[0])
    expect(window.current().rowAt(1)).not.toBe(before[1])
    expect(window.current().rowAt(1)?.name).toBe('renamed')
    vi.useRealTimers()
  })

  it('reads again what is in view when clients change, and shows the old rows meanwhile', async () => {
    vi.useFakeTimers()
    const { store, asked, change } = createSlowStore()
    const window = new ClientWindow(store, { text: '', sort: null })
    window.subscribe(() => {})
    await asked[0]?.answer(2)
    change(['edits'])
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toHaveLength(1)
    change(['clients'])
    await vi.advanceTimersByTimeAsync(1000)
    expect(asked).toHaveLength(2)
    expect(window.current().rowAt(1)?.name).toBe(' 1')
    await asked[1]?.answer(3)
    expect(window.current().total).toBe(3)
    vi.useRealTimers()
  })
})
