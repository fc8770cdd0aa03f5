import { afterEach, expect, test } from 'vitest'
import { keepStorage } from '../../../../renderer/bridge/keep-storage.ts'
import { type HostState, useHostState } from '../../../../renderer/state/host-state.ts'

const INITIAL = useHostState.getState()
afterEach(() => useHostState.setState(INITIAL, true))

function askedStorage(answer: () => Promise<boolean>) {
  const asked = { times: 0 }
  const storage: StorageManager = {
    persist: () => {
      asked.times += 1
      return answer()
    },
    persisted: async () => false,
    estimate: async () => ({}),
    getDirectory: () => Promise.reject(new Error('not here')),
  }
  return { asked, storage }
}

// Only their number is looked at.
const ONE_SOURCE = [{}] as unknown as HostState['sources']

function testCreateMemory() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

test('asks once for all windows, not before there is a source, and keeps the answer', async () => {
  const { asked, storage } = askedStorage(async () => true)
  const memory = testCreateMemory()
  keepStorage(storage, memory)
  useHostState.setState({ sources: [] })
  expect(asked.times).toBe(0)
  useHostState.setState({ sources: ONE_SOURCE })
  useHostState.setState({ sources: ONE_SOURCE })
  expect(asked.times).toBe(1)
  await new Promise((resolve) => setTimeout(resolve))
  expect([...memory.kept.values()]).toEqual(['granted'])
  keepStorage(storage, memory)
  expect(asked.times).toBe(1)
})

test('takes a refusal calmly', async () => {
  const { asked, storage } = askedStorage(() => Promise.reject(new Error('no')))
  useHostState.setState({ sources: ONE_SOURCE })
  const memory = testCreateMemory()
  keepStorage(storage, memory)
  await new Promise((resolve) => setTimeout(resolve))
  expect(asked.times).toBe(1)
  expect([...memory.kept.values()]).toEqual(['refused'])
})
