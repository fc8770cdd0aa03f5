import { describe, expect, it, vi } from 'vitest'
import type { StoreLink } from '../../../../renderer/bridge/start-store-worker.ts'
import { ClientWindow } from '../../../../renderer/features/clients/client-window.ts'
import type { ClientRow, ListPage } from '../../../../renderer/store/store-contract.ts'
import type { AppError } from '../../../../shared/app-error.ts'
import { ok, type Result } from '../../../../shared/result.ts'

interface Asked {
  readonly text: string
  readonly offset: number
  readonly limit: number
  readonly answer: (total: number) => Promise<void>
}

/** A store that answers by hand. Rows are named after the query and their place. */
function createSlowStore() {
  const asked: Asked[] = []
  let change: (topics: readonly string[]) => void = () => {}
  const store = {
    call: {
      'clients.list': (input: { text: string; offset: number; limit: number }) =>
        new Promise<Result<ListPage, AppError>>((resolve) => {
          asked.push({
            ...input,
            answer: async (total) => {
              const count = Math.max(0, Math.min(input.limit, total - input.offset))
              const rows = Array.from(
                { length: count },
                (_, i) => ({ name: `${input.text} ${input.offset + i}` }) as ClientRow,
              )
              resolve(
                ok({ rows, offset: input.offset, total, all: total, text: input.text, tookMs: 1, newestAt: null }),
              )
              await Promise.resolve()
              await Promise.resolve()
            },
          })
        }),
    },
    on: (_name: string, listener: (change: { topics: readonly string[] }) => void) => {
      change = (topics) => listener({ topics })
      return () => {}
    },
  }
  // Only the one call and the one event that a window uses.
  return { store: store as unknown as StoreLink, asked, change: (topics: readonly string[]) => change(topics) }
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

  it('asks one at a time, and only the newest of what was typed meanwhile', async () => {
    const { store, asked } = createSlowStore()
    const window = new ClientWindow(store, { text: '', sort: null })
    window.subscribe(() => {})
    for (const text of ['g', 'ga', 'gar', 'garc']) window.ask({ text, sort: null })
    expect(asked.map((each) => each.text)).toEqual([''])
    await asked[0]?.answer(5)
    expect(asked.map((each) => each.text)).toEqual(['', 'garc'])
  })

  it('reads the pages in view, and leaves those out of view unread', async () => {
    const { store, asked } = createSlowStore()
    const window = new ClientWindow(store, { text: '', sort: null })
    window.subscribe(() => {})
    await asked[0]?.answer(100_000)
    window.show(49_990, 50_020)
    await asked[1]?.answer(100_000)
    await asked[2]?.answer(100_000)
    expect(asked.slice(1).map((each) => each.offset)).toEqual([49_900, 50_000])
    expect(window.current().rowAt(50_001)?.name).toBe(' 50001')
    expect(window.current().rowAt(20_000)).toBeNull()
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
