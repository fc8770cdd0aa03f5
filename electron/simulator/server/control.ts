import { z } from 'zod'
import { jsonValueSchema } from '../../../shared/json.ts'
import type { EndorsTestimonial } from '../vendors/endors-testimonials.ts'
import { type JsonReply, json, readObject, type Vendor } from '../vendors/vendor.ts'
import { type FaultControl, faultSchema } from './fault.ts'
import type { RequestLog } from './request-log.ts'

export const CONTROL_PREFIX = '/__control/'

const valuesSchema = z.record(z.string(), jsonValueSchema)
const stateChangeSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('insert'), values: valuesSchema.optional() }),
  z.object({ op: z.literal('update'), id: z.string(), values: valuesSchema }),
  z.object({ op: z.literal('remove'), id: z.string() }),
  /** Another key, or another header for it: the old one stops working at once. */
  z.object({
    op: z.literal('key'),
    key: z.string().optional(),
    headerName: z.string().optional(),
    scheme: z.string().optional(),
  }),
])
type StateChange = z.infer<typeof stateChangeSchema>

export interface ControlTarget {
  readonly vendor: Vendor
  readonly faults: FaultControl
  readonly requests: RequestLog
  /** Endors only. */
  readonly testimonialsOf: ((clientId: string) => readonly EndorsTestimonial[]) | null
}

/**
 * The simulator's own address space beside the vendor's, for tests in other processes:
 * - `faults`: GET lists, POST arms one or a list (see `faultSchema`), DELETE disarms all, or `?id=`;
 * - `state`: GET `?offset&limit` or `?id=` reads rows, POST changes them (`stateChangeSchema`), or a list of changes;
 * - `requests`: GET lists what arrived, DELETE forgets it.
 */
export function handleControl(
  target: ControlTarget,
  method: string,
  path: string,
  query: URLSearchParams,
  body: string,
): JsonReply {
  try {
    switch (`${method} ${path.slice(CONTROL_PREFIX.length)}`) {
      case 'GET faults':
        return json(200, jsonValueSchema.parse(target.faults.list()))
      case 'POST faults':
        return json(200, { ids: readList(faultSchema, body).map((fault) => target.faults.add(fault)) })
      case 'DELETE faults': {
        const id = query.get('id')
        target.faults.clear(id === null ? undefined : Number(id))
        return json(200, { ok: true })
      }
      case 'GET requests':
        return json(200, jsonValueSchema.parse(target.requests.list()))
      case 'DELETE requests':
        target.requests.clear()
        return json(200, { ok: true })
      case 'GET state':
        return readState(target, query)
      case 'POST state':
        return json(200, {
          results: readList(stateChangeSchema, body).map((change) => changeState(target.vendor, change)),
        })
      default:
        return json(404, { error: 'No such control' })
    }
  } catch (error) {
    return json(400, { error: error instanceof z.ZodError ? z.prettifyError(error) : String(error) })
  }
}

function readList<Schema extends z.ZodType>(schema: Schema, body: string): z.output<Schema>[] {
  const one = readObject(body)
  return one === null ? z.array(schema).parse(JSON.parse(body)) : [schema.parse(one)]
}

function readState(target: ControlTarget, query: URLSearchParams): JsonReply {
  const { table, connectorId } = target.vendor
  const id = query.get('id')
  if (id !== null) {
    return json(200, { row: table.get(id), testimonials: jsonValueSchema.parse(target.testimonialsOf?.(id) ?? []) })
  }
  const offset = Number(query.get('offset') ?? 0)
  const limit = Number(query.get('limit') ?? 100)
  return json(200, { connectorId, total: table.count(), rows: table.slice(offset, offset + limit) })
}

function changeState(vendor: Vendor, change: StateChange) {
  switch (change.op) {
    case 'insert':
      return vendor.table.insert(change.values)
    case 'update':
      return vendor.table.update(change.id, change.values)
    case 'remove':
      return vendor.table.remove(change.id)
    case 'key':
      vendor.keyPlace.key = change.key ?? vendor.keyPlace.key
      vendor.keyPlace.headerName = change.headerName ?? vendor.keyPlace.headerName
      vendor.keyPlace.scheme = change.scheme ?? vendor.keyPlace.scheme
      return true
  }
}
