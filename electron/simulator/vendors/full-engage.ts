import { createPrng, mix } from '../prng.ts'
import { createRecordTable } from '../record-table.ts'
import { inventPerson } from '../sample/invent-person.ts'
import { NOTES } from '../sample/phrases.ts'
import { slotOfUuid, uuidOfSlot } from '../sample/sample-ids.ts'
import { DAY_MS, isoMilliseconds, MINUTE_MS, sampleTimes, type Times } from '../sample/sample-times.ts'
import { FULL_ENGAGE_PEOPLE } from '../sample/showcase.ts'
import { checkClientBody } from './full-engage-body.ts'
import {
  hasKey,
  json,
  readInteger,
  readObject,
  type Vendor,
  type VendorReply,
  type VendorRequest,
  type VendorSetup,
} from './vendor.ts'

/** The page does not list the answer's fields; these are the ones that a client is created with, and its times. */
export type FullEngageClient = {
  readonly id: string
  readonly name: string
  readonly phone: string | null
  readonly status: string
  readonly notes: string | null
  readonly createdAt: string
  readonly updatedAt: string
}

const SORT_FIELDS = ['name', 'phone', 'status', 'createdAt'] as const
type SortField = (typeof SORT_FIELDS)[number]

/** Full Engage: limit and offset, search, sort and filter; create, update and delete. */
export function createFullEngage(setup: VendorSetup): Vendor<FullEngageClient> {
  const times = (slot: number): Times => {
    const person = FULL_ENGAGE_PEOPLE[slot]
    return person === undefined
      ? sampleTimes(setup.seed, slot, setup.startedAt, 2.2)
      : {
          created: setup.startedAt - person.createdDaysAgo * DAY_MS,
          updated: setup.startedAt - person.minutesAgo * MINUTE_MS,
        }
  }
  const table = createRecordTable<FullEngageClient>({
    count: setup.count,
    make: (slot, addedAt) => makeClient(setup, slot, addedAt ?? times(slot)),
    seededKey: (slot) => times(slot).created,
    keyOf: (row) => Date.parse(row.createdAt),
    idOf: (row) => row.id,
    slotOfId: (id) => slotOfUuid(setup.seed, id),
    touched: (at) => ({ updatedAt: isoMilliseconds(at) }),
    now: setup.now,
    startedAt: setup.startedAt,
    saved: setup.saved,
    changed: setup.changed,
  })
  const keyPlace = { key: setup.key, headerName: 'Authorization', scheme: 'Bearer' }
  const unauthorized = json(401, { error: 'Invalid or missing API key' })
  const missing = json(404, { error: 'Client not found' })

  const list = (query: URLSearchParams): VendorReply => {
    const limit = readInteger(query, 'limit', { min: 1, max: 100, fallback: 50 })
    const offset = readInteger(query, 'offset', { min: 0, fallback: 0 })
    const sortBy = SORT_FIELDS.find((field) => field === (query.get('sortBy') ?? 'createdAt'))
    const sortOrder = query.get('sortOrder') ?? 'asc'
    const statuses = query.get('status')?.split(',') ?? null
    const search = query.get('query') ?? ''
    if (typeof limit === 'string' || typeof offset === 'string') {
      return json(400, { error: typeof limit === 'string' ? limit : String(offset) })
    }
    if (sortBy === undefined || !['asc', 'desc'].includes(sortOrder)) {
      return json(400, { error: sortBy === undefined ? 'Invalid sortBy' : 'Invalid sortOrder' })
    }
    if (statuses?.some((status) => status !== 'active' && status !== 'inactive')) {
      return json(400, { error: 'Invalid status' })
    }
    const page = (rows: readonly FullEngageClient[], total: number): VendorReply => ({
      kind: 'list',
      before: '{"data":[',
      rows,
      after: `],"total":${total}}`,
    })
    if (sortBy === 'createdAt' && statuses === null && search === '') {
      const total = table.count()
      const from = sortOrder === 'asc' ? offset : Math.max(0, total - offset - limit)
      const rows = table.slice(from, sortOrder === 'asc' ? offset + limit : Math.max(0, total - offset))
      return page(sortOrder === 'asc' ? rows : rows.reverse(), total)
    }
    const found = table
      .list()
      .filter((row) => (statuses === null || statuses.includes(row.status)) && matches(row, search))
    found.sort((a, b) => compareBy(sortBy, a, b) * (sortOrder === 'asc' ? 1 : -1))
    return page(found.slice(offset, offset + limit), found.length)
  }

  const create = (body: string): VendorReply => {
    const checked = checkClientBody(readObject(body), true)
    if (typeof checked === 'string') {
      return json(400, { error: checked })
    }
    return json(201, { data: table.insert({ phone: null, notes: null, status: 'active', ...checked }) })
  }

  const one = (request: VendorRequest, id: string): VendorReply => {
    const found = table.get(id)
    if (found === null) {
      return missing
    }
    if (request.method === 'GET') {
      return json(200, { data: found })
    }
    if (request.method === 'DELETE') {
      table.remove(id)
      return json(200, { success: true })
    }
    if (request.method !== 'PATCH') {
      return json(405, { error: 'Method not allowed' })
    }
    const checked = checkClientBody(readObject(request.body), false)
    if (typeof checked === 'string') {
      return json(400, { error: checked })
    }
    const changed = table.update(id, checked)
    return changed === null ? missing : json(200, { data: changed })
  }

  return {
    connectorId: 'full-engage',
    name: 'Full Engage',
    table,
    keyPlace,
    settings: {},
    unauthorized,
    handle: (request) => {
      const route = /^\/api\/v1\/clients(?:\/([^/]+))?$/.exec(request.path)
      if (route === null) {
        return json(404, { error: 'Not found' })
      }
      if (!hasKey(keyPlace, request.headers)) {
        return unauthorized
      }
      const id = route[1]
      if (id !== undefined) {
        return one(request, decodeURIComponent(id))
      }
      if (request.method === 'POST') {
        return create(request.body)
      }
      return request.method === 'GET' ? list(request.query) : json(405, { error: 'Method not allowed' })
    },
    spoil: {
      badRecord: (row) => ({ ...row, name: 42 }),
      unknownEnum: (row, value) => ({ ...row, status: value }),
    },
  }
}

function makeClient(setup: VendorSetup, slot: number, at: Times | number): FullEngageClient {
  const random = createPrng(mix(setup.seed, slot))
  const invented = inventPerson(random)
  const known = FULL_ENGAGE_PEOPLE[slot]
  const { created, updated } = typeof at === 'number' ? { created: at, updated: at } : at
  const phone = random.chance(0.9) ? invented.phone : null
  const status = random.chance(0.7) ? 'active' : 'inactive'
  const notes = random.chance(0.45) ? random.pick(NOTES) : null
  return {
    id: uuidOfSlot(setup.seed, slot),
    name: known?.name ?? invented.full,
    phone: known?.phone ?? phone,
    status: known?.status ?? status,
    notes: known === undefined ? notes : known.notes,
    createdAt: isoMilliseconds(created),
    updatedAt: isoMilliseconds(updated),
  }
}

/** "Search by name or phone." */
function matches(row: FullEngageClient, search: string): boolean {
  const wanted = search.toLowerCase()
  return row.name.toLowerCase().includes(wanted) || (row.phone ?? '').toLowerCase().includes(wanted)
}

function compareBy(field: SortField, a: FullEngageClient, b: FullEngageClient): number {
  const left = a[field] ?? ''
  const right = b[field] ?? ''
  if (left === right) {
    return a.id < b.id ? -1 : 1
  }
  return left < right ? -1 : 1
}
