import type { VendorFailure } from '../../../shared/app-error.ts'
import type { SourceSettings } from '../../../shared/model/source.ts'
import type { Testimonial } from '../../../shared/model/testimonial.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Call, Connector, ReadSettings, SettingProblem, VendorRequest } from '../connector.ts'
import { pullSingle } from '../paging/single.ts'
import { createReadRecord, type ReadRecord } from '../reading/read-records.ts'
import { badShape, shapeProblem, typeNameOf } from '../reading/shape-problem.ts'
import { readBaseUrl } from '../settings/base-url.ts'
import { pathSegment } from '../settings/path-segment.ts'
import { filledTextSetting, textSetting } from '../settings/read-setting.ts'
import { ENDORS_MANIFEST } from './manifest.ts'
import { endorsClientToRecord, endorsTestimonialToTestimonial } from './mapper.ts'
import { endorsClientSchema, endorsTestimonialSchema, endorsTestimonialsSchema } from './wire.ts'

export function createEndorsConnector(): Connector {
  return {
    manifest: ENDORS_MANIFEST,
    readSettings,
    test,
    pull,
    testimonials,
    testimonialsCap: 50,
    deletionsSeenBy: () => 'two-snapshots',
  }
}

function readSettings(settings: SourceSettings): Result<ReadSettings, SettingProblem> {
  const fields = ENDORS_MANIFEST.settings
  const baseUrl = readBaseUrl(filledTextSetting(settings, fields, 'baseUrl'))
  if (!baseUrl.ok) return err({ field: 'baseUrl', rule: baseUrl.error })
  const spaceId = textSetting(settings, fields, 'spaceId').trim()
  if (spaceId === '') return err({ field: 'spaceId', rule: 'required' })
  if (pathSegment(spaceId) === null) return err({ field: 'spaceId', rule: 'not-usable' })
  return ok({
    settings: { baseUrl: baseUrl.value, spaceId },
    baseUrl: baseUrl.value,
    auth: { header: 'Authorization', scheme: 'Bearer' },
    params: JSON.stringify({ list: 'endors/clients', spaceId }),
  })
}

/** The list is the only thing to ask for. Its first batch is enough: the rest of it is not waited for. */
async function test(call: Call): ReturnType<Connector['test']> {
  const stream = call.http.stream(listRequest(call), { listKey: 'data', batchSize: 100 })
  for await (const batch of stream) {
    if (!batch.ok) return batch
    const { items, last, envelope } = batch.value
    const failure = last ? checkEnvelope(envelope) : null
    if (failure !== null) return err(failure)
    return ok({ workspace: null, person: null, clients: last ? items.length : null, statusOptions: null })
  }
  return err({ code: 'not-json', got: 'empty', status: 200 })
}

function pull(call: Call): ReturnType<Connector['pull']> {
  return pullSingle({
    http: call.http,
    request: listRequest(call),
    listKey: 'data',
    read: readClient(call),
    checkEnvelope,
  })
}

/** At most 50, newest first. */
async function testimonials(call: Call, remoteId: string): Promise<Result<readonly Testimonial[], VendorFailure>> {
  const segment = pathSegment(remoteId)
  if (segment === null) return err({ code: 'not-found', what: 'record', status: 404 })
  const reply = await call.http.read({
    method: 'GET',
    path: `${clientsPath(call)}/${segment}/testimonials`,
    notFound: 'record',
  })
  if (!reply.ok) return reply
  const body = endorsTestimonialsSchema.safeParse(reply.value.body)
  if (!body.success) return err(badShape(shapeProblem(body.error, reply.value.body, '')))
  const items: Testimonial[] = []
  for (const [index, item] of body.data.data.entries()) {
    const wire = endorsTestimonialSchema.safeParse(item)
    if (!wire.success) return err(badShape(shapeProblem(wire.error, item, `data[${index}]`)))
    items.push(endorsTestimonialToTestimonial(wire.data, call.http.media))
  }
  return ok(items)
}

function readClient(call: Call): ReadRecord {
  return createReadRecord(endorsClientSchema, (wire, raw) => endorsClientToRecord(wire, raw, call.http.media))
}

function checkEnvelope(envelope: Readonly<Record<string, unknown>>): VendorFailure | null {
  const said = Object.hasOwn(envelope, 'ok') ? envelope.ok : undefined
  return said === true ? null : badShape({ path: 'ok', expected: 'true', found: typeNameOf(said) })
}

function listRequest(call: Call): VendorRequest {
  return { method: 'GET', path: clientsPath(call), notFound: 'list' }
}

function clientsPath(call: Call): string {
  const spaceId = textSetting(call.settings, ENDORS_MANIFEST.settings, 'spaceId').trim()
  return `/api/spaces/${pathSegment(spaceId) ?? ''}/clients`
}
