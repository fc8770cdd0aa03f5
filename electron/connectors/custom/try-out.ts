import type { VendorFailure } from '../../../shared/app-error.ts'
import {
  type CustomDefinition,
  FIELD_SETTINGS,
  type FieldPath,
  MAPPED_FIELDS,
} from '../../../shared/connector/custom-definition.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { FieldKey } from '../../../shared/model/field.ts'
import type { ConnectionReport } from '../../../shared/model/source.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Call } from '../connector.ts'
import { pathText, valueAt } from './field-path.ts'
import { type AskList, readCursor } from './list-pages.ts'
import { readCustomRecord } from './mapper.ts'

const LOOKED_AT = 100

/** Reads the first part of the list and names the setting that does not fit it, with a rule that the form words. */
export async function tryOut(
  call: Call,
  definition: CustomDefinition,
  path: string,
  ask: AskList,
): Promise<Result<ConnectionReport, VendorFailure>> {
  const first = await firstPart(call, definition, path, ask)
  if (!first.ok) return err(settingOf(first.error, definition) ?? first.error)
  const misfit = misfitIn(first.value.items, definition)
  if (misfit !== null) return err(misfit)
  return ok({ workspace: null, person: null, clients: first.value.clients, statusOptions: null })
}

interface FirstPart {
  readonly items: readonly JsonValue[]
  readonly clients: number | null
}

async function firstPart(
  call: Call,
  definition: CustomDefinition,
  path: string,
  ask: AskList,
): Promise<Result<FirstPart, VendorFailure>> {
  const { listAt, paging } = definition
  if (paging.kind !== 'none' || listAt.length > 1) {
    const answer = await ask(null)
    if (!answer.ok) return answer
    const { items, total, body } = answer.value
    const cursor = paging.kind === 'cursor' ? readCursor(body, paging.cursorAt) : ok(null)
    if (!cursor.ok) return cursor
    const isAll = paging.kind === 'none' || items.length === 0
    return ok({ items, clients: total ?? (isAll ? items.length : null) })
  }
  // The rest of a long list is not waited for.
  const request = { method: 'GET', path, notFound: 'list' } as const
  const listKey = listAt.length === 0 ? null : pathText(listAt)
  for await (const batch of call.http.stream(request, { listKey, batchSize: LOOKED_AT })) {
    if (!batch.ok) return batch
    return ok({ items: batch.value.items, clients: batch.value.last ? batch.value.items.length : null })
  }
  return err({ code: 'not-json', got: 'empty', status: 200 })
}

/** The setting that a failure of the answer's shape is about, or null where it is about none. */
function settingOf(failure: VendorFailure, definition: CustomDefinition): VendorFailure | null {
  if (failure.code !== 'bad-shape') return null
  const rule = (wrong: string): string => (failure.found === 'absent' ? 'nothing-there' : wrong)
  const { listAt, totalAt, paging } = definition
  if (failure.path === pathText(listAt) && failure.expected === 'array') {
    return { code: 'bad-input', field: 'listAt', rule: rule('not-a-list') }
  }
  // The answer is a list itself, or nothing that has members.
  if (failure.path === '' && failure.expected === 'object') {
    return { code: 'bad-input', field: 'listAt', rule: 'not-a-list' }
  }
  if (totalAt !== null && failure.path === pathText(totalAt)) {
    return { code: 'bad-input', field: 'totalAt', rule: rule('not-a-number-there') }
  }
  if (paging.kind === 'cursor' && failure.path === pathText(paging.cursorAt)) {
    return { code: 'bad-input', field: 'cursorAt', rule: 'not-a-text' }
  }
  return null
}

/** Where none of the first clients can be read, one setting is the reason: the id first, then a field of another kind. */
function misfitIn(items: readonly JsonValue[], definition: CustomDefinition): VendorFailure | null {
  const looked = items.slice(0, LOOKED_AT)
  const read = readCustomRecord(definition)
  if (looked.length === 0 || looked.some((raw) => read(raw).ok)) return null
  const isEvery = (path: FieldPath, is: (value: JsonValue | undefined) => boolean): boolean =>
    looked.every((raw) => is(valueAt(raw, path)))
  if (isEvery(definition.idAt, (value) => value === undefined || value === null || value === '')) {
    return { code: 'bad-input', field: 'idAt', rule: 'nothing-there' }
  }
  if (isEvery(definition.idAt, (value) => typeof value === 'object')) {
    return { code: 'bad-input', field: 'idAt', rule: 'not-a-text' }
  }
  for (const key of MAPPED_FIELDS) {
    const path = definition.fieldsAt[key]
    if (path === undefined || !isEvery(path, (value) => isMisfit(key, value))) continue
    return { code: 'bad-input', field: FIELD_SETTINGS[key], rule: 'not-a-text' }
  }
  return null
}

/** Nothing that a field could take: an object, or a list where it is not about tags. */
function isMisfit(key: FieldKey, value: JsonValue | undefined): boolean {
  if (value === null || typeof value !== 'object') return false
  return key === 'tags' && Array.isArray(value) ? value.some((tag) => tag === null || typeof tag === 'object') : true
}
