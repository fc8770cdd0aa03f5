import type { SendFailure, VendorFailure } from '../../../shared/app-error.ts'
import type { Fields } from '../../../shared/model/field.ts'
import type { RemoteRecord } from '../../../shared/model/record.ts'
import type { SourceSettings } from '../../../shared/model/source.ts'
import type { StatusOption } from '../../../shared/model/status-option.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Call, Connector, PulledPage, ReadSettings, SettingProblem } from '../connector.ts'
import { pullSingle } from '../paging/single.ts'
import { createReadRecord, type ReadRecord } from '../reading/read-records.ts'
import { cutText, firstText } from '../reading/said-fields.ts'
import { hasSentFields } from '../reading/same-sent-fields.ts'
import { badShape, shapeProblem } from '../reading/shape-problem.ts'
import { createStatusVocabulary } from '../reading/status-vocabulary.ts'
import { readHeaderName, readHeaderScheme } from '../settings/auth-header.ts'
import { readBaseUrl, withoutSuffix } from '../settings/base-url.ts'
import { filledTextSetting, textSetting } from '../settings/read-setting.ts'
import { checkConnectCreate } from './check-create.ts'
import { CONNECT_MANIFEST } from './manifest.ts'
import { connectContactToRecord, connectLeadStatusOf, connectLeadStatusToOption, fieldsToConnect } from './mapper.ts'
import { connectContactSchema, connectLeadStatusesSchema, connectMeSchema } from './wire.ts'

export function createConnectConnector(): Connector {
  return {
    manifest: CONNECT_MANIFEST,
    readSettings,
    test,
    pull,
    create,
    find,
    deletionsSeenBy: () => 'two-snapshots',
  }
}

function readSettings(settings: SourceSettings): Result<ReadSettings, SettingProblem> {
  const fields = CONNECT_MANIFEST.settings
  const typed = readBaseUrl(textSetting(settings, fields, 'baseUrl'))
  if (!typed.ok) return err({ field: 'baseUrl', rule: typed.error })
  const headerName = readHeaderName(filledTextSetting(settings, fields, 'headerName'))
  if (!headerName.ok) return err({ field: 'headerName', rule: headerName.error })
  const headerScheme = readHeaderScheme(textSetting(settings, fields, 'headerScheme'))
  if (!headerScheme.ok) return err({ field: 'headerScheme', rule: headerScheme.error })
  return ok({
    settings: { baseUrl: typed.value, headerName: headerName.value, headerScheme: headerScheme.value },
    baseUrl: `${withoutSuffix(typed.value, '/api/connect')}/api/connect`,
    auth: { header: headerName.value, scheme: headerScheme.value },
    params: JSON.stringify({ list: 'connect/contacts' }),
  })
}

/** Whose workspace it is, its lead statuses, and the beginning of its list: the rest of it is not waited for. */
async function test(call: Call): ReturnType<Connector['test']> {
  const me = await call.http.read({ method: 'GET', path: '/me', notFound: 'list' })
  if (!me.ok) return me
  const user = connectMeSchema.safeParse(me.value.body)
  if (!user.success) return err(badShape(shapeProblem(user.error, me.value.body, '')))
  const statuses = await leadStatuses(call)
  if (!statuses.ok) return statuses
  const { details, workspace } = user.data
  for await (const batch of call.http.stream(CONTACTS, { listKey: null, batchSize: 100 })) {
    if (!batch.ok) return batch
    return ok({
      workspace: cutText(firstText(workspace?.name), 300),
      person: cutText(firstText(details?.name, details?.email), 300),
      clients: batch.value.last ? batch.value.items.length : null,
      statusOptions: statuses.value.length,
    })
  }
  return err({ code: 'not-json', got: 'empty', status: 200 })
}

/** Always the whole list: a search's result is no evidence of what is there. */
async function* pull(call: Call): AsyncGenerator<Result<PulledPage, VendorFailure>> {
  const listed = await leadStatuses(call)
  if (!listed.ok && !isAboutStatusesOnly(listed.error)) {
    yield listed
    return
  }
  let vocabulary = listed.ok ? listed.value : []
  const fromContacts = createStatusVocabulary(connectLeadStatusOf, vocabulary)
  yield* pullSingle({
    http: call.http,
    request: CONTACTS,
    listKey: null,
    read: readContact(call),
    statusOptions: (items) => {
      const options = [...vocabulary, ...fromContacts(items)].slice(0, 500)
      vocabulary = []
      return options
    },
  })
}

async function create(call: Call, fields: Fields): Promise<Result<RemoteRecord, SendFailure>> {
  const refusal = checkConnectCreate(fields)
  if (refusal !== null) return err(refusal)
  const reply = await call.http.send({ method: 'POST', path: '/contacts', body: fieldsToConnect(fields) })
  if (!reply.ok) return reply
  const record = readContact(call)(reply.value.body)
  return record.ok ? record : err({ applied: 'unknown', error: badShape(record.error) })
}

/** The search is by name or e-mail; what it finds is then compared field by field. */
async function find(call: Call, fields: Fields): Promise<Result<readonly RemoteRecord[], VendorFailure>> {
  const query = firstText(
    ...[fields.email, fields.firstName, fields.lastName].filter((value) => typeof value === 'string'),
  )
  // The list does not give it back, so it cannot be compared.
  const { twitterUrl: _, ...comparable } = fields
  const matches: RemoteRecord[] = []
  const request = { ...CONTACTS, query: { query: query?.trim() } }
  for await (const batch of call.http.stream(request, { listKey: null, batchSize: 500 })) {
    if (!batch.ok) return batch
    for (const item of batch.value.items) {
      const record = readContact(call)(item)
      if (record.ok && hasSentFields(record.value.fields, comparable)) matches.push(record.value)
    }
  }
  return ok(matches)
}

const CONTACTS = { method: 'GET', path: '/contacts', notFound: 'list' } as const

function readContact(call: Call): ReadRecord {
  return createReadRecord(connectContactSchema, (wire, raw) => connectContactToRecord(wire, raw, call.http.media))
}

async function leadStatuses(call: Call): Promise<Result<readonly StatusOption[], VendorFailure>> {
  const reply = await call.http.read({ method: 'GET', path: '/contacts/lead-statuses', notFound: 'list' })
  if (!reply.ok) return reply
  const body = connectLeadStatusesSchema.safeParse(reply.value.body)
  if (!body.success) return err(badShape(shapeProblem(body.error, reply.value.body, '')))
  return ok(body.data.slice(0, 500).map(connectLeadStatusToOption))
}

/** Contacts bring their status along, so that a failure of this list alone does not keep them away. */
function isAboutStatusesOnly(failure: VendorFailure): boolean {
  return ['not-found', 'not-supported', 'bad-shape', 'refused', 'forbidden'].includes(failure.code)
}
