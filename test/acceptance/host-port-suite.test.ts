import { createServer } from 'node:http'
import { MessageChannel } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createPortEndpoint } from '../../electron/host/electron/port-endpoint.ts'
import { createSocketEndpoint } from '../../electron/host/node/socket-endpoint.ts'
import type { Port } from '../../shared/ipc/port.ts'
import { standInPortMain } from '../electron-stand-in/stand-in-port-main.ts'
import { testCreatePortPair } from '../support/test-create-port-pair.ts'

/** Two ends of a connection; the first is ours, the second is what stands on the other side. */
type Ends = readonly [Port, Port]

const KINDS: readonly (readonly [string, () => Promise<Ends>])[] = [
  ['in memory', async () => testCreatePortPair()],
  ['WebSocket', async () => (await socketPair()).ends],
  [
    'MessagePort of Electron',
    async () => {
      const { port1, port2 } = new MessageChannel()
      onTestFinished(() => {
        port1.close()
        port2.close()
      })
      return [createPortEndpoint(standInPortMain(port1)), createPortEndpoint(standInPortMain(port2))]
    },
  ],
]

describe.each(KINDS)('port: %s', (_name, open) => {
  it('delivers JSON values both ways, in order', async () => {
    const [ours, theirs] = await open()
    const heard: unknown[] = []
    theirs.onMessage((message) => heard.push(message))
    const sent = [{ t: 'call', id: 1 }, 'text', 7, null, [1, { a: 'Ž' }], false]
    for (const message of sent) ours.post(message)
    await expect.poll(() => heard).toEqual(sent)

    const answers: unknown[] = []
    ours.onMessage((message) => answers.push(message))
    theirs.post({ t: 'ok' })
    await expect.poll(() => answers).toEqual([{ t: 'ok' }])
  })

  it('keeps messages until someone listens', async () => {
    const [ours, theirs] = await open()
    ours.post('early')
    await new Promise((resolve) => setTimeout(resolve, 30))
    const heard: unknown[] = []
    theirs.onMessage((message) => heard.push(message))
    await expect.poll(() => heard).toEqual(['early'])
  })

  it('tells both ends once that it is closed, and delivers nothing after', async () => {
    const [ours, theirs] = await open()
    const told: string[] = []
    const heard: unknown[] = []
    ours.onClose(() => told.push('ours'))
    theirs.onClose(() => told.push('theirs'))
    theirs.onMessage((message) => heard.push(message))
    ours.close()
    ours.post('too late')
    ours.close()
    await expect.poll(() => [...told].sort()).toEqual(['ours', 'theirs'])
    theirs.post('into the void')
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(heard).toEqual([])
    expect(told).toHaveLength(2)
  })

  it('tells a late listener that it is closed already', async () => {
    const [ours] = await open()
    ours.close()
    let isTold = false
    ours.onClose(() => {
      isTold = true
    })
    expect(isTold).toBe(true)
  })
})

describe('WebSocket endpoint', () => {
  it('drops and counts what is no JSON, and goes on', async () => {
    const malformed: number[] = []
    const { ends, client } = await socketPair({ onMalformed: (count) => malformed.push(count) })
    const heard: unknown[] = []
    ends[0].onMessage((message) => heard.push(message))
    client.send('{"cut')
    client.send(Buffer.from([1, 2, 3]))
    client.send('{"whole":true}')
    await expect.poll(() => heard).toEqual([{ whole: true }])
    expect(malformed).toEqual([1, 2])
  })

  it('closes on a message over 32 MB', async () => {
    const { ends, client } = await socketPair()
    let isClosed = false
    ends[0].onClose(() => {
      isClosed = true
    })
    client.send(`"${'x'.repeat(33 * 1024 * 1024)}"`)
    await expect.poll(() => isClosed, { timeout: 5000 }).toBe(true)
  })

  it('ends a connection that does not answer pings any more', async () => {
    const { ends, client } = await socketPair({ keepAliveMs: 250 })
    let isClosed = false
    ends[0].onClose(() => {
      isClosed = true
    })
    // Answered in time even where the machine is busy.
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(isClosed).toBe(false)
    client.pause()
    await expect.poll(() => isClosed).toBe(true)
  })
})

async function socketPair(
  options: { onMalformed?: (count: number) => void; keepAliveMs?: number } = {},
): Promise<{ readonly ends: Ends; readonly client: WebSocket }> {
  const server = createServer()
  const sockets = new WebSocketServer({ server, maxPayload: 32 * 1024 * 1024 })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const arrived = new Promise<WebSocket>((resolve) => sockets.once('connection', resolve))
  const client = new WebSocket(`ws://127.0.0.1:${port}`)
  await new Promise((resolve, reject) => {
    client.once('open', resolve)
    client.once('error', reject)
  })
  onTestFinished(() => {
    client.terminate()
    sockets.close()
    server.close()
  })
  const onMalformed = options.onMalformed ?? ((): void => undefined)
  const ours = createSocketEndpoint(await arrived, { onMalformed, keepAliveMs: options.keepAliveMs ?? 30_000 })
  return { ends: [ours, createSocketEndpoint(client, { onMalformed: () => undefined })], client }
}
