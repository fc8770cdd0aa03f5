import { createRecordTable } from '../record-table.ts'
import { slotOfUuid } from '../sample/sample-ids.ts'
import { isoMilliseconds } from '../sample/sample-times.ts'
import { type EndorsClient, endorsClient, endorsTimes } from './endors-rows.ts'
import { type EndorsTestimonial, sampleTestimonials } from './endors-testimonials.ts'
import { hasKey, type JsonReply, json, type Vendor, type VendorSetup } from './vendor.ts'

const MAX_TESTIMONIALS = 50

export interface EndorsVendor extends Vendor<EndorsClient> {
  readonly spaceId: string
  readonly testimonialsOf: (clientId: string) => readonly EndorsTestimonial[]
  /** Replaces what a client said. */
  readonly setTestimonials: (clientId: string, testimonials: readonly EndorsTestimonial[]) => void
}

/** Endors: the whole Space in one answer, newest first; nothing can be written. */
export function createEndors(setup: VendorSetup): EndorsVendor {
  const table = createRecordTable<EndorsClient>({
    count: setup.count,
    make: (slot, addedAt) => endorsClient(setup, slot, addedAt),
    // Newest first: the table sorts upwards.
    seededKey: (slot) => -endorsTimes(setup, slot).created,
    keyOf: (row) => -Date.parse(row.created_at),
    idOf: (row) => row.id,
    slotOfId: (id) => slotOfUuid(setup.seed, id),
    touched: (at) => ({ updated_at: isoMilliseconds(at) }),
    now: setup.now,
    startedAt: setup.startedAt,
    saved: setup.saved,
    changed: setup.changed,
  })
  const told = new Map<string, readonly EndorsTestimonial[]>()
  const keyPlace = { key: setup.key, headerName: 'Authorization', scheme: 'Bearer' }
  const unauthorized = failure(401, 'UNAUTHORIZED', 'Missing or invalid API key')
  const spaceId = 'maison'

  const testimonialsOf = (clientId: string): readonly EndorsTestimonial[] => {
    const client = table.get(clientId)
    const slot = slotOfUuid(setup.seed, clientId)
    return told.get(clientId) ?? (client === null || slot === null ? [] : sampleTestimonials(setup, slot, client))
  }

  return {
    connectorId: 'endors',
    name: 'Endors',
    table,
    keyPlace,
    settings: { spaceId },
    unauthorized,
    spaceId,
    testimonialsOf,
    setTestimonials: (clientId, testimonials) => {
      told.set(clientId, testimonials)
    },
    handle: (request) => {
      const route = /^\/api\/spaces\/([^/]+)\/clients(?:\/([^/]+)\/testimonials)?$/.exec(request.path)
      if (route === null) {
        return failure(404, 'NOT_FOUND', 'No such endpoint')
      }
      if (!hasKey(keyPlace, request.headers)) {
        return unauthorized
      }
      if (request.method !== 'GET') {
        return failure(405, 'METHOD_NOT_ALLOWED', 'Only GET is supported')
      }
      const [, space = '', clientId] = route
      if (decodeURIComponent(space) !== spaceId) {
        return failure(404, 'NOT_FOUND', 'Space not found')
      }
      if (clientId === undefined) {
        return { kind: 'list', before: '{"ok":true,"data":[', rows: table.rows(), after: ']}' }
      }
      if (table.get(clientId) === null) {
        return failure(404, 'NOT_FOUND', 'Client not found')
      }
      const newestFirst = testimonialsOf(clientId).toSorted((a, b) =>
        b.source_created_at.localeCompare(a.source_created_at),
      )
      return { kind: 'list', before: '{"ok":true,"data":[', rows: newestFirst.slice(0, MAX_TESTIMONIALS), after: ']}' }
    },
    spoil: {
      badRecord: (row) => ({ ...row, tags: 'enterprise' }),
      unknownEnum: (row, value) => ('status' in row ? { ...row, status: value } : { ...row, type: value }),
    },
  }
}

function failure(status: number, code: string, message: string): JsonReply {
  return json(status, { ok: false, error: { code, message } })
}
