import type { VendorFailure } from '../../../shared/app-error.ts'
import type { CustomDefinition, CustomPaging, FieldPath } from '../../../shared/connector/custom-definition.ts'
import type { JsonValue } from '../../../shared/json.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Call, VendorHttp } from '../connector.ts'
import type { OffsetReply } from '../paging/offset.ts'
import { badShape, typeNameOf } from '../reading/shape-problem.ts'
import { pathText, valueAt } from './field-path.ts'

/** An answer: the list in it, and the number of all clients where the definition says where that stands. */
export interface ListAnswer {
  readonly items: readonly JsonValue[]
  readonly total: number | null
  readonly body: JsonValue
}

/** Asks for one part of the list. `at` is a page from 1, an offset, or a cursor (null: the first part). */
export type AskList = (at: number | string | null) => Promise<Result<ListAnswer, VendorFailure>>

export function createAskList(call: Call, definition: CustomDefinition, path: string): AskList {
  const { listAt, totalAt, paging } = definition
  return async (at) => {
    const reply = await call.http.read({ method: 'GET', path, query: queryFor(paging, at), notFound: 'list' })
    if (!reply.ok) return reply
    const { body } = reply.value
    const list = valueAt(body, listAt)
    if (!isList(list)) return err(badShape({ path: pathText(listAt), expected: 'array', found: typeNameOf(list) }))
    const total = readTotal(body, totalAt)
    return total.ok ? ok({ items: list, total: total.value, body }) : total
  }
}

function queryFor(paging: CustomPaging, at: number | string | null): Readonly<Record<string, string | undefined>> {
  if (paging.kind === 'none') return {}
  const size = paging.sizeParameter === null ? {} : { [paging.sizeParameter]: String(paging.pageSize) }
  switch (paging.kind) {
    case 'page':
      return { [paging.pageParameter]: String(Number(at ?? 1) - 1 + paging.firstPage), ...size }
    case 'offset':
      return { [paging.offsetParameter]: String(at ?? 0), ...size }
    case 'cursor':
      return { [paging.cursorParameter]: at === null ? undefined : String(at), ...size }
  }
}

/** The number of all clients; null where it is not asked for. */
export function readTotal(body: JsonValue, totalAt: FieldPath | null): Result<number | null, VendorFailure> {
  if (totalAt === null) return ok(null)
  const said = valueAt(body, totalAt)
  const total = typeof said === 'string' && /^\d{1,15}$/.test(said) ? Number(said) : said
  if (typeof total === 'number' && Number.isSafeInteger(total) && total >= 0) return ok(total)
  return err(badShape({ path: pathText(totalAt), expected: 'a whole number', found: typeNameOf(said) }))
}

/** Absent, null and empty mean that this was the last page. */
export function readCursor(body: JsonValue, cursorAt: FieldPath): Result<string | null, VendorFailure> {
  const said = valueAt(body, cursorAt)
  if (said === undefined || said === null || said === '') return ok(null)
  if (typeof said === 'string') return ok(said)
  if (typeof said === 'number') return ok(String(said))
  return err(badShape({ path: pathText(cursorAt), expected: 'text', found: typeNameOf(said) }))
}

/**
 * Streams as `http` does, but from a list deeper than the answer's own members: the answer is then read as a whole, so
 * it must be small enough for that.
 */
export function streamFrom(call: Call, definition: CustomDefinition, ask: AskList): VendorHttp {
  if (definition.listAt.length < 2) return call.http
  return {
    ...call.http,
    stream: async function* (_, { batchSize }) {
      const answer = await ask(null)
      if (!answer.ok) {
        yield answer
        return
      }
      const { items } = answer.value
      for (let firstIndex = 0; ; firstIndex += batchSize) {
        const last = firstIndex + batchSize >= items.length
        yield ok({ items: items.slice(firstIndex, firstIndex + batchSize), firstIndex, last, envelope: {} })
        if (last) return
      }
    },
  }
}

/**
 * A page of a list that does not say how long it is, filled up to `limit`: the server may give fewer than asked for,
 * and then only an empty answer is the end. `joined` is false where it was put together from several answers, which
 * nothing holds together.
 */
export async function fillPage(
  ask: AskList,
  query: { readonly limit: number; readonly offset: number },
): Promise<Result<OffsetReply & { readonly joined: boolean }, VendorFailure>> {
  const items: JsonValue[] = []
  let parts = 0
  while (true) {
    const answer = await ask(query.offset + items.length)
    if (!answer.ok) return answer
    const { total, items: more } = answer.value
    items.push(...more)
    if (more.length > 0) parts++
    if (total !== null || more.length === 0 || items.length >= query.limit) {
      return ok({ items, total, joined: parts < 2 })
    }
  }
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}
