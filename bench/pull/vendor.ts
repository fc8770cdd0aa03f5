import { fork } from 'node:child_process'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { Corpus } from '../corpus/make-corpus.ts'

/**
 * A vendor on loopback that costs next to nothing: Full Engage's list, each client made to JSON text once, a page joined
 * of those texts. In a process of its own, as a vendor is. `POST /changed?n=1000` gives so many clients another phone.
 */
export interface Vendor {
  readonly baseUrl: string
  readonly change: (clients: number) => Promise<void>
  /** When the first and the newest page of the list were asked for since the last call, ms since the epoch. */
  readonly marks: () => Promise<{ readonly firstAt: number; readonly lastAt: number; readonly pages: number }>
  readonly stop: () => void
}

/** On a port of its own choice, or the one that a book of an earlier run knows it by. */
export function startVendor(clients: number, seed: number, port = 0): Promise<Vendor> {
  const child = fork(fileURLToPath(import.meta.url), ['serve', String(clients), String(seed), String(port)], {
    execArgv: ['--import', 'tsx'],
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the vendor ended with ${code}`)))
    child.once('message', (listens) => {
      const baseUrl = `http://127.0.0.1:${String(listens)}`
      resolve({
        baseUrl,
        change: async (n) => {
          await fetch(`${baseUrl}/changed?n=${n}`, { method: 'POST' })
        },
        marks: async () => (await fetch(`${baseUrl}/marks`)).json(),
        stop: () => child.kill(),
      })
    })
  })
}

const DAY_MS = 86_400_000
const FIRST_MADE = Date.parse('2020-01-01T00:00:00.000Z')

function vendorRow(corpus: Corpus, n: number, changes: number): Record<string, unknown> {
  const { id, firstName, lastName, phone, notes, ...rest } = corpus.client(n)
  const createdAt = new Date(FIRST_MADE + n * 1000).toISOString()
  return {
    id,
    name: `${firstName} ${lastName}`.trim(),
    phone: changes === 0 ? phone : `${phone} ${changes}`,
    status: n % 5 === 0 ? 'inactive' : 'active',
    notes,
    ...rest,
    createdAt,
    updatedAt: new Date(FIRST_MADE + n * 1000 + (n % 700) * DAY_MS + changes).toISOString(),
  }
}

function serve(clients: number, seed: number, port: number): void {
  const corpus = new Corpus(seed, clients)
  const texts = Array.from({ length: clients }, (_, n) => JSON.stringify(vendorRow(corpus, n, 0)))
  let changes = 0
  let marks = { firstAt: 0, lastAt: 0, pages: 0 }
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://vendor')
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', '*')
    if (request.method === 'OPTIONS') {
      response.setHeader('access-control-max-age', '600')
      response.writeHead(204).end()
      return
    }
    if (pathname === '/changed') {
      changes++
      const many = Number(searchParams.get('n'))
      const step = Math.max(1, Math.floor(clients / many))
      for (let n = 0; n < clients; n += step) texts[n] = JSON.stringify(vendorRow(corpus, n, changes))
      response.end('{}')
      return
    }
    if (pathname === '/marks') {
      response.end(JSON.stringify(marks))
      marks = { firstAt: 0, lastAt: 0, pages: 0 }
      return
    }
    const offset = Number(searchParams.get('offset') ?? 0)
    const limit = Number(searchParams.get('limit') ?? 100)
    if (limit > 1) marks = { firstAt: marks.firstAt || Date.now(), lastAt: Date.now(), pages: marks.pages + 1 }
    response.setHeader('content-type', 'application/json')
    response.end(`{"data":[${texts.slice(offset, offset + limit).join(',')}],"total":${clients}}`)
  })
  server.listen(port, '127.0.0.1', () => {
    const address = server.address()
    process.send?.(address !== null && typeof address === 'object' ? address.port : 0)
  })
}

if (process.argv[2] === 'serve') serve(Number(process.argv[3]), Number(process.argv[4]), Number(process.argv[5] ?? 0))
