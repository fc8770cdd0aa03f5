import http from 'node:http'
import { gzipSync } from 'node:zlib'
import type { HostilePayload } from '../../fixtures/hostile/hostile-payload.ts'
import { markerOf } from '../../fixtures/hostile/payloads.ts'
import type { HostileReply } from '../../fixtures/hostile/transport.ts'
import { minute } from './people.ts'
import { startVendorServer, type VendorReply, type VendorRequest, type VendorServer } from './vendor-server.ts'

/** A vendor in the form of Endors (seed 000) that sends one payload in each of its clients. */
export interface HostileEndors extends VendorServer {
  readonly key: string
  readonly spaceId: string
}

export async function startHostileEndors(
  payloads: readonly { readonly payload: HostilePayload; readonly index: number }[],
  canary: string,
): Promise<HostileEndors> {
  const records = payloads.map(({ payload, index }) => recordText(payload, index))
  const list = `{"ok":true,"data":[${records.join(',')}]}`.replaceAll('CANARY', canary)
  const said = new Map(
    payloads.flatMap(({ payload, index }) =>
      payload.testimonial === undefined ? [] : [[idOf(index), [payload.testimonial]] as const],
    ),
  )
  const serve = (request: VendorRequest): VendorReply => {
    if (request.headers.authorization !== `Bearer ${vendor.key}`) return { status: 401, json: { ok: false } }
    const match = /^\/api\/spaces\/([^/]+)\/clients(?:\/([^/]+)\/testimonials)?$/.exec(request.url.pathname)
    if (match === null || match[1] !== vendor.spaceId) return { status: 404, json: { ok: false } }
    if (match[2] === undefined) return { status: 200, raw: list }
    const text = JSON.stringify({ ok: true, data: said.get(decodeURIComponent(match[2])) ?? [] })
    return { status: 200, raw: text.replaceAll('CANARY', canary) }
  }
  const server = await startVendorServer(serve)
  const vendor: HostileEndors = Object.assign(server, { key: 'key-canary-7f3a9c51d2e8', spaceId: 'space-hostile' })
  return vendor
}

function idOf(index: number): string {
  return `e0000000-0000-4000-8000-${String(index).padStart(12, '0')}`
}

/** As text, because no value of JavaScript names a member twice. The number stands where the payload is not. */
function recordText({ record, rawMembers }: HostilePayload, index: number): string {
  const marker = markerOf(index)
  const text = JSON.stringify({
    id: idOf(index),
    first_name: marker,
    last_name: 'Hostile',
    email: `${marker}@vendor.example`,
    company: 'Northwind',
    phone: null,
    website: null,
    notes: null,
    job_title: null,
    location: marker,
    tags: [],
    status: 'active',
    profile_image_url: null,
    last_activity_at: null,
    created_at: minute(index),
    updated_at: minute(index),
    ...record,
  })
  return rawMembers === undefined ? text : `${text.slice(0, -1)},${rawMembers}}`
}

/** What a vendor answers to whoever asks for a page of its list. `page` is an honest one. */
export function hostileReply(
  payload: HostileReply,
  page: Readonly<Record<string, unknown>>,
  canary: string,
): VendorReply {
  const text = (payload.text ?? JSON.stringify({ ...page, ...payload.page })).replaceAll('CANARY', canary)
  const headers = Object.fromEntries(
    Object.entries(payload.headers ?? {}).map(([name, value]) => [name, value.replaceAll('CANARY', canary)]),
  )
  const status = payload.status ?? 200
  if (payload.wire !== undefined) return { status, wire: payload.wire }
  switch (payload.bytes) {
    case 'gzip bomb':
      return { status, raw: gzipSync(Buffer.alloc(64 * 1024 * 1024, ' ')), headers: { 'content-encoding': 'gzip' } }
    case 'byte order mark':
      return { status, raw: `\ufeff${text}`, headers }
    default:
      return { status, raw: text, headers }
  }
}

/** A server that nobody may ask. */
export interface Canary {
  readonly host: string
  readonly asked: readonly string[]
  readonly close: () => Promise<void>
}

export async function startCanary(): Promise<Canary> {
  const asked: string[] = []
  const server = http.createServer(({ method, url }, response) => {
    asked.push(`${method} ${url}`)
    response.end()
  })
  server.on('connection', () => asked.push('a connection'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    host: `127.0.0.1:${address.port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
