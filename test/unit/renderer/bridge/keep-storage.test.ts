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

test('asks once, and not before there is a source', () => {
  const { asked, storage } = askedStorage(async () => true)
  keepStorage(storage)
  useHostState.setState({ sources: [] })
  expect(asked.times).toBe(0)
  useHostState.setState({ sources: ONE_SOURCE })
  useHostState.setState({ sources: ONE_SOURCE })
  expect(asked.times).toBe(1)
})

test('takes a refusal calmly', async () => {
  const { asked, storage } = askedStorage(() => Promise.reject(new Error('no')))
  useHostState.setState({ sources: ONE_SOURCE })
  keepStorage(storage)
  await new Promise((resolve) => setTimeout(resolve))
  expect(asked.times).toBe(1)
})
