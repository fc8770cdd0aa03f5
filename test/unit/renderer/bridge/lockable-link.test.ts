import { expect, test } from 'vitest'
import { createLockableLink } from '../../../../renderer/bridge/lockable-link.ts'
import type { StoreLife } from '../../../../renderer/bridge/start-store-worker.ts'
import type { StorePageApi } from '../../../../renderer/store/store-contract.ts'
import type { Client } from '../../../../shared/ipc/rpc.ts'

/** Lives of a worker whose answers are given by hand; ended, it answers `disconnected`. */
function workers() {
  const lives: { asked: unknown[]; ended: boolean; announce: () => void; answer: () => void }[] = []
  const start = async (): Promise<StoreLife> => {
    const open: ((reply: unknown) => void)[] = []
    const listeners: (() => void)[] = []
    const life = {
      asked: [] as unknown[],
      ended: false,
      announce: () => {
        for (const listener of listeners) listener()
      },
      answer: () => {
        for (const resolve of open.splice(0)) resolve({ ok: true, value: lives.indexOf(life) })
      },
    }
    lives.push(life)
    const call = (input: unknown) => {
      life.asked.push(input)
      return new Promise((resolve) => open.push(resolve))
    }
    return {
      // Only these two are asked for here.
      call: { 'tray.list': call, 'client.delete': call } as unknown as Client<StorePageApi>,
      on: (name, listener) => {
        if (name === 'changed') listeners.push(() => listener({ topics: [], clientIds: null } as never))
        return () => undefined
      },
      end: () => {
        life.ended = true
        for (const resolve of open.splice(0)) resolve({ ok: false, error: { code: 'disconnected' } })
      },
    }
  }
  return { lives, start }
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))
let names = 0
const newCommandId = (): string => `command-${++names}`

test('locked from the beginning there is no worker at all; calls wait for the one that comes', async () => {
  const { lives, start } = workers()
  const link = createLockableLink({ start, locked: true, newCommandId })
  const reply = link.call['tray.list']({})
  await turn()
  expect(lives).toHaveLength(0)
  link.unlock()
  await turn()
  lives[0]?.answer()
  expect(await reply).toEqual({ ok: true, value: 0 })
})

test('what had no answer when it was locked is asked once more of the next one, under the same name', async () => {
  const { lives, start } = workers()
  const link = createLockableLink({ start, locked: false, newCommandId })
  const reply = link.call['tray.list']({})
  await turn()
  link.lock()
  await turn()
  expect(lives[0]?.ended).toBe(true)
  expect(lives).toHaveLength(1)
  link.unlock()
  await turn()
  expect(lives[1]?.asked).toEqual(lives[0]?.asked)
  lives[1]?.answer()
  expect(await reply).toEqual({ ok: true, value: 1 })
})

test('who listens hears every worker, and locked twice is locked once', async () => {
  const { lives, start } = workers()
  const link = createLockableLink({ start, locked: false, newCommandId })
  let heard = 0
  link.on('changed', () => {
    heard++
  })
  await turn()
  lives[0]?.announce()
  link.lock()
  link.lock()
  link.unlock()
  link.unlock()
  await turn()
  lives[1]?.announce()
  expect(heard).toBe(2)
  expect(lives).toHaveLength(2)
})
