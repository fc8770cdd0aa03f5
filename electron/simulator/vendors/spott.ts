import { createHmac, timingSafeEqual } from 'node:crypto'
import { createRecordTable } from '../record-table.ts'
import { slotOfUuid } from '../sample/sample-ids.ts'
import { isoMilliseconds } from '../sample/sample-times.ts'
import { type SpottContact, spottContact, spottTimes } from './spott-rows.ts'
import { hasKey, json, readInteger, readObject, type Vendor, type VendorReply, type VendorSetup } from './vendor.ts'

/** Word for word from the page. */
const INSTANT =
  /^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))T(?:(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z))$/

interface Mark {
  readonly modifiedAt: string
  readonly id: string
}

/** Spott: pages by an opaque, signed cursor, in the order of the sync watermark; nothing can be written. */
export function createSpott(setup: VendorSetup): Vendor<SpottContact> {
  const table = createRecordTable<SpottContact>({
    count: setup.count,
    make: (slot, addedAt) => spottContact(setup, slot, addedAt),
    seededKey: (slot) => spottTimes(setup, slot).updated,
    keyOf: (row) => Date.parse(row.modifiedAt),
    idOf: (row) => row.id,
    slotOfId: (id) => slotOfUuid(setup.seed, id),
    touched: (at) => ({ modifiedAt: isoMilliseconds(at) }),
    now: setup.now,
    startedAt: setup.startedAt,
    saved: setup.saved,
    changed: setup.changed,
  })
  const keyPlace = { key: setup.key, headerName: 'x-api-key', scheme: '' }
  const unauthorized = json(401, { message: 'Unauthorized', statusCode: 401 })
  const secret = `cursor ${setup.seed}`
  const bad = (message: string): VendorReply => json(400, { message, statusCode: 400 })

  const page = (query: URLSearchParams, loop: boolean): VendorReply => {
    const limit = readInteger(query, 'limit', { min: 1, max: 50, fallback: 25 })
    if (typeof limit === 'string') {
      return bad(limit)
    }
    const since = query.get('modifiedSince') ?? '1970-01-01T00:00:00.000Z'
    const until = query.get('modifiedUntil')
    if (!INSTANT.test(since) || (until !== null && !INSTANT.test(until))) {
      return bad(INSTANT.test(since) ? 'Invalid modifiedUntil' : 'Invalid modifiedSince')
    }
    const cursor = query.get('cursor')
    const mark = cursor === null ? null : readCursor(secret, cursor)
    if (cursor !== null && mark === null) {
      return bad('Invalid cursor')
    }
    // Both bounds are inclusive.
    const first = table.positionAfter(Date.parse(since))
    const from = mark === null ? first : Math.max(first, table.positionAfter(Date.parse(mark.modifiedAt), mark.id))
    const end = until === null ? table.count() : table.positionAfter(Math.floor(Date.parse(until)) + 1)
    const rows = table.slice(from, Math.min(end, from + limit))
    const last = rows.at(-1)
    const next = last === undefined || from + limit >= end ? null : signCursor(secret, last)
    const sent = loop ? (cursor ?? (last === undefined ? null : signCursor(secret, last))) : next
    return {
      kind: 'list',
      before: '{"items":[',
      rows,
      after: `],"pagination":${JSON.stringify(sent === null ? {} : { cursor: sent })}}`,
    }
  }

  return {
    connectorId: 'spott',
    name: 'Spott',
    table,
    keyPlace,
    settings: {},
    unauthorized,
    handle: (request) => {
      if (request.path !== '/clients/contacts') {
        return json(404, { message: 'Not found', statusCode: 404 })
      }
      if (!hasKey(keyPlace, request.headers)) {
        return unauthorized
      }
      return request.method === 'GET'
        ? page(request.query, request.cursorLoop)
        : json(405, { message: 'Method not allowed', statusCode: 405 })
    },
    spoil: {
      badRecord: (row) => ({ ...row, locations: 'Lisbon' }),
      unknownEnum: (row, value) => ({ ...row, stage: { id: value, order: 99, name: value, colorHex: '#123456' } }),
    },
  }
}

/** `base64url(JSON).signature`, the form that the page's example has. */
function signCursor(secret: string, row: SpottContact): string {
  const text = Buffer.from(JSON.stringify({ modifiedAt: row.modifiedAt, id: row.id })).toString('base64url')
  return `${text}.${signature(secret, text)}`
}

function readCursor(secret: string, cursor: string): Mark | null {
  const [text = '', signed = ''] = cursor.split('.')
  const expected = Buffer.from(signature(secret, text))
  const given = Buffer.from(signed)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    return null
  }
  const mark = readObject(Buffer.from(text, 'base64url').toString('utf8'))
  return typeof mark?.modifiedAt === 'string' && typeof mark.id === 'string'
    ? { modifiedAt: mark.modifiedAt, id: mark.id }
    : null
}

function signature(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url')
}
