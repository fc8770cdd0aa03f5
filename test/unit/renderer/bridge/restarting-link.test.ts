import { expect, test } from 'vitest'
import { createRestartingLink, RESTART_PAUSE_MS } from '../../../../renderer/bridge/restarting-link.ts'
import type { StoreLife } from '../../../../renderer/bridge/start-store-worker.ts'
import type { StorePageEvents } from '../../../../renderer/store/store-contract.ts'
import { type StorePageApi, storePageApi, storePageEvents } from '../../../../renderer/store/store-contract.ts'
import { type Client, createRpc } from '../../../../shared/ipc/rpc.ts'
import { ok } from '../../../../shared/result.ts'
import { testCreatePortPair } from '../../../support/test-create-port-pair.ts'

const onBug = (what: string): string => {
  throw new Error(what)
}

/** A worker that answers `edit.retry` with its name, or never. */
function testCreateLife(answers: boolean) {
  const [pageEnd, workerEnd] = testCreatePortPair()
  const asked: unknown[] = []
  const worker = createRpc({
    port: workerEnd,
    serves: storePageApi,
    calls: {},
    emits: storePageEvents,
    hears: {},
    onBug,
  })
  const handlers: Record<string, (input: unknown) => Promise<unknown>> = {}
  for (const name of Object.keys(storePageApi)) {
    handlers[name] = (input) => {
      asked.push(input)
      return answers ? Promise.resolve(ok(null)) : new Promise(() => undefined)
    }
  }
  worker.serve(handlers as never)
  const page = createRpc({ port: pageEnd, serves: {}, calls: storePageApi, emits: {}, hears: storePageEvents, onBug })
  const life: StoreLife = { call: page.call as Client<StorePageApi>, on: page.on, end: page.close }
  return { life, asked, emit: worker.emit }
}
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 10))

test('F129 a worker that asks for it is started anew; what it had not answered is asked again under the same name', async () => {
  const first = testCreateLife(false)
  const second = testCreateLife(true)
  let starts = 0
  let now = 0
  let id = 0
  const link = createRestartingLink(first.life, {
    start: async () => {
      starts++
      return second.life
    },
    newCommandId: () => `c${++id}`,
    now: () => now,
  })
  const heard: StorePageEvents['coreLink'][] = []
  link.on('coreLink', (data) => heard.push(data as never))
  const reply = link.call['notices.dismiss']({ noticeId: 'n' })
  await settle()
  first.emit('restart', null)
  expect(await reply).toEqual(ok(null))
  expect(first.asked).toEqual([{ commandId: 'c1', noticeId: 'n' }])
  expect(second.asked).toEqual(first.asked)
  second.emit('coreLink', { connected: true })
  // One that is in trouble again at once is not started over and over.
  second.emit('restart', null)
  await settle()
  expect(heard).toEqual([{ connected: true }])
  expect(starts).toBe(1)
  now += RESTART_PAUSE_MS
  second.emit('restart', null)
  await settle()
  expect(starts).toBe(2)
})
