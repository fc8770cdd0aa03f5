import { minute, person } from './people.ts'
import {
  ok,
  refusal,
  startVendorServer,
  type VendorReply,
  type VendorRequest,
  type VendorServer,
} from './vendor-server.ts'

export interface FullEngageClient {
  readonly id: string
  name: string
  phone: string | null
  status: string
  notes: string | null
  readonly createdAt: string
  updatedAt: string
}

export interface FullEngage extends VendorServer {
  key: string
  readonly clients: FullEngageClient[]
  readonly named: (name: string) => readonly FullEngageClient[]
  /** Changes a client at the vendor, as somebody else would. */
  readonly change: (id: string, values: Partial<Pick<FullEngageClient, 'name' | 'phone' | 'status' | 'notes'>>) => void
  readonly remove: (id: string) => void
}

/** Full Engage (seed 001): `/api/v1/clients` with limit, offset, query, sort and status; create, update, delete. */
export async function startFullEngage(count: number): Promise<FullEngage> {
  let nextId = count
  const clients: FullEngageClient[] = Array.from({ length: count }, (_, n) => ({
    id: idOf(n),
    name: `${person(n).first} ${person(n).last}`,
    phone: person(n).phone,
    status: n % 3 === 0 ? 'inactive' : 'active',
    notes: n % 2 === 0 ? `Met at fair ${n}.` : null,
    createdAt: minute(n),
    updatedAt: minute(n),
  }))

  const serve = (request: VendorRequest): VendorReply => {
    if (request.headers.authorization !== `Bearer ${vendor.key}`) return refusal(401, 'Invalid API key')
    const match = /^\/api\/v1\/clients(?:\/([^/]+))?$/.exec(request.url.pathname)
    if (match === null) return refusal(404, 'Not found')
    const id = match[1]
    if (id === undefined) {
      if (request.method === 'GET') return list(request.url.searchParams)
      if (request.method === 'POST') return create(request.body ?? {})
      return refusal(405, 'Method not allowed')
    }
    const at = clients.findIndex((client) => client.id === decodeURIComponent(id))
    const client = clients[at]
    if (client === undefined) return refusal(404, 'Client not found')
    switch (request.method) {
      case 'GET':
        return ok({ data: client })
      case 'PATCH':
        return patch(client, request.body ?? {})
      case 'DELETE':
        clients.splice(at, 1)
        return ok({ success: true })
      default:
        return refusal(405, 'Method not allowed')
    }
  }

  const list = (params: URLSearchParams): VendorReply => {
    const limit = Number(params.get('limit') ?? '50')
    const offset = Number(params.get('offset') ?? '0')
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) return refusal(400, 'limit must be 1-100')
    const query = (params.get('query') ?? '').toLowerCase()
    const statuses = params.get('status')?.split(',') ?? null
    const sortBy = params.get('sortBy') ?? 'createdAt'
    if (sortBy !== 'name' && sortBy !== 'phone' && sortBy !== 'status' && sortBy !== 'createdAt') {
      return refusal(400, 'Invalid sortBy')
    }
    const direction = params.get('sortOrder') === 'desc' ? -1 : 1
    const found = clients
      .filter((client) => statuses === null || statuses.includes(client.status))
      .filter((client) => `${client.name}\n${client.phone ?? ''}`.toLowerCase().includes(query))
      .toSorted((a, b) => direction * compare(a[sortBy] ?? '', b[sortBy] ?? ''))
    return ok({ data: found.slice(offset, offset + limit), total: found.length })
  }

  const create = (body: Readonly<Record<string, unknown>>): VendorReply => {
    const { name, phone, status, notes } = body
    if (typeof name !== 'string' || name.trim() === '') return refusal(400, 'Name is required')
    const at = new Date().toISOString()
    const client: FullEngageClient = {
      id: idOf(nextId++),
      name,
      phone: textOrNull(phone),
      status: typeof status === 'string' ? status : 'active',
      notes: textOrNull(notes),
      createdAt: at,
      updatedAt: at,
    }
    clients.push(client)
    return ok({ data: client }, 201)
  }

  const patch = (client: FullEngageClient, body: Readonly<Record<string, unknown>>): VendorReply => {
    if ('name' in body) {
      if (typeof body.name !== 'string' || body.name.trim() === '') return refusal(400, 'Name is required')
      client.name = body.name
    }
    if ('phone' in body) client.phone = textOrNull(body.phone)
    if ('notes' in body) client.notes = textOrNull(body.notes)
    if (typeof body.status === 'string') client.status = body.status
    client.updatedAt = new Date().toISOString()
    return ok({ data: client })
  }

  const server = await startVendorServer(serve)
  const vendor: FullEngage = Object.assign(server, {
    key: 'ba_a1b2c3d4e5f6',
    clients,
    named: (name: string) => clients.filter((client) => client.name === name),
    change: (id: string, values: Partial<FullEngageClient>) => {
      const client = clients.find((each) => each.id === id)
      if (client === undefined) throw new Error(`no client ${id}`)
      Object.assign(client, values, { updatedAt: new Date().toISOString() })
    },
    remove: (id: string) => {
      const at = clients.findIndex((each) => each.id === id)
      if (at >= 0) clients.splice(at, 1)
    },
  })
  return vendor
}

function idOf(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
