import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import type { AppError } from '../../shared/app-error.ts'
import type { Result } from '../../shared/result.ts'
import type { StorePageApi, Topic } from '../store/store-contract.ts'
import { useStore } from './app-context.tsx'

type Input<K extends keyof StorePageApi> = z.input<StorePageApi[K]['input']>
type Output<K extends keyof StorePageApi> = z.output<StorePageApi[K]['output']>

export interface StoreQuery<T> {
  /** The newest answer; stays while a newer one is on its way, and where that one fails. Null before the first. */
  readonly data: T | null
  readonly error: AppError | null
  /** An answer is on its way. */
  readonly loading: boolean
}

/**
 * Asks the store, and again whenever one of `topics` changes or `input` does (compared by its JSON). `input` null asks
 * nothing. Answers that were overtaken are dropped. `data` of an earlier input stays until the new answer is there.
 */
export function useStoreQuery<K extends keyof StorePageApi>(
  name: K,
  input: Input<K> | null,
  topics: readonly Topic[],
): StoreQuery<Output<K>> {
  const store = useStore()
  const [state, setState] = useState<StoreQuery<Output<K>>>({ data: null, error: null, loading: input !== null })
  const inputText = input === null ? null : JSON.stringify(input)
  const topicText = topics.join()
  const latestInput = useRef(input)
  latestInput.current = input

  // biome-ignore lint/correctness/useExhaustiveDependencies: `inputText` stands for the value of `input`
  useEffect(() => {
    let current = 0
    let stopped = false
    let again = false
    let running = false
    const run = async (): Promise<void> => {
      const asked = latestInput.current
      if (asked === null) return
      running = true
      const turn = ++current
      setState((previous) => (previous.loading ? previous : { ...previous, loading: true }))
      // The contract says so for this very name; TypeScript cannot follow a generic key through the mapped type.
      const call = store.call[name] as unknown as (input: Input<K>) => Promise<Result<Output<K>, AppError>>
      const reply = await call(asked)
      running = false
      if (stopped || turn !== current) return
      setState((previous) =>
        reply.ok
          ? { data: reply.value, error: null, loading: false }
          : { data: previous.data, error: reply.error, loading: false },
      )
      if (again) {
        again = false
        void run()
      }
    }
    const wanted = new Set<string>(topicText.split(','))
    const off = store.on('changed', (change) => {
      if (!change.topics.some((topic) => wanted.has(topic))) return
      if (running) again = true
      else void run()
    })
    void run()
    return () => {
      stopped = true
      off()
    }
  }, [store, name, inputText, topicText])

  return state
}
