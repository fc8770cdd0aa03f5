import {
  CUSTOM_SETTINGS,
  type CustomDefinition,
  customSetting,
  type FieldPath,
  readCustomDefinition,
} from '../../../shared/connector/custom-definition.ts'
import type { DeletionsSeenBy, SourceSettings } from '../../../shared/model/source.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Call, Connector, PullStart, ReadSettings, SettingProblem } from '../connector.ts'
import { type CursorOptions, pullCursor } from '../paging/cursor.ts'
import { type OffsetOptions, pullOffset } from '../paging/offset.ts'
import { pullPageNumbers } from '../paging/page-number.ts'
import { pullSingle } from '../paging/single.ts'
import { readHeaderName, readHeaderScheme } from '../settings/auth-header.ts'
import { readBaseUrl } from '../settings/base-url.ts'
import { readListPath } from '../settings/list-path.ts'
import { filledTextSetting, textSetting } from '../settings/read-setting.ts'
import { pathText } from './field-path.ts'
import { type AskList, createAskList, fillPage, readCursor, streamFrom } from './list-pages.ts'
import { CUSTOM_MANIFEST } from './manifest.ts'
import { readCustomRecord } from './mapper.ts'
import { tryOut } from './try-out.ts'

const FIELDS = CUSTOM_MANIFEST.settings

/** Any list in JSON, described by the user. Reads only. */
export function createCustomConnector(): Connector {
  return { manifest: CUSTOM_MANIFEST, readSettings, test, pull, deletionsSeenBy }
}

function readSettings(settings: SourceSettings): Result<ReadSettings, SettingProblem> {
  const baseUrl = readBaseUrl(textSetting(settings, FIELDS, 'baseUrl'))
  if (!baseUrl.ok) return err({ field: 'baseUrl', rule: baseUrl.error })
  const path = readListPath(filledTextSetting(settings, FIELDS, 'path'))
  if (path === null) return err({ field: 'path', rule: 'not-usable' })
  const headerName = readHeaderName(filledTextSetting(settings, FIELDS, 'headerName'))
  if (!headerName.ok) return err({ field: 'headerName', rule: headerName.error })
  const headerScheme = readHeaderScheme(textSetting(settings, FIELDS, 'headerScheme'))
  if (!headerScheme.ok) return err({ field: 'headerScheme', rule: headerScheme.error })
  const definition = readCustomDefinition(settings)
  if (!definition.ok) return definition
  const described = CUSTOM_SETTINGS.map((name) => [name, customSetting(settings, name)])
  return ok({
    settings: {
      baseUrl: baseUrl.value,
      path,
      headerName: headerName.value,
      headerScheme: headerScheme.value,
      ...Object.fromEntries(described),
    },
    baseUrl: baseUrl.value,
    auth: { header: headerName.value, scheme: headerScheme.value },
    params: JSON.stringify({ list: 'custom', path, ...definition.value }),
  })
}

/** The first part of the list; what stands at no path, or is nothing of its kind there, is a problem of that setting. */
async function test(call: Call): ReturnType<Connector['test']> {
  const definition = readCustomDefinition(call.settings)
  if (!definition.ok) return err({ code: 'bad-input', ...definition.error })
  const path = pathOf(call)
  return tryOut(call, definition.value, path, createAskList(call, definition.value, path))
}

async function* pull(call: Call, start: PullStart): ReturnType<Connector['pull']> {
  const definition = readCustomDefinition(call.settings)
  if (definition.ok) yield* pullPages(call, definition.value, start)
  else yield err({ code: 'bad-input', ...definition.error })
}

function pullPages(call: Call, definition: CustomDefinition, start: PullStart): ReturnType<Connector['pull']> {
  const { listAt, paging } = definition
  const path = pathOf(call)
  const ask = createAskList(call, definition, path)
  const common = { path: pathText(listAt), read: readCustomRecord(definition), position: start.position }
  switch (paging.kind) {
    case 'none':
      return pullSingle({
        http: streamFrom(call, definition, ask),
        request: { method: 'GET', path, notFound: 'list' },
        listKey: listAt.length === 0 ? null : pathText(listAt),
        read: common.read,
      })
    case 'page':
      return pullPageNumbers({
        ...common,
        fetchPage: async (page) => {
          const answer = await ask(page)
          if (!answer.ok) return answer
          const { items, total } = answer.value
          return ok({ items, currentPage: page, pageSize: null, totalCount: total, totalPages: null })
        },
      })
    case 'offset':
      return pullByOffset(paging.pageSize, ask, common)
    case 'cursor':
      return pullByCursor(call, paging.cursorAt, ask, { ...common, start })
  }
}

async function* pullByOffset(
  limit: number,
  ask: AskList,
  common: Pick<OffsetOptions, 'path' | 'read' | 'position'>,
): ReturnType<Connector['pull']> {
  let isJoined = true
  const fetchPage: OffsetOptions['fetchPage'] = async (query) => {
    const page = await fillPage(ask, query)
    if (page.ok && !page.value.joined) isJoined = false
    return page
  }
  for await (const page of pullOffset({ ...common, limit, fetchPage })) {
    const end = page.ok ? page.value.end : null
    if (!page.ok || end === null || isJoined || end.proof === 'none') yield page
    else yield ok({ ...page.value, end: { ...end, proof: 'none', reason: 'not-joined' } })
  }
}

async function* pullByCursor(
  call: Call,
  cursorAt: FieldPath,
  ask: AskList,
  common: Pick<CursorOptions, 'path' | 'read' | 'start'>,
): ReturnType<Connector['pull']> {
  let total: number | null = null
  const fetchPage: CursorOptions['fetchPage'] = async ({ cursor }) => {
    const answer = await ask(cursor)
    if (!answer.ok) return answer
    const next = readCursor(answer.value.body, cursorAt)
    if (!next.ok) return next
    total = answer.value.total
    // No server's time: nothing can be asked for by the time of its change, so no second look can complete a sweep.
    return ok({ items: answer.value.items, cursor: next.value, serverDate: null })
  }
  for await (const page of pullCursor({ ...common, fetchPage, statusOptions: () => [], now: call.clock.now })) {
    if (!page.ok) yield page
    else
      yield ok({ ...page.value, total, end: page.value.end === null ? null : { ...page.value.end, watermark: null } })
  }
}

/** A list behind a cursor, or without a total, says too little: what is missing from it may be there all the same. */
function deletionsSeenBy(settings: SourceSettings): DeletionsSeenBy {
  const definition = readCustomDefinition(settings)
  if (!definition.ok) return 'none'
  const { paging, totalAt } = definition.value
  if (paging.kind === 'none') return 'two-snapshots'
  if (paging.kind === 'offset') return 'key-chain'
  return paging.kind === 'page' && totalAt !== null ? 'clean-sweeps' : 'none'
}

function pathOf(call: Call): string {
  return filledTextSetting(call.settings, FIELDS, 'path')
}
