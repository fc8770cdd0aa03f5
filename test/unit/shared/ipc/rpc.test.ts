import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type Contract, createRpc, type EventContract, type Handlers } from '../../../../shared/ipc/rpc.ts'
import { err, ok } from '../../../../shared/result.ts'
import { testCreatePortPair } from '../../../support/test-create-port-pair.ts'

const api = {
  double: { input: z.object({ n: z.number() }), output: z.number() },
  fail: { input: z.object({}), output: z.null() },
  lie: { input: z.object({}), output: z.number() },
  throwing: { input: z.object({}), output: z.null() },
} as const satisfies Contract
const events = { ticked: z.object({ at: z.number() }) } as const satisfies EventContract
const none = {} as const satisfies Contract
const silent = {} as const satisfies EventContract

const handlers: Handlers<typeof api> = {
  double: async ({ n }) => ok(n * 2),
  fail: async () => err({ code: 'offline' }),
  // A handler out of contract is a bug of ours; types are set aside to act one.
  lie: async () => ok('seven' as unknown as number),
  throwing: async () => {
    throw new Error('boom')
  },
}

function connect(options: { readonly serveLater?: boolean } = {}) {
  const bugs: string[] = []
  const [left, right] = testCreatePortPair()
  const onBug = (what: string): string => {
    bugs.push(what)
    return 'incident-1'
  }
  const server = createRpc({ port: left, serves: api, calls: none, emits: events, hears: silent, onBug })
  const client = createRpc({ port: right, serves: none, calls: api, emits: silent, hears: events, onBug })
  if (options.serveLater !== true) server.serve(handlers)
  return { server, client, bugs, left, right }
}

describe('rpc', () => {
  it('answers a call, and several at once in any order', async () => {
    const { client } = connect()
    const answers = await Promise.all([1, 2, 3].map((n) => client.call.double({ n })))
    expect(answers).toEqual([ok(2), ok(4), ok(6)])
  })

  it('F163 a call that arrives twice is done once; one that was refused may come again', async () => {
    const { left, right } = connect({ serveLater: true })
    const done: number[] = []
    const server = createRpc({ port: left, serves: api, calls: none, emits: events, hears: silent, onBug: String })
    server.serve({
      ...handlers,
      double: async ({ n }) => {
        done.push(n)
        return n < 0 ? err({ code: 'offline' }) : ok(n * 2)
      },
    })
    const call = (id: number, n: number): void => right.post({ t: 'call', id, name: 'double', input: { n } })
    call(1, 21)
    call(1, 21)
    call(2, -1)
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    call(1, 21)
    call(2, -1)
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    expect(done).toEqual([21, -1, -1])
  })

  it('hands failures over as values', async () => {
    const { client, bugs } = connect()
    expect(await client.call.fail({})).toEqual(err({ code: 'offline' }))
    expect(bugs).toEqual([])
  })

  it('refuses input that is not of the contract before the handler sees it, naming the field', async () => {
    const { client } = connect()
    const answer = await client.call.double({ n: 'two' } as unknown as { n: number })
    expect(answer).toEqual(err({ code: 'bad-input', field: 'n', rule: 'invalid_type' }))
  })

  it('turns a throw, and an answer out of contract, into an incident that says nothing of its cause', async () => {
    const { client, bugs } = connect()
    expect(await client.call.throwing({})).toEqual(err({ code: 'internal', incident: 'incident-1' }))
    expect(await client.call.lie({})).toEqual(err({ code: 'internal', incident: 'incident-1' }))
    expect(bugs).toEqual(['throwing threw', 'lie answered out of contract'])
  })

  it.each(['constructor', '__proto__', 'toString', 'nothing'])('knows no call named %s', async (name) => {
    const { left: _left, right } = connect()
    const answer = await new Promise((resolve) => {
      right.onMessage(resolve)
      right.post({ t: 'call', id: 1, name, input: {} })
    })
    expect(answer).toMatchObject({ t: 'err', id: 1, error: { code: 'bad-input', rule: 'unknown-call' } })
  })

  it('keeps calls that come before there is anyone to answer', async () => {
    const { client, server } = connect({ serveLater: true })
    const waiting = client.call.double({ n: 21 })
    await new Promise((resolve) => setTimeout(resolve, 5))
    server.serve(handlers)
    expect(await waiting).toEqual(ok(42))
  })

  it('settles every open call when the port closes, and every later one', async () => {
    const { client, server } = connect({ serveLater: true })
    const open = client.call.double({ n: 1 })
    server.close()
    expect(await open).toEqual(err({ code: 'disconnected' }))
    expect(await client.call.double({ n: 1 })).toEqual(err({ code: 'disconnected' }))
    expect(client.closed()).toBe(true)
  })

  it('delivers events to those who listen, until they stop', async () => {
    const { client, server } = connect()
    const heard: number[] = []
    const stop = client.on('ticked', ({ at }) => heard.push(at))
    server.emit('ticked', { at: 1 })
    await expect.poll(() => heard).toEqual([1])
    stop()
    server.emit('ticked', { at: 2 })
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(heard).toEqual([1])
  })

  it('F185 drops what is no message of the contract, and says so once each', async () => {
    const { bugs, right } = connect()
    for (const junk of [null, 7, 'call', { t: 'call' }, { t: 'run', id: 1 }]) right.post(junk)
    await expect.poll(() => bugs.length).toBe(5)
  })

  it('ends its open calls when it closes, although the other side hangs and never says so', async () => {
    const closed: string[] = []
    const port = { post: () => undefined, onMessage: () => undefined, onClose: () => undefined, close: () => undefined }
    const client = createRpc({ port, serves: none, calls: api, emits: silent, hears: silent, onBug: String })
    client.onClose(() => closed.push('closed'))
    const open = client.call.double({ n: 1 })
    client.close()
    client.close()
    expect(await open).toEqual(err({ code: 'disconnected' }))
    expect(closed).toEqual(['closed'])
  })
})
