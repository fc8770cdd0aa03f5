import { createPrng, mix } from '../prng.ts'
import { createRecordTable, type JsonRow } from '../record-table.ts'
import { inventPerson, phoneToE164 } from '../sample/invent-person.ts'
import { clntIdOfSlot, slotOfClntId } from '../sample/sample-ids.ts'
import { isoSeconds, MINUTE_MS, sampleTimes, type Times } from '../sample/sample-times.ts'
import { CLNT_PEOPLE } from '../sample/showcase.ts'
import { hasKey, json, readInteger, type Vendor, type VendorReply, type VendorSetup } from './vendor.ts'

/** A client as the page lists it. The first four after the id are left out unless sensitive fields are asked for. */
export type ClntClient = {
  readonly id: string
  readonly email: string | null
  readonly first_name: string | null
  readonly last_name: string | null
  readonly phone: string | null
  readonly object: string
  readonly reference_id: string | null
  readonly locale: string
  readonly time_zone: string
  readonly created_at: string
  readonly updated_at: string
}

const SIZE_CAP = 100
const DEFAULT_SIZE = 10

/** Clients v1: page numbers with totals; a page is never longer than a hundred, whatever is asked for. */
export function createClnt(setup: VendorSetup): Vendor<ClntClient> {
  const times = (slot: number): Times => {
    const seeded = sampleTimes(setup.seed, slot, setup.startedAt, 2.2)
    const person = CLNT_PEOPLE[slot]
    return person === undefined
      ? seeded
      : { created: seeded.created, updated: setup.startedAt - person.minutesAgo * MINUTE_MS }
  }
  const table = createRecordTable<ClntClient>({
    count: setup.count,
    make: (slot, addedAt) => makeClient(setup, slot, addedAt ?? times(slot)),
    seededKey: (slot) => Math.floor(times(slot).created / 1000) * 1000,
    keyOf: (row) => Date.parse(row.created_at),
    idOf: (row) => row.id,
    slotOfId: (id) => slotOfClntId(setup.seed, id),
    touched: (at) => ({ updated_at: isoSeconds(at) }),
    now: setup.now,
    startedAt: setup.startedAt,
    saved: setup.saved,
    changed: setup.changed,
  })
  const keyPlace = { key: setup.key, headerName: 'Authorization', scheme: 'Bearer' }
  const unauthorized = json(401, { error: { type: 'authentication_error', message: 'Invalid API key' } })
  const bad = (message: string): VendorReply => json(400, { error: { type: 'invalid_request_error', message } })

  const page = (query: URLSearchParams): VendorReply => {
    const current = readInteger(query, 'page', { min: 1, fallback: 1 })
    const asked = readInteger(query, 'page_size', { min: 1, fallback: DEFAULT_SIZE })
    const sensitive = query.get('include_sensitive') ?? 'false'
    if (typeof current === 'string' || typeof asked === 'string') {
      return bad(typeof current === 'string' ? current : String(asked))
    }
    if (sensitive !== 'true' && sensitive !== 'false') {
      return bad('include_sensitive must be true or false')
    }
    const size = Math.min(asked, SIZE_CAP)
    const total = table.count()
    const meta = {
      current_page: current,
      page_size: size,
      total_count: total,
      total_pages: Math.ceil(total / size),
    }
    const rows = table.slice((current - 1) * size, current * size)
    return {
      kind: 'list',
      before: '{"data":[',
      rows: sensitive === 'true' ? rows : rows.map(withoutSensitive),
      after: `],"meta":${JSON.stringify(meta)}}`,
    }
  }

  return {
    connectorId: 'clnt',
    name: 'Clients v1',
    table,
    keyPlace,
    settings: {
      path: '/clients',
      pageParameter: 'page',
      sizeParameter: 'page_size',
      pageSize: '100',
      headerName: 'Authorization',
      headerScheme: 'Bearer',
      includeSensitive: true,
    },
    unauthorized,
    handle: (request) => {
      if (request.path !== '/clients') {
        return json(404, { error: { type: 'not_found', message: 'No such resource' } })
      }
      if (!hasKey(keyPlace, request.headers)) {
        return unauthorized
      }
      return request.method === 'GET'
        ? page(request.query)
        : json(405, { error: { type: 'invalid_request_error', message: 'Method not allowed' } })
    },
    spoil: {
      badRecord: (row) => ({ ...row, locale: 7 }),
      unknownEnum: (row, value) => ({ ...row, object: value }),
    },
  }
}

function withoutSensitive(row: ClntClient): JsonRow {
  const { email: _email, first_name: _first, last_name: _last, phone: _phone, ...rest } = row
  return rest
}

function makeClient(setup: VendorSetup, slot: number, at: Times | number): ClntClient {
  const random = createPrng(mix(setup.seed, slot))
  const invented = inventPerson(random)
  const known = CLNT_PEOPLE[slot]
  const { created, updated } = typeof at === 'number' ? { created: at, updated: at } : at
  const maybe = (probability: number, value: string): string | null => (random.chance(probability) ? value : null)
  return {
    id: clntIdOfSlot(setup.seed, slot),
    email: known?.email ?? maybe(0.95, invented.email),
    first_name: known?.first ?? maybe(0.98, invented.first),
    last_name: known?.last ?? maybe(0.98, invented.last),
    phone: known?.phone ?? maybe(0.8, phoneToE164(invented.phone, '+1')),
    object: 'client',
    reference_id: maybe(0.6, `ext_${10_000 + slot}`),
    locale: known?.locale ?? invented.region.locale,
    time_zone: known?.timeZone ?? invented.region.timeZone,
    created_at: isoSeconds(created),
    updated_at: isoSeconds(updated),
  }
}
