import { z } from 'zod'
import type { Instant, RecordId, RemoteId, SourceId } from '../../../shared/ids.ts'
import { recordIdSchema, remoteIdSchema } from '../../../shared/ids.ts'
import type { JsonValue } from '../../../shared/json.ts'
import type { Fields } from '../../../shared/model/field.ts'
import { fieldsSchema } from '../../../shared/model/field.ts'
import type { ExtraField } from '../../../shared/model/record.ts'
import { extraFieldSchema } from '../../../shared/model/record.ts'
import { bodyTextOf, extraOf } from '../../../shared/model/record-body.ts'

/** What stands in memory of a record: all that lists, search and comparison need. */
export interface RecordHead {
  readonly recordId: RecordId
  readonly sourceId: SourceId | null
  readonly remoteId: RemoteId | null
  readonly fields: Fields
  readonly fallbackName: string | null
  readonly avatarUrl: string | null
  readonly createdAt: Instant | null
  readonly updatedAt: Instant | null
  readonly lastActivityAt: Instant | null
  readonly owner: string | null
  /** A value that the vendor's AI filled in, as `fit 82`. */
  readonly ai: string | null
  /** Of the record as received. Empty: compare as changed, whatever comes. */
  readonly hash: string
  /** When it was first seen here, ms since the epoch. */
  readonly firstKnownAt: number
  /** Place of our last accepted write among the core's requests; pages asked for before it are older. */
  readonly writeSeq: number
  readonly readAt: number | null
}

/** What is read only when a client is opened. */
export interface RecordBody {
  readonly extra: readonly ExtraField[]
  readonly raw: JsonValue
}

const headTuple = z.tuple([
  recordIdSchema,
  remoteIdSchema,
  fieldsSchema,
  z.string().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.string(),
  z.number(),
  z.number(),
  z.number().nullable(),
])
const bodyTuple = z.tuple([
  z.array(z.union([z.string(), extraFieldSchema])).readonly(),
  z.custom<JsonValue>((value) => value !== undefined),
])

export function encodeHeads(heads: readonly RecordHead[]): string {
  return JSON.stringify(
    heads.map((h) => [
      h.recordId,
      h.remoteId,
      h.fields,
      h.fallbackName,
      h.avatarUrl,
      h.createdAt,
      h.updatedAt,
      h.lastActivityAt,
      h.owner,
      h.ai,
      h.hash,
      h.firstKnownAt,
      h.writeSeq,
      h.readAt,
    ]),
  )
}

/** Heads of a segment by place; null where one cannot be read. Throws never: a damaged text gives no heads at all. */
export function decodeHeads(sourceId: SourceId, text: string): readonly (RecordHead | null)[] {
  const rows = parseList(text)
  return rows.map((row) => {
    const parsed = headTuple.safeParse(row)
    if (!parsed.success) return null
    const t = parsed.data
    return {
      recordId: t[0],
      sourceId,
      remoteId: t[1],
      fields: t[2],
      fallbackName: t[3],
      avatarUrl: t[4],
      createdAt: t[5],
      updatedAt: t[6],
      lastActivityAt: t[7],
      owner: t[8],
      ai: t[9],
      hash: t[10],
      firstKnownAt: t[11],
      writeSeq: t[12],
      readAt: t[13],
    }
  })
}

export function encodeBodies(bodies: readonly RecordBody[]): string {
  return JSON.stringify(bodies.map((body) => [body.extra, body.raw]))
}

export function decodeBodies(text: string): readonly RecordBody[] {
  return parseList(text).map((row) => {
    const parsed = bodyTuple.safeParse(row)
    if (!parsed.success) return EMPTY_BODY
    const [extra, raw] = parsed.data
    return { extra: extraOf(extra, raw), raw }
  })
}

/** record-body.ts; of a pulled record the core has made that text already. */
export function bodyText(body: RecordBody | string): string {
  return typeof body === 'string' ? body : bodyTextOf(body.extra, body.raw)
}

/** Null where it is no such text. */
export function bodyFromText(text: string): RecordBody | null {
  const [body] = decodeBodies(`[${text}]`)
  return body ?? null
}

export const EMPTY_BODY: RecordBody = { extra: [], raw: null }

function parseList(text: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list : []
  } catch {
    return []
  }
}
