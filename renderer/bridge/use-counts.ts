import { create } from 'zustand'
import type { Counts, Preparing, Topic } from '../store/store-contract.ts'
import type { StoreLink } from './start-store-worker.ts'

const TOPICS: ReadonlySet<Topic> = new Set<Topic>(['counts', 'clients', 'edits', 'conflicts', 'sources'])

const useCountsState = create<{ readonly counts: Counts | null; readonly preparing: Preparing | null }>(() => ({
  counts: null,
  preparing: null,
}))

/** Counts of the whole book; null until the store has answered once. */
export function useCounts(): Counts | null {
  return useCountsState((state) => state.counts)
}

/** While a pull writes page after page, in ms. */
const CALM = 250

/** What the store makes anew just now, and how far it is; null as a rule. */
export function usePreparing(): Preparing | null {
  return useCountsState((state) => state.preparing)
}

/** Keeps the counts what the store says: one question at a time, whoever looks, and not one for every page of a pull. */
export function followCounts(store: StoreLink): void {
  let running = false
  let again = false
  const run = async (): Promise<void> => {
    if (running) {
      again = true
      return
    }
    running = true
    const reply = await store.call['counts.get']({})
    if (reply.ok) {
      const { preparing = null, storage } = reply.value
      // While it opens for the first time, the store knows no numbers yet: none of them is a zero.
      const isUnknown = storage === 'opening' && useCountsState.getState().counts === null
      useCountsState.setState(isUnknown ? { preparing } : { counts: reply.value, preparing })
    }
    await new Promise((resume) => setTimeout(resume, CALM))
    running = false
    if (again) {
      again = false
      void run()
    }
  }
  store.on('changed', (change) => {
    if (change.topics.some((topic) => TOPICS.has(topic))) void run()
  })
  void run()
}
