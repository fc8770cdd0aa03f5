import type { SendFailure, VendorFailure } from '../../../shared/app-error.ts'
import type { RemoteId } from '../../../shared/ids.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { Fields } from '../../../shared/model/field.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import type { SourceSettings } from '../../../shared/model/source.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Call, Connector, PullStart, ReadSettings, SettingProblem, VendorReply } from '../connector.ts'
import { type OffsetReply, pullOffset } from '../paging/offset.ts'
import { createReadRecord } from '../reading/read-records.ts'
import { hasSentFields } from '../reading/same-sent-fields.ts'
import { badShape, shapeProblem } from '../reading/shape-problem.ts'
import { readBaseUrl, withoutSuffix } from '../settings/base-url.ts'
import { pathSegment } from '../settings/path-segment.ts'
import { textSetting } from '../settings/read-setting.ts'
import { FULL_ENGAGE_MANIFEST } from './manifest.ts'
import { fieldsToFullEngage, fullEngageClientToRecord } from './mapper.ts'
import { fullEngageClientSchema, fullEngageDeletedSchema, fullEngageListSchema, fullEngageOneSchema } from './wire.ts'

/** The most that the vendor gives per page. */
const LIMIT = 100
/** Pages of a search that are looked through. More matches than this decide nothing anyway. */
const MAX_FIND_PAGES = 5

export function createFullEngageConnector(): Connector {
  return {
    manifest: FULL_ENGAGE_MANIFEST,
    readSettings,
    test,
    pull,
    read,
    create,
    update,
    remove,
    find,
    deletionsSeenBy: () => 'key-chain',
  }
}

const readClient = createReadRecord(fullEngageClientSchema, fullEngageClientToRecord)

function readSettings(settings: SourceSettings): Result<ReadSettings, SettingProblem> {
  const typed = readBaseUrl(textSetting(settings, FULL_ENGAGE_MANIFEST.settings, 'baseUrl'))
  if (!typed.ok) return err({ field: 'baseUrl', rule: typed.error })
  const site = withoutSuffix(typed.value, '/api/v1')
  return ok({
    settings: { baseUrl: typed.value },
    baseUrl: `${site}/api/v1`,
    auth: { header: 'Authorization', scheme: 'Bearer' },
    params: JSON.stringify({ list: 'full-engage/clients', sort: 'createdAt asc' }),
  })
}

async function test(call: Call): ReturnType<Connector['test']> {
  const reply = await listPage(call, { limit: '1', offset: '0' })
  if (!reply.ok) return reply
  return ok({ workspace: null, person: null, clients: reply.value.total, statusOptions: null })
}

function pull(call: Call, start: PullStart): ReturnType<Connector['pull']> {
  return pullOffset({
    limit: LIMIT,
    path: 'data',
    read: readClient,
    position: start.position,
    // The only key that never changes. By name or status, rows would move while they are read.
    fetchPage: ({ limit, offset }) =>
      listPage(call, { limit: String(limit), offset: String(offset), sortBy: 'createdAt', sortOrder: 'asc' }),
  })
}

async function read(call: Call, remoteId: RemoteId): Promise<Result<RemoteRecord, VendorFailure>> {
  const path = clientPath(remoteId)
  if (path === null) return err(gone())
  const reply = await call.http.read({ method: 'GET', path, notFound: 'record' })
  return reply.ok ? readOne(reply.value, remoteId) : reply
}

async function create(call: Call, fields: Fields): Promise<Result<RemoteRecord, SendFailure>> {
  const { name } = fields
  if (typeof name !== 'string' || name.trim() === '') return err(nameMissing())
  // An empty field of a new client is left out, so that the vendor's defaults apply.
  const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== ''))
  const reply = await call.http.send({ method: 'POST', path: '/clients', body: fieldsToFullEngage(filled) })
  if (!reply.ok) return reply
  const record = readOne(reply.value, null)
  return record.ok ? record : err({ applied: 'unknown', error: record.error })
}

async function update(
  call: Call,
  remoteId: RemoteId,
  fields: Fields,
): Promise<Result<RemoteRecord | null, SendFailure>> {
  const path = clientPath(remoteId)
  if (path === null) return err({ applied: 'not-applied', error: gone() })
  const { name } = fields
  if (name !== undefined && (typeof name !== 'string' || name.trim() === '')) return err(nameMissing())
  const reply = await call.http.send({ method: 'PATCH', path, body: fieldsToFullEngage(fields), notFound: 'record' })
  if (!reply.ok) return reply
  const record = readOne(reply.value, remoteId)
  return record.ok ? record : err({ applied: 'unknown', error: record.error })
}

async function remove(call: Call, remoteId: RemoteId): Promise<Result<null, SendFailure>> {
  const path = clientPath(remoteId)
  if (path === null) return err({ applied: 'not-applied', error: gone() })
  const reply = await call.http.send({ method: 'DELETE', path, notFound: 'record' })
  if (!reply.ok) return reply
  const body = fullEngageDeletedSchema.safeParse(reply.value.body)
  if (body.success) return ok(null)
  return err({ applied: 'unknown', error: badShape(shapeProblem(body.error, reply.value.body, '')) })
}

/** The search is by name or phone; what it finds is then compared field by field. */
async function find(call: Call, fields: Fields): Promise<Result<readonly RemoteRecord[], VendorFailure>> {
  const text = [fields.name, fields.phone].find((value) => typeof value === 'string' && value.trim() !== '')
  const query = typeof text === 'string' ? text.trim() : undefined
  const matches: RemoteRecord[] = []
  for (let page = 0; page < MAX_FIND_PAGES; page++) {
    const reply = await listPage(call, {
      limit: String(LIMIT),
      offset: String(page * LIMIT),
      query,
      sortBy: 'createdAt',
      // Newest first: what was made a moment ago stands on the first page.
      sortOrder: 'desc',
    })
    if (!reply.ok) return reply
    for (const item of reply.value.items) {
      const record = readClient(item)
      if (record.ok && hasSentFields(record.value.fields, fields, { status: 'active' })) matches.push(record.value)
    }
    const { items, total } = reply.value
    if (items.length === 0 || page * LIMIT + items.length >= (total ?? 0)) break
  }
  return ok(matches)
}

async function listPage(
  call: Call,
  query: Readonly<Record<string, string | undefined>>,
): Promise<Result<OffsetReply, VendorFailure>> {
  const reply = await call.http.read({ method: 'GET', path: '/clients', query, notFound: 'list' })
  if (!reply.ok) return reply
  const body = fullEngageListSchema.safeParse(reply.value.body)
  if (!body.success) return err(badShape(shapeProblem(body.error, reply.value.body, '')))
  return ok({ items: body.data.data, total: body.data.total })
}

/** `{data: client}`. An answer about another client than the one asked about is none. */
function readOne(reply: VendorReply, remoteId: RemoteId | null): Result<RemoteRecord, VendorFailure> {
  const body = fullEngageOneSchema.safeParse(reply.body)
  if (!body.success) return err(badShape(shapeProblem(body.error, reply.body, '')))
  const raw = dataOf(reply.body)
  const record = readClient(raw)
  if (!record.ok)
    return err(badShape({ ...record.error, path: record.error.path === '' ? 'data' : `data.${record.error.path}` }))
  if (remoteId !== null && record.value.remoteId !== remoteId) {
    return err(badShape({ path: 'data.id', expected: 'the id asked for', found: 'another id' }))
  }
  return record
}

/** The record as received, not as Zod copied it. */
function dataOf(body: JsonValue): JsonValue {
  return body !== null && typeof body === 'object' && 'data' in body ? body.data : null
}

function clientPath(remoteId: RemoteId): string | null {
  const segment = pathSegment(remoteId)
  return segment === null ? null : `/clients/${segment}`
}

function gone(): VendorFailure {
  return { code: 'not-found', what: 'record', status: 404 }
}

function nameMissing(): SendFailure {
  return { applied: 'not-applied', error: { code: 'refused', status: 400, vendorText: null, field: 'name' } }
}
