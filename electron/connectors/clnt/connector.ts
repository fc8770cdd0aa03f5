import type { VendorFailure } from '../../../shared/app-error.ts'
import type { SourceSettings } from '../../../shared/model/source.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Call, Connector, PullStart, ReadSettings, SettingProblem } from '../connector.ts'
import { type PageReply, pullPageNumbers } from '../paging/page-number.ts'
import { createReadRecord } from '../reading/read-records.ts'
import { badShape, shapeProblem } from '../reading/shape-problem.ts'
import { readHeaderName, readHeaderScheme } from '../settings/auth-header.ts'
import { readBaseUrl } from '../settings/base-url.ts'
import { readListPath } from '../settings/list-path.ts'
import { filledTextSetting, switchSetting, textSetting } from '../settings/read-setting.ts'
import { CLNT_MANIFEST } from './manifest.ts'
import { clntClientToRecord, hasSensitive, SENSITIVE_FIELDS, SENSITIVE_RAW_KEYS, withoutSensitive } from './mapper.ts'
import { clntClientSchema, clntPageSchema } from './wire.ts'

const FIELDS = CLNT_MANIFEST.settings
const MAX_PAGE_SIZE = 500

export function createClntConnector(): Connector {
  return {
    manifest: CLNT_MANIFEST,
    readSettings,
    test,
    pull,
    hiddenFields,
    deletionsSeenBy: () => 'clean-sweeps',
  }
}

function readSettings(settings: SourceSettings): Result<ReadSettings, SettingProblem> {
  const baseUrl = readBaseUrl(textSetting(settings, FIELDS, 'baseUrl'))
  if (!baseUrl.ok) return err({ field: 'baseUrl', rule: baseUrl.error })
  const path = readListPath(filledTextSetting(settings, FIELDS, 'path'))
  if (path === null) return err({ field: 'path', rule: 'not-usable' })
  const pageSize = filledTextSetting(settings, FIELDS, 'pageSize')
  if (!/^\d+$/.test(pageSize)) return err({ field: 'pageSize', rule: 'not-a-number' })
  if (Number(pageSize) < 1 || Number(pageSize) > MAX_PAGE_SIZE) return err({ field: 'pageSize', rule: 'out-of-range' })
  const pageParameter = filledTextSetting(settings, FIELDS, 'pageParameter')
  const sizeParameter = filledTextSetting(settings, FIELDS, 'sizeParameter')
  for (const [field, name] of [['pageParameter', pageParameter] as const, ['sizeParameter', sizeParameter] as const]) {
    if (!/^[\w.[\]-]{1,60}$/.test(name) || name === 'include_sensitive') return err({ field, rule: 'not-usable' })
  }
  if (pageParameter === sizeParameter) return err({ field: 'sizeParameter', rule: 'not-usable' })
  const headerName = readHeaderName(filledTextSetting(settings, FIELDS, 'headerName'))
  if (!headerName.ok) return err({ field: 'headerName', rule: headerName.error })
  const headerScheme = readHeaderScheme(textSetting(settings, FIELDS, 'headerScheme'))
  if (!headerScheme.ok) return err({ field: 'headerScheme', rule: headerScheme.error })
  const includeSensitive = switchSetting(settings, 'includeSensitive')
  return ok({
    settings: {
      baseUrl: baseUrl.value,
      path,
      pageSize,
      pageParameter,
      sizeParameter,
      headerName: headerName.value,
      headerScheme: headerScheme.value,
      includeSensitive,
    },
    baseUrl: baseUrl.value,
    auth: { header: headerName.value, scheme: headerScheme.value },
    params: JSON.stringify({ list: 'clnt/clients', path, pageSize, includeSensitive }),
  })
}

async function test(call: Call): ReturnType<Connector['test']> {
  const page = await readPage(call, 1)
  if (!page.ok) return page
  return ok({ workspace: null, person: null, clients: page.value.totalCount, statusOptions: null })
}

function pull(call: Call, start: PullStart): ReturnType<Connector['pull']> {
  return pullPageNumbers({
    path: 'data',
    read: createReadRecord(clntClientSchema, clntClientToRecord),
    fetchPage: (page) => readPage(call, page),
    position: start.position,
  })
}

function hiddenFields(settings: SourceSettings): ReturnType<NonNullable<Connector['hiddenFields']>> {
  if (switchSetting(settings, 'includeSensitive')) return { fields: [], rawKeys: [] }
  return { fields: SENSITIVE_FIELDS, rawKeys: SENSITIVE_RAW_KEYS }
}

async function readPage(call: Call, page: number): Promise<Result<PageReply, VendorFailure>> {
  const { settings } = call
  const includeSensitive = switchSetting(settings, 'includeSensitive')
  const reply = await call.http.read({
    method: 'GET',
    path: filledTextSetting(settings, FIELDS, 'path'),
    query: {
      [filledTextSetting(settings, FIELDS, 'pageParameter')]: String(page),
      [filledTextSetting(settings, FIELDS, 'sizeParameter')]: filledTextSetting(settings, FIELDS, 'pageSize'),
      include_sensitive: includeSensitive ? 'true' : undefined,
    },
    notFound: 'list',
  })
  if (!reply.ok) return reply
  const body = clntPageSchema.safeParse(reply.value.body)
  if (!body.success) return err(badShape(shapeProblem(body.error, reply.value.body, '')))
  const { data, meta } = body.data
  const unasked = includeSensitive ? 0 : data.filter(hasSensitive).length
  if (unasked > 0) call.onUnasked?.(unasked)
  return ok({
    // Sent although they were not asked for: not kept anywhere, raw records and set-aside texts included.
    items: includeSensitive ? data : data.map(withoutSensitive),
    currentPage: meta.current_page,
    pageSize: meta.page_size,
    totalCount: meta.total_count,
    totalPages: meta.total_pages,
  })
}
