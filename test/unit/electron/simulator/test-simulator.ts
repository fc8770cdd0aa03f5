import { afterEach } from 'vitest'
import {
  type SimulatedServer,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../../../electron/simulator/start-simulator.ts'

/** Noon of a day in spring. */
export const NOW = Date.parse('2026-05-10T12:00:00.000Z')

const running: Simulator[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.close()))
})

/** A simulator that stops after the test. */
export async function testStartSimulator(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await startSimulator({ clients: 1000, seed: 7, now: NOW, clock: () => NOW, ...options })
  running.push(simulator)
  return simulator
}

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  readonly body: any
  readonly headers: Headers
}

/** A request with the vendor's key, as its page shows it. */
export async function ask(
  server: Pick<SimulatedServer, 'source'>,
  path: string,
  init: { readonly method?: string; readonly body?: unknown; readonly headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { connectorId, key, baseUrl } = server.source
  const auth: Record<string, string> =
    connectorId === 'spott' ? { 'x-api-key': key } : { authorization: `Bearer ${key}` }
  const response = await fetch(baseUrl + path, {
    method: init.method ?? 'GET',
    headers: { ...auth, ...(init.body === undefined ? {} : { 'content-type': 'application/json' }), ...init.headers },
    redirect: 'manual',
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  })
  const text = await response.text()
  let body: unknown = text
  try {
    body = JSON.parse(text)
  } catch {
    // Left as text: some answers are not JSON, on purpose.
  }
  return { status: response.status, body, headers: response.headers }
}
