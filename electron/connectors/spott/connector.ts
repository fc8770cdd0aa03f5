import type { VendorFailure } from '../../../shared/app-error.ts'
import type { SourceSettings } from '../../../shared/model/source.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Call, Connector, PullStart, ReadSettings, SettingProblem } from '../connector.ts'
import { type CursorReply, pullCursor } from '../paging/cursor.ts'
import { createReadRecord } from '../reading/read-records.ts'
import { badShape, shapeProblem } from '../reading/shape-problem.ts'
import { createStatusVocabulary } from '../reading/status-vocabulary.ts'
import { readBaseUrl } from '../settings/base-url.ts'
import { filledTextSetting } from '../settings/read-setting.ts'
import { SPOTT_MANIFEST } from './manifest.ts'
import { spottContactToRecord, spottStageOf } from './mapper.ts'
import { spottContactSchema, spottPageSchema } from './wire.ts'

/** The most that the vendor gives per page. */
const LIMIT = 50

export function createSpottConnector(): Connector {
  return {
    manifest: SPOTT_MANIFEST,
    readSettings,
    test,
    pull,
    deletionsSeenBy: () => 'clean-sweeps',
  }
}

function readSettings(settings: SourceSettings): Result<ReadSettings, SettingProblem> {
  const baseUrl = readBaseUrl(filledTextSetting(settings, SPOTT_MANIFEST.settings, 'baseUrl'))
  if (!baseUrl.ok) return err({ field: 'baseUrl', rule: baseUrl.error })
  return ok({
    settings: { baseUrl: baseUrl.value },
    baseUrl: baseUrl.value,
    auth: { header: 'x-api-key', scheme: '' },
    params: JSON.stringify({ list: 'spott/contacts' }),
  })
}

/** There is no total: one contact shows that address and key are right. */
async function test(call: Call): ReturnType<Connector['test']> {
  const reply = await listPage(call, { limit: 1, cursor: null, since: null })
  if (!reply.ok) return reply
  const clients = reply.value.items.length === 0 ? 0 : null
  return ok({ workspace: null, person: null, clients, statusOptions: null })
}

function pull(call: Call, start: PullStart): ReturnType<Connector['pull']> {
  return pullCursor({
    start,
    path: 'items',
    read: createReadRecord(spottContactSchema, (wire, raw) => spottContactToRecord(wire, raw, call.http.media)),
    fetchPage: ({ cursor, since }) => listPage(call, { limit: LIMIT, cursor, since }),
    statusOptions: createStatusVocabulary(spottStageOf),
    now: call.clock.now,
  })
}

async function listPage(
  call: Call,
  query: { readonly limit: number; readonly cursor: string | null; readonly since: string | null },
): Promise<Result<CursorReply, VendorFailure>> {
  const reply = await call.http.read({
    method: 'GET',
    path: '/clients/contacts',
    query: {
      limit: String(query.limit),
      cursor: query.cursor ?? undefined,
      modifiedSince: query.since ?? undefined,
    },
    notFound: 'list',
  })
  if (!reply.ok) return reply
  const body = spottPageSchema.safeParse(reply.value.body)
  if (!body.success) return err(badShape(shapeProblem(body.error, reply.value.body, '')))
  const { items, pagination } = body.data
  return ok({ items, cursor: pagination.cursor ?? null, serverDate: reply.value.serverDate })
}
